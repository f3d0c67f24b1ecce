from graphlib import CycleError

import pytest

from caoan_stats.relations.formulas import FormulaError
from caoan_stats.relations.intervals import Interval
from caoan_stats.relations.relation import (
    Relation,
    filling_order,
    find_cycle,
    parse_relations,
    parts_of_totals,
    relation_key,
    wholes_of_parts,
)


def relation(text: str) -> Relation:
    """Return the relation of a text such as `a <= b + c`."""
    left, operator, right = (part.strip() for part in text.replace("<=", "=<").partition("="))
    if right.startswith("<"):
        operator, right = "<=", right[1:].strip()
    [made] = parse_relations([{"left": left, "operator": operator, "right": right, "label_vi": ""}])
    return made


@pytest.mark.parametrize(
    ("text", "code"),
    [("a = b + c", "a"), ("a <= b", ""), ("a + b = c", ""), ("1 = a", ""), ("a.lower = b", "")],
)
def test_a_relation_fills_an_indicator_that_stands_alone_before_an_equals_sign(text, code):
    assert relation(text).fills == code


@pytest.mark.parametrize(
    ("text", "known", "holds"),
    [
        ("a = b", {"a": (1, 2), "b": (2, 3)}, True),
        ("a = b", {"a": (1, 2), "b": (3, 4)}, False),
        ("a <= b", {"a": (2, 3), "b": (1, 2)}, True),
        ("a <= b", {"a": (3, 4), "b": (1, 2)}, False),
    ],
)
def test_a_relation_holds_when_its_intervals_allow_it(text, known, holds):
    left, right = (Interval(*known[name]) for name in ("a", "b"))
    assert relation(text).allows(left, right) is holds


@pytest.mark.parametrize(
    ("years", "applies"),
    [
        ("", [2019, 2020, 2021, 2022, 2023]),
        ("2021", [2021]),
        ("2021-", [2021, 2022, 2023]),
        ("-2021", [2019, 2020, 2021]),
        ("2020-2022", [2020, 2021, 2022]),
    ],
)
def test_a_relation_applies_in_the_years_that_its_row_names(years, applies):
    row = {"left": "a", "operator": "=", "right": "b", "label_vi": "", "years": years}
    [made] = parse_relations([row])
    assert [year for year in range(2019, 2024) if made.applies(year)] == applies


def test_relations_come_after_those_that_fill_their_inputs():
    given = [relation("a = b / c"), relation("c = d + e"), relation("b = c - d")]
    assert [each.fills for each in filling_order(given)] == ["c", "b", "a"]


def test_relations_that_fill_the_same_keep_their_order():
    given = [relation("a = b"), relation("a = c")]
    assert [each.right.text for each in filling_order(given)] == ["b", "c"]


@pytest.mark.parametrize(
    ("texts", "circle"),
    [
        (["a = b + c", "b = a - c"], {"a", "b"}),
        (["a = b", "b = c", "c = a"], {"a", "b", "c"}),
        (["a = a + b"], {"a"}),
    ],
)
def test_a_circle_names_its_indicators(texts, circle):
    named = find_cycle(map(relation, texts))
    assert set(named) == circle
    assert named[0] == named[-1]
    with pytest.raises(CycleError):
        filling_order(map(relation, texts))


def test_relations_that_only_check_form_no_circle():
    assert find_cycle(map(relation, ["a <= b", "b <= a", "a + b = c", "c = a"])) == ()


def test_relations_that_differ_only_in_spaces_are_equal():
    spaced = {"left": "a", "operator": "=", "right": "b+c"}
    assert relation_key(spaced) == relation_key(spaced | {"right": " b + c "})


def test_a_side_that_is_not_arithmetic_is_refused():
    with pytest.raises(FormulaError):
        relation("a = b(c)")


@pytest.mark.parametrize(
    ("texts", "wholes"),
    [
        (["a <= b"], {"a": {"b"}}),
        (["a + c <= b"], {"a": {"b"}, "c": {"b"}}),
        (["b = a + c"], {"a": {"b"}, "c": {"b"}}),
        (["c = b - a"], {"c": {"b"}, "a": {"b"}}),
        (["a <= b", "b <= c"], {"a": {"b", "c"}, "b": {"c"}}),
        (["b <= c", "a <= b"], {"a": {"b", "c"}, "b": {"c"}}),
        (["a = b", "a = 2 * b", "a + b = c + d", "a <= 100", "1 <= a", "a <= b.lower"], {}),
        (["a <= b / 2", "a + b = 100"], {}),
    ],
)
def test_a_relation_tells_what_is_part_of_what(texts, wholes):
    assert wholes_of_parts(rows_of(texts)) == wholes


@pytest.mark.parametrize(
    ("texts", "parts"),
    [
        (["a = b + c"], {"a": ("b", "c")}),
        (["a = b + c + d"], {"a": ("b", "c", "d")}),
        (["a = b", "a = b - c", "a = 2 * b + c", "a = b + 1", "a = b + c.lower"], {}),
        (["a <= b + c", "a + d = b + c"], {}),
        (["a = b + c", "a = d + e"], {"a": ("b", "c")}),
    ],
)
def test_only_an_indicator_that_equals_a_sum_is_a_total(texts, parts):
    assert parts_of_totals(rows_of(texts)) == parts


def rows_of(texts: list[str]) -> list[dict[str, str]]:
    return [
        {
            "left": each.left.text,
            "operator": each.operator,
            "right": each.right.text,
            "label_vi": "",
        }
        for each in map(relation, texts)
    ]
