"""Intervals of rounded figures, and interval arithmetic over exact fractions.

The rules are those of Moore, "Interval Analysis" (1966): the result of an operation contains every
result of numbers in the operands. Finite ends are `Fraction`, so arithmetic adds no rounding.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, floor, inf

from caoan_stats.common.numerals import round_to
from caoan_stats.concepts.qualifiers import QUALIFIERS, Reach

Bound = Fraction | float  # a float is inf or -inf
DECIMALS = 6  # of a computed number
END_DIGIT_LIMIT = 60  # digits before the point, and decimals; more than any derived figure needs


@dataclass(frozen=True)
class Interval:
    """The numbers from `lower` to `upper`, both included; an end can be infinite.

    >>> area, rice = around(Decimal("462.56")), around(Decimal(115))
    >>> (area * rice).meets(around(Decimal(53195)))
    True
    """

    lower: Bound
    upper: Bound

    @classmethod
    def point(cls, value: Decimal | Fraction | int) -> "Interval":
        """Return the interval that contains one number only."""
        return cls(Fraction(value), Fraction(value))

    def meets(self, other: "Interval") -> bool:
        """Return whether the two intervals have a number in common."""
        return self.lower <= other.upper and other.lower <= self.upper

    def __and__(self, other: "Interval") -> "Interval":
        """Return what two intervals have in common; this one if that is nothing."""
        both = Interval(max(self.lower, other.lower), min(self.upper, other.upper))
        return both if self.meets(other) else self

    def can_be_at_most(self, other: "Interval") -> bool:
        """Return whether some number of this interval is <= some number of the other."""
        return self.lower <= other.upper

    @property
    def is_bounded(self) -> bool:
        """Whether both ends are finite."""
        return not (is_infinite(self.lower) or is_infinite(self.upper))

    @property
    def qualifier(self) -> str:
        """The qualifier of a number that is open to one side, `over` or `under`; else empty."""
        falls, rises = is_infinite(self.lower), is_infinite(self.upper)
        return "" if falls == rises else "under" if falls else "over"

    def written(self, face: Fraction, decimals: int, side: str | None = None) -> Decimal:
        """Return the number to write for a computed figure, which is `face` for figures as written.

        Of a figure `over` or `under` a number (`side`; None: that of an open interval) it is that
        end of the interval, rounded so that the bound stays true.

        >>> Interval(Fraction("50.825"), inf).written(Fraction("51.36"), 1)
        Decimal('50.8')
        """
        side = self.qualifier if side is None else side
        if side == "over":
            return round_to(Fraction(self.lower), decimals, floor)
        if side == "under":
            return round_to(Fraction(self.upper), decimals, ceil)
        return round_to(face, decimals)

    @property
    def is_huge(self) -> bool:
        """Whether a finite end has more than `END_DIGIT_LIMIT` digits before the point."""
        ends = [end for end in (self.lower, self.upper) if not is_infinite(end)]
        return any(abs(end) >= 10**END_DIGIT_LIMIT for end in ends)

    def widened(self) -> "Interval":
        """Return an interval around this one, its ends rounded to `END_DIGIT_LIMIT` decimals."""
        return Interval(_rounded(self.lower, floor), _rounded(self.upper, ceil))

    def __neg__(self) -> "Interval":
        return Interval(-self.upper, -self.lower)

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(_sum(self.lower, other.lower), _sum(self.upper, other.upper))

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        pairs = product((self.lower, self.upper), (other.lower, other.upper))
        ends = [_product(one, two) for one, two in pairs]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: "Interval") -> "Interval":
        if other.lower <= 0 <= other.upper:
            raise ZeroDivisionError("the divisor can be zero")
        return self * Interval(_inverse(other.upper), _inverse(other.lower))


def around(value: Decimal, qualifier: str = "", *, exact: bool = False) -> Interval:
    """Return the interval in which a stated figure lies.

    The decimals of `value` are those of its source and significant: 99.60 is not 99.6. `qualifier`
    is a code of `caoan_stats.concepts.qualifiers.QUALIFIERS`, which defines both ends; empty means
    half a unit of the last digit to either side. If the unit is `exact` (a count or đồng), the
    interval of a figure without a qualifier is the figure alone; 18.6e9 states three digits, so it
    is never exact.

    >>> around(Decimal("99.6"))
    Interval(lower=Fraction(1991, 20), upper=Fraction(1993, 20))
    >>> around(Decimal(97000), "about", exact=True)
    Interval(lower=Fraction(96500, 1), upper=Fraction(97500, 1))
    >>> around(Decimal(80), "over").upper
    inf
    """
    if exact and not qualifier and int(value.as_tuple().exponent) <= 0:
        return Interval.point(value)
    row = QUALIFIERS[qualifier]
    return Interval(_end(value, -1, row.below), _end(value, 1, row.above))


def last_place(interval: Interval) -> int | None:
    """Return the power of ten of the last digit that an interval supports.

    It is the largest power that is not larger than the width of the interval; None for a number
    alone, and for an open end.

    >>> last_place(Interval(Fraction(60253), Fraction(61224))), last_place(Interval.point(3))
    (2, None)
    """
    if is_infinite(interval.lower) or is_infinite(interval.upper):
        return None
    width = Fraction(interval.upper) - Fraction(interval.lower)
    if not width:
        return None
    power = len(str(int(width))) - 1 if width >= 1 else -len(str(int(1 / width)))
    return power + 1 if width >= Fraction(10) ** (power + 1) else power


def supported(
    value: Fraction, interval: Interval, rounding: Callable[[Fraction], int] | None = None
) -> Decimal:
    """Return a number rounded to the last digit that its interval supports.

    `rounding` is `math.floor` or `math.ceil`; None rounds to the nearest number.

    >>> supported(Fraction(60739), Interval(Fraction(60253), Fraction(61224)))
    Decimal('6.07E+4')
    """
    place = last_place(interval)
    return round_to(value, DECIMALS) if place is None else at_place(value, place, rounding)


def at_place(
    value: Fraction, place: int, rounding: Callable[[Fraction], int] | None = None
) -> Decimal:
    """Return a number rounded to a power of ten, which is the exponent of the result.

    `rounding` is as for `supported`; of the nearest numbers, the one away from zero.
    """
    digits = abs(value) / Fraction(10) ** place
    size = Decimal((rounding or _half_up)(digits)).scaleb(place)
    return size if value >= 0 else -size


def _half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))


def _end(value: Decimal, sign: int, reach: Reach) -> Bound:
    """Return the lower end (`sign` -1) or the upper end (1) of the interval of a figure."""
    if reach == "nothing":
        return Fraction(value)
    if reach == "open":
        return sign * inf
    digits = value.normalize() if value and reach == "zeros" else value
    return Fraction(value) + sign * Fraction(10) ** int(digits.as_tuple().exponent) / 2


def is_infinite(bound: Bound) -> bool:
    """Return whether an end is infinite; `math.isinf` fails for a fraction too large for a float.

    >>> is_infinite(inf), is_infinite(Fraction(10) ** 999)
    (True, False)
    """
    return isinstance(bound, float)


def _rounded(bound: Bound, rounding: Callable[[Fraction], int]) -> Bound:
    if isinstance(bound, float) or bound.denominator <= 10**END_DIGIT_LIMIT:
        return bound
    return Fraction(rounding(bound * 10**END_DIGIT_LIMIT), 10**END_DIGIT_LIMIT)


def _sum(one: Bound, two: Bound) -> Bound:
    # inf + fraction would convert the fraction to a float, which can overflow
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
