"""A marked copy of a workbook shows each finding at its cell, and takes the answers."""

import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from helpers.filling import filling, save_as_ods
from helpers.importing import last_lines
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

COPY = "2024 - cần sửa.xlsx"
GREEN = PatternFill("solid", start_color="FF92D050")
TITLE_ROWS = 6

pytestmark = pytest.mark.long  # each test imports a workbook several times


def marks(book: Workbook) -> dict[str, str]:
    """Return the text of each comment but the definitions of indicators, by cell."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment and (cell.column_letter != "B" or "— Cần" in cell.comment.text)
    }


def listed(book: Workbook) -> list[list[object]]:
    """Return cell, kind and answer of each row of the list."""
    rows = book.worksheets[0].iter_rows(min_row=TITLE_ROWS + 1, values_only=True)
    return [[row[1], row[3], row[7]] for row in rows]


def answer(book: Workbook, cell: str, choice: str, reason: str = "") -> None:
    """Answer each finding of a cell that is not an error."""
    for row in book.worksheets[0].iter_rows(min_row=TITLE_ROWS + 1):
        if row[1].value == cell and row[3].value != "Sai":
            row[7].value, row[8].value = choice, reason


@pytest.fixture
def marked(form, import_form):
    """Import the workbook, or the copy, and return the copy."""

    def run(*options: str) -> Workbook:
        import_form(*options)
        return load_workbook(COPY)

    return run


@pytest.mark.all_tables
def test_twelve_mistakes_of_different_kinds_are_each_marked_once_at_their_cells(
    form, import_form, marked
):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    import_form("--write")
    with filling(form) as typed:
        typed.type("rice_yield", 119)  # conflict
        typed.type("income_per_capita", "79,5 triệu con")  # unit
        typed.type("budget_revenue", "không rõ")  # no number
        typed.type("rice_sown_area", "1.234")  # two readings
        typed.type("pigs", -5)  # negative
        typed.type("chickens", 1_200_000)  # far from last year's
        typed.type("ducks", "=1/3")  # formula without a result
        typed.type("clinic_visits", 5000, section=None)  # no section
        typed.type("electricity_loss_rate", 4.25, qualifier="tựa")  # no qualifier
        typed.type("poor_households", 25, direction="lên")  # no direction
        typed.type("budget_expenditure", pct_of_plan=3)  # share far from 100 %
        sheet, row = typed.row("vaccinated_bcg")
        sheet[f"B{row}"] = "Nhãn khác"  # label
    book = marked()
    found = [(cell, kind) for cell, kind, _ in listed(book)]
    assert found == [
        ("Kinh tế!F2", "Sai"),
        ("Ngân sách!F2", "Sai"),
        ("Ngân sách!L4", "Hỏi"),
        ("Lúa!F2", "Sai"),
        ("Lúa!F3", "Đã có số khác"),
        ("Chăn nuôi!F2", "Sai"),
        ("Chăn nuôi!F7", "Hỏi"),
        ("Chăn nuôi!F8", "Sai"),
        ("HTX kinh doanh điện!H7", "Sai"),
        ("Y tế!I4", "Sai"),
        ("Y tế!B6", "Sai"),
        ("An sinh xã hội!M17", "Sai"),
    ]
    assert sorted(marks(book)) == sorted(cell for cell, _ in found)
    fills = [book[name]["F2"].fill.start_color.rgb for name in ("Lúa", "Hướng dẫn")]
    assert fills == ["FFFF9F9F", "00000000"]


def test_a_comment_says_what_why_and_what_to_do(form, marked):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
    assert marks(marked()) == {
        "Chăn nuôi!F7": "— Cần xem lại —\nHỏi: «Đàn gà»: 1.200.000 con.\nNăm 2023 là khoảng "
        "97.000 con, chênh nhau 12,4 lần.\n→ Có đúng đơn vị tính và đủ chữ số không?"
    }


def test_the_list_is_the_first_sheet_and_links_to_the_cells(form, marked):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
    book = marked()
    first = book.worksheets[0]
    assert (first.title, book.active.title) == ("Cần xem lại", "Cần xem lại")
    assert first["A1"].value == "Những chỗ cần xem lại: 1"
    assert first["B7"].hyperlink.location == "'Chăn nuôi'!F7"
    assert first["C7"].value == "Đàn gà"
    [choices] = first.data_validations.dataValidation
    assert (choices.formula1, str(choices.sqref)) == ('"đúng như báo cáo,sửa"', "H7")
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == [
        "Cần xem lại"
    ]


def test_a_copy_is_only_written_where_something_is_to_be_looked_at(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    assert import_form().exit_code == 0
    assert not Path(COPY).exists()


def test_an_answer_with_a_reason_is_kept_with_its_gap(form, marked, built, import_copy):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
    marked()
    with filling(Path(COPY)) as copy:
        answer(copy.book, "Chăn nuôi!F7", "đúng như báo cáo", "trại gà mới")
    assert import_copy("--write").exit_code == 0
    assert (built / "acknowledged.csv").read_text(encoding="utf-8").splitlines()[-1] == (
        "chickens,=,previous,2024,trại gà mới,1103000"
    )


@pytest.mark.parametrize(
    ("choice", "reason"), [("đúng như báo cáo", ""), ("sửa", "x"), ("", "x"), ("có lẽ", "x")]
)
def test_no_reason_or_another_choice_leaves_a_question_open_with_what_was_typed(
    choice, reason, form, marked, import_copy
):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
    marked()
    with filling(Path(COPY)) as copy:
        answer(copy.book, "Chăn nuôi!F7", choice, reason)
    assert import_copy("--write").exit_code == 1
    first = load_workbook(COPY).worksheets[0]
    assert (first["H7"].value or "", first["I7"].value or "") == (choice, reason)


def test_an_answer_to_a_figure_that_has_changed_is_asked_again(form, marked, import_copy):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
    marked()
    with filling(Path(COPY)) as copy:
        answer(copy.book, "Chăn nuôi!F7", "đúng như báo cáo", "trại gà mới")
        copy.type("chickens", 1_300_000)
    assert import_copy("--write").exit_code == 1
    assert listed(load_workbook(COPY)) == [["Chăn nuôi!F7", "Hỏi", None]]


@pytest.mark.parametrize(("choice", "kept"), [("thay", "119"), ("giữ", "118")])
def test_the_list_decides_which_of_two_contents_counts(
    choice, kept, form, built, import_form, marked, import_copy
):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    import_form("--write")
    with filling(form) as typed:
        typed.type("rice_yield", 119)
        typed.type("pigs", 330)
    marked()
    with filling(Path(COPY)) as copy:
        answer(copy.book, "Lúa!F3", choice)
    assert import_copy("--write").exit_code == 0
    rice = (built / "raw/rice.csv").read_text(encoding="utf-8").splitlines()
    assert rice[-1] == f"rice_yield,2024,{kept},,,bc2024,I.B.1,"
    assert "pigs,2024,330" in (built / "raw/livestock.csv").read_text(encoding="utf-8")


def test_answered_findings_stay_in_the_list_and_have_no_mark(form, marked, import_copy):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
        typed.type("rice_yield", "không rõ")
    marked()
    with filling(Path(COPY)) as copy:
        answer(copy.book, "Chăn nuôi!F7", "đúng như báo cáo", "trại gà mới")
    assert import_copy().exit_code == 2
    book = load_workbook(COPY)
    assert listed(book) == [
        ["Lúa!F3", "Sai", None],
        ["Chăn nuôi!F7", "Hỏi", "đúng như báo cáo"],
    ]
    assert list(marks(book)) == ["Lúa!F3"]


def test_a_reason_that_cannot_be_kept_is_an_error_in_the_list(form, marked, import_copy):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
    marked()
    with filling(Path(COPY)) as copy:
        answer(copy.book, "Chăn nuôi!F7", "đúng như báo cáo", "<lý do>")
    result = import_copy("--write")
    assert result.exit_code == 2
    assert f"{COPY}, trang «Cần xem lại», ô I7: thấy" in result.stderr


def test_formats_comments_and_results_of_the_clerk_stay(form, marked, import_copy):
    with filling(form) as typed:
        typed.type("rice_yield", "không rõ").fill = GREEN
        typed.cell("rice_yield", "value").comment = Comment("Hỏi chị Hoa", "Lan")
        typed.type("pigs", 330).comment = Comment("đã xem", "Lan")
        typed.book["Lúa"].column_dimensions["J"].width = 77
    first = marked()
    assert marks(first)["Lúa!F3"].startswith("Hỏi chị Hoa\n— Cần xem lại —\nSai: ")
    with filling(Path(COPY)) as copy:
        copy.type("rice_yield", 118)
        copy.type("rice_sown_area", "không rõ")
    import_copy()
    second = load_workbook(COPY)
    assert second["Lúa"]["F3"].fill.start_color.rgb == GREEN.start_color.rgb
    assert second["Lúa"].column_dimensions["J"].width == 77
    assert marks(second) == {
        "Lúa!F2": marks(second)["Lúa!F2"], "Lúa!F3": "Hỏi chị Hoa", "Chăn nuôi!F2": "đã xem",
    }  # fmt: skip
    assert second["Lúa"]["F3"].comment.author == "Lan"


@pytest.mark.parametrize(
    ("value", "saved"), [("<v>118</v>", 118), ("<v>x &amp; y</v>", "x & y"), ("<v></v>", None)]
)
def test_the_saved_results_of_formulas_stay(value, saved, form, marked):
    with filling(form) as typed:
        typed.type("rice_yield", "=59*2")
        typed.type("chickens", 1_200_000)
    kind = ' t="str"' if "x" in value else ""
    with ZipFile(form) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with ZipFile(form, "w") as new:
        for name, part in parts.items():
            text = re.sub(
                r'<c r="F3"([^>]*)>(<f>59.*?</f>)<v ?(/>|></v>)',
                lambda cell: f'<c r="F3"{cell[1]}{kind}>{cell[2]}{value}',
                part.decode(),
            )
            new.writestr(name, text)
    marked()
    assert load_workbook(COPY)["Lúa"]["F3"].value == "=59*2"
    assert load_workbook(COPY, data_only=True)["Lúa"]["F3"].value == saved


def test_a_mark_of_a_hidden_column_is_on_the_label(form, marked):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        sheet, row = typed.row("rice_yield")
        sheet[f"A{row}"] = "rice_yeld"
        sheet.column_dimensions["A"].hidden = True
    assert "Lúa!B3" in marks(marked())


def test_a_copy_in_which_somebody_has_typed_is_not_overwritten(form, import_form, marked):
    with filling(form) as typed:
        typed.type("rice_yield", "không rõ")
    marked()
    with filling(Path(COPY)) as copy:
        copy.type("rice_yield", 118)
    before = Path(COPY).read_bytes()
    result = import_form()
    assert (result.exit_code, f"{COPY} đã có người điền" in result.stderr) == (2, True)
    assert Path(COPY).read_bytes() == before
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    assert import_form("--write").exit_code == 0
    assert Path(COPY).read_bytes() == before


def test_a_copy_in_which_nobody_has_typed_is_written_anew_and_then_deleted(
    form, import_form, marked
):
    with filling(form) as typed:
        typed.type("rice_yield", "không rõ")
    marked()
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.type("chickens", "?")
    assert [cell for cell, *_ in listed(marked())] == ["Chăn nuôi!F7"]
    with filling(form) as typed:
        typed.type("chickens", 97000)
    result = import_form()
    assert (result.exit_code, f"đã xóa {COPY}" in result.stdout) == (0, True)
    assert not Path(COPY).exists()


def test_a_copy_that_is_imported_is_marked_again_and_never_deleted(form, marked, import_copy):
    with filling(form) as typed:
        typed.type("rice_yield", "không rõ")
    marked()
    import_copy()
    assert sorted(path.name for path in Path().glob("*.xlsx")) == [COPY, "2024.xlsx"]
    with filling(Path(COPY)) as copy:
        copy.type("rice_yield", 118)
    assert import_copy("--write").exit_code == 0
    assert Path(COPY).exists()


def test_a_copy_that_cannot_be_written_is_told_and_changes_no_exit_code(form, import_form):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
    Path(COPY).mkdir()
    result = import_form()
    assert (result.exit_code, COPY in result.stderr) == (1, True)


def test_a_row_taken_out_of_another_format_is_not_in_its_copy(form, import_form, import_copy):
    with filling(form) as typed:
        typed.type("rice_production", 5)
        typed.book["Lúa"].delete_rows(3)
    save_as_ods(form)
    import_form(file=form.rename("2024.ods").name)
    with filling(Path(COPY)) as copy:
        answer(copy.book, "Lúa!F3", "đúng như báo cáo", "mất mùa")
    assert import_copy().exit_code == 0


def acknowledged(built: Path) -> list[str]:
    return (built / "acknowledged.csv").read_text(encoding="utf-8").splitlines()


def fill_in_ods(form: Path) -> str:
    with filling(form) as typed:
        typed.type("rice_yield", "118 con")  # unit
        typed.type("rice_production", 5)  # far from last year's
        typed.type("rice_planting_rate", 0.9714).number_format = "0.00%"
    save_as_ods(form)
    return form.rename("2024.ods").name


def fill_in_xls(form: Path) -> str:
    """The same cells of the one sheet “Lúa”, as LibreOffice saves it."""
    form.unlink()
    return shutil.copy(Path(__file__).with_name("spreadsheets") / "rice.xls", "2024.xls")


@pytest.mark.parametrize("fill_in", [fill_in_ods, fill_in_xls])
def test_a_workbook_of_another_format_gets_its_marked_copy_as_xlsx(
    fill_in, form, built, import_form, import_copy
):
    assert import_form("--write", file=fill_in(form)).exit_code == 2
    with filling(Path(COPY)) as copy:
        sheet = copy.book["Lúa"]
        assert sorted(marks(copy.book)) == ["Lúa!F3", "Lúa!F4"]
        assert [cell.value for [cell] in sheet["F3:F5"]] == ["118 con", 5, 0.9714]
        sheet["F3"] = 118
        answer(copy.book, "Lúa!F4", "đúng như báo cáo", "mất mùa")
    assert import_copy("--write").exit_code == 0
    assert last_lines(built, "rice", 3) == [
        "rice_yield,2024,118,,,bc2024,I.B.1,",
        "rice_production,2024,5,,,bc2024,I.B.1,",
        "rice_planting_rate,2024,97.14,,,bc2024,I.B.1,",
    ]
    [known] = [line for line in acknowledged(built) if "mất mùa" in line]
    assert known.startswith("rice_production,=,previous,2024,")
