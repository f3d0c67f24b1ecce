"""A workbook of `caoan-stats new-year`, filled in as by a clerk."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

FIELDS = (
    "value", "change", "qualifier", "section", "note", "pct_change", "pct_of_plan", "direction",
    "words", "restated",
)  # fmt: skip
COLUMNS = dict(zip(FIELDS, "FGHIJKLMNO", strict=True))
SECTION = "I.B.1"
TARGETS = "Mục tiêu năm sau"
TARGET_COLUMNS = dict(
    zip(("of", "lower", "upper", "note", "section", "base_year"), "FGHIJK", strict=True)
)
AIM = "II.I.1"  # section of a target


class Form:
    """An open workbook; indicators are found by their codes."""

    def __init__(self, book: Workbook) -> None:
        self.book = book

    def row(self, indicator: str) -> tuple[Worksheet, int]:
        for sheet in self.book.worksheets:
            for [cell] in sheet["A1:A60"]:
                if cell.value == indicator:
                    return sheet, cell.row
        raise KeyError(indicator)

    def cell(self, indicator: str, column: str) -> Cell:
        sheet, row = self.row(indicator)
        return sheet[f"{COLUMNS[column]}{row}"]

    def type(self, indicator: str, value: object = None, **others: object) -> Cell:
        """Type a figure; its section is `SECTION` unless another or None is given."""
        for column, content in {"section": SECTION, "value": value, **others}.items():
            self.cell(indicator, column).value = content
        return self.cell(indicator, "value")

    def aim(self, indicator: str, *, label: str = "", **cells: object) -> int:
        """Type a target of next year in the row of an indicator, or in a free row by its label.

        Its section is `AIM` unless another or None is given. Return the number of the row.
        """
        sheet = self.book[TARGETS]
        rows = [cell.row for [cell] in sheet["A2:A120"] if indicator and cell.value == indicator]
        number = rows[0] if rows else self._free_row(sheet, label)
        for column, content in {"section": AIM, **cells}.items():
            sheet[f"{TARGET_COLUMNS[column]}{number}"].value = content
        return number

    def _free_row(self, sheet: Worksheet, label: str) -> int:
        number = next(row for row in range(3, 200) if not sheet[f"B{row}"].value)
        sheet[f"B{number}"].value = label
        return number


@contextmanager
def filling(path: Path) -> Iterator[Form]:
    """Open a workbook for typing, and save it at the end."""
    book = load_workbook(path)
    yield Form(book)
    book.save(path)


def save_as_ods(path: Path) -> None:
    """Replace a workbook by an OpenDocument spreadsheet with the same contents."""
    names = ("office", "table", "text", "style", "number")
    kinds = {"number": "datastyle"}
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kinds.get(name, name)}:1.0"'
        for name in names
    )
    sheets = "".join(map(_ods_sheet, load_workbook(path).worksheets))
    content = (
        f"<office:document-content{spaces}><office:automatic-styles>"
        '<number:percentage-style style:name="N1"><number:number/><number:text>%</number:text>'
        '</number:percentage-style><style:style style:name="percent" style:family="table-cell" '
        'style:data-style-name="N1"/></office:automatic-styles><office:body><office:spreadsheet>'
        f"{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)


def _ods_sheet(sheet: Worksheet) -> str:
    rows = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"
        for row in sheet.iter_rows()
    )
    return f"<table:table table:name={quoteattr(sheet.title)}>{rows}</table:table>"


def _ods_cell(cell: Cell) -> str:
    if cell.value is None:
        return "<table:table-cell/>"
    if cell.data_type == "f":
        return '<table:table-cell table:formula="of:=1"/>'
    if isinstance(cell.value, int | float):
        style = ' table:style-name="percent"' if "%" in cell.number_format else ""
        number = f'office:value-type="float" office:value="{cell.value}"'
        return f"<table:table-cell{style} {number}/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell.value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
