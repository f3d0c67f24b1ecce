import re
from base64 import b64decode
from io import BytesIO

import pytest
from openpyxl import load_workbook

from caoan_stats.desk.taking import Taking, years_to_choose


@pytest.fixture
def taking(built) -> Taking:
    return Taking(built)


def workbook(taking: Taking):
    """Open the workbook that the link saves."""
    return load_workbook(BytesIO(b64decode(re.search(r"base64,([^\"]+)", taking.link.value)[1])))


def test_the_workbook_of_the_year_after_the_latest_figures_is_offered(taking):
    assert taking.year.value == 2024
    assert 'download="2024.xlsx"' in taking.link.value
    assert workbook(taking)["Lúa"]["F1"].value == "Số liệu năm 2024"


def test_another_year_has_another_workbook(taking):
    taking.year.value = 2023
    assert 'download="2023.xlsx"' in taking.link.value
    assert workbook(taking)["Lúa"]["F1"].value == "Số liệu năm 2023"


def test_a_chosen_year_is_kept_when_the_data_has_changed(taking):
    taking.year.value = 2022
    taking.refresh()
    assert taking.year.value == 2022


def test_data_with_errors_is_told_as_no_fault_of_a_workbook_with_the_details_folded(built):
    (built / "raw" / "rice.csv").write_text("indicator\n", encoding="utf-8")
    first, folded = Taking(built).status.value.split("<details>")
    assert "Lỗi không ở phiếu này: dữ liệu đang lưu có chỗ sai." in first
    assert "rice.csv" in folded


@pytest.mark.parametrize(
    ("figures", "this_year", "first", "last", "likely"),
    [
        ([2022, 2023, 2022], 2024, 2025, 2022, 2024),
        ([2022, 2023], 2022, 2024, 2022, 2024),
        ([], 2024, 2025, 2014, 2023),
    ],
)
def test_the_years_reach_from_the_first_figures_to_next_year(
    figures, this_year, first, last, likely
):
    years, proposed = years_to_choose(figures, this_year)
    assert (years[0], years[-1], proposed) == (first, last, likely)
    assert proposed in years
