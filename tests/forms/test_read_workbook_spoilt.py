"""A workbook whose sheets, columns or labels were changed is refused by sheet and cell."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from helpers.filling import Form, filling
from openpyxl.worksheet.formula import ArrayFormula


def _rename(form: Form) -> None:
    form.book["Lúa"].title = "Sheet4"


def _delete(form: Form) -> None:
    del form.book["Lúa"]


def _add(form: Form) -> None:
    form.book.create_sheet("Nháp")["A1"] = 3


def _insert_column(form: Form) -> None:
    form.book["Lúa"].insert_cols(5)


def _insert_row(form: Form) -> None:
    form.book["Lúa"].insert_rows(1)


def _delete_column(form: Form) -> None:
    form.book["Lúa"].delete_cols(7)


def _delete_new_column(form: Form) -> None:
    form.book["Lúa"].delete_cols(11)


def _beside_old(form: Form) -> None:
    form.book["Lúa"].delete_cols(11, 5)
    form.book["Lúa"]["L3"] = "xem lại"


def _merge(form: Form) -> None:
    form.book["Lúa"].merge_cells("F3:G4")


def _hide_row(form: Form) -> None:
    form.book["Lúa"].row_dimensions[3].hidden = True


def _hide_column(form: Form) -> None:
    form.book["Lúa"].column_dimensions["F"].hidden = True


def _hide_sheet(form: Form) -> None:
    form.book["Lúa"].sheet_state = "hidden"


def _date(form: Form) -> None:
    form.cell("rice_yield", "value").value = datetime(2024, 5, 12)


def _formula(form: Form) -> None:
    form.cell("rice_yield", "value").value = "=100+18"


def _array(form: Form) -> None:
    form.book["Lúa"]["F3"] = ArrayFormula("F3", "=SUM(F4:F5)")


def _unit(form: Form) -> None:
    form.book["Lúa"]["C4"] = "tấn"


def _sort(form: Form) -> None:
    sheet = form.book["Lúa"]
    sheet["A3"], sheet["A4"] = sheet["A4"].value, sheet["A3"].value


def _repeat(form: Form) -> None:
    sheet = form.book["Lúa"]
    for letter in "ABC":
        sheet[f"{letter}7"] = sheet[f"{letter}3"].value


def _new_row(form: Form) -> None:
    sheet = form.book["Lúa"]
    sheet["A7"], sheet["B7"], sheet["F7"] = "rice_yeld", "Năng suất", 3


def _beside(form: Form) -> None:
    form.book["Lúa"]["P3"] = "xem lại"


def _year(form: Form) -> None:
    form.book["Hướng dẫn"]["B16"] = 2025


def _no_source(form: Form) -> None:
    form.book["Hướng dẫn"]["B18"] = None


def _no_cover(form: Form) -> None:
    del form.book["Hướng dẫn"]


def _far(form: Form) -> None:
    form.book["Lúa"]["A5000"] = "x"


SPOILT = {
    _rename: "trang «Sheet4»: thấy trang đã đổi tên; cần trang tên là «Lúa»: đổi tên trang "
    "«Sheet4» về «Lúa»",
    _delete: "2024.xlsx: thấy không có trang «Lúa»; cần mọi trang của phiếu: chép trang «Lúa» từ "
    "phiếu mới (bước 1 của trang Nhập số liệu, hoặc caoan-stats new-year); "
    "không có số thì để trống",
    _add: "trang «Nháp»: thấy trang không có trong phiếu, nên không ai đọc; cần chỉ các trang của "
    "phiếu: xóa trang này hoặc chuyển nó sang tệp khác",
    _insert_column: "trang «Lúa», ô E1: thấy «(trống)»; cần tên cột «Mục tiêu năm 2024», "
    "đang ở ô F1: xóa cột, dòng đã thêm hoặc thêm lại cột, dòng đã xóa, để tên cột về ô E1",
    _insert_row: "trang «Lúa», ô A1: thấy «(trống)»; cần tên cột «Mã chỉ tiêu», đang ở ô A2: xóa "
    "cột, dòng đã thêm hoặc thêm lại cột, dòng đã xóa, để tên cột về ô A1",
    _delete_column: "trang «Lúa», ô G1: thấy «Từ kèm theo»; cần tên cột «Tăng, giảm so với năm "
    "2023»: viết lại tên cột; nếu cả cột đã mất thì thêm lại cột",
    _delete_new_column: "trang «Lúa», ô K1: thấy «Đạt so với kế hoạch (%)»; cần tên cột «Tốc độ "
    "tăng, giảm so với năm 2023 (%)»: viết lại tên cột; nếu cả cột đã mất thì thêm lại cột",
    _beside_old: "trang «Lúa», ô L3: thấy «xem lại» ở ngoài các cột của phiếu; cần ô trống: chuyển "
    "vào cột Ghi chú (J) hoặc xóa",
    _merge: "trang «Lúa»: thấy các ô gộp F3:G4; cần mỗi ô một giá trị: bỏ gộp ô F3:G4",
    _hide_row: "trang «Lúa»: thấy dòng bị ẩn: 3; cần dòng ai cũng thấy: bỏ ẩn hoặc bỏ lọc các "
    "dòng đó, rồi xem lại số liệu",
    _hide_column: "trang «Lúa»: thấy cột bị ẩn: F; cần cột ai cũng thấy: bỏ ẩn các cột đó",
    _hide_sheet: "trang «Lúa»: thấy trang bị ẩn; cần trang ai cũng thấy: bỏ ẩn trang rồi xem lại "
    "số liệu trong đó",
    _date: "trang «Lúa», ô F3: thấy ngày, giờ «12/05/2024», do bảng tính tự đổi; cần Số liệu năm "
    "2024 đúng như báo cáo nêu: đặt ô về kiểu Văn bản (Text) rồi gõ lại",
    _formula: "trang «Lúa», ô F3: thấy công thức =100+18 chưa có kết quả; cần một số, hoặc công "
    "thức đã tính: mở tệp trong Excel, để Excel tính rồi lưu lại; hoặc gõ số",
    _array: "trang «Lúa», ô F3: thấy công thức =SUM(F4:F5) chưa có kết quả; cần một số, hoặc công "
    "thức đã tính: mở tệp trong Excel, để Excel tính rồi lưu lại; hoặc gõ số",
    _unit: "trang «Lúa», ô C4: thấy «tấn»; cần đơn vị «tạ» như khi lập phiếu: viết lại ô này; "
    "số theo đơn vị khác thì ghi đơn vị đó sau số, trong ô số liệu",
    _sort: "trang «Lúa», ô B3: thấy «Năng suất lúa trung bình»; cần «Sản lượng lúa» như khi lập "
    "phiếu: viết lại ô này; xem cả dòng có bị xáo trộn không",
    _repeat: "trang «Lúa», ô B7: thấy «Năng suất lúa trung bình» lần thứ hai; cần mỗi chỉ tiêu "
    "một dòng: giữ một trong hai dòng: 3",
    _new_row: "trang «Lúa», ô B7: thấy dòng «Năng suất»; cần chỉ các dòng của phiếu, như «Năng "
    "suất lúa trung bình»: xóa dòng này; nếu phiếu thiếu chỉ tiêu đó thì nhờ người quản lý dữ liệu "
    "thêm vào danh mục rồi lập phiếu mới",
    _beside: "trang «Lúa», ô P3: thấy «xem lại» ở ngoài các cột của phiếu; cần ô trống: chuyển "
    "vào cột Ghi chú (J) hoặc xóa",
    _year: "trang «Hướng dẫn», ô B16: thấy năm «2025»; cần năm 2024 như tên cột của các trang: "
    "sửa lại năm; nếu là năm khác thì lập phiếu khác "
    "(bước 1 của trang Nhập số liệu, hoặc caoan-stats new-year)",
    _no_source: "trang «Hướng dẫn», ô B18: thấy ô trống; cần một giá trị: điền Tên văn bản",
    _no_cover: "2024.xlsx: thấy không có trang «Hướng dẫn»; cần mọi trang của phiếu: chép trang "
    "«Hướng dẫn» từ phiếu mới (bước 1 của trang Nhập số liệu, hoặc caoan-stats new-year); "
    "không có số thì để trống",
    _far: "trang «Lúa»: thấy trang rộng hơn 2000 dòng hoặc 100 cột; cần một trang của phiếu: xóa "
    "các dòng, cột thừa",
}


def spoil(change: Callable[[Form], object], form: Path) -> None:
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        change(typed)


@pytest.mark.parametrize("change", SPOILT, ids=lambda change: change.__name__)
def test_a_spoilt_workbook_is_refused_by_sheet_and_cell(change, form, refusal):
    spoil(change, form)
    assert SPOILT[change] in "\n".join(refusal())


def test_an_inserted_column_is_reported_once(form, refusal):
    spoil(_insert_column, form)
    assert len(refusal()) == 2


def test_cells_that_hide_no_figure_may_be_merged(form, import_form):
    def change(typed: Form) -> None:
        for merged in ("Q1:S1048576", "A60:O1048576", "O3:Q3"):
            typed.book["Lúa"].merged_cells.add(merged)

    spoil(change, form)
    assert "118" in import_form().stdout


@pytest.mark.parametrize("merged", ["F1:F1048576", "A1:XFD1048576"])
def test_a_whole_merged_column_gets_one_sentence_and_a_marked_copy(merged, form, refusal):
    def change(typed: Form) -> None:
        typed.book["Lúa"].merged_cells.add(merged)

    spoil(change, form)
    assert f"thấy các ô gộp {merged}; cần mỗi ô một giá trị: bỏ gộp ô {merged}" in refusal()[0]
    assert form.with_name("2024 - cần sửa.xlsx").exists()


def test_many_stray_cells_are_not_all_named(form, refusal):
    def change(typed: Form) -> None:
        for row in range(100, 200):
            typed.book["Lúa"][f"Q{row}"] = row

    spoil(change, form)
    assert len(refusal()) < 200


@pytest.mark.all_tables
def test_no_error_hides_another(form, refusal):
    def change(typed: Form) -> None:
        for each in (_delete_column, _merge, _hide_row, _add):
            each(typed)
        typed.type("chickens", "97,5")
        typed.book["Kinh tế"].title = "Kinh te"

    spoil(change, form)
    text = "\n".join(refusal())
    for words in ("đổi tên", "«Nháp»", "các ô gộp", "dòng bị ẩn", "«Tăng, giảm so", "«97,5»"):
        assert words in text
