import ast
import re
import time
from contextlib import suppress
from fractions import Fraction
from math import inf
from operator import add, mul, sub, truediv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caoan_stats.relations.formulas import LENGTH_LIMIT, FormulaError, parse
from caoan_stats.relations.intervals import Interval

HANGS = 30.0  # seconds; a formula that takes longer hangs
KNOWN = {
    name: Interval.point(value) for name, value in {"a": 6, "b": 3, "c": 2, "a.lower": 5}.items()
}

KINDS = {
    *(ast.BinOp, ast.UnaryOp, ast.Name, ast.Attribute, ast.Constant, ast.Load),
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub),
}
OPERATIONS = {"+": add, "-": sub, "*": mul, "/": truediv}
NAMES = ["a", "b", "c", "a.lower", "if_", "lambda", "none.upper", "x1", "_"]
NUMBERS = ["0", "7", "0.5", "0.000001", "100", "999999999.999999", "123456789012345"]
PIECES = [
    *(*NAMES, *NUMBERS, *"+-*/()., :=[]{}'\"#;\n\t\\\0@%^&|~<>!", "a.real", ".lower.upper"),
    *("1e5", "1j", "0x10", "1_000", "00", "...", "**", "//", ":=", "f'", "b'", "or ", "not "),
    *("lambda:", "yield ", "await ", "for a in b", "if ", "else ", "import os", "__class__"),
    *("ａ", "١", "\ud800"),
]  # fmt: skip


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
        ("(a).lower", "(a).lower"),
        ("a .lower + b", "a .lower"),
        ("a. lower", "a. lower"),
        ("a.__class__.lower", "a.__class__.lower"),
        ("a.lower()", "a.lower()"),
        ("5 .real", "5 .real"),
        ("a + 1_000", "a + 1_000"),
        ("a + ١", "a + ١"),
        ("(a := b)", "(a := b)"),
        ("lambda: a", "lambda: a"),
        ("f'{a}'", "f'{a}'"),
        ("b'a'", "b'a'"),
        ("a # b", "a # b"),
        ("a\\", "a\\"),
        ("a\t+ b", "a\t+ b"),
        ("a\0", "a\0"),
        ("a\ud800", "a\ud800"),
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
def test_text_that_is_not_arithmetic_is_refused_with_its_part(text, part):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.part == part


@pytest.mark.parametrize(
    "text",
    [
        *("a" + " + a" * 9999, "(" * 9999 + "a" + ")" * 9999, "-" * 9999 + "a", "1+" * 10**6 + "1"),
        *("(" * 10**5, "-" * 10**5, "9" * 10**6, "a" * 10**6, "a." * 10**5, "a" + " " * 10**6),
        *("a" + " + a" * 999, "-" * 4999 + "a", "(" * 4999, "9" * 5000, "a(" * 2500),
        *("(a.(-" * 1000, "a" + "**a" * 1666, "(a)" * 1666, "1 " * 2500, "." * 5000),
        "a" + ".lower" * 800,
    ],
    ids=lambda text: f"{text[:9]} {len(text)}",
)  # fmt: skip
def test_a_formula_that_is_too_long_is_refused_at_once(text):
    start = time.process_time()
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert time.process_time() - start < HANGS
    assert len(caught.value.part) <= LENGTH_LIMIT


def test_a_long_formula_is_quoted_by_its_start():
    with pytest.raises(FormulaError) as caught:
        parse("a" + " + a" * 9999)
    assert caught.value.part == "a + a + a + a + a + a + a + a + a + a + …"


@pytest.mark.parametrize(
    "text",
    [
        "*".join(["123456789012345"] * 160),
        " * ".join(f"a{number}" for number in range(120)),
        " / ".join(f"a{number}" for number in range(120)),
        " + ".join(f"a{number} / a{number + 1}" for number in range(0, 120, 2)),
        "-" * 240 + "a1",
        "(" * 70 + "a1" + " + 1/a1)" * 70,
    ],
    ids=lambda text: text[:20],
)
def test_the_largest_formulas_are_computed_at_once(text):
    figure = Interval(Fraction(2**89 - 1, 2 * 10**9), Fraction(2**89 + 1, 2 * 10**9))
    start = time.process_time()
    formula = parse(text)
    with suppress(OverflowError):
        formula.evaluate(dict.fromkeys(formula.names, figure))
    assert time.process_time() - start < HANGS


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


@st.composite
def formulas(draw):
    """Draw a formula as text, the same in full parentheses, and a function that computes it."""
    simple = st.one_of(
        st.sampled_from(NAMES).map(lambda name: (name, name, lambda known: known[name])),
        st.sampled_from(NUMBERS).map(lambda text: (text, text, lambda _: Fraction(text))),
    )
    return draw(st.recursive(simple, _larger, max_leaves=8))


def _larger(smaller):
    def minus(one):
        text, full, value = one
        return f"-({text})", f"(-{full})", lambda known: -value(known)

    def both(left, sign, right):
        values = left[2], right[2]
        return (
            f"({left[0]}){sign} ({right[0]})",
            f"({left[1]} {sign} {right[1]})",
            lambda known: OPERATIONS[sign](*(value(known) for value in values)),
        )

    signs = st.sampled_from(list(OPERATIONS))
    return smaller.map(minus) | st.builds(both, smaller, signs, smaller)


exact = st.fractions(-1000, 1000, max_denominator=100)
ends = st.one_of(exact, st.integers(-(10**18), 10**18).map(Fraction), st.sampled_from([-inf, inf]))


@pytest.mark.property
@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_text_is_refused_or_is_arithmetic_over_names(text):
    try:
        formula = parse(text)
    except FormulaError:
        return
    assert {type(node) for node in ast.walk(formula.tree)} <= KINDS
    assert all(re.fullmatch(r"[a-z_][a-z0-9_]*([.](lower|upper))?", each) for each in formula.names)


@pytest.mark.property
@given(formulas(), st.lists(exact, min_size=len(NAMES), max_size=len(NAMES)))
def test_a_formula_evaluates_to_the_result_of_its_arithmetic(formula, values):
    text, _, value = formula
    known = dict(zip(NAMES, values, strict=True))
    points = {name: Interval.point(number) for name, number in known.items()}
    try:
        expected = Interval.point(value(known))
    except ZeroDivisionError:
        with pytest.raises(ZeroDivisionError):
            parse(text).evaluate(points)
    else:
        assert parse(text).evaluate(points) == expected


@pytest.mark.property
@given(formulas())
def test_a_formula_means_the_same_in_full_parentheses(formula):
    text, full, _ = formula
    assert ast.dump(parse(text).tree) == ast.dump(parse(full).tree)
    assert parse(text).names == parse(full).names


@pytest.mark.property
@given(formulas(), st.lists(st.tuples(ends, ends), min_size=len(NAMES), max_size=len(NAMES)))
def test_a_formula_of_any_intervals_is_an_interval_divides_by_zero_or_is_too_large(formula, pairs):
    known = {name: Interval(min(pair), max(pair)) for name, pair in zip(NAMES, pairs, strict=True)}
    with suppress(ZeroDivisionError, OverflowError):
        result = parse(formula[0]).evaluate(known)
        assert result.lower <= result.upper


def test_numbers_of_more_than_sixty_digits_are_too_large():
    large = {"a": Interval.point(10**15)}
    assert parse("a * a * a / a * a").evaluate(large) == Interval.point(10**45)
    with pytest.raises(OverflowError, match="too large: a"):
        parse("a * a * a * a").evaluate(large)


def test_intermediate_results_can_exceed_any_float():
    large = {"a": Interval.point(10**18)}
    assert parse(f"{' * '.join('a' * 20)} / ({' * '.join('a' * 20)})").evaluate(large).lower == 1
