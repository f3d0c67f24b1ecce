from fractions import Fraction

import pytest

from caoan_stats.disclosure.linear import NonlinearError, Quotient
from caoan_stats.relations.formulas import parse
from caoan_stats.relations.intervals import Interval


def form(text: str, **known: float):
    """What a formula is where only some of its names are known."""
    formula = parse(text)
    values = {
        name: Quotient.of(Interval.point(known[name])) if name in known else Quotient.unknown(name)
        for name in formula.names
    }
    return formula.compute(values, Quotient.constant).numerator


def coefficients(linear) -> dict[str, Fraction]:
    return {name: each.lower for name, each in linear.terms.items()}


def test_a_sum_keeps_its_unknown_parts_and_adds_up_the_known_ones():
    linear = form("a + b - c + 2 * b", a=3, c=5)
    assert coefficients(linear) == {"b": 3}
    assert linear.constant == Interval.point(-2)


def test_an_unknown_number_times_a_known_one_is_linear():
    assert coefficients(form("a * b / 4", b=6)) == {"a": 6}


def test_a_share_is_linear_in_its_parts_once_it_is_known():
    linear = form("rate - 100 * part / whole", rate=25)
    assert coefficients(linear) == {"whole": 25, "part": -100}


def test_the_rounding_of_a_known_number_stays_an_interval():
    rate = Quotient.of(Interval(Fraction(1), Fraction(2)))
    assert (rate * Quotient.unknown("whole")).numerator.terms["whole"] == Interval(
        Fraction(1), Fraction(2)
    )


@pytest.mark.parametrize("text", ["a * b", "a / b + c", "rate - 100 * part / whole"])
def test_two_unknown_numbers_cannot_be_multiplied(text):
    with pytest.raises(NonlinearError):
        form(text)
