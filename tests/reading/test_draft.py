import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.commands import call
from helpers.filling import Form, filling, save_as_ods
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats import Dataset
from caoan_stats.documents.document import Line
from caoan_stats.forms.workbook import write_workbook
from caoan_stats.reading.draft import make_draft
from caoan_stats.reading.statement import Reading, Statement, Unread

FILE = "2024.xlsx"


def stated(indicator: str, year: int = 2024, line: int = 12, **others: object) -> Statement:
    """A certain statement, in section I.B.1 on page 3."""
    known = {"section": "I.B.1", "certainty": "certain", "quote": f"lời về {indicator}"}
    return Statement(Line("", line, page=3), indicator, year, **{**known, **others})


def unsure(indicator: str, *others: str, **facts: object) -> Statement:
    """A statement with other readings."""
    return stated(indicator, certainty="unsure", others=others, **facts)


@pytest.fixture
def form(tmp_path, monkeypatch) -> Path:
    """The workbook of 2024, in the working folder."""
    monkeypatch.chdir(tmp_path)
    return Path(FILE)


@pytest.fixture
def draft(form, built) -> Callable[..., Form]:
    """Write the draft of statements; further readings are of other files."""

    def write(*statements: Statement, unread: tuple[Unread, ...] = (), also: tuple = ()) -> Form:
        ds = Dataset.open(built, public_below=0)
        readings = [Reading("bao-cao.pdf", 2024, statements, unread), *also]
        drafted = make_draft(readings, ds, 2024, {})
        form.write_bytes(write_workbook(ds, 2024, draft=drafted))
        return Form(load_workbook(form))

    return write


def beside(form: Form, indicator: str) -> list[object]:
    """The added columns of the row of an indicator: certainty, words, place."""
    sheet, row = form.row(indicator)
    return [sheet[f"{letter}{row}"].value for letter in "PQR"]


def choices(sheet: Worksheet, cell: str) -> list[object]:
    """What can be chosen in a cell, from its list."""
    [rule] = [each for each in sheet.data_validations.dataValidation if cell in each.sqref]
    [row] = sheet[rule.formula1.replace("$", "")]
    return [each.value for each in row]


# certain figures


def test_what_was_read_stands_in_the_cells_in_which_a_clerk_would_type_it(draft, new_lines):
    draft(
        stated("rice_yield", value="118", change="3", qualifier="estimate"),
        stated("pigs", value="310", pct_change="3.3", pct_of_plan="103"),
        stated("dogs", direction="up"),
    )
    assert new_lines() == (
        "rice_yield,2024,118,3,estimate,bc2024,I.B.1,\n"
        "pigs,2024,310,,,bc2024,I.B.1,,,3.3,103,\n"
        "dogs,2024,,,,bc2024,I.B.1,,,,,up\n"
        'bc2024,"Báo cáo kết quả thực hiện kế hoạch phát triển kinh tế - xã hội năm 2024 và '
        'phương hướng, nhiệm vụ, giải pháp năm 2025",UBND xã Cao An,2024-12\n'
    )


@pytest.mark.parametrize(
    ("indicator", "number", "typed", "line"),
    [
        ("rice_sown_area", "454.4", 454.4, "454.4"),
        ("rice_sown_area", "454.40", "454,40 ha", "454.40"),
        ("rice_production", "5480E1", "5480 tấn", "5480e1"),
        ("budget_revenue", "18.6E9", "18,6 tỷ đồng", "18.6e9"),
        ("budget_revenue", "17.852E9", "17852 triệu đồng", "17852e6"),
    ],
)
def test_a_number_is_typed_so_that_the_stated_digits_are_read_back(
    indicator, number, typed, line, draft, new_lines
):
    form = draft(stated(indicator, value=number))
    assert form.cell(indicator, "value").value == typed
    assert new_lines().startswith(f"{indicator},2024,{line},")


def test_its_words_its_place_and_its_certainty_stand_beside_a_figure(draft):
    form = draft(stated("rice_yield", value="118", quote="hộ ông Trần Văn Mẫu đạt 118 tạ/ha"))
    assert beside(form, "rice_yield") == [
        "chắc chắn", "hộ ông [tên] đạt 118 tạ/ha", "I.B.1, trang 3, dòng 12, bao-cao.pdf",
    ]  # fmt: skip


def test_the_words_are_shown_when_the_cell_is_chosen(draft):
    form = draft(stated("rice_yield", value="118", quote="năng suất 118 tạ/ha"))
    sheet, row = form.row("rice_yield")
    [rule] = [each for each in sheet.data_validations.dataValidation if f"F{row}" in each.sqref]
    assert rule.prompt == "năng suất 118 tạ/ha (I.B.1, trang 3, dòng 12, bao-cao.pdf)"


def test_what_last_year_had_and_nobody_has_read_is_empty_and_told(draft):
    form = draft(stated("rice_yield", value="118"))
    assert form.cell("rice_sown_area", "value").value is None
    assert beside(form, "rice_sown_area") == ["chưa đọc", None, None]
    assert beside(form, "animal_health") == [None, None, None]


def test_an_indicator_that_never_had_a_figure_gets_its_row(draft, built, new_lines):
    with (built / "indicators.csv").open("a", encoding="utf-8") as file:
        file.write("fish_caught,rice,Sản lượng cá,Fish caught,ta,higher,2,false,\n")
        file.write("fish_sold,rice,Sản lượng cá bán,Fish sold,ta,higher,2,false,\n")
    form = draft(stated("fish_caught", value="12"))
    assert form.cell("fish_caught", "value").value == 12
    assert new_lines().startswith("fish_caught,2024,12,")
    with pytest.raises(KeyError):
        form.row("fish_sold")


def test_one_figure_in_two_places_is_one_with_all_its_digits(draft, new_lines):
    draft(
        stated("budget_revenue", value="18.6E9", qualifier="about"),
        stated("budget_revenue", value="18619139193", pct_of_plan="97.14", line=80),
    )
    assert new_lines().startswith("budget_revenue,2024,18619139193,,,bc2024,I.B.1,")


# doubtful ones


def test_an_unsure_figure_has_a_question_mark_and_a_list_of_its_readings(draft):
    form = draft(
        unsure("budget_revenue", "17852E9", value="17.852E9", doubt="two_readings", quote="lời")
    )
    cell = form.cell("budget_revenue", "value")
    assert cell.value == "? 17852 triệu đồng"
    assert choices(cell.parent, cell.coordinate) == ["17852 triệu đồng", "17852 tỷ đồng"]
    assert beside(form, "budget_revenue")[:2] == [
        "cần xem",
        "Cần xem: con số có thể hiểu hai cách.\nlời",
    ]


def test_an_import_refuses_a_reading_that_nobody_has_chosen(draft, built):
    draft(unsure("budget_revenue", value="17.852E9"), unsure("dogs", direction="up"))
    result = call("import", FILE, "--data", str(built), "--write")
    assert result.exit_code == 2
    assert result.stderr.count("một cách đọc chưa ai xem") == 2
    assert "trang «Ngân sách», ô F2: thấy «? 17852 triệu đồng»" in result.stderr


def test_to_choose_one_of_its_readings_is_all_that_a_doubtful_figure_needs(draft, new_lines):
    draft(unsure("budget_revenue", "17852E9", value="17.852E9", qualifier="over"))
    with filling(Path(FILE)) as typed:
        cell = typed.cell("budget_revenue", "value")
        cell.value = choices(cell.parent, cell.coordinate)[0]
    assert new_lines().startswith("budget_revenue,2024,17852e6,,over,bc2024,")


def test_two_values_of_one_figure_are_both_shown_wherever_they_stand(draft):
    other = Reading("phu-luc.docx", 2024, (stated("pigs", value="330", quote="hai", line=5),))
    form = draft(stated("pigs", value="310", quote="một"), also=(other,))
    cell = form.cell("pigs", "value")
    assert cell.value == "? 310 con"
    assert choices(cell.parent, cell.coordinate) == ["310 con", "330 con"]
    assert beside(form, "pigs") == [
        "cần xem",
        "Cần xem: báo cáo nêu hai số khác nhau.\nmột\nhai",
        "I.B.1, trang 3, dòng 12, bao-cao.pdf\nI.B.1, trang 3, đoạn 5, phu-luc.docx",
    ]


def test_a_figure_that_may_be_of_another_indicator_is_told_in_both_rows(draft):
    form = draft(unsure("chickens", "ducks", value="9000", doubt="tie", quote="đàn 9.000 con"))
    assert form.cell("ducks", "value").value is None
    assert "Có thể là: Đàn vịt" in str(beside(form, "chickens")[1])
    certainty, words, _ = beside(form, "ducks")
    assert certainty == "cần xem"
    assert str(words).startswith("Có thể đây là số của «Đàn gà»")


def test_an_unsure_row_always_has_something_to_choose(draft):
    form = draft(
        unsure("pigs", change="5", direction="up"),
        unsure("dogs", direction="up"),
        stated("rabbits", value="200"),
        unsure("rabbits", change="-20", direction="down"),
    )
    cells = [("pigs", "change"), ("dogs", "direction"), ("rabbits", "change")]
    assert [form.cell(*cell).value for cell in cells] == ["? 5 con", "? tăng", "? -20 con"]


# other years and aims


def test_last_years_value_goes_to_the_column_of_what_the_report_restates(draft, new_lines):
    draft(
        stated("pigs", value="310"),
        stated("pigs", 2023, value="290", qualifier="about"),
        stated("dogs", 2023, value="430"),
    )
    lines = new_lines().splitlines()
    assert lines[:3] == [
        "pigs,2023,290,,about,bc2024,I.B.1,,",
        "pigs,2024,310,,,bc2024,I.B.1,,",
        "dogs,2023,430,,,bc2024,I.B.1,,",
    ]


def test_next_years_aims_go_to_the_sheet_of_targets(draft, new_lines):
    draft(
        stated("rice_yield", 2025, lower="120", of="value"),
        stated("budget_revenue", 2025, lower="110", closed="neither", of="pct_of_plan"),
        stated("poor_households", 2025, upper="-5", of="change"),
        stated("animal_health", 2025, of="value", quote="Chủ động phòng dịch"),
    )
    rows = [line for line in new_lines().splitlines() if ",2025," in line and "bc2024" in line]
    assert sorted(rows) == [
        "animal_health,2025,,,,bc2024,I.B.1,Chủ động phòng dịch,",
        "budget_revenue,2025,110,,neither,bc2024,I.B.1,,pct_of_plan",
        "poor_households,2025,,-5,,bc2024,I.B.1,,change",
        "rice_yield,2025,120,,,bc2024,I.B.1,,",
    ]


def test_an_unsure_aim_is_refused_until_it_is_chosen(draft, built):
    draft(unsure("rice_yield", "12", year=2025, lower="120", of="value"))
    result = call("import", FILE, "--data", str(built))
    assert result.exit_code == 2
    assert "«? 120 tạ/ha», một cách đọc chưa ai xem" in result.stderr


def test_the_plan_of_the_year_is_typed_after_its_value(draft, new_lines):
    draft(stated("pigs", value="310"), stated("pigs", lower="300", of="value"))
    rows = [line for line in new_lines().splitlines() if line.startswith("pigs")]
    assert rows == ["pigs,2024,310,,,bc2024,I.B.1,,", "pigs,2024,300,,,bc2024,I.B.1,,"]


# the last sheet


def listed(form: Form) -> list[list[object]]:
    return [
        list(row[:5]) for row in form.book["Số chưa đọc"].iter_rows(min_row=4, values_only=True)
    ]


def test_the_last_sheet_lists_what_was_not_read_and_what_the_form_has_no_place_for(draft):
    length = Unread(
        Line("", 40, page=4), "12 km", "I.B.2", "Bà Lê Thị Thử hiến đất làm 12 km đường."
    )
    form = draft(stated("pigs", 2020, value="250", quote="năm 2020 có 250 con"), unread=(length,))
    assert form.book.sheetnames[-1] == "Số chưa đọc"
    assert listed(form) == [
        [
            "250 con", "năm 2020 có 250 con", "I.B.1", "trang 3, dòng 12, bao-cao.pdf",
            "Đàn lợn, năm 2020: phiếu năm 2024 không có ô cho điều này; cần giữ thì ghi vào tệp "
            "CSV rồi nhập.",
        ],
        [
            "12 km", "Bà [tên] hiến đất làm 12 km đường.", "I.B.2",
            "trang 4, dòng 40, bao-cao.pdf", "Chưa đọc được là số của chỉ tiêu nào.",
        ],
    ]  # fmt: skip


def test_what_looks_like_a_formula_stays_text(draft):
    formula = Unread(Line("", 1), "1", "", "=1+1")
    form = draft(stated("pigs", value="310", quote="=2+2"), unread=(formula,))
    sheet, row = form.row("pigs")
    assert [sheet[f"Q{row}"].data_type, form.book["Số chưa đọc"]["B4"].data_type] == ["s", "s"]


# read back


def test_a_draft_is_read_from_an_ods_too(draft, built):
    draft(stated("pigs", value="310"), unread=(Unread(Line("", 1), "5", "", "câu"),))
    save_as_ods(Path(FILE))
    Path(FILE).rename("2024.ods")
    result = call("import", "2024.ods", "--data", str(built))
    assert result.stderr == ""
    assert "+ Đàn lợn, 2024: 310 con" in result.stdout


def test_a_sheet_of_a_draft_is_read_from_a_csv_too(draft, built):
    form = draft(stated("pigs", value="310"), unsure("dogs", "43", value="430"))
    rows = form.book["Chăn nuôi"].iter_rows(max_row=5, values_only=True)
    with Path("2024.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    result = call("import", "2024.csv", "--data", str(built))
    assert [line.partition(":")[0] for line in result.stderr.splitlines()[:-1]] == ["2024.csv"]
    assert "«? 430 con», một cách đọc chưa ai xem" in result.stderr


def test_a_cell_beside_the_columns_of_a_draft_is_still_an_error(draft, built):
    draft(stated("pigs", value="310"))
    with filling(Path(FILE)) as typed:
        sheet, row = typed.row("pigs")
        sheet[f"AB{row}"] = "330"
    assert "«330» ở ngoài các cột" in call("import", FILE, "--data", str(built)).stderr


def test_the_cover_counts_what_is_still_to_be_chosen(draft):
    form = draft(unsure("pigs", value="310"))
    cover = form.book["Hướng dẫn"]
    formulas = [row[2].value for row in cover.iter_rows() if str(row[2].value).startswith("=")]
    assert len(formulas) == len(form.book.sheetnames) - 2
    assert "LEFT('Chăn nuôi'!$A$2:$O$" in " ".join(formulas)


def test_figures_that_contradict_each_other_are_told_beside_what_is_still_to_be_chosen(
    draft, built
):
    draft(
        unsure("pigs", value="310"),
        stated("rice_sown_area", value="460.5"),
        stated("rice_yield", value="118"),
        stated("rice_production", value="44000"),
    )
    result = call("import", FILE, "--data", str(built))
    assert result.exit_code == 2
    assert "«? 310 con», một cách đọc chưa ai xem" in result.stderr
    assert "Mâu thuẫn" in result.stdout
    assert "44.000 tạ" in result.stdout
