import shutil
from datetime import date
from pathlib import Path

import pytest
from helpers.filling import filling
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner, Result

from caoan_stats.command.cli import app
from caoan_stats.datafolder import package
from caoan_stats.forms import layout


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.fixture
def form(empty_form, tmp_path, monkeypatch) -> Path:
    """The workbook of 2024 in the working folder."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(empty_form, tmp_path))


def texts(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


def test_there_is_a_sheet_for_each_table_in_the_order_of_the_report(form, data):
    names = load_workbook(form).sheetnames
    assert names[:4] == ["Hướng dẫn", "Kinh tế", "Ngân sách", "Lúa"]
    assert len(names) == 1 + len(package.load_package(data).observation_tables)


def test_a_row_has_label_unit_last_years_figure_and_this_years_target(form):
    sheet = load_workbook(form)["Ngân sách"]
    assert texts(sheet, 1) == [
        "Mã chỉ tiêu",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Năm 2023",
        "Mục tiêu năm 2024",
        "Số liệu năm 2024",
        "Tăng, giảm so với năm 2023",
        "Từ kèm theo",
        "Mục trong báo cáo",
        "Ghi chú",
    ]
    assert texts(sheet, 3) == [
        "budget_revenue_pct_of_plan",
        "Thu ngân sách so với kế hoạch năm",
        "%",
        97.14,
        "từ 110% trở lên",
        *[None] * 5,
    ]


def test_the_rows_stand_in_the_order_of_the_catalogue(form, shipped):
    sheet = load_workbook(form)["Lúa"]
    catalogue = shipped.indicators
    rice = catalogue[(catalogue["table"] == "rice") & (catalogue["unit"] != "")]
    assert [cell.value for [cell] in sheet["A2:A6"]] == list(rice.index)


def test_an_indicator_in_words_alone_has_no_row(form):
    book = load_workbook(form)
    codes = {cell.value for sheet in book.worksheets for cell in sheet["A"]}
    assert "new_rural_standard" not in codes


def test_last_years_qualifier_is_shown_with_the_number(form):
    cell = load_workbook(form)["Lúa"]["D3"]
    assert (cell.value, cell.number_format) == (115, '"ước "#,##0.##')


def test_a_derived_figure_stands_in_italics(form):
    sheet = load_workbook(form)["Lúa"]
    assert [sheet["D2"].font.italic, sheet["D6"].font.italic] == [False, True]


def test_only_what_is_to_be_typed_is_unlocked(form):
    for sheet in load_workbook(form).worksheets[1:]:
        assert sheet.protection.sheet
        locked = [[cell.protection.locked for cell in row] for row in sheet.iter_rows(min_row=2)]
        assert {tuple(row) for row in locked} == {(True,) * 5 + (False,) * 5}


def test_heads_and_labels_stay_in_sight(form):
    assert {sheet.freeze_panes for sheet in load_workbook(form).worksheets[1:]} == {"C2"}


def test_cells_say_what_they_take(form):
    rules = load_workbook(form)["Lúa"].data_validations.dataValidation
    found = {str(rule.sqref): (rule.type, rule.formula1, rule.prompt) for rule in rules}
    assert found["F2:G6"] == ("decimal", "-1000000000000000", None)
    assert found["H2:H6"] == ("list", '"ước,khoảng,trên,dưới"', None)
    assert found["I2"] == ("textLength", "100", "Năm trước: I.B.I.1.1")


def test_the_cover_says_in_vietnamese_how_to_fill_it_in(form):
    sheet = load_workbook(form)["Hướng dẫn"]
    assert [sheet["A1"].value, sheet["A2"].value] == [
        "Phiếu nhập số liệu năm 2024",
        "Số liệu kinh tế - xã hội xã Cao An",
    ]
    assert "caoan-stats import 2024.xlsx" in sheet["B11"].value


def test_the_cover_suggests_the_document_a_year_after_the_last_one(form):
    sheet = load_workbook(form)["Hướng dẫn"]
    found = {row[0].value: row[1].value for row in sheet["A13:B18"]}
    assert found["Năm"] == "2024"
    assert found["Mã nguồn"] == "bc2024"
    assert "năm 2024 và phương hướng" in found["Tên văn bản"]
    assert found["Tên văn bản"].endswith("năm 2025")
    assert (found["Cơ quan ban hành"], found["Ngày ban hành"]) == ("UBND xã Cao An", "2024-12")


def test_a_workbook_that_is_there_is_left_alone(form, data):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    before = form.read_bytes()
    result = call("new-year", "2024", "--data", str(data))
    assert result.exit_code == 2
    assert result.stderr == (
        "2024.xlsx đã có; không ghi đè. Đổi tên hoặc chuyển tệp đó đi rồi lập lại.\n"
    )
    assert form.read_bytes() == before


def test_it_says_what_was_made_and_what_comes_next(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = call("new-year", "2026", "--data", str(data), "--lang", "en")
    assert result.output == (
        "2026.xlsx written: 18 sheets, 167 indicators. Fill it in, then run "
        "caoan-stats import 2026.xlsx.\n"
    )


def test_a_year_that_follows_no_figures_has_none_of_the_year_before(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call("new-year", "2030", "--data", str(data))
    sheet = load_workbook("2030.xlsx")["Lúa"]
    assert {cell.value for [cell] in sheet["D2:D6"]} == {None}


@pytest.mark.parametrize("year", ["1944", "2101", "nay"])
def test_only_a_year_that_data_can_have_is_taken(year, data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert call("new-year", year, "--data", str(data)).exit_code == 2
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_title_is_cut_where_a_spreadsheet_ends_it(data):
    names = layout.sheet_names(package.load_package(data))
    assert names["infrastructure"] == "Giao thông, thủy lợi và nông…"
    assert max(map(len, names.values())) <= 31


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Lúa", "lúa"], ["Lúa", "budget"]),
        (["A/B: [C]?*\\", "'x'"], ["A B C", "x"]),
        (["Hướng dẫn", ""], ["economy", "budget"]),
        (["D" * 40, "E"], ["D" * 30 + "…", "E"]),
    ],
)
def test_every_table_gets_a_sheet_name_that_spreadsheets_take(titles, names, data):
    text = (data / "datapackage.json").read_text(encoding="utf-8")
    for old, new in zip(("Kinh tế", "Ngân sách"), titles, strict=True):
        shown = new.replace("\\", "\\\\")
        text = text.replace(f'"title": "{old}"', f'"title": "{shown}"')
    (data / "datapackage.json").write_text(text, encoding="utf-8")
    assert list(layout.sheet_names(package.load_package(data)).values())[:2] == names


def test_no_cell_is_a_formula_or_a_date(form):
    cells = [
        cell.value
        for sheet in load_workbook(form).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert not [each for each in cells if isinstance(each, date) or str(each).startswith("=")]


def test_a_label_that_looks_like_a_formula_is_text(data, tmp_path, monkeypatch):
    catalogue = (data / "indicators.csv").read_text(encoding="utf-8")
    spoilt = catalogue.replace(",Sản lượng lúa,", ",=1+1,")
    (data / "indicators.csv").write_text(spoilt, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    call("new-year", "2024", "--data", str(data))
    cell = load_workbook("2024.xlsx")["Lúa"]["B4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
