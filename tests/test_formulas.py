from fractions import Fraction

import pytest

from caoan_stats.formulas import FormulaError, parse
from caoan_stats.intervals import Interval

KNOWN = {
    name: Interval.point(value) for name, value in {"a": 6, "b": 3, "c": 2, "a.lower": 5}.items()
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", 6),
        ("a + b * c", 12),
        ("(a + b) * c", 18),
        ("a - b - c", 1),
        ("-a + 10", 4),
        ("100 * a / (b + c)", 120),
        ("a * 0.1", Fraction(3, 5)),
        ("a * 0.125", Fraction(3, 4)),
        ("a - a.lower", 1),
        (" a/b ", 2),
    ],
)
def test_a_formula_is_arithmetic(text, value):
    assert parse(text).evaluate(KNOWN) == Interval.point(value)


def test_a_formula_names_each_indicator_once_in_order():
    assert parse("100 * early / (early + late.upper)").names == ("early", "late.upper")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", ""),
        ("a +", "a +"),
        ("a b", "a b"),
        ("open(a)", "open(a)"),
        ("b + a.real", "a.real"),
        ("a.lower.upper", "a.lower.upper"),
        ("b * a.__class__", "a.__class__"),
        ("b * (a + b).lower", "(a + b).lower"),
        ("a ** 9", "a ** 9"),
        ("a // b", "a // b"),
        ("a if b else c", "a if b else c"),
        ("a or b", "a or b"),
        ("not a", "not a"),
        ("+a", "+a"),
        ("a + 1e3", "a + 1e3"),
        ("a + 1j", "a + 1j"),
        ("a + 0x1f", "a + 0x1f"),
        ("a + 1234567890123456", "1234567890123456"),
        ("1.000 * a", "1.000"),
        ("0,3 * a", "0,3 * a"),
        ("[a]", "[a]"),
        ("a; b", "a; b"),
        ("a = b", "a = b"),
        ("'a'", "'a'"),
        ("a\nb", "a\nb"),
                ("lambda a. b", "lambda a. b"),
        ("(a for a in b)", "(a for a in b)"),
        ("yield a", "yield a"),
        ("await a", "await a"),
        ("...", "..."),
        ("1if a else 0", "1if a else 0"),
        ("ｒice", "ｒice"),
        ("a, b", "a, b"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_its_part(text, part):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.part == part


@pytest.mark.parametrize(
    "text", ["a" + " + a" * 9999, "(" * 9999 + "a" + ")" * 9999, "-" * 9999 + "a"]
)
def test_an_endless_formula_is_refused(text):
    with pytest.raises(FormulaError):
        parse(text)


def test_a_division_by_zero_is_an_error():
    with pytest.raises(ZeroDivisionError):
        parse("a / (b - 3)").evaluate(KNOWN)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a + b", ("a", "b")),
        ("(a + b) + c", ("a", "b", "c")),
        ("a", ()),
        ("a - b", ()),
        ("a + 1", ()),
        ("2 * a + b", ()),
        ("a + -b", ()),
        ("a + b.lower", ()),
    ],
)
def test_only_a_sum_of_indicators_has_summands(text, names):
    assert parse(text).summands == names
