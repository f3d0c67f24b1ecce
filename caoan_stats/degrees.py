"""How many numbers a relation multiplies, with what fills its names written in their place.

Exact fractions grow with it: relations that square each other in turn would soon fill the memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caoan_stats.formulas import Formula
from caoan_stats.relations import Relation, ordered

LIMIT = 8  # of a side: two of them, of figures with 18 digits, compared, still make a float


@dataclass(frozen=True)
class Degree:
    """How many numbers are multiplied above and below the line of one fraction.

    Examples
    --------
    >>> rate = Degree(1) / Degree(1)
    >>> rate + rate, rate / rate
    (Degree(above=2, below=2), Degree(above=2, below=2))
    """

    above: int
    below: int = 0

    @property
    def size(self) -> int:
        """How many are multiplied on the side of the line that has more of them."""
        return max(self.above, self.below)

    def __or__(self, other: "Degree") -> "Degree":
        """Be as large as either."""
        return Degree(max(self.above, other.above), max(self.below, other.below))

    def __neg__(self) -> "Degree":
        return self

    def __add__(self, other: "Degree") -> "Degree":
        above = max(self.above + other.below, other.above + self.below)
        return Degree(above, self.below + other.below)

    __sub__ = __add__

    def __mul__(self, other: "Degree") -> "Degree":
        return Degree(self.above + other.above, self.below + other.below)

    def __truediv__(self, other: "Degree") -> "Degree":
        return self * Degree(other.below, other.above)


ONE = Degree(1)


def above_limit(relations: Sequence[Relation]) -> Mapping[Relation, int]:
    """Find the relations of which a side multiplies more numbers than `LIMIT`, and how many.

    Parameters
    ----------
    relations
        In any order. What a relation fills that is found counts as one number: each fault is found
        once.

    Raises
    ------
    graphlib.CycleError
        They fill each other in a circle.

    Examples
    --------
    >>> from caoan_stats.relations import read
    >>> rows = [("e", "d * d"), ("d", "c * c"), ("c", "b * b"), ("b", "a * a")]
    >>> found = above_limit(
    ...     read(dict(left=left, operator="=", right=right, label_vi="") for left, right in rows)
    ... )
    >>> {relation.fills: count for relation, count in found.items()}
    {'e': 16}
    """
    filled: dict[str, Degree] = {}
    for relation in ordered(relations):
        degree = _degree(relation.right, filled)
        if relation.fills and degree.size <= LIMIT:
            filled[relation.fills] = degree | filled.get(relation.fills, ONE)
    sizes = {
        relation: max(_degree(side, filled).size for side in (relation.left, relation.right))
        for relation in relations
    }
    return {relation: size for relation, size in sizes.items() if size > LIMIT}


def _degree(formula: Formula, filled: Mapping[str, Degree]) -> Degree:
    return formula.over({name: filled.get(name, ONE) for name in formula.names}, lambda _: ONE)
