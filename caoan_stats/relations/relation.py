"""Relations: equations and inequalities between indicators, and the order in which they fill."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from caoan_stats.common.frames import Row
from caoan_stats.concepts.facts import PLAN
from caoan_stats.relations.formulas import Formula, indicator_of, parse
from caoan_stats.relations.intervals import Interval

EQUAL, AT_MOST = "=", "<="
ASSUMPTION = "assumption"
CONVENTION = "convention"  # kind of an identity that holds by how one commune counts


@dataclass(frozen=True)
class Relation:
    """An equation or inequality: it checks its left side, or fills it where no source states it."""

    left: Formula
    operator: str  # `=`, or `<=`, which only checks
    right: Formula
    label: str  # in Vietnamese words
    is_assumption: bool = False  # it fills, but checks nothing
    first: int | None = None  # year from which it is valid; None: from the beginning
    last: int | None = None  # year up to which it is valid; None: for ever

    @property
    def names(self) -> tuple[str, ...]:
        """Indicators and bounds of both sides, each once, in order of appearance."""
        return tuple(dict.fromkeys([*self.left.names, *self.right.names]))

    @property
    def fills(self) -> str:
        """The indicator that it can fill; empty unless it is `indicator = formula`."""
        return self.left.single_name if self.operator == EQUAL else ""

    def applies(self, year: int) -> bool:
        """Return whether it is valid in a year."""
        return (self.first or year) <= year <= (self.last or year)

    def allows(self, left: Interval, right: Interval) -> bool:
        """Return whether some numbers of the intervals of both sides satisfy it."""
        return left.meets(right) if self.operator == EQUAL else left.can_be_at_most(right)


def parse_relations(rows: Iterable[Row]) -> tuple[Relation, ...]:
    """Return the relations of rows of `relations.csv`; raise `FormulaError` if one is invalid."""
    return tuple(
        Relation(
            parse(row["left"]),
            row["operator"],
            parse(row["right"]),
            row["label_vi"],
            row.get("kind") == ASSUMPTION,
            *parse_years(row.get("years") or ""),
        )
        for row in rows
    )


def parse_years(text: str) -> tuple[int | None, int | None]:
    """Return the first and the last year of a span; None for an open end.

    >>> parse_years("2021-"), parse_years("2023"), parse_years("")
    ((2021, None), (2023, 2023), (None, None))
    """
    first, dash, last = text.partition("-")
    ends = (first, last) if dash else (first, first)
    return int(ends[0]) if ends[0] else None, int(ends[1]) if ends[1] else None


def ranked_of(rows: Iterable[Row], catalogue: Mapping[str, Row]) -> dict[str, str]:
    """Return the indicator that counts all that are ranked, by the indicator of the rank.

    It is the right side of a relation that has the rank as its left side.

    >>> rows = [{"left": "r", "operator": "<=", "right": "n", "label_vi": ""}]
    >>> ranked_of(rows, {"r": {"scale": "rank"}, "n": {"scale": "amount"}})
    {'r': 'n'}
    """
    ranks = {code for code, entry in catalogue.items() if entry["scale"] == "rank"}
    pairs = (
        (relation.left.single_name, relation.right.single_name)
        for relation in parse_relations(rows)
        if relation.operator == AT_MOST
    )
    return {rank: count for rank, count in pairs if rank in ranks and count and count not in ranks}


def parts_of_totals(rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """Return the parts of each total, from the first relation that states it as a sum.

    >>> parts_of_totals([{"left": "a", "operator": "=", "right": "b + c", "label_vi": ""}])
    {'a': ('b', 'c')}
    """
    parts: dict[str, tuple[str, ...]] = {}
    for relation in parse_relations(rows):
        if relation.fills and relation.right.summands:
            parts.setdefault(relation.fills, relation.right.summands)
    return parts


def wholes_of_parts(rows: Iterable[Row]) -> dict[str, frozenset[str]]:
    """Return the wholes of each indicator that is a part: by `a <= b`, `b = a + c` or `c = b - a`.

    A part of a part is a part of the whole.

    >>> wholes_of_parts([{"left": "a", "operator": "<=", "right": "b", "label_vi": ""}])
    {'a': frozenset({'b'})}
    """
    wholes: dict[str, set[str]] = {}
    for relation in parse_relations(rows):
        for part, whole in _parts_and_wholes(relation):
            above = {whole} | wholes.get(whole, set())
            for code in [part, *(each for each, over in wholes.items() if part in over)]:
                wholes.setdefault(code, set()).update(above)
    return {part: frozenset(over) for part, over in wholes.items()}


def _parts_and_wholes(relation: Relation) -> Iterator[tuple[str, str]]:
    """Yield each part that a relation states, with its whole: alone on a side, without minus."""
    left, right = relation.left.signs, relation.right.signs
    if (
        not (left and right)
        or relation.is_assumption
        or any("." in name for name in relation.names)
    ):
        return
    signs = left | {name: -sign for name, sign in right.items()}
    lower, upper = ([name for name in signs if signs[name] == sign] for sign in (1, -1))
    if relation.operator == EQUAL and len(upper) > 1:
        lower, upper = upper, lower
    if len(upper) == 1 and (relation.operator == AT_MOST or len(lower) > 1):
        yield from ((part, upper[0]) for part in lower)


def relation_key(row: Row) -> tuple[str, str, str]:
    """Return the sides and operator of a row without spaces, which identify the relation."""
    left, operator, right = ("".join(row[name].split()) for name in ("left", "operator", "right"))
    return left, operator, right


def filling_order(relations: Iterable[Relation]) -> list[Relation]:
    """Return relations in topological order of what they fill; raise `CycleError` for a cycle.

    What is filled from a plan follows the figure that can give the plan, unless that is a cycle.
    """
    relations = tuple(relations)
    try:
        order = [*_sorter(relations, through_plans=True).static_order()]
    except CycleError:
        order = [*_sorter(relations).static_order()]
    rank = {code: place for place, code in enumerate(order)}
    return sorted(relations, key=lambda relation: rank.get(relation.fills, 0))


def find_cycle(relations: Iterable[Relation]) -> tuple[str, ...]:
    """Return the indicators of one cycle, as `a`, `b`, `a`; empty where relations form none."""
    try:
        _sorter(relations).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def _sorter(
    relations: Iterable[Relation], *, through_plans: bool = False
) -> "TopologicalSorter[str]":
    """Return a sorter of indicators; each follows those in the formulas that fill it."""
    predecessors: dict[str, dict[str, None]] = {}  # ordered, so that the result is reproducible
    for relation in relations:
        if relation.fills:
            names = [*relation.right.names]
            if through_plans:
                plans = (name for name in names if name.endswith(f".{PLAN}"))
                names += [code for code in map(indicator_of, plans) if code != relation.fills]
            predecessors.setdefault(relation.fills, {}).update(dict.fromkeys(names))
    return TopologicalSorter(predecessors)
