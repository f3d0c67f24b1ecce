from math import inf

import pytest
from helpers.statements import state

from caoan_stats import Dataset
from caoan_stats.relations.formulas import FormulaError


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("1000 * credit_agribank_amount / credit_agribank_households", "738.2"),  # million a loan
        ("1000 * credit_vbsp_amount / credit_vbsp_households", "54.1"),
        ("100 * births_third_child_plus / births", "18.48"),
        ("electricity_coop_surplus / electricity_sold", "24.82"),  # đồng a kWh
        ("merit_arrears_amount / merit_arrears_beneficiaries / 1000000", "1.628"),
        ("100 * prescreen_attended / (prescreen_attended + prescreen_absent)", "87.23"),
        ("100 * district_exam_fit / district_exam_attended", "65.71"),
        ("poor_households + near_poor_households", "48"),
    ],
)
def test_a_ratio_has_the_digits_that_its_figures_support(shipped, formula, shown):
    frame = shipped.derive("tỷ số", formula, "triệu đồng")
    assert str(frame.loc[2023, "shown"]) == shown


def test_a_ratio_has_a_row_for_every_year_that_has_its_figures(shipped):
    frame = shipped.derive(
        "Hộ nghèo và cận nghèo", "poor_households + near_poor_households", "households"
    )
    assert frame["value"].to_dict() == {2022: 71, 2023: 48}
    assert frame.attrs == {
        "name": "Hộ nghèo và cận nghèo",
        "unit": "hộ",
        "formula": "poor_households + near_poor_households",
    }


def test_a_ratio_has_its_interval_its_documents_and_their_sections(data):
    lines = (
        "credit_vbsp_amount 2023 bc2023 value=28.4",
        "credit_vbsp_households 2023 qd2023 value=500",
    )
    ds = Dataset.open(state(data, *lines))
    frame = ds.derive("vay", "1000 * credit_vbsp_amount / credit_vbsp_households", "triệu đồng/hộ")
    names = ["value", "lower", "upper", "qualifier", "status", "source", "section"]
    assert frame.loc[2023, names].tolist() == [
        56.8, 56.7, 56.9, "about", "derived", "bc2023; qd2023", "I.B",
    ]  # fmt: skip


@pytest.mark.parametrize(("qualifier", "ends"), [("over", (100, inf)), ("under", (-inf, 100))])
def test_a_ratio_of_an_open_figure_is_open(data, qualifier, ends):
    line = f"pigs 2023 bc2023 value=200 qualifier={qualifier}"
    frame = Dataset.open(state(data, line)).derive("nửa đàn", "pigs / 2", "con")
    assert (frame.loc[2023, "lower"], frame.loc[2023, "upper"]) == ends
    assert frame.loc[2023, "qualifier"] == qualifier


def test_a_year_with_a_divisor_of_zero_is_left_out(data):
    ds = Dataset.open(state(data, "pigs 2023 bc2023 value=0", "ducks 2023 bc2023 value=5"))
    assert ds.derive("vịt trên lợn", "ducks / pigs", "lần").empty


def test_what_rests_on_an_assumption_is_assumed(shipped):
    frame = shipped.derive("hai vụ", "2 * rice_yield_per_crop", "tạ/ha")
    assert set(frame["status"]) == {"assumed"}


def test_an_unknown_indicator_is_refused_with_similar_ones(shipped):
    with pytest.raises(KeyError, match=r"no indicator 'pig'; did you mean one of: pigs \(Đàn lợn"):
        shipped.derive("x", "pig / ducks", "lần")


def test_anything_but_arithmetic_is_refused(shipped):
    with pytest.raises(FormulaError):
        shipped.derive("x", "open('x')", "lần")


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("100 * budget_expenditure / budget_revenue", "97.00"),
        ("100 * budget_carry_over / budget_revenue", "3.00"),
    ],
)
def test_a_percentage_has_two_decimals(shipped, formula, shown):
    assert str(shipped.derive("tỷ lệ", formula, "percent").at[2023, "shown"]) == shown


def test_a_ratio_of_a_disputed_figure_is_disputed(data):
    lines = ["poultry 2023 bc2023 value=100", "chickens 2023 bc2023 value=60"]
    folder = state(
        data, *lines, "ducks 2023 bc2023 value=50", relations=["poultry,=,chickens + ducks"]
    )
    ds = Dataset.open(folder)
    assert ds.derive("tỷ lệ", "100 * ducks / poultry", "%").at[2023, "doubts"] == ("disputed",)
