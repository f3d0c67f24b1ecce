from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caoan_stats.relations.effects import effects
from caoan_stats.relations.formulas import Formula, parse
from caoan_stats.relations.intervals import Interval

FORMULAS = ("a * b", "a + b - c", "100 * a / b", "a * b / c", "a / (a + b)", "-(a - b) * c")
POINTS = st.fractions(1, 100, max_denominator=10)
VALUES = st.fixed_dictionaries(dict.fromkeys("abc", POINTS))


def points(values: dict[str, Fraction]) -> dict[str, Interval]:
    return {name: Interval.point(value) for name, value in values.items()}


def result(formula: Formula, values: dict[str, Fraction]) -> Fraction:
    return formula.compute(values, Fraction)


@pytest.mark.parametrize("text", FORMULAS)
@given(before=VALUES, after=VALUES)
def test_effects_add_up_to_the_change(text, before, after):
    formula = parse(text)
    found = effects(formula, points(before), points(after))
    change = result(formula, after) - result(formula, before)
    assert sum(effect.lower for effect in found.values()) == change


@pytest.mark.parametrize("text", FORMULAS)
@given(before=VALUES, after=VALUES)
def test_an_effect_is_what_the_replacement_of_one_part_changes(text, before, after):
    formula, values = parse(text), before
    found = effects(formula, points(before), points(after))
    for name in formula.names:
        replaced = values | {name: after[name]}
        assert found[name].lower == result(formula, replaced) - result(formula, values)
        values = replaced


@pytest.mark.parametrize("text", FORMULAS)
@given(before=VALUES, after=VALUES, shares=VALUES)
def test_the_interval_of_an_effect_has_every_effect_of_the_figures_in_it(
    text, before, after, shares
):
    formula = parse(text)
    ranges = [
        {
            name: Interval(value - Fraction(1, 2), value + Fraction(1, 2))
            for name, value in each.items()
        }
        for each in (before, after)
    ]
    inside = [
        {name: value + shares[name] / 100 - Fraction(1, 2) for name, value in each.items()}
        for each in (before, after)
    ]
    found = effects(formula, *ranges)
    for name, exact in effects(formula, *map(points, inside)).items():
        assert found[name].lower <= exact.lower <= found[name].upper


def test_what_is_not_replaced_does_not_widen_the_interval_of_an_effect():
    near = Interval(Fraction(99), Fraction(101))
    before = {"a": Interval.point(10), "b": near}
    found = effects(parse("a * b"), before, {"a": Interval.point(11), "b": near})
    assert found["a"] == near  # 1 * b, not 11 * b - 10 * b


def test_a_divisor_that_can_be_zero_has_no_effect():
    values = {"a": Interval.point(1), "b": Interval(Fraction(-1), Fraction(1))}
    with pytest.raises(ZeroDivisionError):
        effects(parse("a / b"), values, values)
