from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caoan_stats.relations.formulas import parse
from caoan_stats.relations.intervals import Interval, around


def between(lower: str, upper: str) -> Interval:
    ends = [float(end) if "inf" in end else Fraction(end) for end in (lower, upper)]
    return Interval(*ends)


@pytest.mark.parametrize(
    ("value", "qualifier", "exact", "lower", "upper"),
    [
        ("99.6", "", False, "99.55", "99.65"),
        ("99.60", "", False, "99.595", "99.605"),
        ("115", "estimate", False, "114.5", "115.5"),
        ("6000", "", False, "5999.5", "6000.5"),
        ("7373", "", True, "7373", "7373"),
        ("7373", "estimate", True, "7372.5", "7373.5"),
        ("105000", "about", True, "104500", "105500"),
        ("420", "about", True, "415", "425"),
        ("423", "about", True, "422.5", "423.5"),
        ("0", "about", True, "-0.5", "0.5"),
        ("80", "over", False, "80", "inf"),
        ("300", "over", True, "300", "inf"),
        ("0.8", "under", False, "-inf", "0.8"),
        ("-0.08", "", False, "-0.085", "-0.075"),
    ],
)
def test_a_figure_is_an_interval_around_the_stated_number(value, qualifier, exact, lower, upper):
    assert around(Decimal(value), qualifier, exact=exact) == between(lower, upper)


@pytest.mark.parametrize(
    ("result", "lower", "upper"),
    [
        (between("1", "2") + between("10", "20"), "11", "22"),
        (between("1", "2") - between("10", "20"), "-19", "-8"),
        (between("-1", "2") * between("10", "20"), "-20", "40"),
        (between("-3", "-2") * between("-5", "4"), "-12", "15"),
        (between("1", "2") / between("4", "8"), "1/8", "1/2"),
        (between("1", "2") / between("-8", "-4"), "-1/2", "-1/8"),
        (-between("1", "2"), "-2", "-1"),
        (between("1", "inf") + between("1", "1"), "2", "inf"),
        (between("1", "inf") - between("1", "inf"), "-inf", "inf"),
        (between("0", "0") * between("1", "inf"), "0", "0"),
        (between("-1", "1") * between("1", "inf"), "-inf", "inf"),
        (between("100", "100") / between("50", "inf"), "0", "2"),
    ],
)
def test_a_result_contains_every_result_of_its_operands(result, lower, upper):
    assert result == between(lower, upper)


@pytest.mark.parametrize("divisor", [("0", "0"), ("-1", "1"), ("0", "1"), ("-1", "0")])
def test_an_interval_that_contains_zero_cannot_be_a_divisor(divisor):
    with pytest.raises(ZeroDivisionError):
        between("1", "2") / between(*divisor)


def test_intervals_meet_at_a_common_end():
    assert between("1", "2").meets(between("2", "3"))
    assert not between("1", "2").meets(between("2.000001", "3"))


def test_an_interval_can_be_at_most_another_unless_all_of_it_is_above():
    assert between("2", "5").can_be_at_most(between("1", "2"))
    assert not between("2.1", "5").can_be_at_most(between("1", "2"))


NUMBERS = st.decimals(-10_000, 10_000, places=3, allow_nan=False)
NAMES = ("a", "b", "c")
TREES = st.recursive(
    st.sampled_from(NAMES) | st.integers(0, 99).map(str),
    lambda parts: (
        st.tuples(parts, st.sampled_from("+-*/"), parts).map(
            lambda sides: f"({sides[0]} {sides[1]} {sides[2]})"
        )
        | parts.map("-{}".format)
    ),
    max_leaves=8,
)


@pytest.mark.property
@given(NUMBERS, st.integers(0, 3), st.sampled_from(["", "estimate", "about"]))
def test_the_interval_of_a_rounded_number_contains_the_true_one(true, places, qualifier):
    interval = around(round(true, places), qualifier)
    assert interval.lower <= Fraction(true) <= interval.upper


STATED = st.tuples(
    NUMBERS, st.integers(0, 3), st.sampled_from(["", "estimate", "about", "over", "under"])
)


def stated_of(true: Decimal, places: int, qualifier: str) -> Interval:
    """Return the interval of a number that a source rounds in the direction of its qualifier."""
    rounding = {"over": ROUND_FLOOR, "under": ROUND_CEILING}.get(qualifier, ROUND_HALF_EVEN)
    return around(true.quantize(Decimal(1).scaleb(-places), rounding), qualifier)


@pytest.mark.property
@given(TREES, st.lists(STATED, min_size=3, max_size=3))
def test_a_result_of_stated_numbers_contains_the_result_of_the_true_ones(text, values):
    formula = parse(text)
    true = {name: Interval.point(value[0]) for name, value in zip(NAMES, values, strict=True)}
    stated = {name: stated_of(*value) for name, value in zip(NAMES, values, strict=True)}
    try:
        computed = formula.evaluate(stated)
    except ZeroDivisionError:
        return
    exact = formula.evaluate(true)
    assert computed.lower <= exact.lower <= exact.upper <= computed.upper


ENDS = st.fractions() | st.fractions().map(lambda end: end + Fraction(1, 7**80))


@pytest.mark.property
@given(st.lists(ENDS, min_size=2, max_size=2).map(sorted))
def test_an_interval_of_fewer_digits_contains_the_full_one(ends):
    whole = Interval(*ends)
    widened = whole.widened()
    assert widened.lower <= whole.lower <= whole.upper <= widened.upper
    assert max(widened.lower.denominator, widened.upper.denominator) <= 10**60
    assert (widened.upper - widened.lower) - (whole.upper - whole.lower) <= Fraction(2, 10**60)


@pytest.mark.property
@given(STATED, STATED)
def test_a_change_between_stated_numbers_is_never_broken(before, now):
    change = stated_of(now[0] - before[0], 3, "")
    assert (stated_of(*before) + change).meets(stated_of(*now))


def test_a_result_of_too_many_digits_is_not_computed():
    tenth = {"a": Interval.point(10**14)}
    assert parse("a * a * a * a").evaluate(tenth) == Interval.point(10**56)
    with pytest.raises(OverflowError):
        parse("a * a * a * a * a").evaluate(tenth)


def test_an_infinite_end_is_not_too_large():
    assert not (between("1", "inf") * between("2", "inf")).is_huge


@pytest.mark.property
@given(NUMBERS, NUMBERS, st.integers(0, 2))
def test_a_true_relation_between_rounded_numbers_is_never_broken(one, two, places):
    stated = [around(round(value, places)) for value in (one, two, one + two)]
    assert (stated[0] + stated[1]).meets(stated[2])
