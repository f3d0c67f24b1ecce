"""What a clerk sees of `caoan-stats import`: what is added, asked, and refused."""

import os
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from helpers.filling import Form, filling
from helpers.project import HEADER, PROJECT
from openpyxl.worksheet.formula import ArrayFormula
from typer.testing import CliRunner, Result

from caoan_stats.command import import_ as importing_module
from caoan_stats.command.cli import app
from caoan_stats.common.locks import hold
from caoan_stats.datafolder import processed


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def contents(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data / "raw").iterdir()}


def last_lines(data: Path, table: str, count: int) -> list[str]:
    return (data / f"raw/{table}.csv").read_text(encoding="utf-8").splitlines()[-count:]


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """A copy of the shipped data folder that is built, as after a run."""
    folder = tmp_path_factory.mktemp("built") / "data"
    shutil.copytree(PROJECT / "data", folder, ignore=shutil.ignore_patterns("processed"))
    processed.build(folder)
    return folder


@pytest.fixture
def data(built, tmp_path) -> Path:
    """A copy of it, to import into."""
    return Path(shutil.copytree(built, tmp_path / "data"))


@pytest.fixture
def form(empty_form, tmp_path, monkeypatch) -> Path:
    """An empty form of 2024, in the working folder."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(empty_form, tmp_path))


@pytest.fixture
def importing(form, data) -> Callable[..., Result]:
    def call_(*options: str) -> Result:
        return call("import", form.name, "--data", str(data), *options)

    return call_


@pytest.fixture
def listed(data, tmp_path, monkeypatch) -> Callable[..., Result]:
    """Import a CSV of some text."""
    monkeypatch.chdir(tmp_path)

    def call_(text: str, *options: str) -> Result:
        Path("2024.csv").write_text(text, encoding="utf-8")
        return call("import", "2024.csv", "--data", str(data), *options)

    return call_


@pytest.fixture
def refused(importing, data) -> Callable[[], list[str]]:
    """What is said of a form that is refused; nothing is written."""

    def call_() -> list[str]:
        before = contents(data)
        result = importing("--write")
        assert result.exit_code == 2
        assert contents(data) == before
        assert result.stdout == ""
        return result.stderr.splitlines()

    return call_


# What is added


def test_the_rows_are_shown_as_a_diff_and_nothing_is_written(form, data, importing):
    with filling(form) as typed:
        typed.type("rice_yield", 118, qualifier="ước", section="I.B.I.1.1", note="Hai vụ, cộng lại")
        typed.type("rice_sown_area", change=-2.5)
    before = contents(data)
    result = importing()
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:5] == [
        "raw/rice.csv:",
        "+ rice_sown_area,2024,,-2.5,,bc2024,I.B.1,",
        '+ rice_yield,2024,118,,estimate,bc2024,I.B.I.1.1,"Hai vụ, cộng lại"',
        "raw/sources.csv:",
        '+ bc2024,"Báo cáo kết quả thực hiện kế hoạch phát triển kinh tế - xã hội năm 2024 và '
        'phương hướng, nhiệm vụ, giải pháp năm 2025",UBND xã Cao An,2024-12',
    ]
    assert result.stdout.splitlines()[-1] == (
        "Sẽ thêm 3 dòng, thay 0 dòng trong 2 tệp; 0 dòng đã có. Gõ lại với --write để ghi."
    )
    assert contents(data) == before


def test_with_write_the_rows_stand_behind_those_that_are_there(form, data, importing):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.type("poultry", "khoảng 97.000 con")
    before = contents(data)
    result = importing("--write")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == (
        "Đã thêm 3 dòng, thay 0 dòng trong 3 tệp; 0 dòng đã có."
    )
    after = contents(data)
    added = {name: after[name].removeprefix(before[name]).decode() for name in after}
    assert {name: text for name, text in added.items() if text} == {
        "rice.csv": "rice_yield,2024,118,,,bc2024,I.B.1,\n",
        "livestock.csv": "poultry,2024,97000,,about,bc2024,I.B.1,\n",
        "sources.csv": after["sources.csv"].decode().splitlines()[-1] + "\n",
    }
    assert call("check", "--data", str(data)).exit_code == 0


def test_a_second_import_changes_nothing(form, data, importing):
    with filling(form) as typed:
        typed.type("rice_yield", "ước 118", change=3)
    importing("--write")
    before = contents(data)
    result = importing("--write")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "Không có gì mới: 2 dòng đã có trong dữ liệu."
    assert contents(data) == before


def test_what_the_first_import_lets_derive_of_last_year_is_no_news_to_a_second(
    form, data, importing
):
    with filling(form) as typed:
        typed.type("pigs", 320)
        typed.type("rice_planting_rate", 98, change=2)
    importing("--write")
    assert importing("--write").stdout == "Không có gì mới: 3 dòng đã có trong dữ liệu.\n"


def test_a_form_without_figures_adds_nothing(importing, data):
    before = contents(data)
    result = importing("--write")
    assert (result.exit_code, result.stdout) == (0, "Trong tệp chưa có số liệu nào.\n")
    assert contents(data) == before


def test_more_rows_can_come_later(form, data, importing):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    importing("--write")
    with filling(form) as typed:
        typed.type("pigs" if "pigs" in str(contents(data)) else "chickens", 96000)
    result = importing("--write")
    assert "Đã thêm 1 dòng, thay 0 dòng trong 1 tệp; 2 dòng đã có." in result.stdout


def test_the_dialect_of_each_file_is_kept(form, data, importing):
    rice = data / "raw/rice.csv"
    rows = "indicator;year;value;change;qualifier;source;section;note\r\n"
    rice.write_bytes(f"\ufeff{rows}rice_yield;2023;115,5;;;bc2023;I.B.I.1.1;".encode())
    with filling(form) as typed:
        typed.type("rice_yield", 118.25, note="a; b")
    assert importing("--write").exit_code == 0
    assert rice.read_bytes().decode().split("\r\n")[1:] == [
        "rice_yield;2023;115,5;;;bc2023;I.B.I.1.1;",
        'rice_yield;2024;118,25;;;bc2024;I.B.1;"a; b"',
        "",
    ]


def test_what_is_typed_on_the_cover_is_the_source(form, data, importing):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        cover = typed.book["Hướng dẫn"]
        for row, text in enumerate(["bc2024b", "Báo cáo", "UBND xã Ví Dụ", "15/12/2024"], 15):
            cover[f"B{row}"] = text
    assert importing("--write").exit_code == 0
    assert last_lines(data, "sources", 1) == ["bc2024b,Báo cáo,UBND xã Ví Dụ,2024-12-15"]
    assert last_lines(data, "rice", 1) == ["rice_yield,2024,118,,,bc2024b,I.B.1,"]


def test_it_speaks_english_too(form, importing):
    with filling(form) as typed:
        typed.type("rice_yield", "ước 118")
    assert importing("--lang", "en").stdout.splitlines()[-1] == (
        "Would add 2 lines and replace 0 in 2 files; 0 are there already. Run again with --write "
        "to write them."
    )


# Numbers in words


@pytest.mark.parametrize(
    ("indicator", "text", "line"),
    [
        ("budget_revenue", "18.619.139.193", "budget_revenue,2024,18619139193,,,"),
        ("budget_revenue", "28,05 tỷ", "budget_revenue,2024,28050000000,,,"),
        ("budget_revenue_pct_of_plan", "97,14 %", "budget_revenue_pct_of_plan,2024,97.14,,,"),
        ("income_per_capita", "79,5 triệu đồng", "income_per_capita,2024,79.5,,,"),
        ("poultry", "khoảng 97.000 con", "poultry,2024,97000,,about,"),
    ],
)
def test_a_number_typed_as_text_is_understood(indicator, text, line, form, importing):
    with filling(form) as typed:
        typed.type(indicator, text)
    assert f"+ {line}bc2024,I.B.1,\n" in importing().stdout


def test_a_number_that_can_mean_two_is_refused_with_both(form, refused):
    with filling(form) as typed:
        typed.type("rice_sown_area", "1.234")
    assert refused()[0] == (
        "2024.xlsx, trang «Lúa», ô F2: thấy «1.234», đọc được hai cách: 1234 hoặc 1,234; cần nhiều "
        "nhất 2 chữ số thập phân cho rice_sown_area: viết 1234 nếu dấu «.» phân cách hàng nghìn; "
        "nếu đó là dấu thập phân thì xem lại nguồn, hoặc cột decimals trong indicators.csv"
    )


def test_what_a_word_stood_for_is_said(form, importing):
    with filling(form) as typed:
        typed.type("budget_revenue", "28,05 tỷ")
    assert importing().stdout.splitlines()[0] == (
        "Ngân sách!F2: hiểu là 28.050.000.000; nếu báo cáo nêu số đầy đủ hơn thì ghi số đó."
    )


def test_a_percentage_that_excel_has_made_is_read_as_it_shows(form, importing):
    with filling(form) as typed:
        typed.type("budget_revenue_pct_of_plan", 0.9714).number_format = "0.00%"
    assert "+ budget_revenue_pct_of_plan,2024,97.14,,," in importing().stdout


def test_a_qualifier_is_typed_in_vietnamese(form, importing):
    with filling(form) as typed:
        typed.type("rice_yield", 118, qualifier="Khoảng")
    assert "+ rice_yield,2024,118,,about,bc2024" in importing().stdout


def test_two_qualifiers_that_differ_are_refused(form, refused):
    with filling(form) as typed:
        typed.type("poultry", "khoảng 97.000", qualifier="trên")
    assert refused()[0] == (
        "2024.xlsx, trang «Chăn nuôi», ô H6: thấy «trên», nhưng con số ghi kèm «khoảng»; cần một "
        "từ kèm theo: giữ một trong hai từ"
    )


# What is asked


@pytest.mark.parametrize(
    ("value", "times"), [(1_200_000, "12,4"), (9_000, "10,8"), (970_000, ""), (9_700, "")]
)
def test_a_figure_more_than_ten_times_off_last_years_is_asked_about(value, times, form, importing):
    with filling(form) as typed:
        typed.type("chickens", value)
    result = importing()
    asked = [line for line in result.stdout.splitlines() if line.startswith("Hỏi: ")]
    assert [f"chênh nhau {times} lần" in line for line in asked] == [True] * bool(times)
    assert result.exit_code == 0


def test_the_question_names_the_cell_and_both_figures(form, importing):
    with filling(form) as typed:
        typed.type("rice_yield", 1180)
    assert (
        "Hỏi: Lúa!F3, «Năng suất lúa trung bình»: 1.180, năm trước 115, chênh nhau 10,3 lần. "
        "Có đúng đơn vị tính và đủ chữ số không?\n"
    ) in importing().stdout


# What contradicts


def test_a_broken_relation_is_shown_with_the_cells_of_its_figures(form, data, importing):
    with filling(form) as typed:
        typed.type("rice_sown_area", 460.5)
        typed.type("rice_yield", 118)
        typed.type("rice_production", 44000)
    result = importing("--write")
    assert result.exit_code == 1
    for words in ("Số liệu mâu thuẫn: 1\n", "460,5 ha (Lúa!F2)", "118 tạ/ha (Lúa!F3)", "Lúa!F4"):
        assert words in result.stdout
    assert last_lines(data, "rice", 1) == ["rice_production,2024,44000,,,bc2024,I.B.1,"]


def test_a_change_that_does_not_fit_last_year_is_shown(form, importing):
    with filling(form) as typed:
        typed.type("rice_yield", 118, change=5)
    result = importing()
    assert result.exit_code == 1
    assert "118 tạ/ha (Lúa!F3)" in result.stdout


def test_a_contradiction_that_was_there_before_is_not_shown_again(form, data, importing):
    (data / "acknowledged.csv").write_text("left,operator,right,year,reason\n", encoding="utf-8")
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    result = importing()
    assert result.exit_code == 0
    assert "mâu thuẫn:" not in result.stdout


# What is there already


@pytest.fixture
def conflict(form, data, importing) -> None:
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    importing("--write")
    with filling(form) as typed:
        typed.type("rice_yield", 119)
        typed.type("rice_planting_rate", 100)


def test_another_value_is_a_conflict_and_nothing_is_written(conflict, data, importing):
    before = contents(data)
    result = importing("--write")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:4] == [
        "raw/rice.csv:",
        "- rice_yield,2024,118,,,bc2024,I.B.1,",
        "+ rice_yield,2024,119,,,bc2024,I.B.1,",
        "+ rice_planting_rate,2024,100,,,bc2024,I.B.1,",
    ]
    assert result.stderr == (
        "1 dòng đã có trong dữ liệu với nội dung khác (dòng -); chưa ghi gì. Nếu dòng mới (+) là "
        "đúng thì gõ lại với --replace.\n"
    )
    assert contents(data) == before


def test_with_replace_it_takes_the_place_of_the_old_line(conflict, data, importing):
    lines = last_lines(data, "rice", 99)
    result = importing("--write", "--replace")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == (
        "Đã thêm 1 dòng, thay 1 dòng trong 1 tệp; 1 dòng đã có."
    )
    assert last_lines(data, "rice", 99) == [
        *lines[:-1],
        "rice_yield,2024,119,,,bc2024,I.B.1,",
        "rice_planting_rate,2024,100,,,bc2024,I.B.1,",
    ]


def test_replace_alone_writes_nothing(conflict, data, importing):
    before = contents(data)
    assert importing("--replace").exit_code == 0
    assert contents(data) == before


@pytest.mark.parametrize(
    ("column", "text"), [("note", "khác"), ("section", "I.C"), ("qualifier", "ước"), ("change", 3)]
)
def test_any_other_cell_that_differs_is_a_conflict_too(column, text, form, importing):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    importing("--write")
    with filling(form) as typed:
        typed.cell("rice_yield", column).value = text
    assert importing().exit_code == 1


def test_a_line_over_several_lines_of_its_file_is_replaced_whole(form, data, importing):
    rice = data / "raw/rice.csv"
    rice.write_text(
        f'{HEADER}rice_yield,2024,118,,,bc2023,I,"a\n\nb"\n\nrice_sown_area,2024,460,,,bc2023,I,\n',
        encoding="utf-8",
    )
    with filling(form) as typed:
        typed.type("rice_yield", 119)
    assert importing("--write", "--replace").exit_code == 0
    assert rice.read_text(encoding="utf-8") == (
        f"{HEADER}rice_yield,2024,119,,,bc2024,I.B.1,\n\nrice_sown_area,2024,460,,,bc2023,I,\n"
    )


# What is refused


def test_less_than_nothing_of_what_is_counted_is_refused_with_where_a_decrease_belongs(
    form, refused
):
    with filling(form) as typed:
        typed.type("pigs", -5, change=-5)
        typed.type("natural_population_growth_rate", -0.2)
    assert refused() == [
        "2024.xlsx, trang «Chăn nuôi», ô F2: thấy «-5», nhỏ hơn 0; cần số từ 0 trở lên, vì đơn vị "
        "là «con»: viết số có trong năm; mức giảm thì ghi vào cột tăng, giảm",
        "Số lỗi: 1, số tệp có lỗi: 1; chưa ghi gì.",
    ]


def test_a_section_that_is_missing_is_said_beside_what_else_is_wrong_in_its_row(form, refused):
    with filling(form) as typed:
        typed.type("pigs", "x", section=None)
    said = refused()
    assert [line.partition(":")[0] for line in said[:-1]] == [
        "2024.xlsx, trang «Chăn nuôi», ô F2",
        "2024.xlsx, trang «Chăn nuôi», ô I2",
    ]


def test_every_fault_of_every_sheet_is_said_at_once_in_the_order_of_the_sheets(form, refused):
    with filling(form) as typed:
        typed.type("chickens", "97,5")
        typed.type("rice_yield", "không rõ")
        typed.type("budget_revenue", 18, section=None)
        typed.type("rice_production", 100, qualifier="gần")
        typed.type("budget_carry_over", note="chỉ ghi chú", section=None)
    assert refused() == [
        "2024.xlsx, trang «Ngân sách», ô I2: thấy ô trống; cần một giá trị: điền Mục trong báo cáo",
        "2024.xlsx, trang «Ngân sách», ô A8: thấy cả value và change đều trống; cần ít nhất một "
        "trong hai: điền giá trị hoặc mức thay đổi, hoặc xóa dòng",
        "2024.xlsx, trang «Ngân sách», ô I8: thấy ô trống; cần một giá trị: điền Mục trong báo cáo",
        "2024.xlsx, trang «Lúa», ô F3: thấy «không rõ»; cần một số: viết số bằng chữ số, không "
        "kèm chữ hay đơn vị, như 79,5",
        "2024.xlsx, trang «Lúa», ô H4: thấy «gần»; cần một trong: ước, khoảng, trên, dưới: chọn "
        "một từ trong đó, hoặc để trống",
        "2024.xlsx, trang «Chăn nuôi», ô F7: thấy «97,5»; cần nhiều nhất 0 chữ số thập phân cho "
        "chickens: viết đúng như nguồn nêu, hoặc sửa cột decimals trong indicators.csv",
        "Số lỗi: 6, số tệp có lỗi: 1; chưa ghi gì.",
    ]


def spoil(change: Callable[[Form], object], form: Path) -> None:
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        change(typed)


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
    form.book["Lúa"]["L3"] = "xem lại"


def _year(form: Form) -> None:
    form.book["Hướng dẫn"]["B14"] = 2025


def _no_source(form: Form) -> None:
    form.book["Hướng dẫn"]["B16"] = None


def _no_cover(form: Form) -> None:
    del form.book["Hướng dẫn"]


def _far(form: Form) -> None:
    form.book["Lúa"]["A5000"] = "x"


SPOILT = {
    _rename: "trang «Sheet4»: thấy trang đã đổi tên; cần trang tên là «Lúa»: đổi tên trang "
    "«Sheet4» về «Lúa»",
    _delete: "2024.xlsx: thấy không có trang «Lúa»; cần mọi trang của phiếu: chép trang «Lúa» từ "
    "phiếu mới lập bằng caoan-stats new-year; không có số thì để trống",
    _add: "trang «Nháp»: thấy trang không có trong phiếu, nên không ai đọc; cần chỉ các trang của "
    "phiếu: xóa trang này hoặc chuyển nó sang tệp khác",
    _insert_column: "trang «Lúa», ô E1: thấy «»; cần tên cột «Mục tiêu năm 2024», "
    "đang ở ô F1: xóa cột, dòng đã thêm hoặc thêm lại cột, dòng đã xóa, để tên cột về ô E1",
    _insert_row: "trang «Lúa», ô A1: thấy «»; cần tên cột «Mã chỉ tiêu», đang ở ô A2: xóa "
    "cột, dòng đã thêm hoặc thêm lại cột, dòng đã xóa, để tên cột về ô A1",
    _delete_column: "trang «Lúa», ô G1: thấy «Từ kèm theo»; cần tên cột «Tăng, giảm so với năm "
    "2023»: viết lại tên cột; nếu cả cột đã mất thì thêm lại cột",
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
    _unit: "trang «Lúa», ô C4: thấy «tấn»; cần «tạ» như khi lập phiếu: viết lại ô này; xem cả "
    "dòng có bị xáo trộn không",
    _sort: "trang «Lúa», ô B3: thấy «Năng suất lúa trung bình»; cần «Sản lượng lúa» như khi lập "
    "phiếu: viết lại ô này; xem cả dòng có bị xáo trộn không",
    _repeat: "trang «Lúa», ô A7: thấy «rice_yield» lần thứ hai; cần mỗi chỉ tiêu một dòng: giữ "
    "một trong hai dòng: 3",
    _new_row: "trang «Lúa», ô A7: thấy «rice_yeld»; cần mã của một chỉ tiêu trong trang này, như "
    "rice_yield: viết lại mã, hoặc xóa dòng; chỉ tiêu mới thì thêm vào indicators.csv rồi lập "
    "phiếu mới",
    _beside: "trang «Lúa», ô L3: thấy «xem lại» ở ngoài các cột của phiếu; cần ô trống: chuyển "
    "vào cột Ghi chú (J) hoặc xóa",
    _year: "trang «Hướng dẫn», ô B14: thấy năm «2025»; cần năm 2024 như tên cột của các trang: "
    "sửa lại năm; nếu là năm khác thì lập phiếu khác bằng caoan-stats new-year",
    _no_source: "trang «Hướng dẫn», ô B16: thấy ô trống; cần một giá trị: điền Tên văn bản",
    _no_cover: "2024.xlsx: thấy không có trang «Hướng dẫn»; cần mọi trang của phiếu: chép trang "
    "«Hướng dẫn» từ phiếu mới lập bằng caoan-stats new-year; không có số thì để trống",
    _far: "trang «Lúa»: thấy trang rộng hơn 2000 dòng hoặc 100 cột; cần một trang của phiếu: xóa "
    "các dòng, cột thừa, kể cả dòng trống đã định dạng",
}


@pytest.mark.parametrize("change", SPOILT, ids=lambda change: change.__name__)
def test_a_form_that_is_not_as_it_was_handed_out_is_refused_by_sheet_and_cell(
    change, form, refused
):
    spoil(change, form)
    assert SPOILT[change] in "\n".join(refused())


def test_an_inserted_column_is_said_once_and_not_for_each_column_behind_it(form, refused):
    spoil(_insert_column, form)
    assert len(refused()) == 2


def test_no_fault_hides_another(form, refused):
    def change(typed: Form) -> None:
        for each in (_delete_column, _merge, _hide_row, _add):
            each(typed)
        typed.type("chickens", "97,5")
        typed.book["Kinh tế"].title = "Kinh te"

    spoil(change, form)
    said = "\n".join(refused())
    for words in ("đổi tên", "«Nháp»", "các ô gộp", "dòng bị ẩn", "«Tăng, giảm so", "«97,5»"):
        assert words in said


def test_a_formula_that_was_computed_gives_its_result_and_says_so(form, importing):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    _with_formula(form, "100+18")
    result = importing()
    assert result.exit_code == 0
    assert "Lúa!F3: công thức =100+18; lấy kết quả đã lưu là 118.\n" in result.stdout
    assert "+ rice_yield,2024,118,,,bc2024" in result.stdout


def _with_formula(path: Path, formula: str) -> None:
    """Put a formula with its result into the cell that holds 118, as Excel saves it."""
    import zipfile

    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    old_cell, new_cell = b"<v>118</v>", f"<f>{formula}</f><v>118</v>".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part.replace(old_cell, new_cell))


def test_last_years_figure_is_not_changed_from_the_form(form, data, importing):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.book["Lúa"]["D3"] = 120
    result = importing()
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == (
        "Lúa!D3: số năm 2023 hoặc mục tiêu không như trong dữ liệu; không nhập từ đây."
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 no zip", "không phải sổ làm việc .xlsx, hoặc đã hỏng"),
        (b"indicator,year\n", "không phải sổ làm việc .xlsx, hoặc đã hỏng"),
        (b"", "không phải sổ làm việc .xlsx, hoặc đã hỏng"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "tệp Excel kiểu cũ (.xls)"),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "thấy tệp có mật khẩu; cần tệp mở được",
        ),
    ],
    ids=["broken", "text", "empty", "xls", "password"],
)
def test_a_file_that_is_no_workbook_is_refused(content, words, form, refused):
    form.write_bytes(content)
    assert words in refused()[0]


def test_a_workbook_that_unpacks_to_more_than_any_form_is_refused(form, refused):
    import zipfile

    with zipfile.ZipFile(form, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/bomb.xml", b"0" * 70_000_000)
    assert refused()[0].startswith("2024.xlsx: thấy tệp lớn hơn 60 MB")


def test_entities_that_grow_without_end_are_not_expanded(form, refused):
    import zipfile

    entities = "".join(
        f'<!ENTITY {name} "{f"&{below};" * 10}">'
        for below, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    bomb = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 99}">{entities}]><x>&i;</x>'
    with zipfile.ZipFile(form) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(form, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, bomb if name == "xl/worksheets/sheet4.xml" else part)
    assert "không phải sổ làm việc .xlsx, hoặc đã hỏng" in refused()[0]


def test_a_workbook_of_something_else_is_refused(form, refused):
    from openpyxl import Workbook

    Workbook().save(form)
    assert "sổ làm việc không có trang nào của phiếu nhập số liệu" in refused()[0]


def test_a_missing_file_is_said(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = call("import", "2024.xlsx", "--data", str(data))
    assert (result.exit_code, "2024.xlsx: thấy không có tệp này" in result.stderr) == (2, True)


def test_data_that_is_faulty_already_is_said_and_nothing_is_written(form, data, refused):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    with (data / "raw/rice.csv").open("a", encoding="utf-8") as file:
        file.write("rice_yield,2022,x,,,bc2023,I,\n")
    assert refused()[0].startswith("rice.csv:5, cột value: thấy «x»")


def test_another_import_in_the_same_folder_is_not_disturbed(form, data, importing):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    with hold([data / "raw"]):
        assert importing("--write").exit_code == 3
    assert importing("--write").exit_code == 0


@pytest.mark.skipif(os.name == "nt", reason="a folder cannot be made unwritable there")
@pytest.mark.parametrize("count", [1, 2])
def test_an_import_that_was_killed_leaves_valid_data_and_is_finished_by_the_same_again(
    count, form, data, importing, monkeypatch
):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.type("poultry", 97000)

    def killed(contents_of: dict[Path, bytes]) -> None:
        for path, content in list(contents_of.items())[:count]:
            path.write_bytes(content)
        raise SystemExit(-9)

    with monkeypatch.context() as patched:
        patched.setattr(importing_module, "write_files", killed)
        importing("--write")
    assert call("check", "--data", str(data)).exit_code == 0
    assert importing("--write").stdout.splitlines()[-1] == (
        f"Đã thêm {3 - count} dòng, thay 0 dòng trong {3 - count} tệp; {count} dòng đã có."
    )


def test_where_one_file_cannot_be_written_none_is(form, data, importing, monkeypatch):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.type("chickens", 96000)
    before, replace = contents(data), Path.replace

    def failing(path: Path, target: Path) -> Path:
        if target.name == "livestock.csv":
            raise PermissionError(13, "Permission denied")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    result = importing("--write")
    assert result.exit_code == 2
    assert "livestock.csv: Permission denied" in result.stderr
    assert contents(data) == before


# CSV


def test_a_csv_with_semicolons_and_decimal_commas_is_read(listed, data):
    text = (
        "indicator;year;value;change;qualifier;source;section;note\n"
        "rice_sown_area;2024;460,5;-2,06;;bc2023;I.B.I.1.1;\n"
        "poultry;2024;khoảng 97.000 con;;;bc2023;I.B.I.1.2;x\n"
    )
    result = listed(text, "--write")
    assert result.exit_code == 0
    assert last_lines(data, "rice", 1) == ["rice_sown_area,2024,460.5,-2.06,,bc2023,I.B.I.1.1,"]
    assert last_lines(data, "livestock", 1) == ["poultry,2024,97000,,about,bc2023,I.B.I.1.2,x"]


def test_a_csv_needs_only_the_columns_that_are_used(listed):
    result = listed("year,indicator,value,source,section\n2024,rice_yield,118.5,bc2023,I\n")
    assert "+ rice_yield,2024,118.5,,,bc2023,I,\n" in result.stdout


def test_the_report_of_a_year_that_is_not_known_yet_is_suggested_and_said(listed, data):
    header, row = "indicator;year;value;source;section", "pigs;2024;320;{};I"
    result = listed(f"{header}\n{row.format('bc2024')}\n")
    assert result.exit_code == 0
    assert result.stdout.startswith("2024.csv:2: nguồn bc2024 chưa có nên được thêm theo gợi ý")
    assert "+ bc2024," in result.stdout
    other = listed(f"{header}\n{row.format('bc2025')}\n")
    assert other.exit_code == 2
    assert "2024.csv:2, cột source: thấy «bc2025»; cần một mã trong sources.csv" in other.stderr


@pytest.mark.parametrize("name", ["clerk.md", "clerk.vi.md"])
def test_the_csv_of_the_how_to_is_read(name, listed, data):
    text = (PROJECT / "docs" / name).read_text(encoding="utf-8")
    [figures] = re.findall(r"^```\n(indicator;.*?)```$", text, flags=re.MULTILINE | re.DOTALL)
    result = listed(figures)
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if line.startswith("+")] == [
        "+ rice_sown_area,2024,459.5,,,bc2024,I.B.1,",
        "+ poultry,2024,97000,,about,bc2024,I.B.2,",
        *(line for line in result.stdout.splitlines() if line.startswith("+ bc2024,")),
    ]


def test_a_sheet_that_was_saved_as_csv_is_read_too(listed, form, data):
    from openpyxl import load_workbook

    with (data / "raw/sources.csv").open("a", encoding="utf-8") as file:
        file.write("bc2024,Báo cáo,UBND xã,2024-12\n")
    with filling(form) as typed:
        typed.type("rice_yield", "118,5", qualifier="ước")
    rows = load_workbook(form)["Lúa"].values
    text = "\n".join(";".join(str(cell or "") for cell in row) for row in rows)
    assert "+ rice_yield,2024,118.5,,estimate,bc2024,I.B.1,\n" in listed(text).stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("indicator;value\nrice_yield;118\n", "thấy các cột «indicator;value»"),
        (
            "indicator;year;value;source;section\nrice_yeld;2024;118;bc2023;I\n",
            "2024.csv:2, cột indicator: thấy «rice_yeld»; cần một mã trong indicators.csv: viết "
            "rice_yield",
        ),
        (
            "indicator;year;value;source;section\nrice_yield;2024;118;bc2019;I\n",
            "2024.csv:2, cột source: thấy «bc2019»; cần một mã trong sources.csv: viết bc2023",
        ),
        (
            "indicator;year;value;source;section\nrice_sown_area;2024;12.345;bc2023;I\n",
            "2024.csv:2, cột value: thấy «12.345», đọc được hai cách",
        ),
        (
            "indicator;year;value;source;section\nrice_yield;24;118;bc2023;I\n",
            "2024.csv:2, cột year: thấy «24»; cần số từ 1945 đến 2100: kiểm tra lại year",
        ),
        (
            "indicator;year;value;source;section\nrice_yield;2024;118;bc2023;I\n"
            "rice_yield;2024;119;bc2023;I\n",
            "2024.csv:3, cột indicator: thấy «rice_yield, 2024» lần thứ hai; cần mỗi indicator, "
            "year chỉ một dòng: giữ một trong hai dòng: 2024.csv:2",
        ),
        (
            "indicator;year;value;source;section\nrice_yield;2024;118;bc2023\n",
            "2024.csv:2: thấy 4 ô: «rice_yield;2024;118;bc2023»; cần 5 ô như dòng tên cột",
        ),
        (
            "indicator;year;value;source;section\nnew_rural_standard;2024;118;bc2023;I\n",
            "2024.csv:2, cột value: thấy «118»; cần ô trống, vì new_rural_standard không có đơn vị",
        ),
    ],
)
def test_a_faulty_csv_is_refused_by_line_and_column(text, words, listed, data):
    before = contents(data)
    result = listed(text, "--write")
    assert result.exit_code == 2
    assert words in result.stderr
    assert contents(data) == before
