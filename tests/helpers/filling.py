"""A workbook of `caoan-stats new-year`, filled in as by a clerk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

FIELDS = (
    "value", "change", "qualifier", "section", "note", "pct_change", "pct_of_plan", "direction",
    "words", "restated",
)  # fmt: skip
COLUMNS = dict(zip(FIELDS, "FGHIJKLMNO", strict=True))
SECTION = "I.B.1"


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


@contextmanager
def filling(path: Path) -> Iterator[Form]:
    """Open a workbook for typing, and save it at the end."""
    book = load_workbook(path)
    yield Form(book)
    book.save(path)
