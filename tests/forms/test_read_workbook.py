import zipfile
from pathlib import Path

import pytest
from helpers.filling import filling
from helpers.importing import last_lines
from openpyxl import Workbook


def _with_formula(path: Path, formula: str) -> None:
    """Put a formula with a saved result into the cell of 118, as Excel does."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    old_cell, new_cell = b"<v>118</v>", f"<f>{formula}</f><v>118</v>".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part.replace(old_cell, new_cell))


def test_the_saved_result_of_a_formula_is_read_and_reported(form, import_form, new_lines):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    _with_formula(form, "100+18")
    result = import_form()
    assert result.exit_code == 0
    assert "Lúa!F3: công thức =100+18; lấy kết quả đã lưu là 118.\n" in result.stdout
    assert "rice_yield,2024,118,,,bc2024" in new_lines()


def test_a_change_of_last_years_figure_is_reported_and_not_imported(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.book["Lúa"]["D3"] = 120
    result = import_form()
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == (
        "Lúa!D3: số năm 2023 hoặc mục tiêu không như trong dữ liệu; không nhập từ đây."
    )


def test_a_figure_of_last_year_that_the_report_states_anew_is_a_row_of_last_year(
    form, built, import_form
):
    with filling(form) as typed:
        typed.type("poor_households", 25, change=-5, restated=30, note="x")
        typed.type("near_poor_households", restated="khoảng 22", note="đã rà soát")
    result = import_form("--write")
    assert result.exit_code == 0
    assert "2023, Hộ nghèo: 28 hộ (bc2023, 2023-12); 30 hộ (bc2024, 2024-12).\n" in result.stdout
    assert "An sinh xã hội!O18: hiểu là khoảng 22 hộ.\n" in result.stdout
    assert last_lines(built, "welfare", 3) == [
        "poor_households,2023,30,,,bc2024,I.B.1,,",
        "poor_households,2024,25,-5,,bc2024,I.B.1,x,",
        "near_poor_households,2023,22,,about,bc2024,I.B.1,đã rà soát,",
    ]
    assert import_form().stdout.splitlines() == [
        "An sinh xã hội!O18: hiểu là khoảng 22 hộ.",
        "Không có gì mới: 4 dòng đã có trong dữ liệu.",
    ]


def test_an_error_in_such_a_figure_names_its_cell(form, refusal):
    with filling(form) as typed:
        typed.type("poor_households", restated=-3)
        typed.type("security_and_defence", words="Giữ vững", restated=3)
    assert [line.split(": ")[0] for line in refusal()[:-1]] == [
        "2024.xlsx, trang «An sinh xã hội», ô O17",
        "2024.xlsx, trang «An ninh trật tự», ô O16",
    ]


@pytest.mark.parametrize("last", [10, 14])
def test_an_older_workbook_that_ends_at_an_earlier_column_is_read(last, form, new_lines):
    with filling(form) as typed:
        typed.type("rice_yield", 118, note="x")
        for sheet in typed.book.worksheets[1:]:
            sheet.delete_cols(last + 1, 5)
    assert new_lines().startswith("rice_yield,2024,118,,,bc2024,I.B.1,x\n")


def test_a_workbook_without_a_sheet_of_the_form_is_refused(form, refusal):
    Workbook().save(form)
    assert "sổ làm việc không có trang nào của phiếu nhập số liệu" in refusal()[0]
