import unicodedata
import zipfile
from pathlib import Path

import pytest
from helpers.commands import call
from helpers.filling import filling, save_as_ods
from helpers.importing import last_lines
from openpyxl import Workbook

from caoan_stats.datafolder import raw


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


@pytest.mark.all_tables
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
        del typed.book["Mục tiêu năm sau"]
        for sheet in typed.book.worksheets[1:]:
            sheet.delete_cols(last + 1, 5)
            sheet.column_dimensions["A"].hidden = False
    assert new_lines().startswith("rice_yield,2024,118,,,bc2024,I.B.1,x\n")


def test_a_workbook_without_a_sheet_of_the_form_is_refused(form, refusal):
    Workbook().save(form)
    assert "sổ làm việc không có trang nào của phiếu nhập số liệu" in refusal()[0]


def test_a_workbook_saved_as_opendocument_is_imported(form, built, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118.5, note="một, hai\n“ba”")
        typed.type("rice_planting_rate", 0.9714).number_format = "0.00%"
        typed.type("poultry", "khoảng 97.000 con")
    save_as_ods(form)
    assert import_form("--write").exit_code == 0
    assert last_lines(built, "rice", 3) == [
        'rice_yield,2024,118.5,,,bc2024,I.B.1,"một, hai',
        '“ba”"',
        "rice_planting_rate,2024,97.14,,,bc2024,I.B.1,",
    ]
    assert last_lines(built, "livestock", 1) == ["poultry,2024,97000,,about,bc2024,I.B.1,,"]


@pytest.mark.parametrize(
    "note",
    [
        "a, b, c, d, e, f, g, h\nx",
        'x\n"a", b;c,,,,,,,\n,',
        "hai_x000D_\ndòng",
        "12,5 ha; 3.000 con",
    ],
)
def test_a_note_is_written_and_read_as_it_was_typed(note, form, built, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118, note=note)
    assert import_form("--write").exit_code == 0
    [kept] = raw.read_tables(built)["rice"].query("year == 2024")["note"]
    assert kept == note.replace("_x000D_", "")
    assert import_form("--write").stdout == "Không có gì mới: 2 dòng đã có trong dữ liệu.\n"
    assert call("check", "--data", str(built)).exit_code == 0


@pytest.mark.all_tables
def test_names_and_headings_in_decomposed_unicode_are_the_same(form, import_form, new_lines):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        for sheet in [typed.book["Lúa"], typed.book["Kinh tế"]]:
            sheet.title = unicodedata.normalize("NFD", sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = unicodedata.normalize("NFD", cell.value)
    form.rename(form.with_name(unicodedata.normalize("NFD", "lúa.xlsx")))
    result = import_form(file="lúa.xlsx")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "rice_yield,2024,118,,,bc2024,I.B.1,\n" in new_lines("lúa.xlsx")


def test_a_deleted_row_is_reported_by_its_label(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.book["Lúa"].delete_rows(4)
    result = import_form()
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "Trang «Lúa» không còn dòng «Sản lượng lúa»; phiếu này không nhập gì cho chỉ tiêu đó."
    )


def test_a_row_without_its_code_is_known_by_its_label(form, import_form, new_lines):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.book["Lúa"]["A3"] = None
    result = import_form()
    assert result.stdout.startswith(
        "Lúa!B3: ô mã đã mất; hiểu đây là dòng «Năng suất lúa trung bình» theo tên chỉ tiêu.\n"
    )
    assert "rice_yield,2024,118,,,bc2024,I.B.1,\n" in new_lines()


@pytest.mark.parametrize("year", ["2024", 2024, 2024.0, "2024.0", "năm 2024", "Năm 2024."])
def test_the_year_on_the_cover_is_read_as_people_type_it(year, form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.book["Hướng dẫn"]["B16"] = year
    assert import_form().exit_code == 0
