import zipfile
from pathlib import Path

from helpers.filling import filling
from openpyxl import Workbook


def _with_formula(path: Path, formula: str) -> None:
    """Put a formula with a saved result into the cell of 118, as Excel does."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    old_cell, new_cell = b"<v>118</v>", f"<f>{formula}</f><v>118</v>".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part.replace(old_cell, new_cell))


def test_the_saved_result_of_a_formula_is_read_and_reported(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    _with_formula(form, "100+18")
    result = import_form()
    assert result.exit_code == 0
    assert "Lúa!F3: công thức =100+18; lấy kết quả đã lưu là 118.\n" in result.stdout
    assert "+ rice_yield,2024,118,,,bc2024" in result.stdout


def test_a_change_of_last_years_figure_is_reported_and_not_imported(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.book["Lúa"]["D3"] = 120
    result = import_form()
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == (
        "Lúa!D3: số năm 2023 hoặc mục tiêu không như trong dữ liệu; không nhập từ đây."
    )


def test_an_older_workbook_that_ends_at_the_column_of_notes_is_read(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118, note="x")
        for sheet in typed.book.worksheets[1:]:
            sheet.delete_cols(11, 4)
    result = import_form()
    assert result.exit_code == 0
    assert "+ rice_yield,2024,118,,,bc2024,I.B.1,x\n" in result.stdout


def test_a_workbook_without_a_sheet_of_the_form_is_refused(form, refusal):
    Workbook().save(form)
    assert "sổ làm việc không có trang nào của phiếu nhập số liệu" in refusal()[0]
