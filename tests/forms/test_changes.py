"""What an import changes: new rows, known rows and rows in conflict with the data."""

import pytest
from helpers.commands import call
from helpers.filling import filling
from helpers.importing import last_lines, raw_files


@pytest.fixture
def conflict(form, built, import_form) -> None:
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    import_form("--write")
    with filling(form) as typed:
        typed.type("rice_yield", 119)
        typed.type("rice_planting_rate", 100)


def test_another_value_is_a_conflict_and_nothing_is_written(conflict, built, import_form):
    before = raw_files(built)
    result = import_form("--write")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "± Năng suất lúa trung bình, 2024: 118 tạ/ha → 119 tạ/ha",
        "+ Tỷ lệ diện tích lúa gieo cấy đúng khung thời vụ, 2024: 100%",
        "Đã có số khác: Lúa!F3: «Năng suất lúa trung bình, 2024»: đang có 118 tạ/ha, tệp này ghi "
        "119 tạ/ha. Chính văn bản này đã được nhập với nội dung khác. Nội dung "
        "mới đúng thì thay, nội dung đang có đúng thì giữ.",
    ]
    assert result.stderr.splitlines()[0] == (
        "1 dòng đã có trong dữ liệu với nội dung khác; chưa ghi gì. Nếu nội dung mới là đúng thì "
        "gõ lại với --replace."
    )
    assert raw_files(built) == before


def test_with_replace_a_conflicting_row_replaces_the_old_line(conflict, built, import_form):
    lines = last_lines(built, "rice", 99)
    result = import_form("--write", "--replace")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == (
        "Đã thêm 1 dòng, thay 1 dòng trong 1 tệp; 1 dòng đã có."
    )
    assert last_lines(built, "rice", 99) == [
        *lines[:-1],
        "rice_yield,2024,119,,,bc2024,I.B.1,",
        "rice_planting_rate,2024,100,,,bc2024,I.B.1,",
    ]


def test_replace_without_write_changes_no_file(conflict, built, import_form):
    before = raw_files(built)
    assert import_form("--replace").exit_code == 0
    assert raw_files(built) == before


@pytest.mark.parametrize(
    ("column", "text"), [("note", "khác"), ("section", "I.C"), ("qualifier", "ước"), ("change", 3)]
)
def test_a_difference_in_any_other_cell_is_a_conflict(column, text, form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    import_form("--write")
    with filling(form) as typed:
        typed.cell("rice_yield", column).value = text
    assert import_form().exit_code == 1


def test_all_errors_of_all_sheets_are_reported_at_once_in_sheet_order(form, refusal):
    with filling(form) as typed:
        typed.type("chickens", "97,5")
        typed.type("rice_yield", "không rõ")
        typed.type("budget_revenue", 18, section=None)
        typed.type("rice_production", 100, qualifier="độ")
        typed.type("budget_carry_over", note="chỉ ghi chú", section=None)
    assert refusal() == [
        "2024.xlsx, trang «Ngân sách», ô I2: thấy ô trống; cần một giá trị: điền Mục trong báo cáo",
        "2024.xlsx, trang «Ngân sách», ô A7: thấy một dòng không nêu gì; cần ít nhất một con số, "
        "xu hướng hoặc kết quả bằng lời: điền điều nguồn nêu, hoặc xóa những gì đã ghi ở dòng này",
        "2024.xlsx, trang «Ngân sách», ô I7: thấy ô trống; cần một giá trị: điền Mục trong báo cáo",
        "2024.xlsx, trang «Lúa», ô F3: thấy «không rõ»; cần một số: viết số bằng chữ số, không "
        "kèm chữ hay đơn vị, như 79,5",
        "2024.xlsx, trang «Lúa», ô H4: thấy «độ»; cần một trong: ước, khoảng, trên, dưới, gần: "
        "chọn một từ trong đó, hoặc để trống",
        "2024.xlsx, trang «Chăn nuôi», ô F7: thấy «97,5»; cần nhiều nhất 0 chữ số thập phân, vì "
        "đơn vị là «con»: xem lại số và đơn vị trong nguồn",
        "Số lỗi: 6, số tệp có lỗi: 1; chưa ghi gì.",
    ]


def test_a_missing_file_is_reported(built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = call("import", "2024.xlsx", "--data", str(built))
    assert (result.exit_code, "2024.xlsx: thấy không có tệp này" in result.stderr) == (2, True)


def test_errors_already_in_the_data_are_reported_and_nothing_is_written(form, built, refusal):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    with (built / "raw/rice.csv").open("a", encoding="utf-8") as file:
        file.write("rice_yield,2022,x,,,bc2023,I,\n")
    assert refusal()[0].startswith("rice.csv:5, cột value: thấy «x»")


def test_a_figure_that_another_document_states_is_added_beside_it(import_csv, built):
    rows = (
        "indicator;year;value;source;section\n"
        "rice_yield;2024;118;bc2024;I\n"
        "poor_households;2023;27;bc2024;I\n"
    )
    result = import_csv(rows, "--write")
    assert result.exit_code == 0
    assert "Số được điều chỉnh: 2023, Hộ nghèo: 28 hộ (bc2023, 2023-12); 27 hộ (bc2024" in (
        result.stdout
    )
    assert last_lines(built, "welfare", 1) == ["poor_households,2023,27,,,bc2024,I,,"]


def test_two_documents_without_an_order_cannot_state_different_figures(import_csv, built):
    with (built / "raw/sources.csv").open("a", encoding="utf-8") as file:
        file.write("bs2023,Báo cáo bổ sung,UBND xã,2023-12-20\n")
    rows = "indicator;year;value;source;section\npoor_households;2023;27;bs2023;I\n"
    result = import_csv(rows, "--write")
    assert result.exit_code == 2
    assert result.stderr.startswith("2024.csv:2, cột source: thấy ")
    assert "bc2023 (2023-12)" in result.stderr


def test_digits_that_the_new_row_does_not_state_are_a_conflict(import_csv):
    rows = "indicator;year;value;source;section\nbudget_revenue;2024;{};bc2024;I\n"
    assert import_csv(rows.format("18600000000"), "--write").exit_code == 0
    assert import_csv(rows.format("18,60 tỷ")).exit_code == 1
    assert import_csv(rows.format("18,60 tỷ"), "--write", "--replace").exit_code == 0
    assert import_csv(rows.format("18,6 tỷ")).exit_code == 1
