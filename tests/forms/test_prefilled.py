"""What a sheet of the workbook contains before anything is typed in it."""

import pytest
from helpers.commands import call
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.all_tables


def texts(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


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
        "Tốc độ tăng, giảm so với năm 2023 (%)",
        "Đạt so với kế hoạch (%)",
        "Xu hướng",
        "Kết quả bằng lời",
        "Số năm 2023 theo báo cáo này",
    ]
    assert texts(sheet, 2) == [
        "budget_revenue",
        "Thu ngân sách",
        "đồng",
        18619139193,
        "từ 110% trở lên so với kế hoạch",
        *[None] * 10,
    ]


def test_a_target_of_a_change_and_one_in_words_are_in_words(data, form, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call("new-year", "2023", "--data", str(data))
    welfare, security = load_workbook("2023.xlsx")["An sinh xã hội"], load_workbook(form)
    targets = {row[0].value: row[4].value for row in welfare.iter_rows(min_row=2)}
    assert targets["poor_households"] == "giảm so với năm trước"
    land = {row[0].value: row[4].value for row in load_workbook(form)["Đất đai"].iter_rows()}
    assert land["focus_land"] == "Siết quản lý, xử lý vi phạm và xây dựng trái phép"
    words = [row[4].value for row in security["An ninh trật tự"].iter_rows(min_row=2)]
    assert "Giữ vững; đảm bảo chỉ tiêu giao quân" in words


def test_a_derived_figure_of_last_year_has_the_digits_that_it_supports(form):
    rows = {row[0].value: row for row in load_workbook(form)["Ngân sách"].iter_rows(min_row=2)}
    cell = rows["budget_revenue_plan"][3]
    assert (cell.value, cell.number_format) == (19_167_000_000, '"khoảng "#,##0')


def test_the_rows_are_in_the_order_of_the_catalogue(form, shipped):
    sheet = load_workbook(form)["Lúa"]
    rice = shipped.indicators[shipped.indicators["table"] == "rice"]
    assert [cell.value for [cell] in sheet["A2:A6"]] == list(rice.index)


def test_an_indicator_without_a_unit_has_a_row_for_words(form):
    rows = load_workbook(form)["An ninh trật tự"].iter_rows(min_row=2)
    [row] = [row for row in rows if row[0].value == "security_and_defence"]
    unlocked = [cell.column_letter for cell in row if not cell.protection.locked]
    assert unlocked == ["I", "J", "M", "N"]


def test_a_year_after_one_without_figures_has_no_previous_figures(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call("new-year", "2030", "--data", str(data))
    sheet = load_workbook("2030.xlsx")["Lúa"]
    assert {cell.value for [cell] in sheet["D2:D6"]} == {None}
