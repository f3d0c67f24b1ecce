from decimal import Decimal
from fractions import Fraction
from math import isnan, nan

import pytest

from caoan_stats.relations.intervals import around
from caoan_stats.targets import Target, outlook, pace, span_start

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


def row(**cells: object) -> dict[str, object]:
    bounds = {"lower": None, "upper": None, "closed": "", "of": "", "base_year": None}
    return {**bounds, **cells}


def test_a_row_without_closed_includes_both_bounds():
    assert Target.of_row(row(lower=Decimal(1)), "higher") == Target(1, nan, "both", "higher")


def test_a_row_without_a_fact_is_a_target_of_the_value():
    assert Target.of_row(row(lower=1), "").of == "value"
    assert Target.of_row(row(lower=1, of="pct_of_plan"), "").of == "pct_of_plan"


def test_no_row_is_no_target():
    assert Target.of_row(None, "higher").status(5) == "no_target"


DOWN = Target(nan, 0, "neither", "lower", "change")
KEPT = Target(0, nan, "both", "higher", "change")


@pytest.mark.parametrize(
    ("target", "value", "status"),
    [
        (DOWN, -3, "met"),
        (DOWN, 0, "missed"),
        (DOWN, 3, "missed"),
        (KEPT, 0, "met"),
        (KEPT, 6, "met"),
        (KEPT, -1, "missed"),
        (Target(10, nan, "both", "higher", "pct_change"), 13.6, "exceeded"),
        (Target(110, nan, "both", "higher", "pct_of_plan"), 97.14, "missed"),
    ],
)
def test_a_target_of_another_fact_is_judged_by_its_own_bounds(target, value, status):
    assert target.status(value) == status


AT_LEAST_85 = Target(85, nan, "both", "higher")
AT_LEAST_97200 = Target(97200, nan, "both", "higher")
OVER_80 = Target(80, nan, "neither", "higher")
AT_LEAST_100 = Target(100, nan, "both", "higher")


@pytest.mark.parametrize(
    ("target", "value", "qualifier", "status"),
    [
        (AT_LEAST_85, "80", "over", "undecided"),
        (AT_LEAST_85, "85", "over", "exceeded"),
        (AT_LEAST_85, "90", "over", "exceeded"),
        (AT_LEAST_85, "80", "under", "missed"),
        (AT_LEAST_85, "85", "under", "missed"),
        (AT_LEAST_85, "90", "under", "undecided"),
        (OVER_80, "80", "over", "met"),
        (OVER_80, "80", "", "undecided"),
        (AT_LEAST_97200, "97000", "about", "undecided"),
        (AT_LEAST_97200, "98000", "about", "exceeded"),
        (AT_LEAST_97200, "96000", "estimate", "missed"),
        (AT_LEAST_97200, "97200", "", "met"),
        (AT_LEAST_97200, "97300", "almost", "exceeded"),
        (AT_LEAST_97200, "97200", "almost", "undecided"),
        (AT_LEAST_97200, "97100", "almost", "missed"),
        (AT_LEAST_100, "100", "", "met"),
        (AT_LEAST_100, "100.0", "", "met"),
        (AT_LEAST_100, "99.9", "", "missed"),
        (AT_LEAST_100, "99.97", "", "missed"),
        (AT_LEAST_100, "100.4", "", "exceeded"),
        (Target(nan, 100, "both", "lower"), "100", "", "met"),
        (Target(99.8, nan, "both", "higher"), "100", "", "undecided"),
        (JOBS, "151", "", "exceeded"),
        (JOBS, "150", "about", "met"),
        (JOBS, "100", "about", "undecided"),
        (POOR, "20", "under", "exceeded"),
        (POOR, "30", "under", "met"),
        (POOR, "30", "over", "missed"),
        (Target(5, 5, "both", ""), "5", "about", "undecided"),
        (WORDS, "5", "about", "in_words"),
        (NONE, "5", "about", "no_target"),
    ],
)
def test_a_figure_is_judged_by_all_numbers_that_it_can_be(target, value, qualifier, status):
    number = Decimal(value)
    assert target.judge(Fraction(number), around(number, qualifier), qualifier) == status


@pytest.mark.parametrize("bound", [0.1, 81.6, 18_600_000_000.0, 1e-6])
def test_a_bound_is_compared_as_it_is_written(bound):
    exact = Fraction(Decimal(repr(bound)))
    target = Target(bound, nan, "both", "higher")
    assert target.judge(exact, around(Decimal(repr(bound)), exact=True)) == "met"


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


@pytest.mark.parametrize(
    ("known", "lower", "upper", "year", "expected"),
    [
        ({2020: 61.5, 2024: 81.6}, 90, nan, 2025, 0.926),
        ({2020: 89, 2024: 96.4}, 98, nan, 2025, 1.037),
        ({2020: 11.4, 2024: 9.8}, nan, 9, 2025, 0.803),
        ({2020: 61.5, 2022: 99, 2024: 81.6}, 90, nan, 2025, 0.926),
    ],
)
def test_the_pace_to_a_target_with_a_base_year_is_measured_from_it(
    known, lower, upper, year, expected
):
    better = "lower" if isnan(lower) else "higher"
    target = Target(lower, upper, "both", better, base_year=2020)
    assert round(pace(known, target, year), 3) == expected


@pytest.mark.parametrize("known", [{2021: 60, 2024: 80}, {2020: nan, 2024: 80}, {2020: 60}])
def test_the_pace_is_unknown_without_the_figure_of_the_base_year(known):
    target = Target(90, nan, "both", "higher", base_year=2020)
    assert isnan(pace(known, target, 2025))


@pytest.mark.parametrize(
    ("known", "base_year", "start"),
    [
        ({2020: 1, 2022: 2, 2024: 3}, None, 2022),
        ({2020: 1, 2022: 2, 2024: 3}, 2020, 2020),
        ({2024: 3}, None, None),
        ({2022: 2, 2024: 3}, 2020, None),
        ({}, None, None),
    ],
)
def test_a_pace_observes_the_growth_since_the_base_year_or_between_the_last_two_figures(
    known, base_year, start
):
    assert span_start(known, Target(5, nan, "both", "higher", base_year=base_year)) == start


def test_a_figure_that_falls_towards_its_bound_moves_away():
    target = Target(96, nan, "both", "higher")
    found = pace({2023: 98, 2024: 96.5}, target, 2030)
    assert (found < 0, outlook(found)) == (True, "moving_away")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({2023: 98, 2024: 97.9}, 1.0),
        ({2023: 97, 2024: 98}, 1.0),
        ({2023: 98, 2024: 98}, 1.0),
        ({2023: 97, 2024: 96}, -1.0),
    ],
)
def test_a_reached_target_is_kept_unless_it_will_have_been_left(known, expected):
    assert pace(known, Target(96, nan, "both", "higher"), 2030) == expected


def test_a_reached_range_is_not_left_on_its_better_side():
    assert pace({2023: 110, 2024: 149}, JOBS, 2030) == 1.0
    assert pace({2023: 149, 2024: 110}, JOBS, 2030) < 0


@pytest.mark.parametrize("fact", ["change", "pct_change", "pct_of_plan"])
def test_only_a_target_of_the_value_has_a_pace(fact):
    assert isnan(pace({2022: 80, 2023: 90}, Target(100, nan, "both", "higher", fact), 2024))


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
