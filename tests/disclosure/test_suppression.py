from decimal import Decimal

import pytest
from helpers.attack import Page, possible_values
from hypothesis import given
from hypothesis import strategies as st

from caoan_stats.disclosure.suppression import Year, choose_marks
from caoan_stats.relations.intervals import around
from caoan_stats.relations.relation import parse_relations

BELOW = 5


def secondary(year: Year) -> set[str]:
    return {code for code in choose_marks(year) if code not in year.primary}


def truths(*rows: tuple[str, str, str]):
    names = ("left", "operator", "right")
    return parse_relations({**dict(zip(names, row, strict=True)), "label_vi": ""} for row in rows)


def a_year(figures: dict[str, float], sensitive: set[str], *rows: tuple[str, str, str]) -> Year:
    values = {code: Decimal(str(value)) for code, value in figures.items()}
    counts = {code for code in values if not code.startswith("share")}
    within = {code: around(value, exact=code in counts) for code, value in values.items()}
    return Year(values, within, counts, sensitive, truths(*rows), BELOW)


def test_a_small_sensitive_count_in_no_relation_hides_nothing_else():
    year = a_year({"cases": 2, "arrests": 9}, {"cases", "arrests"})
    assert year.primary == {"cases"}
    assert secondary(year) == set()


@pytest.mark.parametrize("value", [0, 5, 6])
def test_counts_of_zero_and_from_the_threshold_are_shown(value):
    assert a_year({"cases": value}, {"cases"}).primary == set()


def test_a_small_count_that_is_not_sensitive_is_shown():
    assert a_year({"lots": 2}, set()).primary == set()


def test_a_total_with_one_hidden_part_hides_a_second_part():
    year = a_year(
        {"all": 36, "came": 30, "late": 4, "absent": 2},
        {"absent"},
        ("all", "=", "came + late + absent"),
    )
    assert secondary(year) == {"late"}


def test_a_second_part_that_leaves_too_little_room_is_not_enough():
    year = a_year(
        {"all": 30, "came": 27, "late": 1, "absent": 2},
        {"absent"},
        ("all", "=", "came + late + absent"),
    )
    assert secondary(year) == {"came"}


def test_two_small_parts_hide_each_other_if_every_number_stays_possible():
    year = a_year({"all": 5, "a": 2, "b": 3}, {"a", "b"}, ("all", "=", "a + b"))
    assert secondary(year) == set()


def test_two_small_parts_hide_a_total_that_discloses_them():
    year = a_year({"all": 2, "a": 1, "b": 1}, {"a", "b"}, ("all", "=", "a + b"))
    assert secondary(year) == {"all"}


def test_a_share_is_hidden_with_its_part():
    year = a_year(
        {"all": 36, "absent": 1, "share": 2.8},
        {"absent"},
        ("share", "=", "100 * absent / all"),
    )
    assert secondary(year) == {"share"}


def test_a_difference_that_discloses_a_count_is_hidden():
    year = a_year({"start": 20, "end": 17, "left": 3}, {"left"}, ("left", "=", "start - end"))
    assert secondary(year) == {"end"}


def test_a_bound_that_narrows_a_count_is_hidden():
    year = a_year({"fires": 3, "burnt": 2}, {"burnt"}, ("burnt", "<=", "fires"))
    assert secondary(year) == {"fires"}


def test_a_figure_that_discloses_a_hidden_one_is_hidden():
    year = a_year(
        {"all": 40, "came": 38, "absent": 2, "fit": 25, "unfit": 13},
        {"absent"},
        ("all", "=", "came + absent"),
        ("came", "=", "fit + unfit"),
    )
    assert secondary(year) == {"came", "unfit"}


def test_a_mark_that_would_disclose_a_count_does_not_state_the_threshold():
    year = a_year(
        {"a": 1, "b": 1, "c": 1, "d": 1, "all": 4},
        {"a", "b", "c", "d", "all"},
        ("all", "=", "a + b + c + d"),
    )
    assert choose_marks(year) == {"a": "<5", "b": "<5", "c": "<5", "d": "<5", "all": "ẩn"}


@pytest.mark.property
@given(
    leaves=st.lists(st.integers(0, 12), min_size=4, max_size=4),
    sensitive=st.sets(st.sampled_from(["a", "b", "c", "d", "ab", "cd", "all"])),
)
def test_no_hidden_count_can_be_computed(leaves, sensitive):
    a, b, c, d = leaves
    figures = {"a": a, "b": b, "c": c, "d": d, "ab": a + b, "cd": c + d, "all": a + b + c + d}
    rows = [("ab", "=", "a + b"), ("cd", "=", "c + d"), ("all", "=", "ab + cd"), ("c", "<=", "cd")]
    if a + b:
        figures["share"] = round(100 * a / (a + b), 1)
        rows.append(("share", "=", "100 * a / ab"))
    year = a_year(figures, sensitive, *rows)
    hidden = choose_marks(year)
    assert set(hidden) >= year.primary
    assert all(len(numbers) > 1 for numbers in _possible(year, hidden).values())


def _possible(year: Year, hidden: dict[str, str]) -> dict[str, set[int]]:
    shown = {code: within for code, within in year.intervals.items() if code not in hidden}
    small = {code for code, mark in hidden.items() if mark == "<5"}
    sensitive = year.sensitive - year.primary
    page = Page(shown, small, set(hidden) - small, year.counts, sensitive)
    return {code: possible_values(page, year.relations, code, BELOW) for code in small}
