"""The whole way of a clerk: mistakes, the marked copy, answers, the data, and back."""

from pathlib import Path

from helpers.commands import call
from helpers.filling import filling
from helpers.importing import raw_files
from openpyxl import load_workbook

COPY = "2024 - cần sửa.xlsx"


def test_a_clerk_mends_and_answers_in_the_copy_writes_it_and_takes_it_back(
    form, built, import_form, import_copy
):
    with filling(form) as typed:
        typed.type("poor_households", 25)
    import_form("--write")
    before = raw_files(built)
    with filling(form) as typed:
        typed.type("poor_households", 26)
        typed.type("rice_sown_area", 460.5)
        typed.type("rice_yield", "một trăm mười tám")
        typed.type("rice_production", 44000)
        typed.type("chickens", 1_200_000)
    original = form.read_bytes()
    assert import_form("--write").exit_code == 2

    with filling(Path(COPY)) as copy:
        copy.type("rice_yield", 118)
    assert import_copy("--write").exit_code == 1  # now the yield contradicts the production
    assert (form.read_bytes(), raw_files(built)) == (original, before)

    with filling(Path(COPY)) as copy:
        for row in copy.book.worksheets[0].iter_rows(min_row=7):
            is_conflict = row[3].value == "Đã có số khác"
            row[7].value = "thay" if is_conflict else "đúng như báo cáo"
            row[8].value = None if is_conflict else f"lý do {row[0].value}"
    assert import_copy("--write").exit_code == 0
    after = raw_files(built)
    added = {name: after[name].decode().splitlines()[-1] for name in after}
    assert added["rice.csv"] == "rice_production,2024,44000,,,bc2024,I.B.1,"
    assert added["welfare.csv"].startswith("poor_households,2024,26,")
    assert after["acknowledged.csv"].decode().splitlines()[-2:] == [
        "rice_production,=,rice_sown_area * rice_yield,2024,lý do 1,-10339",
        "chickens,=,previous,2024,lý do 2,1103000",
    ]
    assert call("check", "--data", str(built)).exit_code == 0
    assert import_copy("--write").stdout == "Không có gì mới: 6 dòng đã có trong dữ liệu.\n"

    assert call("import", "--undo", "--data", str(built)).exit_code == 0
    assert raw_files(built) == before


def test_no_code_of_an_indicator_and_no_line_of_a_file_is_printed_for_a_workbook(form, import_form):
    with filling(form) as typed:
        typed.type("rice_sown_area", 460.5)
        typed.type("rice_yield", 1180, change=3)
        typed.type("rice_production", 44000)
    result = import_form()
    assert result.exit_code == 1
    for words in ("rice_", ".csv", "acknowledged", "<lý do>"):
        assert words not in result.stdout


def test_the_list_is_in_the_language_of_the_form_and_findings_in_that_of_the_command(
    form, import_form
):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
    import_form("--lang", "en")
    first = load_workbook(COPY).worksheets[0]
    assert (first["E6"].value, first["D7"].value) == ("Thấy gì", "Question")
