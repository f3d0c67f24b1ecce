"""Linear forms with interval coefficients: what a formula is while some of its names are unknown.

A quotient is kept as numerator and denominator, so that `share = 100 * part / whole` is linear in
`part` and `whole` where `share` is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from caoan_stats.relations.intervals import Interval

ZERO, ONE = Interval.point(0), Interval.point(1)


class NonlinearError(ValueError):
    """Two unknown numbers are multiplied."""


@dataclass(frozen=True)
class Linear:
    """A sum of unknown numbers with coefficients, and a known number.

    Parameters
    ----------
    known
        The known number.
    terms
        The coefficient of each unknown number by its name.
    """

    known: Interval
    terms: Mapping[str, Interval]

    def __neg__(self) -> "Linear":
        return self * Linear(Interval.point(-1), {})

    def __add__(self, other: "Linear") -> "Linear":
        names = {**self.terms, **other.terms}
        terms = {name: self.terms.get(name, ZERO) + other.terms.get(name, ZERO) for name in names}
        return Linear(self.known + other.known, terms)

    def __mul__(self, other: "Linear") -> "Linear":
        if self.terms and other.terms:
            raise NonlinearError
        factor, form = (other.known, self) if self.terms else (self.known, other)
        terms = {name: coefficient * factor for name, coefficient in form.terms.items()}
        return Linear(form.known * factor, terms)


@dataclass(frozen=True)
class Quotient:
    """One linear form divided by another; all that a formula can be.

    Examples
    --------
    >>> part, share = Quotient.unknown("part"), Quotient.of(Interval.point(25))
    >>> left_over = (part - share * Quotient.of(Interval.point(8))).numerator
    >>> left_over.known.lower, left_over.terms["part"].lower
    (Fraction(-200, 1), Fraction(1, 1))
    """

    numerator: Linear
    denominator: Linear

    @classmethod
    def of(cls, value: Interval) -> "Quotient":
        """Make that of a known number."""
        return cls(Linear(value, {}), Linear(ONE, {}))

    @classmethod
    def constant(cls, value: Fraction) -> "Quotient":
        """Make that of a number in a formula."""
        return cls.of(Interval.point(value))

    @classmethod
    def unknown(cls, name: str) -> "Quotient":
        """Make that of an unknown number."""
        return cls(Linear(ZERO, {name: ONE}), Linear(ONE, {}))

    def __neg__(self) -> "Quotient":
        return Quotient(-self.numerator, self.denominator)

    def __add__(self, other: "Quotient") -> "Quotient":
        numerator = self.numerator * other.denominator + other.numerator * self.denominator
        return Quotient(numerator, self.denominator * other.denominator)

    def __sub__(self, other: "Quotient") -> "Quotient":
        return self + -other

    def __mul__(self, other: "Quotient") -> "Quotient":
        numerator = self.numerator * other.numerator
        return Quotient(numerator, self.denominator * other.denominator)

    def __truediv__(self, other: "Quotient") -> "Quotient":
        return self * Quotient(other.denominator, other.numerator)
