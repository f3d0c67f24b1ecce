"""Facts, targets and statuses of a year: what a scorecard shows of each kind."""

from math import isnan

import pytest
from helpers.statements import state

from caoan_stats import Dataset


@pytest.fixture
def row(data):
    """Return the row of one indicator in the scorecard of its table."""

    def read(code: str, year: int, *lines: str, **more):
        ds = Dataset.open(state(data, *lines, **more))
        return ds.scorecard(year, ds.indicators.at[code, "table"]).loc[code]

    return read


def shown(row, *columns: str) -> list[str]:
    return ["" if row[each] is None else f"{row[each]:f}" for each in columns]


def test_a_stated_change_is_shown_where_both_years_are_known(row):
    found = row("poor_households", 2024, "poor_households 2023 bc2023 value=28",
                "poor_households 2024 bc2024 value=25 change=-5")  # fmt: skip
    assert (found["previous"], found["value"], found["change"]) == (28, 25, -5)
    assert found["change_source"] == "bc2024"


def test_a_stated_growth_gives_the_year_before(row):
    found = row(
        "credit_vbsp_amount", 2025, "credit_vbsp_amount 2025 bc2025 value=30 pct_change=7.0"
    )
    assert (found["previous"], found["pct_change"]) == (28.04, 0.07)
    assert shown(found, "previous_shown", "pct_shown") == ["28.0", "7.0"]
    assert found["previous_qualifier"] == "about"


def test_a_derived_count_is_shown_without_decimals(row):
    found = row("poor_households", 2023, "poor_households 2022 bc2022 value=31",
                "poor_households 2023 bc2023 pct_change=-10")  # fmt: skip
    assert shown(found, "shown", "change_shown") == ["28", "-3"]


def test_a_growth_alone_is_shown_without_figures(row):
    found = row("credit_vbsp_amount", 2025, "credit_vbsp_amount 2025 bc2025 pct_change=-7.0")
    assert (found["pct_change"], found["change_source"]) == (-0.07, "bc2025")
    assert found[["value", "previous", "change"]].isna().all()


def test_a_change_alone_is_shown_without_figures(row):
    found = row("credit_vbsp_amount", 2025, "credit_vbsp_amount 2025 bc2025 change=-7.0")
    assert found["change"] == -7
    assert found[["value", "previous", "pct_change"]].isna().all()


def test_a_share_of_the_plan_gives_the_plan(row):
    found = row(
        "budget_revenue", 2023, "budget_revenue 2023 bc2023 value=18619139193 pct_of_plan=97.14"
    )
    assert (found["plan"], found["pct_of_plan"]) == (19167324679, 97.14)
    assert round(found["attainment"], 4) == 0.9714


def test_a_share_of_the_plan_alone_is_the_attainment(row):
    found = row("clinic_visits", 2023, "clinic_visits 2023 bc2023 pct_of_plan=108")
    assert found["attainment"] == 1.08
    assert found[["value", "plan"]].isna().all()


def test_a_direction_and_words_are_shown_as_text(row):
    found = row(
        "income_per_capita", 2023, "income_per_capita 2023 bc2023 direction=up words=Tăng khá"
    )
    assert (found["direction"], found["words"], found["source"]) == ("up", "Tăng khá", "bc2023")


def test_words_of_an_indicator_without_a_unit_are_shown(row):
    found = row("education_quality", 2023, "education_quality 2023 bc2023 words=Nâng cao")
    assert (found["words"], found["status"], found["section"]) == ("Nâng cao", "no_target", "I.B")


DOWN = "upper=0 closed=neither of=change"


@pytest.mark.parametrize(
    ("statement", "target", "status"),
    [
        ("value=28 change=-3", DOWN, "met"),
        ("change=-3", DOWN, "met"),
        ("value=28 change=3", DOWN, "missed"),
        ("direction=down", DOWN, "met"),
        ("direction=up", DOWN, "missed"),
        ("direction=steady", DOWN, "missed"),
        ("pct_change=-4.5", DOWN, "met"),
        ("pct_change=4.5", DOWN, "missed"),
        ("value=28", DOWN, "no_data"),
        ("value=28 change=-3", "upper=-3 of=change", "met"),
        ("value=28 change=-3", "upper=-4 of=change", "missed"),
        ("direction=down", "upper=-4 of=change", "undecided"),
        ("value=28 pct_change=-10", "upper=-5 of=pct_change", "met"),
        ("value=28 change=-3", "upper=-5 of=pct_change", "met"),
        ("change=-3", "upper=-5 of=pct_change", "undecided"),
        ("change=3", "upper=-5 of=pct_change", "missed"),
    ],
)
def test_a_target_of_each_fact_is_judged(row, statement, target, status):
    found = row("poor_households", 2023, f"poor_households 2023 bc2023 {statement}",
                targets=[f"poor_households 2023 bc2022 {target}"])  # fmt: skip
    assert found["status"] == status


@pytest.mark.parametrize(
    ("before", "now", "status"),
    [("90", "96", "met"), ("96", "96.0", "undecided"), ("96", "95", "undecided"),
     ("97", "95", "missed")],
)  # fmt: skip
def test_to_keep_or_raise_is_a_change_from_zero(row, before, now, status):
    found = row(
        "culture_family_rate", 2023,
        f"culture_family_rate 2022 bc2022 value={before}",
        f"culture_family_rate 2023 bc2023 value={now}",
        targets=["culture_family_rate 2023 bc2022 lower=0 of=change"],
    )  # fmt: skip
    assert found["status"] == status


def test_a_target_of_a_share_of_a_plan_that_is_not_stated_has_no_plan(row):
    found = row("budget_revenue", 2024, "budget_revenue 2023 bc2023 value=18e9 pct_of_plan=97.14",
                targets=["budget_revenue 2024 bc2023 lower=110 of=pct_of_plan"])  # fmt: skip
    assert (found["status"], found["of"], found["lower"]) == ("no_data", "pct_of_plan", 110)
    assert found[["plan", "plan_task", "attainment", "growth", "pace"]].isna().all()


def test_the_value_of_a_year_with_a_plan_is_judged_by_its_share(row):
    lines = ["budget_revenue 2024 bc2024 value=112e9"]
    targets = [
        "budget_revenue 2024 nq2024 lower=100e9",
        "budget_revenue 2024 bc2024 lower=110 of=pct_of_plan",
    ]
    found = row("budget_revenue", 2024, *lines, targets=targets)
    assert (found["of"], found["plan"], found["status"]) == ("pct_of_plan", 100e9, "exceeded")


def test_the_newest_own_target_is_judged_and_the_others_are_listed(row):
    found = row(
        "new_jobs", 2023, "new_jobs 2023 bc2023 value=125",
        targets=[
            "new_jobs 2023 bc2022 lower=130",
            "new_jobs 2023 qd2023 lower=120",
            "new_jobs 2023 nq2024 lower=200 base_year=2020",
            "new_jobs 2023 nq2020 lower=150 base_year=2020",
        ],
    )  # fmt: skip
    assert (found["lower"], found["status"], found["target_source"]) == (120, "exceeded", "qd2023")
    assert [each["source"] for each in found["other_targets"]] == ["nq2020", "bc2022", "nq2024"]


def test_of_one_document_the_target_of_the_value_is_judged(row):
    found = row(
        "new_jobs", 2023, "new_jobs 2022 bc2022 value=100", "new_jobs 2023 bc2023 value=125",
        targets=[f"new_jobs 2023 bc2022 lower=130 of={of}" for of in ("change", "pct_change")]
        + ["new_jobs 2023 bc2022 lower=120"],
    )  # fmt: skip
    assert (found["of"], found["lower"], found["status"]) == ("value", 120, "exceeded")
    assert {each["of"] for each in found["other_targets"]} == {"change", "pct_change"}


def test_a_target_with_a_base_year_is_no_plan_of_the_year(row):
    lines = ["income_per_capita 2020 bc2020 value=61.5", "income_per_capita 2024 bc2024 value=81.6"]
    found = row("income_per_capita", 2025, *lines,
                targets=["income_per_capita 2025 nq2020 lower=90 base_year=2020"])  # fmt: skip
    assert (found["lower"], found["base_year"], found["pace_from"]) == (90, 2020, 2020)
    assert found[["plan", "plan_task"]].isna().all()
    assert round(found["pace"], 3) == 0.926


def test_a_bound_of_the_plan_stays_where_another_fact_is_judged(row):
    found = row(
        "new_jobs", 2023, "new_jobs 2022 bc2022 value=100", "new_jobs 2023 bc2023 value=125",
        targets=["new_jobs 2023 nq2023 lower=110", "new_jobs 2023 qd2023 lower=10 of=pct_change"],
    )  # fmt: skip
    assert (found["of"], found["status"]) == ("pct_change", "exceeded")
    assert (found["plan"], found["plan_task"]) == (110, 1.1)


@pytest.mark.parametrize(
    ("statement", "target", "status"),
    [
        ("value=80 qualifier=over", "lower=85", "undecided"),
        ("value=80 qualifier=over", "lower=80 closed=neither", "met"),
        ("value=100", "lower=100", "met"),
        ("value=99.6", "lower=100", "missed"),
    ],
)
def test_a_rate_is_judged_by_its_interval(row, statement, target, status):
    found = row("tthc_online_rate", 2023, f"tthc_online_rate 2023 bc2023 {statement}",
                targets=[f"tthc_online_rate 2023 bc2022 {target}"])  # fmt: skip
    assert found["status"] == status


def test_about_97000_is_not_judged_against_97200(row):
    found = row("chickens", 2023, "chickens 2023 bc2023 value=97000 qualifier=about",
                targets=["chickens 2023 bc2022 lower=97200"])  # fmt: skip
    assert found["status"] == "undecided"


def test_a_figure_like_that_of_last_year_is_not_equal_where_both_are_open(row):
    found = row("tthc_online_payment_rate", 2023,
                *(f"tthc_online_payment_rate {year} bc{year} value=80 qualifier=over"
                  for year in (2022, 2023)))  # fmt: skip
    assert isnan(found["change"])


@pytest.mark.parametrize(
    ("now", "target", "status"),
    [
        ("value=80 qualifier=over", "lower=0 of=change", "undecided"),
        ("value=80 qualifier=over direction=up", "lower=0 closed=neither of=change", "met"),
        ("value=80 qualifier=under", "lower=1 of=change", "missed"),
        ("value=80 qualifier=under", "upper=0 of=change", "met"),
    ],
)
def test_a_change_between_open_figures_is_judged_by_all_that_they_allow(row, now, target, status):
    found = row("donated_land_area", 2023, "donated_land_area 2022 bc2022 value=80 qualifier=over",
                f"donated_land_area 2023 bc2023 {now}",
                targets=[f"donated_land_area 2023 bc2022 {target}"])  # fmt: skip
    assert found["status"] == status


@pytest.mark.parametrize("code", ["armed_patrols", "donated_land_area"])
def test_an_open_figure_has_no_ratio(row, code):
    lines = [f"{code} {year} bc{year} value=100 qualifier=over" for year in (2022, 2023)]
    found = row(code, 2023, *lines, targets=[f"{code} 2023 bc2022 lower=90"])
    assert (found["status"], found["plan"]) == ("met", 90)
    assert found[["growth", "plan_task", "attainment", "pct_change"]].isna().all()


def test_the_qualifier_of_a_row_is_that_of_its_value(row):
    lines = [
        "poor_households 2022 bc2022 value=31",
        "poor_households 2023 bc2023 value=28 change=-3 qualifier=about",
    ]
    found = row("poor_households", 2023, *lines)
    assert (found["qualifier"], found["change_qualifier"]) == ("about", "")


def test_the_qualifier_of_a_row_without_a_value_is_that_of_its_other_numbers(row):
    found = row("poor_households", 2023, "poor_households 2023 bc2023 change=-3 qualifier=about")
    assert (found["change"], found["change_qualifier"]) == (-3, "about")


RANKS = ["par_index_rank 2022 bc2022 value=1", "par_index_rank 2023 bc2023 value=2"]


def test_a_rank_moves_by_places_and_has_no_ratio(row):
    found = row("par_index_rank", 2023, *RANKS,
                targets=["par_index_rank 2023 bc2022 upper=3"])  # fmt: skip
    assert (found["scale"], found["change"]) == ("rank", 1)
    assert found[["pct_change", "growth", "plan_task", "attainment", "pct_shown"]].isna().all()


def test_a_rank_has_no_pace(row):
    found = row("par_index_rank", 2024, *RANKS, targets=["par_index_rank 2024 bc2023 upper=1"])
    assert (found["status"], isnan(found["pace"])) == ("no_data", True)


@pytest.mark.parametrize(
    ("target", "status"),
    [("lower=3 upper=5", "exceeded"), ("upper=2", "met"), ("upper=1", "missed")],
)
def test_a_rank_is_better_when_lower_even_where_the_catalogue_does_not_say(
    row, data, target, status
):
    path = data / "indicators.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",rank,lower,", ",rank,,"), encoding="utf-8")
    found = row("par_index_rank", 2023, *RANKS, targets=[f"par_index_rank 2023 bc2022 {target}"])
    assert found["status"] == status


def test_a_rate_changes_by_points_and_has_no_percentage_of_its_own(row):
    lines = [
        f"culture_family_rate {year} bc{year} value={value}"
        for year, value in ((2022, 90), (2023, 96))
    ]
    found = row("culture_family_rate", 2023, *lines,
                targets=["culture_family_rate 2023 bc2022 lower=95"])  # fmt: skip
    assert (found["change"], found["status"]) == (6, "exceeded")
    assert found[["pct_change", "growth", "plan_task", "attainment"]].isna().all()


def test_a_figure_that_rests_on_an_assumption_is_not_judged(row):
    found = row(
        "rice_yield_per_crop", 2023, "rice_yield 2023 bc2023 value=120",
        targets=["rice_yield_per_crop 2023 bc2022 lower=50"],
        relations=["rice_yield_per_crop,=,rice_yield / 2,assumption"],
    )  # fmt: skip
    assert (found["value"], found["assumed"], found["status"]) == (60, True, "no_data")
    assert isnan(found["attainment"])


def test_an_assumed_figure_has_no_part_in_a_pace(row):
    lines = [
        f"rice_yield {year} bc{year} value={value}" for year, value in ((2022, 120), (2023, 130))
    ]
    found = row("rice_yield_per_crop", 2024, *lines,
                targets=["rice_yield_per_crop 2024 bc2023 lower=70"],
                relations=["rice_yield_per_crop,=,rice_yield / 2,assumption"])  # fmt: skip
    assert (found["previous"], found["previous_assumed"]) == (65, True)
    assert found[["pace", "plan_task"]].isna().all()


BREAK = ["poor_households 2022 Chuẩn nghèo mới"]
HOUSEHOLDS = [
    f"poor_households {year} bc{year} value={value}"
    for year, value in ((2020, 27), (2021, 18), (2022, 31), (2023, 28))
]


def test_no_comparison_is_made_across_a_break(row):
    found = row(
        "poor_households", 2022, *HOUSEHOLDS[:2],
        "poor_households 2022 bc2022 value=31 change=13 pct_change=72 direction=up", breaks=BREAK,
        targets=["poor_households 2022 bc2021 upper=0 closed=neither of=change",],
    )  # fmt: skip
    assert (found["value"], found["break_reason"]) == (31, "Chuẩn nghèo mới")
    assert found[["change", "pct_change", "growth", "plan_task"]].isna().all()
    assert (found["status"], found["direction"]) == ("no_data", "")


def test_the_year_after_a_break_is_compared_with_it(row):
    found = row("poor_households", 2023, *HOUSEHOLDS, breaks=BREAK)
    assert (found["change"], found["break_reason"]) == (-3, "")


@pytest.mark.parametrize(
    ("break_year", "pace_from"), [("2021", 2022), ("2022", 2022), ("2023", None), ("2024", None)]
)
def test_a_pace_observes_only_figures_after_the_last_break(row, break_year, pace_from):
    found = row("poor_households", 2024, *HOUSEHOLDS, breaks=[f"* {break_year} sáp nhập"],
                targets=["poor_households 2024 bc2023 upper=20"])  # fmt: skip
    assert (None if isnan(found["pace"]) else found["pace_from"]) == pace_from


def test_a_base_year_before_a_break_gives_no_pace(row):
    found = row("poor_households", 2025, *HOUSEHOLDS, breaks=BREAK,
                targets=["poor_households 2025 nq2020 upper=9 base_year=2020"])  # fmt: skip
    assert isnan(found["pace"])


def test_a_trend_names_the_break_and_has_no_change_across_it(data):
    trend = Dataset.open(state(data, *HOUSEHOLDS, breaks=BREAK)).trend("poor_households")
    assert trend["change"].fillna(0).to_dict() == {2020: 0, 2021: -9, 2022: 0, 2023: -3}
    assert trend["break_reason"].to_dict() == {
        2020: "",
        2021: "",
        2022: "Chuẩn nghèo mới",
        2023: "",
    }


JOBS = ("new_jobs 2022 bc2022 value=118", "new_jobs 2023 bc2023 value=126")


def test_the_pace_of_an_approximate_figure_has_the_ends_of_its_interval(row):
    found = row("new_jobs", 2025, JOBS[1], "new_jobs 2024 bc2024 value=130 qualifier=almost",
                targets=["new_jobs 2025 bc2024 lower=135"])  # fmt: skip
    paces = found[["pace_low", "pace", "pace_high"]].astype(float).round(3)
    # (125/126 - 1) / (135/125 - 1), (130/126 - 1) / (135/130 - 1)
    assert paces.tolist() == [-0.099, 0.825, 0.825]


def test_the_pace_of_a_plain_figure_is_that_of_its_written_digits(row):
    found = row("new_jobs", 2024, *JOBS, targets=["new_jobs 2024 bc2023 lower=130"])
    assert found["pace_low"] == found["pace"] == found["pace_high"]


@pytest.mark.parametrize(
    ("qualifier", "status"), [("", "missed"), ("about", "undecided"), ("over", "undecided")]
)
def test_last_years_figure_is_compared_with_the_target_within_its_interval(row, qualifier, status):
    line = f"new_jobs 2023 bc2023 value=130 {f'qualifier={qualifier}' if qualifier else ''}"
    found = row("new_jobs", 2024, line, targets=["new_jobs 2024 bc2023 lower=132"])
    assert found["previous_status"] == status


@pytest.mark.parametrize(
    ("break_year", "reason"), [("2022", ""), ("2023", "Sáp nhập"), ("2024", "Sáp nhập")]
)
def test_a_break_that_leaves_no_two_figures_is_the_reason_for_no_pace(row, break_year, reason):
    found = row("new_jobs", 2025, *JOBS, breaks=[f"* {break_year} Sáp nhập"],
                targets=["new_jobs 2025 bc2023 lower=130"])  # fmt: skip
    assert found["pace_break"] == reason
