"""Effects: how much each part of a formula contributes to the change of its result.

The parts are replaced one after the other, in the order in which they appear, by their values of
this year (chain substitution, thay thế liên hoàn): the effect of a part is the difference that its
replacement makes. So the effects add up to the whole change. In a product, the first factor is
compared at last year's value of the second, and the second at this year's value of the first, as
Vietnamese textbooks do (hệ thống chỉ số). In a sum or difference the order makes no difference.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from caoan_stats.relations.formulas import Formula
from caoan_stats.relations.intervals import Interval

_ONE = Interval.point(1)
_ZERO = Interval.point(0)

Values = Mapping[str, Interval]


@dataclass(frozen=True)
class Step:
    """A number before and after one replacement, and the difference.

    The difference has an interval of its own: it is narrower than the one between `after` and
    `before`, as the parts that are not replaced are the same in both.
    """

    before: Interval
    after: Interval
    difference: Interval

    @classmethod
    def constant(cls, value: Interval) -> "Step":
        """Return a number that is not replaced."""
        return cls(value, value, _ZERO)

    @classmethod
    def replacing(cls, before: Interval, after: Interval) -> "Step":
        """Return the part that is replaced."""
        return cls(before, after, after - before)

    def __neg__(self) -> "Step":
        return Step(-self.before, -self.after, -self.difference)

    def __add__(self, other: "Step") -> "Step":
        return Step(
            self.before + other.before,
            self.after + other.after,
            self.difference + other.difference,
        )

    def __sub__(self, other: "Step") -> "Step":
        return self + -other

    def __mul__(self, other: "Step") -> "Step":
        return Step(
            self.before * other.before,
            self.after * other.after,
            self.difference * other.after + self.before * other.difference,
        )

    def __truediv__(self, other: "Step") -> "Step":
        before, after = _ONE / other.before, _ONE / other.after
        is_constant = other.difference == _ZERO
        return self * Step(before, after, _ZERO if is_constant else after - before)


def effects(formula: Formula, previous: Values, current: Values) -> dict[str, Interval]:
    """Return the effect of each part of a formula on the change of its result.

    `previous` and `current` have the values of all names of the formula, as intervals or as points
    for exact effects. Raises `ZeroDivisionError` if a divisor can be 0.

    >>> from caoan_stats.relations.formulas import parse
    >>> before, after = ({"area": 10, "yield": 5}, {"area": 8, "yield": 6})
    >>> points = [{name: Interval.point(x) for name, x in each.items()} for each in (before, after)]
    >>> {name: int(x.lower) for name, x in effects(parse("area * yield"), *points).items()}
    {'area': -10, 'yield': 8}
    """
    found = {}
    values = {name: Step.constant(previous[name]) for name in formula.names}
    for name in formula.names:
        step = values | {name: Step.replacing(previous[name], current[name])}
        found[name] = formula.compute(step, lambda number: Step.constant(Interval.point(number)))
        values |= {name: Step.constant(current[name])}
    return {name: step.difference for name, step in found.items()}
