"""The sheet of next year's targets, as it is handed out."""

import pytest
from helpers.commands import call
from helpers.filling import TARGETS
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.all_tables


@pytest.fixture
def sheet(form) -> Worksheet:
    return load_workbook(form)[TARGETS]


@pytest.fixture
def handed_out(data, tmp_path, monkeypatch):
    """Return the sheet in the workbook of a year for the shipped data with more targets."""

    def write(year: str, *targets: str) -> Worksheet:
        with (data / "raw/targets.csv").open("a", encoding="utf-8") as file:
            file.writelines(f"{target}\n" for target in targets)
        monkeypatch.chdir(tmp_path)
        assert call("new-year", year, "--data", str(data)).exit_code == 0
        return load_workbook(f"{year}.xlsx")[TARGETS]

    return write


def cells(sheet: Worksheet, indicator: str) -> list[list[object]]:
    rows = sheet.iter_rows(min_row=2, max_col=11, values_only=True)
    return [list(row[3:]) for row in rows if row[0] == indicator]


def prompts(sheet: Worksheet) -> dict[str, str]:
    rules = sheet.data_validations.dataValidation
    return {place: rule.prompt for rule in rules for place in str(rule.sqref).split()}


def test_the_headings_name_the_year_of_the_targets(sheet):
    assert [cell.value for cell in sheet[1][:11]] == [
        "Mã chỉ tiêu",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Số gần nhất",
        "Mục tiêu năm 2024",
        "Mục tiêu năm 2025 là",
        "Từ",
        "Đến",
        "Mục tiêu bằng lời",
        "Mục trong báo cáo",
        "Tính từ năm",
    ]


def test_a_row_shows_the_newest_figure_and_this_years_target(sheet):
    assert cells(sheet, "income_per_capita") == [
        ["ước 79,5 (năm 2023)", "từ 81 triệu đồng trở lên", *[None] * 6]
    ]


def test_the_rows_are_those_of_earlier_targets_below_the_titles_of_their_tables(sheet, shipped):
    codes = [cell.value for [cell] in sheet["A2:A120"] if cell.value]
    assert {*codes} == {*shipped.targets["indicator"]}
    assert [cell.value for [cell] in sheet["B3:B10"]] == [
        "Kinh tế",
        "Thu nhập bình quân đầu người",
        "Số người có việc làm mới",
        "Giá trị thương mại, dịch vụ",
        "Tiểu thủ công nghiệp",
        "Trồng trọt",
        "Ngân sách",
        "Thu ngân sách",
    ]


def test_without_any_target_the_rows_are_those_of_which_one_side_is_better(
    data, tmp_path, monkeypatch
):
    lines = (data / "raw/targets.csv").read_text(encoding="utf-8").splitlines()
    (data / "raw/targets.csv").write_text(f"{lines[0]}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    call("new-year", "2024", "--data", str(data))
    sheet = load_workbook("2024.xlsx")[TARGETS]
    codes = [cell.value for [cell] in sheet["A2:A200"] if cell.value]
    assert "rice_yield" in codes
    assert "vegetable_area" not in codes


def test_any_other_indicator_of_the_workbook_can_be_chosen_and_then_shows_its_unit(sheet):
    [rule] = [
        rule for rule in sheet.data_validations.dataValidation if "$M$2" in str(rule.formula1)
    ]
    first = str(rule.sqref).split(":")[0].removeprefix("B")
    assert sheet[f"B{int(first) - 1}"].value == "Mục tiêu của chỉ tiêu khác"
    assert not sheet[f"B{first}"].protection.locked
    assert sheet[f"C{first}"].value.startswith(f"=IFERROR(INDEX($N$2:$N$228,MATCH(B{first}")
    listed = {label.value: unit.value for label, unit in sheet["M2:N228"]}
    assert listed["Sản lượng lúa"] == "tạ"
    assert [sheet.column_dimensions[letter].hidden for letter in "AMN"] == [True] * 3


def test_a_label_that_two_tables_share_is_chosen_with_its_table(data, tmp_path, monkeypatch):
    catalogue = (data / "indicators.csv").read_text(encoding="utf-8")
    spoilt = catalogue.replace(",Sản lượng lúa,", ",Thu ngân sách,")
    (data / "indicators.csv").write_text(spoilt, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    call("new-year", "2024", "--data", str(data))
    labels = [cell.value for [cell] in load_workbook("2024.xlsx")[TARGETS]["M2:M228"]]
    assert [label for label in labels if label.startswith("Thu ngân sách")] == [
        "Thu ngân sách – Ngân sách",
        "Thu ngân sách – Lúa",
    ]


def test_targets_that_the_data_has_from_the_report_are_filled_in(handed_out):
    sheet = handed_out("2023")
    assert cells(sheet, "new_jobs")[0][2:] == [None, "130", "150", None, "II.I.7", None]
    assert cells(sheet, "culture_family_rate")[0][2:] == [
        None, "trên 96", None, "Phần II.III.5 nêu từ 96% trở lên", "II.I.5", None,
    ]  # fmt: skip
    assert cells(sheet, "budget_revenue")[0][2:] == [
        "% kế hoạch", "110", None, "Vượt kế hoạch năm ít nhất 10%", "II.I.2", None,
    ]  # fmt: skip


def test_an_indicator_with_two_targets_has_two_rows(handed_out):
    sheet = handed_out(
        "2023",
        "new_jobs,2024,,0,neither,bc2023,II.I.7,,change",
        "rice_yield,2024,,116.50,left,bc2023,II.I.7,,",
    )
    assert [row[2:5] for row in cells(sheet, "new_jobs")] == [
        [None, "130", "150"],
        ["mức tăng giảm", None, "dưới 0"],
    ]
    assert cells(sheet, "rice_yield")[0][3:5] == [None, "dưới 116,50"]


def test_a_target_that_another_document_states_is_told_beside_the_cell(handed_out):
    sheet = handed_out("2024", "new_jobs,2025,140,,,bc2023,II.I.7,,")
    assert cells(sheet, "new_jobs")[0][2:] == [None] * 6
    [row] = [cell.row for [cell] in sheet["A2:A90"] if cell.value == "new_jobs"]
    assert prompts(sheet)[f"G{row}"].endswith("Văn bản khác (bc2023) đã nêu: từ 140 người trở lên.")


def test_each_cell_tells_what_is_expected(sheet):
    [row] = [cell.row for [cell] in sheet["A2:A90"] if cell.value == "income_per_capita"]
    found = prompts(sheet)
    assert found[f"G{row}"] == (
        "Số nhỏ nhất còn đạt mục tiêu, tính bằng triệu đồng. Ghi như báo cáo cũng được, ví dụ: "
        "79,5, «trên 79,5», «từ 79,5 trở lên»."
    )
    assert found[f"I{row}"] == "Lời của báo cáo, vài chữ; phải có khi mục tiêu không có số."
    [chosen] = [
        rule for rule in sheet.data_validations.dataValidation if "kế hoạch" in str(rule.formula1)
    ]
    assert chosen.formula1 == '"số liệu,mức tăng giảm,tốc độ tăng giảm (%),% kế hoạch"'


def test_bounds_are_text_so_that_a_spreadsheet_makes_no_date_of_them(sheet):
    formats = {sheet[f"{letter}{row}"].number_format for letter in "GHIJK" for row in (4, 90)}
    assert formats == {"@"}


def test_an_indicator_without_a_unit_is_open_for_words_alone(sheet):
    [row] = [cell.row for [cell] in sheet["A2:A90"] if cell.value == "crop_production"]
    opened = [letter for letter in "ABCDEFGHIJK" if not sheet[f"{letter}{row}"].protection.locked]
    assert opened == ["I", "J"]


def test_the_count_of_rows_with_a_target_is_below_the_headings(sheet):
    assert sheet["B2"].value == "=SUMPRODUCT(--(LEN($G$2:$G$96&$H$2:$H$96&$I$2:$I$96)>0))"
    assert sheet["B2"].number_format == '"Đã điền "0" mục tiêu"'
