from math import nan

import pytest

from caoan_stats.display.target_words import target_words


@pytest.mark.parametrize(
    ("lower", "upper", "closed", "words"),
    [
        (100, 150, "both", "từ 100 đến 150 hộ"),
        (96, nan, "neither", "trên 96 hộ"),
        (nan, 20, "both", "không quá 20 hộ"),
        (nan, nan, "both", ""),
    ],
)
def test_a_target_of_the_value_is_its_interval(lower, upper, closed, words):
    assert target_words(lower, upper, closed, "value", "hộ") == words


@pytest.mark.parametrize(
    ("lower", "upper", "closed", "words"),
    [
        (nan, 0, "neither", "giảm"),
        (nan, 0, "both", "không tăng"),
        (0, nan, "neither", "tăng"),
        (0, nan, "both", "không giảm"),
        (0, 0, "both", "giữ nguyên"),
        (3, nan, "both", "tăng từ 3 hộ trở lên"),
        (3, nan, "neither", "tăng trên 3 hộ"),
        (3, 5, "both", "tăng từ 3 đến 5 hộ"),
        (nan, 5, "both", "tăng không quá 5 hộ"),
        (nan, -3, "both", "giảm từ 3 hộ trở lên"),
        (nan, -3, "neither", "giảm trên 3 hộ"),
        (-5, -3, "both", "giảm từ 3 đến 5 hộ"),
        (-5, -3, "left", "giảm trên 3 đến 5 hộ"),
        (-5, nan, "both", "giảm không quá 5 hộ"),
        (-5, 5, "both", "thay đổi từ −5 đến 5 hộ"),
    ],
)
def test_a_target_of_the_change_names_its_direction(lower, upper, closed, words):
    shown = target_words(lower, upper, closed, "change", "hộ")
    assert shown == f"{words} so với năm trước"


@pytest.mark.parametrize(
    ("of", "unit", "words"),
    [
        ("change", "%", "tăng từ 2 điểm % trở lên so với năm trước"),
        ("pct_change", "hộ", "tăng từ 2% trở lên so với năm trước"),
        ("pct_change", "%", "tăng từ 2% trở lên so với năm trước"),
        ("pct_of_plan", "đồng", "từ 2% trở lên so với kế hoạch"),
    ],
)
def test_a_target_has_the_unit_of_the_fact_that_it_bounds(of, unit, words):
    assert target_words(2, nan, "both", of, unit) == words


@pytest.mark.parametrize(
    ("upper", "closed", "words"),
    [
        (1, "both", "thứ hạng 1"),
        (3, "both", "từ thứ hạng 3 trở lên"),
        (3, "neither", "trên thứ hạng 3"),
    ],
)
def test_the_lowest_rank_that_reaches_a_target_is_its_highest_number(upper, closed, words):
    assert target_words(nan, upper, closed, "value", "thứ hạng") == words
