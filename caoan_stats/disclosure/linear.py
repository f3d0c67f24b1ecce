"""Linear forms with interval coefficients: a formula in which only some names have a value.

A quotient is stored as numerator and denominator, so `share - 100 * part / whole` has a numerator
that is linear in `part` and `whole` where `share` has a value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from caoan_stats.relations.intervals import Interval

ZERO, ONE = Interval.point(0), Interval.point(1)


class NonlinearError(ValueError):
    """Two unknowns are multiplied."""


@dataclass(frozen=True)
class Linear:
    """A linear form: a constant plus the sum of unknowns times their coefficients."""

    constant: Interval
    terms: Mapping[str, Interval]  # coefficients by name of the unknown

    def __neg__(self) -> "Linear":
        return self * Linear(Interval.point(-1), {})

    def __add__(self, other: "Linear") -> "Linear":
        names = {**self.terms, **other.terms}
        terms = {name: self.terms.get(name, ZERO) + other.terms.get(name, ZERO) for name in names}
        return Linear(self.constant + other.constant, terms)

    def __mul__(self, other: "Linear") -> "Linear":
        if self.terms and other.terms:
            raise NonlinearError
        factor, form = (other.constant, self) if self.terms else (self.constant, other)
        terms = {name: coefficient * factor for name, coefficient in form.terms.items()}
        return Linear(form.constant * factor, terms)


@dataclass(frozen=True)
class Quotient:
    """A linear form divided by another; the type of every formula and of its parts."""

    numerator: Linear
    denominator: Linear

    @classmethod
    def of(cls, value: Interval) -> "Quotient":
        """Return the quotient of a name that has a value."""
        return cls(Linear(value, {}), Linear(ONE, {}))

    @classmethod
    def constant(cls, value: Fraction) -> "Quotient":
        """Return the quotient of a number in a formula."""
        return cls.of(Interval.point(value))

    @classmethod
    def unknown(cls, name: str) -> "Quotient":
        """Return the quotient of a name that has no value."""
        return cls(Linear(ZERO, {name: ONE}), Linear(ONE, {}))

    def __neg__(self) -> "Quotient":
        return Quotient(-self.numerator, self.denominator)

    def __add__(self, other: "Quotient") -> "Quotient":
        if self.denominator == other.denominator:
            return Quotient(self.numerator + other.numerator, self.denominator)
        numerator = self.numerator * other.denominator + other.numerator * self.denominator
        return Quotient(numerator, self.denominator * other.denominator)

    def __sub__(self, other: "Quotient") -> "Quotient":
        return self + -other

    def __mul__(self, other: "Quotient") -> "Quotient":
        numerator = self.numerator * other.numerator
        return Quotient(numerator, self.denominator * other.denominator)

    def __truediv__(self, other: "Quotient") -> "Quotient":
        return self * Quotient(other.denominator, other.numerator)
