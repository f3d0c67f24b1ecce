"""How the cells of the workbook look, and what they accept."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from helpers.commands import call
from openpyxl import load_workbook

from caoan_stats.forms.workbook import write_workbook

pytestmark = pytest.mark.all_tables


def test_last_years_qualifier_is_shown_with_the_number(form):
    cell = load_workbook(form)["Lúa"]["D3"]
    assert (cell.value, cell.number_format) == (115, '"ước "#,##0.##')


def test_a_derived_figure_is_in_italics(form):
    sheet = load_workbook(form)["Lúa"]
    assert [sheet["D2"].font.italic, sheet["D6"].font.italic] == [False, True]


def test_only_the_cells_to_fill_in_are_unlocked(form):
    book = load_workbook(form)
    opened = {
        "Lúa": {"FGHIJKLMNO", "FGHIJLMNO"},  # a rate has no relative change
        "Thủ tục hành chính": {"FGHIJKLMNO", "FGHIJLMNO", "FGHIJMNO", "IJMN"},  # a rank, and words
    }
    for name, columns in opened.items():
        sheet = book[name]
        assert sheet.protection.sheet
        unlocked = {
            "".join(cell.column_letter for cell in row if not cell.protection.locked)
            for row in sheet.iter_rows(min_row=2)
        }
        assert unlocked - {""} == columns


def test_codes_are_hidden_and_labels_and_headings_stay_in_sight_while_scrolling(form):
    for sheet in load_workbook(form).worksheets[1:]:
        assert sheet.column_dimensions["A"].hidden
        assert sheet.freeze_panes == "C2"
        assert sheet.print_title_rows == "$1:$1"


def rules(form, sheet):
    """Return kind, choices and prompt of the data validation of each cell of a sheet."""
    return {
        cell: (rule.type, rule.formula1, rule.prompt)
        for rule in load_workbook(form)[sheet].data_validations.dataValidation
        for cell in str(rule.sqref).split()
    }


def test_each_cell_to_fill_in_tells_what_is_expected(form):
    found = {cell: prompt for cell, (_, _, prompt) in rules(form, "Lúa").items()}
    assert {column: found[f"{column}3"] for column in "FGHIJKLMNO"} == {
        "F": "Số của năm 2024, tính bằng tạ/ha. Ví dụ: 115. Năm 2023: ước 115 tạ/ha, mục "
        "I.B.I.1.1.",
        "G": "Mức tăng, giảm so với năm 2023, tính bằng tạ/ha: 5 là tăng 5, −5 là giảm 5. Ghi "
        "«giảm 5» cũng được.",
        "H": "Chọn từ mà báo cáo ghi trước con số; không có thì để trống.",
        "I": "Năm trước: I.B.I.1.1",
        "J": "Điều cần nói thêm về số này; thường để trống.",
        "K": "Tốc độ so với năm 2023, tính bằng %: 13,6 là tăng 13,6%, −13,6 là giảm 13,6%.",
        "L": "Cả tỷ lệ so với kế hoạch, tính bằng %: báo cáo nêu «vượt 8%» thì ghi 108.",
        "M": "Chọn khi báo cáo chỉ nói tăng, giảm hay ổn định mà không nêu mức.",
        "N": "Kết quả bằng lời, vài chữ, ví dụ «Giữ vững».",
        "O": "Chỉ điền khi báo cáo này nêu số năm 2023 khác ước 115 tạ/ha.",
    }
    assert found["F6"].endswith("Năm 2023: ước 57,5 tạ/ha/vụ, số suy ra.")


def test_an_example_of_money_is_as_people_write_it(form):
    [_, _, prompt] = rules(form, "Ngân sách")["F2"]
    assert prompt == (
        "Số của năm 2024, tính bằng đồng. Ví dụ: 18,62 tỷ. Năm 2023: 18.619.139.193 đồng, mục "
        "I.A.3."
    )


def test_the_move_of_a_rank_is_typed_as_words(form):
    sheet = load_workbook(form)["Thủ tục hành chính"]
    [row] = [cell.row for [cell] in sheet["A2:A30"] if cell.value == "par_index_rank"]
    assert rules(form, "Thủ tục hành chính")[f"G{row}"][2] == (
        "Ghi bằng chữ: «tăng 2 bậc» hoặc «giảm 2 bậc»."
    )


def test_words_are_chosen_from_lists_and_counts_below_0_are_questioned(form):
    found = {cell: rule[:2] for cell, rule in rules(form, "Lúa").items()}
    assert found["H3"] == ("list", '"ước,khoảng,trên,dưới,gần"')
    assert found["M3"] == ("list", '"tăng,giảm,ổn định"')
    assert found["F3"] == ("decimal", "0")
    assert found["G3"] == ("decimal", "-1000000000000000")
    assert found["N3"] == (None, None)


def test_equal_hints_share_one_rule(form):
    assert len(load_workbook(form)["Lúa"].data_validations.dataValidation) < 30


def test_a_definition_is_a_note_on_the_label(shipped):
    catalogue = shipped.tables["indicators"].assign(definition_vi="")
    catalogue.loc[catalogue["indicator"] == "rice_yield", "definition_vi"] = "Bình quân cả năm."
    ds = replace(shipped, tables={**shipped.tables, "indicators": catalogue})
    book = load_workbook(BytesIO(write_workbook(ds, 2024)))
    notes = {cell.value: cell.comment for [cell] in book["Lúa"]["B2:B6"]}
    assert notes["Năng suất lúa trung bình"].text == "Bình quân cả năm."
    assert notes["Sản lượng lúa"] is None


def test_the_count_of_rows_that_are_filled_in_is_below_them(form):
    sheet = load_workbook(form)["Lúa"]
    assert sheet["B7"].value == (
        "=SUMPRODUCT(--(LEN($F$2:$F$6&$G$2:$G$6&$K$2:$K$6&$L$2:$L$6&$M$2:$M$6&$N$2:$N$6&"
        "$O$2:$O$6)>0))"
    )
    assert sheet["B7"].number_format == '"Đã điền "0"/5"'


def test_no_cell_to_fill_in_holds_anything_yet(form):
    for sheet in load_workbook(form).worksheets[1:]:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert not [cell.coordinate for cell in cells if not cell.protection.locked]
        assert not [cell.coordinate for cell in cells if isinstance(cell.value, date)]


def test_a_label_that_looks_like_a_formula_is_text(data, tmp_path, monkeypatch):
    catalogue = (data / "indicators.csv").read_text(encoding="utf-8")
    spoilt = catalogue.replace(",Sản lượng lúa,", ",=1+1,")
    (data / "indicators.csv").write_text(spoilt, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    call("new-year", "2024", "--data", str(data))
    cell = load_workbook("2024.xlsx")["Lúa"]["B4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
