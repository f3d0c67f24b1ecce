"""Relations: what is true of indicators by arithmetic, and the order in which they can fill."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from caoan_stats.common.frames import Row
from caoan_stats.relations.formulas import Formula, parse
from caoan_stats.relations.intervals import Interval

EQUAL, AT_MOST = "=", "<="


@dataclass(frozen=True)
class Relation:
    """One arithmetic truth: it fills its left side where that is not stated, and checks it else.

    Parameters
    ----------
    left, right
        Its sides.
    operator
        `=` or `<=`; only `=` fills.
    label
        The relation in Vietnamese words.
    """

    left: Formula
    operator: str
    right: Formula
    label: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every indicator and bound in it, each once."""
        return tuple(dict.fromkeys([*self.left.names, *self.right.names]))

    @property
    def fills(self) -> str:
        """The indicator that it can derive; empty where its left side is not one alone."""
        return self.left.alone if self.operator == EQUAL else ""

    def holds(self, known: Mapping[str, Interval]) -> bool:
        """Whether the figures can all be right: some numbers in their intervals satisfy it.

        Parameters
        ----------
        known
            The interval of each of `names`.

        Raises
        ------
        ZeroDivisionError
            A divisor can be zero.
        """
        left, right = self.left.evaluate(known), self.right.evaluate(known)
        return left.meets(right) if self.operator == EQUAL else left.can_be_at_most(right)


def parse_relations(rows: Iterable[Row]) -> tuple[Relation, ...]:
    """Parse the rows of `relations.csv`.

    Raises
    ------
    FormulaError
        A side is not arithmetic.
    """
    return tuple(
        Relation(parse(row["left"]), row["operator"], parse(row["right"]), row["label_vi"])
        for row in rows
    )


def parts_of_totals(rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """Give the parts of each total: the right side of the first relation that is only a sum.

    Examples
    --------
    >>> parts_of_totals([{"left": "a", "operator": "=", "right": "b + c", "label_vi": ""}])
    {'a': ('b', 'c')}
    """
    found: dict[str, tuple[str, ...]] = {}
    for relation in parse_relations(rows):
        if relation.fills and relation.right.summands:
            found.setdefault(relation.fills, relation.right.summands)
    return found


def relation_key(row: Row) -> tuple[str, str, str]:
    """Give what tells a relation from all others, however it is spaced.

    Examples
    --------
    >>> relation_key({"left": "a", "operator": "=", "right": "b+ c"})
    ('a', '=', 'b+c')
    """
    left, operator, right = ("".join(row[name].split()) for name in ("left", "operator", "right"))
    return left, operator, right


def filling_order(relations: Iterable[Relation]) -> list[Relation]:
    """Sort relations so that each stands after those that fill what it needs.

    Raises
    ------
    graphlib.CycleError
        They fill each other in a circle.

    Examples
    --------
    >>> rows = [("rate", "100 * lost / bought"), ("lost", "bought - sold")]
    >>> truths = [Relation(parse(left), "=", parse(right), "") for left, right in rows]
    >>> [relation.fills for relation in filling_order(truths)]
    ['lost', 'rate']
    """
    given = tuple(relations)
    rank = {code: place for place, code in enumerate(_sorter(given).static_order())}
    return sorted(given, key=lambda relation: rank.get(relation.fills, 0))


def find_cycle(relations: Iterable[Relation]) -> tuple[str, ...]:
    """Name the indicators that fill each other in a circle, the first one again at the end.

    Examples
    --------
    >>> rows = [("a", "b + 1"), ("b", "a - 1")]
    >>> find_cycle(Relation(parse(a), "=", parse(b), "") for a, b in rows)
    ('a', 'b', 'a')
    """
    try:
        _sorter(relations).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def _sorter(relations: Iterable[Relation]) -> "TopologicalSorter[str]":
    needs: dict[str, set[str]] = {}
    for relation in relations:
        if relation.fills:
            needs.setdefault(relation.fills, set()).update(relation.right.names)
    return TopologicalSorter(needs)
