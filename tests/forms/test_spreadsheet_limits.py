"""What a person can do to a workbook by accident is read; what is too much is refused at once."""

import re
import struct
import zipfile
from xml.etree.ElementTree import fromstring

import pytest
from helpers.spreadsheets import CELLS, FOLDER, SHEET, places, within

from caoan_stats import InvalidDataError
from caoan_stats.forms import ods, xlsx
from caoan_stats.forms.sheet import NotReadableError
from caoan_stats.forms.spreadsheet import read_sheets
from caoan_stats.forms.typed import Cell

EVERYTHING = b"A1:XFD1048576"


@pytest.mark.parametrize(
    "ranges",
    [
        b'<hyperlinks><hyperlink ref="%s" location="x"/></hyperlinks>',
        b'<dataValidations><dataValidation type="list" sqref="%s"/></dataValidations>',
        b'<conditionalFormatting sqref="%s"/>',
        b'<protectedRanges><protectedRange sqref="%s" name="x"/></protectedRanges>',
        b'<mergeCells><mergeCell ref="%s"/></mergeCells>',
    ],
)
def test_a_range_over_a_whole_sheet_makes_no_cells(ranges, spoil):
    path = spoil(FOLDER / "kinds.xlsx", within(SHEET, b"</worksheet>", ranges % EVERYTHING))
    assert places(read_sheets(path)[0]) == CELLS


@pytest.mark.parametrize(
    ("cell", "is_large"),
    [(b'<c r="XFD1048576" s="1"/>', False), (b'<c r="CW1"><v>1</v></c>', True)],
)
def test_a_sheet_is_large_for_a_distant_content_and_not_for_a_format(cell, is_large, spoil):
    edit = within(SHEET, b"</sheetData>", b'<row r="1048576">' + cell + b"</row>")
    assert read_sheets(spoil(FOLDER / "kinds.xlsx", edit))[0].is_large is is_large


CROWDED = {
    "elements": within(SHEET, b"</sheetData>", b"<row/>" * 200_000),
    "levels": within(SHEET, b"</worksheet>", b"<a>" * 200 + b"</a>" * 200),
    "attribute": within(SHEET, b"</worksheet>", b'<a b="' + b"x" * 200_001 + b'"/>'),
    "bytes": within(SHEET, b"</worksheet>", b"<a/>" + b" <!-- -->" * 2_000_000),
    "sheets": within(
        "xl/workbook.xml", b"</sheets>", b'<sheet name="x" sheetId="9" r:id="rId3"/>' * 200
    ),
    "cells": within(
        SHEET,
        b"</sheetData>",
        b"".join(
            b'<row r="%d">%s</row>' % (row, b"<c><v>1</v></c>" * 90) for row in range(20, 600)
        ),
    ),
    "formats": within("xl/styles.xml", b"</styleSheet>", b"<x/>" * 200_000),
}


@pytest.mark.parametrize("edit", CROWDED.values(), ids=CROWDED)
def test_a_workbook_with_too_much_in_it_is_refused_before_it_is_made(edit, spoil):
    with pytest.raises(InvalidDataError, match="too many sheets, cells, styles or ranges"):
        read_sheets(spoil(FOLDER / "kinds.xlsx", edit))


def test_columns_before_the_first_are_no_columns(spoil):
    columns = b'<cols><col min="-999999999999" max="1" hidden="1"/></cols>'
    edit = within(SHEET, b"<sheetData>", columns)
    assert read_sheets(spoil(FOLDER / "kinds.xlsx", edit))[0].hidden_columns == ("A", "C")


def test_of_thousands_of_shared_formulas_only_the_results_are_read(spoil):
    first = b'<row r="20"><c r="A20"><f t="shared" si="0">1+A1</f><v>7</v></c></row>'
    others = b"".join(
        b'<row r="%d">%s</row>' % (row, b'<c><f t="shared" si="0"/><v>7</v></c>' * 50)
        for row in range(21, 81)
    )
    path = spoil(FOLDER / "kinds.xlsx", within(SHEET, b"</sheetData>", first + others))
    cells = read_sheets(path)[0].cells
    assert cells[21, "B"] == Cell(7, "=1+B2")
    assert cells[80, "B"] == Cell(7, "=…")


@pytest.mark.parametrize(
    ("part", "ref"),
    [
        (SHEET, b'ref = "A1:XFD1048576"'),
        (SHEET, b'ref="A1&#58;XFD1048576"'),
        (SHEET, b'display="a>b" ref="A1:XFD1048576"'),
        (SHEET.replace(".xml", ".dat"), b'ref="A1:XFD1048576"'),
    ],
)
def test_a_workbook_with_a_huge_range_is_never_loaded_to_be_changed(part, ref, spoil):
    link = b"<hyperlinks><hyperlink %s location='x'/></hyperlinks>" % ref
    path = spoil(FOLDER / "kinds.xlsx", within(SHEET, b"</worksheet>", link))
    data = path.read_bytes().replace(SHEET.encode(), part.encode())
    with pytest.raises(NotReadableError):
        xlsx.load(data)


def test_a_workbook_of_long_shared_formulas_is_never_loaded_to_be_changed(spoil):
    formula = "+".join(["A1"] * 20_000)
    first = f'<c r="A20"><f t="shared" si="0" ref="A20:A39">{formula}</f></c>'
    others = "".join(f'<c r="A{row}"><f t="shared" si="0"/></c>' for row in range(21, 40))
    cells = f'<row r="20">{first}{others}</row>'.encode()
    path = spoil(FOLDER / "kinds.xlsx", within(SHEET, b"</sheetData>", cells))
    with pytest.raises(NotReadableError):
        xlsx.load(path.read_bytes())


@pytest.mark.parametrize("kind", ["row", "column"])
def test_an_opendocument_repeats_nothing_a_negative_number_of_times(kind, spoil):
    repeated = f'<table:table-{kind} table:number-{kind}s-repeated="%d"/>'
    added = (repeated % -(10**12) + repeated % 10**12).encode()
    path = spoil(FOLDER / "kinds.ods", within("content.xml", b"</table:table>", added))
    assert places(read_sheets(path)[0]) == CELLS


def test_an_opendocument_format_of_long_texts_is_cut():
    texts = "<number:text>%s</number:text>" % ("x" * 100_000)
    element = fromstring(f'<s xmlns:number="{ods._NAMESPACES["number"]}">{texts * 20}</s>')
    assert len(ods._section(element)) < 20_000


def test_an_archive_of_too_many_parts_is_refused(tmp_path):
    path = tmp_path / "2024.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(5_001):
            archive.writestr(str(number), "")
    with pytest.raises(InvalidDataError, match="too many"):
        read_sheets(path)


@pytest.mark.parametrize(
    ("end", "added"),
    [
        (b"</table:table>", b"<table:table-row/>" * 200_000),
        (b"</office:spreadsheet>", b"<table:table/>" * 201),
        (b"</table:table>", b"<a>" * 200 + b"</a>" * 200),
    ],
    ids=["elements", "sheets", "levels"],
)
def test_an_opendocument_with_too_much_in_it_is_refused_before_it_is_made(end, added, spoil):
    with pytest.raises(InvalidDataError, match="too many sheets, cells, styles or ranges"):
        read_sheets(spoil(FOLDER / "kinds.ods", within("content.xml", end, added)))


def test_spaces_that_an_opendocument_repeats_are_few(spoil):
    spaces = '<text:s text:c="9999999"/>chữ<'.encode()
    path = spoil(FOLDER / "kinds.ods", lambda _, part: part.replace("chữ<".encode(), spaces, 1))
    assert places(read_sheets(path)[0])["A1"].content.strip() == "chữ"


def test_a_link_over_a_whole_sheet_of_an_old_workbook_makes_no_cells(tmp_path):
    data = (FOLDER / "kinds.xls").read_bytes()
    setup = re.search(rb"\xa1\x00\x22\x00.{34}", data, re.DOTALL)  # a record as long as a link
    everything = struct.pack("<4H16xII2x", 0, 65535, 0, 255, 2, 0)
    path = tmp_path / "kinds.xls"
    link = b"\xb8\x01\x22\x00" + everything
    path.write_bytes(data[: setup.start()] + link + data[setup.end() :])
    assert places(read_sheets(path)[0]) == CELLS


def test_a_cell_of_an_old_workbook_far_away_makes_its_sheet_large(tmp_path):
    data = (FOLDER / "kinds.xls").read_bytes()
    number = re.search(rb"\x03\x02\x0e\x00", data)
    path = tmp_path / "kinds.xls"
    far = struct.pack("<HH", 65535, 255)
    path.write_bytes(data[: number.end()] + far + data[number.end() + 4 :])
    assert [sheet.is_large for sheet in read_sheets(path)] == [True, False, False]


def test_a_text_of_piled_marks_is_refused(spoil):
    piled = ("a" + "\u0323\u0301" * 40 + "<").encode()
    old = "chữ<".encode()
    with pytest.raises(InvalidDataError, match="no spreadsheet"):
        read_sheets(spoil(FOLDER / "kinds.ods", lambda _, part: part.replace(old, piled)))
