from decimal import Decimal

import pytest
from helpers.cards import make_row

from caoan_stats.display import plans


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        ("natural_population_growth_rate", "đã ở mức này"),
        ("culture_family_rate", "đúng tiến độ, theo đà 2022–2023"),
        ("new_jobs", "chưa đủ số liệu"),
        ("education_quality", ""),
    ],
)
def test_the_outlook_of_a_target_is_put_in_words(shipped, indicator, words):
    assert plans.prospect(shipped.scorecard(2024).loc[indicator]) == words


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        ("income_per_capita", "tăng khoảng 1,5 triệu đồng (1,9%)"),
        ("budget_revenue", ""),
        ("poor_households", ""),
        ("natural_population_growth_rate", "giữ vững"),
        ("culture_family_rate", "phải tăng"),
        ("education_quality", ""),
        ("rice_planting_rate", ""),
    ],
)
def test_the_required_change_is_computed_from_the_year_before(shipped, indicator, words):
    assert plans.needed(shipped.scorecard(2024).loc[indicator]) == words


def test_a_required_decrease_below_an_open_bound_is_more_than_the_difference(shipped):
    row = shipped.scorecard(2024).loc["natural_population_growth_rate"].copy()
    row["previous"], row["previous_shown"], row["previous_status"] = 1.25, Decimal("1.25"), "missed"
    assert plans.needed(row) == "giảm hơn 0,25 điểm %"


def test_what_is_needed_from_an_approximate_figure_is_approximate():
    row = make_row(previous=104_000, previous_qualifier="estimate", lower=108_000.0)
    assert plans.needed(row) == "tăng khoảng 4.000 hộ (3,85%)"


def test_nothing_is_needed_from_an_open_figure():
    row = make_row(previous=80, previous_qualifier="over", lower=85.0)
    assert plans.needed(row) == ""


def test_what_is_needed_has_no_more_digits_than_the_last_figure():
    revenue = {"previous": 1.912e10, "previous_shown": Decimal("1912E7"), "unit": "đồng"}
    row = make_row(**revenue, lower=2e10)
    assert plans.needed(row) == "tăng 880 triệu đồng (4,6%)"


def test_what_is_needed_from_an_assumed_figure_says_so():
    row = make_row(previous=57.5, previous_assumed=True, lower=60.0)
    assert plans.needed(row) == "tăng 2,5 hộ (4,35%), theo số giả định"
    assert plans.prospect(row) == ""


def test_a_rank_must_rise_to_a_lower_number():
    row = make_row(previous=3, upper=1.0, unit="thứ hạng", scale="rank")
    assert plans.needed(row) == "tăng 2 bậc"


def test_a_rank_that_reaches_its_target_is_to_be_kept():
    row = make_row(previous=1, upper=1.0, unit="thứ hạng", scale="rank")
    assert (plans.needed(row), plans.prospect(row)) == ("giữ vững", "đã ở mức này")


def test_a_figure_is_not_compared_with_its_target_across_a_break():
    row = make_row(previous=18, upper=20.0, break_reason="Chuẩn nghèo mới")
    assert (plans.needed(row), plans.prospect(row)) == ("", "không so được với năm trước")


@pytest.mark.parametrize(
    ("pace", "words"),
    [(1.0, "đúng tiến độ"), (0.926, "khá"), (0.3, "chậm"), (-0.5, "đi ngược hướng")],
)
def test_an_outlook_names_the_years_whose_pace_it_continues(pace, words):
    row = make_row(previous=81, lower=90.0, pace=pace, pace_from=2020, pace_to=2024)
    assert plans.prospect(row) == f"{words}, theo đà 2020–2024"


def test_a_figure_that_is_leaving_its_target_is_not_called_safe(history):
    row = history(2024).scorecard(2025).loc["income_per_capita"].copy()
    row["previous_status"], row["pace_low"], row["pace_high"] = "exceeded", -0.4, -0.4
    assert plans.prospect(row).startswith("đi ngược hướng")


def test_what_is_needed_from_a_figure_that_may_reach_its_target_is_not_known():
    row = make_row(previous=97_000, previous_status="undecided", lower=97_200.0)
    assert plans.needed(row) == "chưa xác định được"


def test_a_pace_that_rounding_leaves_open_is_not_classed():
    row = make_row(previous=130, lower=135.0, pace_low=-0.2, pace_high=0.8, pace_from=2023,
                   pace_to=2024)  # fmt: skip
    assert plans.prospect(row) == "chưa xác định được, theo đà 2023–2024"


def test_a_pace_that_a_break_leaves_without_figures_names_the_reason():
    row = make_row(previous=18, upper=9.0, pace_break="Chuẩn nghèo mới")
    assert plans.prospect(row) == "chưa đủ số liệu so sánh được, vì chuẩn nghèo mới"


def test_a_plan_that_starts_from_a_disputed_figure_says_so():
    row = make_row(previous=57.5, previous_doubts=("disputed",), lower=60.0)
    assert plans.needed(row) == "tăng 2,5 hộ (4,35%), theo số cần xem lại"
    assert plans.prospect(row) == ""
