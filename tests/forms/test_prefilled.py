"""What a sheet of the workbook contains before anything is typed in it."""

from helpers.commands import call
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


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
    ]
    assert texts(sheet, 3) == [
        "budget_revenue_pct_of_plan",
        "Thu ngân sách so với kế hoạch năm",
        "%",
        97.14,
        "từ 110% trở lên",
        *[None] * 5,
    ]


def test_the_rows_are_in_the_order_of_the_catalogue(form, shipped):
    sheet = load_workbook(form)["Lúa"]
    catalogue = shipped.indicators
    rice = catalogue[(catalogue["table"] == "rice") & (catalogue["unit"] != "")]
    assert [cell.value for [cell] in sheet["A2:A6"]] == list(rice.index)


def test_an_indicator_without_a_unit_has_no_row(form):
    book = load_workbook(form)
    codes = {cell.value for sheet in book.worksheets for cell in sheet["A"]}
    assert "new_rural_standard" not in codes


def test_a_year_after_one_without_figures_has_no_previous_figures(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call("new-year", "2030", "--data", str(data))
    sheet = load_workbook("2030.xlsx")["Lúa"]
    assert {cell.value for [cell] in sheet["D2:D6"]} == {None}
