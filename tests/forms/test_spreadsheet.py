"""A sheet is the same in each format; a file that is no valid workbook is refused."""

import re
import unicodedata
import zipfile
from datetime import datetime
from types import SimpleNamespace

import pytest
from helpers.filling import filling
from helpers.spreadsheets import CELLS, FOLDER, SHEET, places, within

from caoan_stats import InvalidDataError
from caoan_stats.forms import xls
from caoan_stats.forms.spreadsheet import read_sheets
from caoan_stats.forms.typed import Cell

FORMATS = ("xlsx", "ods", "xls")
OPEN = b"application/vnd.openxmlformats-officedocument.spreadsheetml"


@pytest.mark.parametrize("name", FORMATS)
def test_the_cells_of_a_sheet_are_the_same_in_each_format(name):
    assert places(read_sheets(FOLDER / f"kinds.{name}")[0]) == CELLS


@pytest.mark.parametrize("name", FORMATS)
def test_hidden_and_merged_parts_are_the_same_in_each_format(name):
    first, hidden, empty = read_sheets(FOLDER / f"kinds.{name}")
    assert [(each.name, each.is_hidden) for each in (first, hidden, empty)] == [
        ("Lúa và màu", False),
        ("Ẩn", True),
        ("Trống", False),
    ]
    assert (first.merged, first.hidden_rows, first.hidden_columns) == (("F1:G2",), (5,), ("C",))
    assert not empty.cells


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 no zip", "thấy tệp không phải bảng tính, hoặc đã hỏng"),
        (b"indicator,year\n", "thấy tệp không phải bảng tính, hoặc đã hỏng"),
        (b"", "thấy tệp không phải bảng tính, hoặc đã hỏng"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "thấy tệp không phải bảng tính, hoặc đã hỏng"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "thấy tệp có mật khẩu"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "thấy văn bản Word"),
        (b"%PDF-1.7\n", "thấy tệp PDF; cần phiếu nhập số liệu"),
        (b"\x89PNG\r\n", "thấy ảnh"),
        (b"\xff\xd8\xff\xe0", "thấy ảnh"),
        (b"\0\0\0\x24ftypheic", "thấy ảnh"),
        (b"{\\rtf1", "thấy văn bản Word hoặc văn bản khác"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook_is_refused_by_what_it_is(content, words, form, refusal):
    form.write_bytes(content)
    assert words in refusal()[0]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("word/document.xml", "thấy văn bản Word"),
        ("ppt/presentation.xml", "thấy bài trình chiếu"),
        ("xl/workbook.bin", "thấy sổ làm việc kiểu .xlsb"),
        ("xl/workbook.xml", "thấy tệp không phải bảng tính, hoặc đã hỏng"),
        ("other.txt", "thấy tệp không phải bảng tính, hoặc đã hỏng"),
    ],
)
def test_an_archive_that_is_no_workbook_is_refused_by_what_it_is(part, words, form, refusal):
    with zipfile.ZipFile(form, "w") as archive:
        archive.writestr(part, "<x/>")
    assert words in refusal()[0]


def test_nested_xml_entities_are_not_expanded(form, refusal, spoil):
    entities = "".join(
        f'<!ENTITY {name} "{f"&{below};" * 10}">'
        for below, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    bomb = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 99}">{entities}]><x>&i;</x>'.encode()
    for source, spoilt in (
        (form, "xl/worksheets/sheet4.xml"),
        (FOLDER / "kinds.ods", "content.xml"),
    ):
        path = spoil(source, lambda name, part, spoilt=spoilt: bomb if name == spoilt else part)
        form.write_bytes(path.read_bytes())
        assert "thấy tệp không phải bảng tính, hoặc đã hỏng" in refusal()[0]


def test_a_workbook_that_unpacks_to_more_than_60_mb_is_refused(form, refusal):
    with zipfile.ZipFile(form, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/bomb.xml", b"0" * 70_000_000)
    assert refusal()[0].startswith("2024.xlsx: thấy tệp lớn hơn 60 MB")


def test_an_old_workbook_with_a_password_is_refused(form, refusal):
    data = (FOLDER / "kinds.xls").read_bytes()
    named = b"\x5c\x00\x70\x00"  # the record with the name of the writer
    assert named in data
    form.write_bytes(data.replace(named, b"\x2f" + named[1:]))
    assert "thấy tệp có mật khẩu" in refusal()[0]


def test_an_opendocument_with_a_password_is_refused(form, refusal, spoil):
    end = b"</manifest:manifest>"
    path = spoil(
        FOLDER / "kinds.ods",
        lambda _, part: part.replace(end, b"<manifest:encryption-data/>" + end),
    )
    form.write_bytes(path.read_bytes())
    assert "thấy tệp có mật khẩu" in refusal()[0]


@pytest.mark.parametrize(
    ("element", "kind"), [("table:table-row", "rows"), ('office:value-type="string"', "columns")]
)
def test_a_cell_that_an_opendocument_repeats_beyond_the_limits_makes_its_sheet_large(
    element, kind, spoil
):
    repeated = f'{element} table:number-{kind}-repeated="1048576" '.encode()
    path = spoil(
        FOLDER / "kinds.ods", lambda _, part: part.replace(f"{element} ".encode(), repeated, 1)
    )
    sheet = read_sheets(path)[0]
    assert sheet.is_large
    assert not sheet.cells


@pytest.mark.parametrize(
    ("factor", "cell"),
    [
        ("1000", Cell(28.05, shown="0,02805 tỷ")),
        ("1000000", Cell(28.05, shown="0,00002805 tỷ")),
        ("1", Cell(28.05, shown="28,05 tỷ")),
    ],
)
def test_an_opendocument_can_show_a_number_divided_by_1000(factor, cell, spoil):
    number = b"<number:number "
    divided = f'<number:number number:display-factor="{factor}" '.encode()
    path = spoil(FOLDER / "kinds.ods", lambda _, part: part.replace(number, divided))
    assert places(read_sheets(path)[0])["C1"] == cell


@pytest.mark.parametrize("factor", ["0", "-1000", "x", "nan", "inf"])
def test_an_opendocument_with_an_impossible_factor_is_no_workbook(factor, spoil):
    divided = f'<number:number number:display-factor="{factor}" '.encode()
    path = spoil(FOLDER / "kinds.ods", lambda _, part: part.replace(b"<number:number ", divided))
    with pytest.raises(InvalidDataError, match="no spreadsheet"):
        read_sheets(path)


def test_empty_cells_that_an_opendocument_repeats_are_no_cells(spoil):
    rows = b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
    rows += b'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    path = spoil(FOLDER / "kinds.ods", lambda _, part: part.replace(b"</table:table>", rows, 1))
    assert places(read_sheets(path)[0]) == CELLS


def test_a_comment_on_a_cell_of_an_opendocument_is_not_part_of_its_text(spoil):
    comment = "<office:annotation><text:p>xem</text:p></office:annotation><text:p>chữ".encode()
    path = spoil(
        FOLDER / "kinds.ods", lambda _, part: part.replace("<text:p>chữ".encode(), comment)
    )
    assert places(read_sheets(path)[0])["A1"] == Cell("chữ")


def test_a_formula_of_an_opendocument_without_a_saved_result_has_no_content(spoil):
    cell = re.compile(rb"<table:table-cell [^>]*100[+]18.*?</table:table-cell>")
    bare = b'<table:table-cell table:formula="of:=100+18"/>'
    path = spoil(FOLDER / "kinds.ods", lambda _, part: cell.sub(bare, part))
    assert places(read_sheets(path)[0])["E1"] == Cell(None, "=")


def test_a_formula_of_an_old_workbook_without_a_saved_result_has_no_content(tmp_path):
    data = (FOLDER / "kinds.xls").read_bytes()
    formula = re.search(rb"\x06\x00..\x00\x00\x04\x00..", data, re.DOTALL)  # in E1
    path = tmp_path / "kinds.xls"
    path.write_bytes(data[: formula.end()] + b"\x03\0\0\0\0\0\xff\xff" + data[formula.end() + 8 :])
    assert places(read_sheets(path)[0])["E1"] == Cell(None, "=")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("2024.xlsm", OPEN + b".sheet.main", b"application/vnd.ms-excel.sheet.macroEnabled.main"),
        ("2024.xltx", OPEN + b".sheet.main", OPEN + b".template.main"),
        ("2024", b"", b""),
    ],
)
def test_a_workbook_is_known_by_its_content_and_not_by_its_name(name, old, new, form, spoil):
    path = spoil(form, lambda part, data: data.replace(old, new) if "Types" in part else data)
    assert "Lúa" in [sheet.name for sheet in read_sheets(path.rename(form.with_name(name)))]


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        (b'<row r="20"><c><v>1</v></c></row><row><c><v>2</v></c></row>', {20: 1, 21: 2}),
        (b'<row><c r="A20"><v>1</v></c></row><row><c><v>2</v></c></row>', {20: 1, 21: 2}),
        (b"<row/><row><c/><c/></row><row><c><v>1</v></c></row>", {9: 1}),
    ],
)
def test_a_row_without_a_number_follows_the_row_before_it(rows, numbers, spoil):
    path = spoil(FOLDER / "kinds.xlsx", within(SHEET, b"</sheetData>", rows))
    cells = read_sheets(path)[0].cells
    assert {row: cell.content for (row, _), cell in cells.items() if row > 6} == numbers


@pytest.mark.parametrize(
    "formula",
    [b"#SPILL!+1", b"A1+1"],  # an error that openpyxl does not know; a cell beyond the sheet
)
def test_a_formula_that_cannot_be_adapted_to_another_cell_leaves_its_result(formula, spoil):
    shared = b'<row r="20"><c r="B20"><f t="shared" si="0">%s</f><v>1</v></c></row>' % formula
    other = b'<row r="21"><c r="A19"><f t="shared" si="0"/><v>7</v></c></row>'
    path = spoil(FOLDER / "kinds.xlsx", within(SHEET, b"</sheetData>", shared + other))
    assert read_sheets(path)[0].cells[19, "A"] == Cell(7, "=…")


def test_the_names_of_parts_may_differ_in_case_and_slashes(tmp_path):
    path = tmp_path / "kinds.xlsx"
    names = {"xl/sharedStrings.xml": "xl/SharedStrings.xml", SHEET: SHEET.replace("/", "\\")}
    with zipfile.ZipFile(FOLDER / "kinds.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(names.get(name, name), old.read(name))
    assert places(read_sheets(path)[0]) == CELLS


def test_the_target_of_a_part_may_be_written_as_in_an_address(spoil):
    path = spoil(
        FOLDER / "kinds.xlsx",
        lambda name, part: (
            part.replace(b"sheet1.xml", b"sheet%31.xml") if ".rels" in name else part
        ),
    )
    assert places(read_sheets(path)[0]) == CELLS


@pytest.mark.parametrize("number", [b"31", b"57"])
def test_a_format_of_dates_that_only_asian_editions_have_shows_a_date(number, spoil):
    def edit(name: str, part: bytes) -> bytes:
        styled = re.sub(rb'(<cellXfs.*?numFmtId=")\d+', rb"\g<1>" + number, part, count=1)
        added = b'<row r="20"><c r="A20" s="0"><v>45000</v></c></row></sheetData>'
        return part.replace(b"</sheetData>", added) if name == SHEET else styled

    cells = read_sheets(spoil(FOLDER / "kinds.xlsx", edit))[0].cells
    assert cells[20, "A"] == Cell(datetime(2023, 3, 15))


def test_the_escapes_of_characters_in_a_workbook_are_read_as_these(form):
    with filling(form) as typed:
        typed.type("rice_yield", note="một_x000D_\nhai, _x005F_x000D_, _xD83D__xDE00_")
    sheet = next(sheet for sheet in read_sheets(form) if sheet.name == "Lúa")
    assert sheet.cells[3, "J"].content == "một\nhai, _x000D_, 😀"


def test_digits_raised_or_lowered_by_their_format_are_so_as_characters(spoil):
    rich = "".join(
        f'<r><rPr><vertAlign val="{align}"/></rPr><t>{text}</t></r>'
        for align, text in (("baseline", "62"), ("superscript", "1"), ("subscript", "2"))
    )
    cell = f'<row r="20"><c r="A20" t="inlineStr"><is>{rich}</is></c></row>'.encode()
    path = spoil(FOLDER / "kinds.xlsx", within(SHEET, b"</sheetData>", cell))
    assert read_sheets(path)[0].text(20, "A") == "62¹₂"


@pytest.mark.parametrize(
    ("position", "text"), [("super 58%", "chữ¹"), ("33% 58%", "chữ¹"), ("-33% 58%", "chữ₁")]
)
def test_digits_raised_or_lowered_in_an_opendocument_are_so_as_characters(position, text, spoil):
    style = (
        '<style:style style:name="up" style:family="text"><style:text-properties '
        f'style:text-position="{position}"/></style:style></office:automatic-styles>'
    )
    span = '<text:p>chữ<text:span text:style-name="up">1</text:span><'

    def edit(name: str, part: bytes) -> bytes:
        styled = part.replace(b"</office:automatic-styles>", style.encode())
        return styled.replace("<text:p>chữ<".encode(), span.encode(), 1)

    path = spoil(FOLDER / "kinds.ods", edit)
    assert read_sheets(path)[0].text(1, "A") == text


def test_digits_raised_by_a_font_of_an_old_workbook_are_raised_characters():
    fonts = [SimpleNamespace(escapement=escapement) for escapement in (0, 1)]
    book = SimpleNamespace(font_list=fonts)
    assert xls.text("6212 con", [(2, 1), (3, 0)], book) == "62¹2 con"


def test_names_and_texts_in_decomposed_unicode_are_composed(form):
    with filling(form) as typed:
        typed.type("rice_yield", note=unicodedata.normalize("NFD", "vụ mùa"))
        typed.book["Lúa"].title = unicodedata.normalize("NFD", "Lúa")
    sheet = next(sheet for sheet in read_sheets(form) if sheet.name == "Lúa")
    assert sheet.cells[3, "J"].content == "vụ mùa"
