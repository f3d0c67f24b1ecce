"""Ratios of `Dataset.derive` become a table of a year and the year before."""

import pytest

from caoan_stats import page
from caoan_stats.display.ratio_table import ratio_table


@pytest.fixture
def poor(shipped):
    return shipped.derive("Hộ nghèo và cận nghèo", "poor_households + near_poor_households", "hộ")


@pytest.fixture
def arrears(shipped):
    formula = "merit_arrears_amount / merit_arrears_beneficiaries / 1000000"
    return shipped.derive("Truy lĩnh mỗi người", formula, "triệu đồng/người")


@pytest.fixture
def credit(shipped):
    formula = "1000 * credit_vbsp_amount / credit_vbsp_households"
    return shipped.derive("Vay mỗi hộ", formula, "triệu đồng/hộ")


def test_a_ratio_has_its_unit_and_the_year_before(poor, arrears):
    cells = ratio_table([poor, arrears], 2023).cells
    assert cells.to_dict("index") == {
        "Hộ nghèo và cận nghèo (hộ)": {"Năm 2022": "71", "Năm 2023": "48"},
        "Truy lĩnh mỗi người (triệu đồng/người)": {"Năm 2022": "", "Năm 2023": "1,628"},
    }


def test_a_ratio_of_rounded_figures_is_about(credit):
    assert list(ratio_table([credit], 2023).cells["Năm 2023"]) == ["khoảng 54,1"]


def test_an_assumed_ratio_says_so(shipped):
    twice = shipped.derive("Hai vụ", "2 * rice_yield_per_crop", "tạ/ha")
    assert ratio_table([twice], 2023).cells.at["Hai vụ (tạ/ha)", "Năm 2023"].endswith(" (giả định)")


def test_the_foot_names_the_sections_of_the_figures(poor, credit):
    foot = ratio_table([poor, credit], 2023).foot
    assert foot == "Tính từ các số ở mục I.B.II.4; I.B.I.4.1."


def test_the_download_has_the_interval_and_the_formula(credit):
    [row] = ratio_table([credit], 2023).data.to_dict("records")
    assert (row["Ít nhất"], round(row["Nhiều nhất"], 2)) == (54.0, 54.19)
    assert row["Công thức"] == "1000 * credit_vbsp_amount / credit_vbsp_households"


def test_a_ratio_that_is_unknown_in_the_year_is_left_out(poor, credit):
    assert list(ratio_table([poor, credit], 2022).cells.index) == ["Hộ nghèo và cận nghèo (hộ)"]


def test_ratios_that_are_all_unknown_are_one_sentence(credit):
    assert page.ratios([credit], 2022, "Tín dụng").html == (
        '<p class="nothing">Tín dụng năm 2022: chưa có số liệu.</p>'
    )


def test_the_doubt_of_a_ratio_is_told_in_its_cell_and_in_the_download(poor):
    doubtful = poor.assign(doubts=[("disputed",)] * len(poor))
    doubtful.attrs = poor.attrs
    table = ratio_table([doubtful], 2023)
    assert list(table.cells["Năm 2023"]) == ["48 (cần xem lại)"]
    assert list(table.data["Tính chất"]) == ["cần xem lại"]


def test_a_single_ratio_needs_no_list(poor):
    assert page.ratios(poor, 2023, "Tỷ số").text == page.ratios([poor], 2023, "Tỷ số").text
