from math import isnan, nan

import pytest

from caoan_stats.targets import Target, outlook, pace

AT_LEAST_81 = Target(81, nan, "both", "higher")
OVER_96 = Target(96, nan, "neither", "higher")
UNDER_1 = Target(nan, 1, "neither", "lower")
JOBS = Target(100, 150, "both", "higher")
POOR = Target(20, 30, "both", "lower")
NONE = Target(nan, nan, "", "higher")
WORDS = Target(nan, nan, "both", "higher")


@pytest.mark.parametrize(
    ("target", "value", "status"),
    [
        (AT_LEAST_81, 80.9, "missed"),
        (AT_LEAST_81, 81, "met"),
        (AT_LEAST_81, 81.1, "exceeded"),
        (OVER_96, 96, "missed"),
        (OVER_96, 97, "met"),
        (UNDER_1, 0.99, "met"),
        (UNDER_1, 1, "missed"),
        (JOBS, 99, "missed"),
        (JOBS, 100, "met"),
        (JOBS, 150, "met"),
        (JOBS, 151, "exceeded"),
        (POOR, 19, "exceeded"),
        (POOR, 31, "missed"),
        (Target(5, 5, "both", ""), 5, "met"),
        (Target(5, 5, "both", ""), 6, "missed"),
        (Target(5, 9, "left", "higher"), 9, "exceeded"),
        (Target(5, 9, "right", "higher"), 5, "missed"),
        (AT_LEAST_81, nan, "no_data"),
        (WORDS, 5, "in_words"),
        (WORDS, nan, "in_words"),
        (NONE, 5, "no_target"),
        (NONE, nan, "no_target"),
    ],
)
def test_status_judges_a_figure_by_its_interval(target, value, status):
    assert target.status(value) == status


def test_an_upper_bound_of_a_falling_indicator_has_no_plan():
    assert isnan(UNDER_1.plan)
    assert isnan(POOR.plan)


def test_a_row_without_closed_includes_both_bounds():
    row = {"lower": 1, "upper": None, "closed": ""}
    assert Target.of(row, "higher").closed == "both"


@pytest.mark.parametrize(
    ("known", "target", "year", "expected"),
    [
        ({2022: 100, 2023: 110}, Target(121, nan, "both", "higher"), 2024, 1.0),
        ({2022: 100, 2023: 105}, Target(115.5, nan, "both", "higher"), 2024, 0.5),
        ({2022: 100, 2023: 90}, Target(99, nan, "both", "higher"), 2024, -1.0),
        ({2022: 100, 2023: 110}, Target(133.1, nan, "both", "higher"), 2025, 1.0),
        ({2021: 100, 2023: 121}, Target(133.1, nan, "both", "higher"), 2024, 1.0),
        ({2022: 40, 2023: 20}, Target(nan, 10, "both", "lower"), 2024, 1.0),
        ({2022: 20, 2023: 40}, Target(nan, 10, "both", "lower"), 2024, -4 / 3),
    ],
)
def test_pace_is_observed_growth_over_needed_growth(known, target, year, expected):
    assert pace(known, target, year) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({2022: 4, 2023: 2}, 1.0),
        ({2022: 0, 2023: 2}, -1.0),
        ({2022: 2, 2023: 2}, 0.0),
    ],
)
def test_pace_towards_zero_compares_yearly_differences(known, expected):
    assert pace(known, Target(nan, 0, "both", "lower"), 2024) == expected


def test_pace_from_zero_is_finite():
    assert pace({2022: 0, 2023: 0}, Target(5, nan, "both", "higher"), 2024) == 0.0


def test_a_target_that_is_already_reached_is_on_pace():
    assert pace({2023: 0.52}, UNDER_1, 2024) == 1.0


@pytest.mark.parametrize(("before", "expected"), [(90, 1.0), (96, 0.0), (99, -1.0)])
def test_the_pace_at_an_open_bound_is_the_direction_of_growth(before, expected):
    assert pace({2022: before, 2023: 96}, OVER_96, 2024) == expected


@pytest.mark.parametrize(
    ("known", "target"),
    [({}, JOBS), ({2023: 90}, JOBS), ({2022: nan, 2023: 90}, JOBS), ({2023: 90}, WORDS)],
)
def test_pace_is_unknown_without_two_figures_and_a_bound(known, target):
    assert isnan(pace(known, target, 2024))


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (0.95, "on_track"),
        (0.94, "fair"),
        (0.6, "fair"),
        (0.59, "slow"),
        (0, "slow"),
        (-0.01, "moving_away"),
        (nan, ""),
    ],
)
def test_outlook_names_a_pace_by_the_thresholds_of_eurostat(value, name):
    assert outlook(value) == name
