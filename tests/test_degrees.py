import pytest
from test_relations import relation

from caoan_stats.degrees import above_limit


def found(*texts: str) -> dict[str, int]:
    """The size of each relation above the limit by its left side."""
    sizes = above_limit([relation(text) for text in texts])
    return {each.left.text: size for each, size in sizes.items()}


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("a = b * b * b * b * b * b * b * b * b", 9),
        ("a = 1 / b / b / b / b / b / b / b / b / b", 9),
        ("a = b * (b + b * (b * b * b * b * b * b * b) - b)", 9),
        ("a = b / (1 / (b * b * b * b * b * b * b * b))", 9),
        ("a = b / c + b / d + b / e + b / f + b / g + b / h + b / i + b / j + b / k", 9),
        ("a <= b * b * b * b * b * b * b * b * -b", 9),
    ],
)
def test_numbers_that_are_multiplied_or_divided_are_counted(text, size):
    assert found(text) == {"a": size}


def test_the_left_side_counts_too():
    assert found("a * a * a * a * a * a * a * a * a = b") == {
        "a * a * a * a * a * a * a * a * a": 9
    }


@pytest.mark.parametrize(
    "text",
    [
        "a = b * b * b * b * b * b * b * b",
        "a = b + b + b + b + b + b + b + b + b",
        "a = 100 * b / c",
    ],
)
def test_as_many_as_the_limit_are_none_too_many(text):
    assert found(text) == {}


def test_what_fills_a_name_counts_in_its_place_also_where_nothing_is_filled():
    assert found("a <= b * b * b", "b = c * d * e") == {"a": 9}


def test_the_largest_of_what_fills_a_name_counts():
    assert found("a = b * b * b", "b = c", "b = c * d * e", "b = d") == {"a": 9}


def test_each_fault_is_found_once():
    assert found("a = b * b", "b = c * c * c", "c = d * d * d", "e = b + 1") == {"b": 9}
