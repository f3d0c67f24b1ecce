"""The first sheet of the workbook: instructions, and the report that the figures are from."""

import pytest
from helpers.commands import call
from helpers.filling import filling
from helpers.importing import last_lines
from openpyxl import load_workbook

from caoan_stats import Dataset
from caoan_stats.forms.cover import suggest_source

pytestmark = pytest.mark.all_tables


def test_the_cover_explains_in_vietnamese_how_to_fill_in_the_workbook(form):
    sheet = load_workbook(form)["Hướng dẫn"]
    assert [sheet["A1"].value, sheet["A2"].value] == [
        "Phiếu nhập số liệu năm 2024",
        "Số liệu kinh tế - xã hội xã Cao An",
    ]
    assert "caoan-stats import 2024.xlsx" in sheet["B13"].value


def test_the_cover_suggests_the_report_one_year_after_the_last_known_one(form):
    sheet = load_workbook(form)["Hướng dẫn"]
    found = {row[0].value: row[1].value for row in sheet["A15:B20"]}
    assert found["Năm"] == "2024"
    assert found["Mã nguồn"] == "bc2024"
    assert "năm 2024 và phương hướng" in found["Tên văn bản"]
    assert found["Tên văn bản"].endswith("năm 2025")
    assert (found["Cơ quan ban hành"], found["Ngày ban hành"]) == ("UBND xã Cao An", "2024-12")


def test_the_cover_links_each_sheet_and_counts_the_rows_that_are_filled_in(form):
    book = load_workbook(form)
    sheet, tables = book["Hướng dẫn"], book.sheetnames[1:-1]
    rows = [*sheet["A23:B42"]]
    links = {name.value: name.hyperlink.location for _, name in rows if name.hyperlink}
    assert links == {name: f"'{name}'!B1" for name in [*tables, "Mục tiêu năm sau"]}
    count, name = rows[2]
    assert (name.value, count.number_format) == ("Lúa", '0"/5 "')
    assert count.value.startswith("=SUMPRODUCT(--(LEN('Lúa'!$F$2:$F$6&'Lúa'!$G$2:$G$6&")
    total, name = rows[18]
    assert name.value == "Tất cả các trang số liệu"
    assert (total.value, total.number_format) == ("=SUM(A23:A40)", '0"/227 "')


@pytest.mark.parametrize(
    ("name", "issuer"),
    [
        ("phường Bình An", "UBND phường Bình An"),
        ("xã Bình An", "UBND xã Bình An"),
        ("Phường 5, thành phố X", "UBND phường 5"),
        ("thị trấn Bình An", "UBND thị trấn Bình An"),
        ("đặc khu Bình An", "UBND đặc khu Bình An"),
        ("Bình An", "Ủy ban nhân dân"),
    ],
)
def test_the_first_report_is_issued_by_the_kind_of_unit_in_the_name(name, issuer, tmp_path):
    assert call("init", str(tmp_path / "data"), "--name", name).exit_code == 0
    assert suggest_source(Dataset.open(tmp_path / "data"), 2024)["issuer"] == issuer


def test_the_source_typed_on_the_cover_is_added(form, built, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        cover = typed.book["Hướng dẫn"]
        for row, text in enumerate(["bc2024b", "Báo cáo", "UBND xã Ví Dụ", "15/12/2024"], 17):
            cover[f"B{row}"] = text
    assert import_form("--write").exit_code == 0
    assert last_lines(built, "sources", 1) == ["bc2024b,Báo cáo,UBND xã Ví Dụ,2024-12-15"]
    assert last_lines(built, "rice", 1) == ["rice_yield,2024,118,,,bc2024b,I.B.1,"]
