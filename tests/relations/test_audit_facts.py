"""What documents state of one figure is checked: change, growth, share of the plan, direction."""

import pandas as pd
import pytest

from caoan_stats import Dataset
from caoan_stats.datafolder import raw
from caoan_stats.relations import audit

PLAN = "budget_revenue,2023,{plan},,,bc2023,II.I.2,\n"


def written(rows: pd.DataFrame, *columns: str) -> str:
    return rows[list(columns)].to_csv(index=False, lineterminator="\n")


@pytest.fixture
def households(audited):
    """Audit 28 poor households of 2022, and a line of 2023."""

    def check(value: str = "", change: str = "", growth: str = "", direction: str = "", **more):
        return audited(
            [],
            "welfare",
            "poor_households,2022,28,,,bc2023,I,,,",
            f"poor_households,2023,{value},{change},,bc2023,I,,{growth},{direction}",
            more="pct_change,direction",
            **more,
        )

    return check


def test_a_change_that_disagrees_with_both_years_is_a_contradiction(households):
    rows = households("25", "-5")
    assert written(rows, "left", "right", "status", "stated", "computed", "gap") == (
        "left,right,status,stated,computed,gap\n"
        "poor_households,previous + change,broken,25.0,23.0,2.0\n"
    )


@pytest.mark.parametrize(
    ("growth", "status"), [("-10.7", "holds"), ("-10.71", "holds"), ("-10", "broken")]
)
def test_a_stated_growth_is_checked_within_its_digits(households, growth, status):
    rows = households("25", growth=growth)
    assert list(rows["right"]) == ["previous * (100 + pct_change) / 100"]
    assert list(rows["status"]) == [status]


@pytest.mark.parametrize(
    ("value", "direction", "status"),
    [
        ("30", "up", "holds"),
        ("28", "up", "broken"),
        ("25", "up", "broken"),
        ("25", "down", "holds"),
        ("30", "down", "broken"),
        ("28", "steady", "holds"),
        ("29", "steady", "broken"),
    ],
)
def test_a_stated_direction_is_checked_against_the_sign_of_the_change(
    households, value, direction, status
):
    rows = households(value, direction=direction)
    assert written(rows, "right", "status") == f"right,status\ndirection,{status}\n"


def test_a_direction_against_its_own_stated_change_is_a_contradiction_and_no_fault(audited):
    rows = audited([], "welfare", "poor_households,2023,,3,,bc2023,I,,down", more="direction")
    assert (
        written(rows, "right", "status", "stated") == "right,status,stated\ndirection,broken,3.0\n"
    )


def test_a_direction_of_figures_that_rounding_can_explain_holds(audited):
    rows = audited(
        [],
        "culture",
        "culture_family_rate,2022,96,,,bc2023,I,,",
        "culture_family_rate,2023,96,,,bc2023,I,,up",
        more="direction",
    )
    assert list(rows["status"]) == ["holds"]


def test_the_label_of_a_check_says_what_is_compared(households):
    rows = households("25", "-3", "-10.7", "down")
    assert list(rows["label"]) == [
        "Hộ nghèo = năm trước + mức tăng, giảm",
        "Hộ nghèo = năm trước × (100% + tốc độ tăng, giảm)",
        "Hộ nghèo giảm so với năm trước",
    ]


@pytest.mark.parametrize(("share", "status"), [("97.14", "holds"), ("97.15", "broken")])
def test_a_stated_share_of_the_plan_is_checked_against_the_plan(
    audited, data, write_table, share, status
):
    line = f"budget_revenue,2023,18619139193,,,bc2023,I,,{share}"
    write_table("budget", line, more="pct_of_plan")
    with (data / "raw/targets.csv").open("a", encoding="utf-8") as file:
        file.write(PLAN.format(plan="19167324679"))
    rows = about_facts(data)
    assert written(rows, "left", "right", "status") == (
        f"left,right,status\nbudget_revenue,plan * pct_of_plan / 100,{status}\n"
    )


def about_facts(folder) -> pd.DataFrame:
    rows = Dataset.open(folder).audit()
    return rows[rows["right"].str.contains("pct|previous|next|direction")]


def test_the_plan_of_the_budget_follows_from_the_share_that_the_report_states(shipped):
    rows = shipped.audit(2023)
    row = rows[rows["left"] == "budget_revenue_plan"].iloc[0]
    ends = [round(row[name] / 1e6) for name in ("lower", "computed", "upper")]
    assert (row["status"], ends) == ("derived", [19166, 19167, 19168])


def test_the_share_of_clinic_visits_agrees_with_their_plan(shipped):
    rows = shipped.audit(2023)
    row = rows[(rows["left"] == "clinic_visits")].iloc[0]
    assert (row["right"], row["status"]) == ("plan * pct_of_plan / 100", "holds")
    assert row["lower"] < 5683 < row["upper"]


def test_growth_gives_the_year_before(audited):
    rows = audited([], "credit", "credit_vbsp_amount,2025,30,,,bc2023,I,,7.0", more="pct_change")
    assert written(rows.round(2), "left", "year", "right", "status", "computed") == (
        "left,year,right,status,computed\n"
        "credit_vbsp_amount,2024,100 * next / (100 + pct_change),derived,28.04\n"
    )


def test_two_comparisons_of_one_figure_check_each_other(audited):
    rows = audited([], "credit", "credit_vbsp_amount,2023,30,2,,bc2023,I,,25", more="pct_change")
    assert written(rows, "year", "right", "status") == (
        "year,right,status\n"
        "2022,next - change,derived\n"
        "2023,previous * (100 + pct_change) / 100,broken\n"
    )


@pytest.mark.parametrize("code", ["poor_households", "*"])
def test_no_comparison_is_checked_across_a_break(households, code):
    rows = households("40", "-5", "-10", "down", breaks=f"{code},2023,Chuẩn nghèo mới\n")
    assert set(rows["status"]) == {"not_checkable"}
    assert set(rows["reason"]) == {"not comparable: Chuẩn nghèo mới"}


def test_a_relation_is_checked_only_in_its_years(audited):
    lines = [f"{code},{year},{value},,,bc2023,I," for year in (2021, 2022, 2023)
             for code, value in (("poultry", 9), ("chickens", 5), ("ducks", 5))]  # fmt: skip
    rows = audited(
        [("poultry,=,chickens + ducks", "", "-2021"), ("poultry,<=,chickens + ducks", "", "2023")],
        "livestock",
        *lines,
    )
    assert written(rows, "operator", "year", "status") == (
        "operator,year,status\n=,2021,broken\n<=,2023,holds\n"
    )


def test_an_assumption_fills_and_says_so(audited):
    rows = audited(
        [("chickens,=,poultry / 2", "assumption", "")], "livestock", "poultry,2023,9,,,bc2023,I,"
    )
    assert written(rows, "left", "status", "computed", "reason") == (
        "left,status,computed,reason\nchickens,derived,4.5,assumption\n"
    )


def test_an_assumption_is_never_a_contradiction(audited):
    rows = audited(
        [
            ("chickens,=,poultry / 2", "assumption", ""),
            ("ducks,=,poultry / 3", "assumption", ""),
            "rabbits,=,ducks",
            "poultry,<=,2 * chickens",
        ],
        "livestock",
        "poultry,2023,9,,,bc2023,I,",
        "chickens,2023,1,,,bc2023,I,",
        "rabbits,2023,70,,,bc2023,I,",
    )
    assert written(rows, "left", "status", "reason") == (
        "left,status,reason\n"
        "chickens,not_checkable,assumption\n"
        "ducks,derived,assumption\n"
        "rabbits,not_checkable,assumption\n"
        "poultry,broken,\n"
    )


def test_a_change_carries_an_assumption_to_the_next_year(audited):
    rows = audited(
        [("chickens,=,poultry / 2", "assumption", "2022")],
        "livestock",
        "poultry,2022,8,,,bc2023,I,",
        "chickens,2023,,1,,bc2023,I,",
    )
    assert written(rows, "right", "year", "status", "computed", "reason") == (
        "right,year,status,computed,reason\n"
        "poultry / 2,2022,derived,4.0,assumption\n"
        "previous + change,2023,derived,5.0,assumption\n"
    )


@pytest.mark.parametrize(("gap", "is_answered"), [("", True), ("2", True), ("3", False)])
def test_a_contradiction_is_acknowledged_with_its_gap(households, gap, is_answered):
    row = f"poor_households,=,previous + change,2023,đã hỏi,{gap}\n"
    rows = households("25", "-5", acknowledged=row)
    assert list(rows["acknowledged"]) == ["đã hỏi" if is_answered else ""]


def test_an_acknowledged_row_with_another_gap_is_not_stale(data, households):
    households("25", "-5", acknowledged="poor_households,=,previous + change,2023,x,9\n")
    tables = raw.read_tables(data)
    rows = tables["acknowledged"].to_dict("records")
    checked = Dataset.open(data).tables["audit"].to_dict("records")
    assert audit.stale_rows(rows, checked) == []


MONEY = [
    "budget_revenue,2023,18.6e9,,,bc2023,I,",
    "budget_expenditure,2023,18.06e9,,,bc2023,I,",
    "budget_recurrent_expenditure,2023,5.7e9,,,bc2023,I,",
    "budget_investment_expenditure,2023,12.4e9,,,bc2023,I,",
    "budget_carry_over,2023,559e6,,,bc2023,I,",
]
SUMS = [
    "budget_expenditure,=,budget_recurrent_expenditure + budget_investment_expenditure",
    "budget_carry_over,=,budget_revenue - budget_expenditure",
]


def test_money_in_rounded_billions_is_no_contradiction(audited):
    assert list(audited(SUMS, "budget", *MONEY)["status"]) == ["holds", "holds"]


def test_an_estimate_is_rounded_at_its_final_zeros(audited):
    lines = [
        "budget_expenditure,2023,18060000000,,estimate,bc2023,I,",
        "budget_recurrent_expenditure,2023,5707077980,,,bc2023,I,",
        "budget_investment_expenditure,2023,12353118000,,,bc2023,I,",
    ]
    assert list(audited(SUMS[:1], "budget", *lines)["status"]) == ["holds"]


@pytest.mark.parametrize(
    ("chickens", "status"), [("97400", "holds"), ("98000", "holds"), ("98001", "broken")]
)
def test_almost_is_at_most_the_written_number(audited, chickens, status):
    rows = audited(
        ["poultry,=,chickens"],
        "livestock",
        "poultry,2023,98000,,almost,bc2023,I,",
        f"chickens,2023,{chickens},,,bc2023,I,",
    )
    assert list(rows["status"]) == [status if chickens != "97400" else "broken"]


@pytest.mark.parametrize(
    ("change", "growth", "status"), [("-3", "-10", "holds"), ("-3", "3", "broken")]
)
def test_a_change_and_a_growth_of_different_signs_are_a_contradiction(
    audited, change, growth, status
):
    line = f"poor_households,2023,,{change},,bc2023,I,,{growth}"
    rows = audited([], "welfare", line, more="pct_change")
    assert written(rows, "right", "status", "stated", "unit") == (
        f"right,status,stated,unit\ndirection,{status},-3.0,hộ\n"
    )


def test_a_direction_against_a_stated_growth_is_a_contradiction(audited):
    line = "poor_households,2023,,,,bc2023,I,,12.0,down"
    rows = audited([], "welfare", line, more="pct_change,direction")
    assert written(rows, "right", "status", "shown", "unit") == (
        "right,status,shown,unit\ndirection,broken,12.0,\n"
    )


def test_a_stated_side_keeps_its_digits_and_its_qualifier(audited):
    rows = audited(
        ["budget_revenue,=,budget_expenditure"],
        "budget",
        "budget_revenue,2023,18.6e9,,about,bc2023,I,",
        "budget_expenditure,2023,18.06e9,,,bc2023,I,",
    )
    assert written(rows, "status", "shown", "qualifier") == (
        "status,shown,qualifier\nbroken,1.86E+10,about\n"
    )


def test_what_a_comparison_derives_keeps_its_qualifier(audited):
    rows = audited(
        [], "livestock", "poultry,2022,97000,,about,bc2023,I,", "poultry,2023,,500,,bc2023,I,"
    )
    assert written(rows, "right", "qualifier", "computed", "lower", "upper") == (
        "right,qualifier,computed,lower,upper\nprevious + change,about,97500.0,97000.0,98000.0\n"
    )


def test_a_derived_divisor_that_rounds_to_0_is_checked(audited):
    rows = audited(
        ["poultry,=,chickens / buffalo_cattle", "pigs,=,chickens / poultry"],
        "livestock",
        *(
            f"{code},2023,{value},,,bc2023,I,"
            for code, value in (("chickens", 2), ("buffalo_cattle", 8), ("pigs", 9))
        ),
    )
    assert written(rows, "left", "status", "stated", "computed", "gap") == (
        "left,status,stated,computed,gap\npoultry,derived,,0.25,\npigs,broken,9.0,8.0,1.0\n"
    )
