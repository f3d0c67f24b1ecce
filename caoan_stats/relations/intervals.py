"""Interval arithmetic over exact fractions: where a rounded figure lies, and what follows from it.

The rules are those of Moore, "Interval Analysis" (1966): the result of an operation holds every
result that the operands can have. Ends are `Fraction`, so nothing is lost to rounding of our own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, inf

Bound = Fraction | float  # a float only where it is infinite
FRACTION_DIGITS = (
    60  # before the point and behind it: more than any figure or what follows from it needs
)


@dataclass(frozen=True)
class Interval:
    """All numbers from `lower` to `upper`, both included; an end can be infinite.

    Examples
    --------
    >>> area, rice = around(Decimal("462.56")), around(Decimal(115))
    >>> (area * rice).meets(around(Decimal(53195)))
    True
    """

    lower: Bound
    upper: Bound

    @classmethod
    def point(cls, value: Decimal | Fraction | int) -> "Interval":
        """Make the interval of one number."""
        return cls(Fraction(value), Fraction(value))

    def meets(self, other: "Interval") -> bool:
        """Whether some number is in both."""
        return self.lower <= other.upper and other.lower <= self.upper

    def can_be_at_most(self, other: "Interval") -> bool:
        """Whether some number of this one is not above some number of the other."""
        return self.lower <= other.upper

    @property
    def is_huge(self) -> bool:
        """Whether an end is farther from zero than anything that is counted, and yet finite."""
        ends = [end for end in (self.lower, self.upper) if not is_infinite(end)]
        return any(abs(end) >= 10**FRACTION_DIGITS for end in ends)

    def widened(self) -> "Interval":
        """Give an interval that holds this one and whose ends are of no more digits than needed."""
        return Interval(_outward(self.lower, floor), _outward(self.upper, ceil))

    def __neg__(self) -> "Interval":
        return Interval(-self.upper, -self.lower)

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(_sum(self.lower, other.lower), _sum(self.upper, other.upper))

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        ends = [
            _product(one, two)
            for one in (self.lower, self.upper)
            for two in (other.lower, other.upper)
        ]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: "Interval") -> "Interval":
        if other.lower <= 0 <= other.upper:
            raise ZeroDivisionError("the divisor can be zero")
        return self * Interval(_inverse(other.upper), _inverse(other.lower))


def around(value: Decimal, qualifier: str = "", *, exact: bool = False) -> Interval:
    """Give the interval in which a stated figure lies.

    Parameters
    ----------
    value
        The figure with the decimals of its source.
    qualifier
        What the source says of it. Without one, half a unit of the last decimal to either side.
        `estimate` (ước) is the same, but never exact. `about` (khoảng) takes the zeros at the end
        as rounded too: half a unit of the last digit that is not zero. `over` (trên) is open
        upwards and `under` (dưới) downwards: the words give one end and leave the other.
    exact
        Whether the unit is one of counts or đồng; such a figure is only itself.

    Examples
    --------
    >>> around(Decimal("99.6"))
    Interval(lower=Fraction(1991, 20), upper=Fraction(1993, 20))
    >>> around(Decimal(97000), "about", exact=True)
    Interval(lower=Fraction(96500, 1), upper=Fraction(97500, 1))
    >>> around(Decimal(80), "over").upper
    inf
    """
    point = Fraction(value)
    if qualifier == "over":
        return Interval(point, inf)
    if qualifier == "under":
        return Interval(-inf, point)
    if exact and not qualifier:
        return Interval.point(point)
    rounded = value.normalize() if value and qualifier == "about" else value
    half = Fraction(10) ** int(rounded.as_tuple().exponent) / 2
    return Interval(point - half, point + half)


def is_infinite(bound: Bound) -> bool:
    """Whether an end is infinite; unlike `math.isinf` it takes fractions that no float can hold.

    Examples
    --------
    >>> is_infinite(inf), is_infinite(Fraction(10) ** 999)
    (True, False)
    """
    return isinstance(bound, float)


def _outward(bound: Bound, whole: Callable[[Fraction], int]) -> Bound:
    if isinstance(bound, float) or bound.denominator <= 10**FRACTION_DIGITS:
        return bound
    return Fraction(whole(bound * 10**FRACTION_DIGITS), 10**FRACTION_DIGITS)


def _sum(one: Bound, two: Bound) -> Bound:
    if is_infinite(one) or is_infinite(two):
        return one if is_infinite(one) else two
    return one + two


def _product(one: Bound, two: Bound) -> Bound:
    if one == 0 or two == 0:
        return Fraction(0)
    if is_infinite(one) or is_infinite(two):
        return inf if (one > 0) == (two > 0) else -inf
    return one * two


def _inverse(bound: Bound) -> Bound:
    return Fraction(0) if is_infinite(bound) else 1 / bound
