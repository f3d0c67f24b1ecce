from fractions import Fraction
from math import inf

import pytest

from caoan_stats.disclosure.reader import Unknown, connected, make_puzzle
from caoan_stats.disclosure.solver import Effort, excluded_values
from caoan_stats.relations.intervals import Interval
from caoan_stats.relations.relation import parse_relations


def unknown(lower: float, upper: float = inf, *, is_whole: bool = True) -> Unknown:
    return Unknown(Interval(Fraction(lower), upper), is_whole)


SMALL = unknown(1, Fraction(4))
COUNT = unknown(0)
RATE = unknown(0, is_whole=False)
Row = tuple[str, str, str]


def numbers(rows: list[Row], shown: dict[str, object], gap: float = 0, **unknowns: Unknown):
    """Return the values of each small unknown that a reader of the shown figures cannot exclude."""
    names = ("left", "operator", "right")
    truths = parse_relations({**dict(zip(names, row, strict=True)), "label_vi": ""} for row in rows)
    figures = {
        name: value if isinstance(value, Unknown) else Unknown(Interval.point(Fraction(str(value))))
        for name, value in shown.items()
    }
    puzzle = make_puzzle(truths, figures, unknowns, dict.fromkeys(truths, Fraction(gap)))
    wanted = {name: range(1, 5) for name, unknown in unknowns.items() if unknown == SMALL}
    excluded = {*excluded_values(puzzle, wanted, Effort())}
    return {
        name: {value for value in values if (name, value) not in excluded}
        for name, values in wanted.items()
    }


def test_a_count_in_no_relation_can_be_any_number():
    assert numbers([], {}, a=SMALL) == {"a": {1, 2, 3, 4}}


def test_a_total_and_its_other_part_disclose_a_count():
    assert numbers([("all", "=", "a + b")], {"all": 9, "b": 7}, a=SMALL) == {"a": {2}}


def test_two_hidden_parts_of_a_small_total_are_narrowed_down():
    found = numbers([("all", "=", "a + b")], {"all": 3}, a=SMALL, b=SMALL)
    assert found == {"a": {1, 2}, "b": {1, 2}}


def test_a_reader_knows_that_counts_are_whole():
    found = numbers([("3 * a", "=", "2 * b")], {}, a=SMALL, b=COUNT)
    assert found == {"a": {2, 4}}


def test_a_reader_knows_that_a_rounded_count_is_whole():
    about = unknown(Fraction("5.5"), Fraction("6.5"))
    assert numbers([("3 * a", "=", "2 * b")], {"b": about}, a=SMALL) == {"a": {4}}


def test_a_bound_narrows_a_count_down():
    assert numbers([("a", "<=", "b")], {"b": 2}, a=SMALL) == {"a": {1, 2}}


def test_a_shown_share_discloses_a_count():
    rows = [("share", "=", "100 * a / whole")]
    assert numbers(rows, {"share": 5, "whole": 40}, a=SMALL) == {"a": {2}}


def test_a_shown_share_links_a_count_to_its_hidden_whole():
    rows = [("share", "=", "100 * a / whole"), ("whole", "=", "a + b")]
    assert numbers(rows, {"share": 25, "b": 6}, a=SMALL, whole=COUNT) == {"a": {2}}


def test_a_hidden_share_in_no_other_relation_discloses_nothing():
    rows = [("share", "=", "100 * a / whole")]
    found = numbers(rows, {"whole": 40}, a=SMALL, share=RATE)
    assert found == {"a": {1, 2, 3, 4}}


def test_a_hidden_share_that_another_one_completes_discloses_a_count():
    rows = [("share", "=", "100 * a / whole"), ("share + other", "=", "100")]
    found = numbers(rows, {"other": 95}, a=SMALL, whole=unknown(40, Fraction(40)), share=RATE)
    assert found == {"a": {2}}


def test_a_hidden_share_of_a_hidden_whole_is_replaced_by_its_definition():
    rows = [
        ("share", "=", "100 * a / whole"), ("share + other", "=", "100"), ("whole", "=", "a + b"),
    ]  # fmt: skip
    found = numbers(rows, {"other": 75, "b": 6}, a=SMALL, whole=COUNT, share=RATE)
    assert found == {"a": {2}}


def test_a_rounded_figure_is_the_same_number_in_all_relations():
    rows = [("all", "=", "a + b"), ("all", "=", "c + d")]
    shown = {"all": unknown(90, Fraction(110)), "b": 100, "c": 60, "d": 42}
    assert numbers(rows, shown, a=SMALL) == {"a": {2}}


def test_a_product_with_a_rounded_figure_discloses_a_count():
    rows = [("cost", "=", "a * price")]
    shown = {"cost": 7, "price": unknown(Fraction("3.45"), Fraction("3.55"), is_whole=False)}
    assert numbers(rows, shown, a=SMALL) == {"a": {2}}


@pytest.mark.parametrize("rows", [
    [("share", "=", "100 * a / none")],
    [("share", "<=", "100 * a / (b - c)")],
])  # fmt: skip
def test_a_relation_that_cannot_be_evaluated_tells_nothing(rows):
    shown = {"share": 5, "none": 0, "b": 7}
    assert numbers(rows, shown, a=SMALL, c=COUNT) == {"a": {1, 2, 3, 4}}


def test_a_number_that_is_too_large_tells_nothing():
    rows = [("all", "=", f"a{' * b' * 60}")]
    assert numbers(rows, {"all": 7, "b": 10**10}, a=SMALL) == {"a": {1, 2, 3, 4}}


def test_a_contradictory_relation_allows_for_its_gap():
    rows = [("all", "=", "a + b")]
    assert numbers(rows, {"all": 9, "b": 9}, a=SMALL) == {"a": set()}
    assert numbers(rows, {"all": 9, "b": 9}, gap=2, a=SMALL) == {"a": {1, 2}}


def test_a_figure_that_can_be_negative_leaves_a_count_open():
    balance = Unknown(is_whole=True)
    assert numbers([("a", "=", "b + c")], {"b": 1}, a=SMALL, c=balance) == {"a": {1, 2, 3, 4}}


def test_the_open_end_of_an_interval_discloses_nothing():
    assert numbers([("a", "<=", "b")], {"b": unknown(2)}, a=SMALL) == {"a": {1, 2, 3, 4}}


def test_parts_of_a_puzzle_have_no_unknown_in_common():
    links = [{"a", "b"}, {"c", "d"}, {"b", "e"}]
    groups = [sorted(each) for each in connected(links, ["f"])]
    assert groups == [["a", "b", "e"], ["c", "d"], ["f"]]


def test_what_shown_figures_tell_is_unknown_beside_a_rounded_factor_of_a_balance():
    row = {"left": "all", "operator": "=", "right": "a + rate * balance", "label_vi": ""}
    rate = unknown(Fraction("0.9"), Fraction("1.1"), is_whole=False)
    shown = {"all": unknown(9, Fraction(9)), "rate": rate}
    puzzle = make_puzzle(parse_relations([row]), shown, {"a": SMALL, "balance": Unknown()}, {})
    assert puzzle.unused == {"all", "rate"}
