"""Figures that no source states, derived from facts and from relations.

The first of these that gives a figure fills it, in every year alike:

1. a comparison with a stated figure, or with one that such comparisons give: the one that is fewest
   comparisons away; of two, the comparison of its own year before that of the next, and each in the
   order of `FACTS`;
2. a comparison that a newer document has replaced, with the value of its own document;
3. a relation, once all that can fill its parts has been tried; of several, the first;
4. a comparison with a figure that a relation gives.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from caoan_stats.common import numerals
from caoan_stats.common.frames import Row
from caoan_stats.concepts.facts import FACTS, PLAN, PREVIOUS, VALUE
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.relations import figures, formulas
from caoan_stats.relations.figures import Figure, Key, Known, Statement
from caoan_stats.relations.formulas import Formula
from caoan_stats.relations.intervals import Interval, last_place
from caoan_stats.relations.relation import Relation, filling_order

parse = cache(formulas.parse)


class _Way(NamedTuple):
    """How a comparison gives a value from its base, or the base from the value."""

    rank: int  # among the ways that give the same figure
    row: Row  # of the comparison
    origin: Key
    key: Key  # of the figure that it gives


def fill(
    stated: Statement, relations: Sequence[Relation] = (), targets: Known | None = None
) -> Known:
    """Return all stated figures and all that can be derived; a stated figure is never replaced.

    `relations` are in any order; `graphlib.CycleError` is raised if they fill each other in a
    cycle. `targets` are bounds and plans (`caoan_stats.relations.figures.target_figures`).
    """
    fillers = [relation for relation in filling_order(relations) if relation.fills]
    ways, known = _ways(stated), dict[Key, Figure]()
    years: dict[str, set[int]] = defaultdict(set)  # by name

    def add(found: Known) -> bool:
        for name, year in _carry(stated, ways, known, found):
            years[name].add(year)
        return bool(found)

    values = [row for row in stated.facts.values() if row["fact"] == VALUE]
    of_values = {(row["indicator"], row["year"]): stated.figure(row) for row in values}
    add({**of_values, **(targets or {})})
    add(_from_outdated(stated, known))
    groups = [[*group] for _, group in groupby(fillers, attrgetter("fills"))]
    while sum(add(_from_relations(stated, group, known, years)) for group in groups):
        pass  # the second time, nothing is found unless a plan follows from what it gives
    return known


def list_observations(stated: Statement, known: Known) -> list[Row]:
    """Return the observations of all indicators that have a unit (the column `status`).

    `known` is what `fill` returns. The rows are in the order of the catalogue, then by year; one
    of facts without a value has the value None unless its figure could be derived.
    """
    rows: dict[Key, Row] = {
        (row["indicator"], row["year"]): {**row, "value": None, "qualifier": "", "status": "stated"}
        for row in stated.facts.values()
        if stated.catalogue[row["indicator"]]["unit"]
    }
    rows |= {key: {**figure.row, "status": figure.status} for key, figure in known.items()}
    rank = {indicator: place for place, indicator in enumerate(stated.catalogue)}
    keys = sorted((key for key in rows if key[0] in rank), key=lambda key: (rank[key[0]], key[1]))
    return [rows[key] for key in keys]


def base_key(indicator: str, year: int, fact: str) -> Key:
    """Return the key of the figure with which a fact compares the value."""
    return (indicator, year - 1) if FACTS[fact].base == PREVIOUS else (f"{indicator}.{PLAN}", year)


def comparisons(stated: Statement) -> Iterator[tuple[str, int, Row]]:
    """Yield indicator, year and row of each comparison in numbers, unless it is across a break."""
    for (indicator, year, fact), row in stated.facts.items():
        spec = FACTS[fact]
        is_across = spec.base == PREVIOUS and stated.break_reason(indicator, year)
        if spec.base and spec.is_number and not is_across:
            yield indicator, year, row


def _ways(stated: Statement) -> Mapping[Key, Sequence[_Way]]:
    """Return what comparisons can give from each figure."""
    ways: dict[Key, list[_Way]] = defaultdict(list)
    rank = {fact: place for place, fact in enumerate(FACTS)}
    for indicator, year, row in comparisons(stated):
        value, base, place = (indicator, year), base_key(indicator, year, row["fact"]), row["fact"]
        ways[base].append(_Way(rank[place], row, base, value))
        ways[value].append(_Way(rank[place] + len(FACTS), row, value, base))
    return ways


def _carry(
    stated: Statement, ways: Mapping[Key, Sequence[_Way]], known: dict[Key, Figure], found: Known
) -> Collection[Key]:
    """Add figures, and what comparisons give from them, to those that are known; return its keys.

    What is fewer comparisons away is added first.
    """
    known |= found
    keys = level = [*found]
    while level:
        near = sorted((way for key in level for way in ways.get(key, ())), key=attrgetter("rank"))
        level = []
        for way in near:
            if way.key not in known and (
                figure := _compared(stated, way.row, known[way.origin], way.key)
            ):
                known[way.key] = replace(figure, inputs=frozenset({way.origin}))
                level.append(way.key)
        keys = [*keys, *level]
    return keys


def _compared(stated: Statement, row: Row, figure: Figure, key: Key) -> Figure | None:
    """Return the figure that a comparison gives from its value or its base, if any."""
    fact = row["fact"]
    spec, is_value = FACTS[fact], key == (row["indicator"], row["year"])
    used = dict.fromkeys(("next", VALUE, spec.base), figure) | {fact: stated.figure(row)}
    return _computed(stated, key, parse(spec.value if is_value else spec.of_base), used)


def _from_outdated(stated: Statement, known: Known) -> Known:
    """Return the missing bases of comparisons that a newer document has replaced."""
    found: dict[Key, Figure] = {}
    for row, own in stated.outdated:
        indicator, year, fact = row["indicator"], row["year"], row["fact"]
        key = base_key(indicator, year, fact)
        is_open = key not in known and key not in found
        if is_open and not stated.break_reason(indicator, year):
            figure = _compared(stated, row, stated.figure(own), key)
            inputs = frozenset({(indicator, year)})
            found |= {key: replace(figure, inputs=inputs)} if figure else {}
    return found


def _from_relations(
    stated: Statement,
    relations: Iterable[Relation],
    known: Known,
    years: Mapping[str, Collection[int]],
) -> Known:
    """Return the missing figures that relations fill, which all fill the same indicator."""
    found: dict[Key, Figure] = {}
    for relation in relations:
        names = relation.right.names
        common = set.intersection(*({*years[name]} for name in names)) if names else set()
        for year in filter(relation.applies, sorted(common)):
            key = (relation.fills, year)
            if key not in known and key not in found:
                used = {name: known[name, year] for name in names}
                is_assumed = relation.is_assumption
                figure = _computed(stated, key, relation.right, used, is_assumed=is_assumed)
                inputs = frozenset((name, year) for name in names)
                found |= {key: replace(figure, inputs=inputs)} if figure else {}
    return found


def _computed(
    stated: Statement,
    key: Key,
    formula: Formula,
    used: Mapping[str, Figure],
    *,
    is_assumed: bool = False,
) -> Figure | None:
    """Return the figure that a formula derives; None if there is no result."""
    used = {name: used[name] for name in formula.names}
    try:
        interval = figures.evaluate(formula, used)
        exact = figures.at_face_value(formula, used)
    except ArithmeticError:  # a divisor can be 0, or the result is too large
        return None
    name, year = key
    decimals = stated.catalogue[formulas.indicator_of(name)]["decimals"] or 0
    side = _side(used.values(), interval, exact)
    value = interval.written(exact, decimals, side)
    if not numerals.is_short(f"{value:f}"):
        return None
    sources = sorted(used.values(), key=lambda figure: figure.row.get("fact", VALUE) == VALUE)
    source = next((figure.row["source"] for figure in sources), "")
    row = {
        "indicator": name,
        "year": year,
        "value": _with_zeros(value, interval, decimals),
        "qualifier": side or _qualifier(sources, interval, decimals),
        "source": source,
        "section": "; ".join(
            figures.sections_of(each for each in sources if each.row["source"] == source)
        ),
    }
    is_assumed = is_assumed or any(figure.is_assumed for figure in sources)
    return Figure(row, interval.widened(), formula.text, is_assumed)


def _with_zeros(value: Decimal, interval: Interval, decimals: int) -> Decimal:
    """Return a number with the final zeros that its interval supports, as in 0.60."""
    place = last_place(interval)
    lowest = value.as_tuple().exponent if place is None else max(place, -decimals)
    return value.quantize(Decimal(1).scaleb(min(0, int(lowest), int(value.as_tuple().exponent))))


def _side(used: Iterable[Figure], interval: Interval, face: Fraction) -> str:
    """Return `over` or `under` for a figure of which only one end is known; empty for any other.

    What is divided by a figure above 20 is below a number, though above 0: the end that counts is
    the one to which the figures as written lead.
    """
    if not interval.is_bounded:
        return interval.qualifier
    if all(QUALIFIERS[figure.row["qualifier"]].is_bounded for figure in used):
        return ""
    return "under" if interval.upper - face <= face - interval.lower else "over"


def _qualifier(used: Sequence[Figure], interval: Interval, decimals: int) -> str:
    """Return the qualifier that figures pass on; `about` if the last decimal is uncertain."""
    passed = {QUALIFIERS[figure.row["qualifier"]].passes_on for figure in used}
    if not interval.is_bounded or "about" in passed:
        return "about"
    if "estimate" in passed:
        return "estimate"
    is_precise = interval.upper - interval.lower <= Fraction(10) ** -decimals
    return "" if is_precise else "about"
