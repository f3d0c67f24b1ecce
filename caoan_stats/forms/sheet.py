"""A sheet of a spreadsheet as plain cells: typed contents, formulas and their saved results."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from openpyxl.utils import range_boundaries

from caoan_stats.common import numerals
from caoan_stats.datafolder.csvfile import CELL_LIMIT, has_piled_marks, normalize_text
from caoan_stats.forms import number_formats
from caoan_stats.forms.typed import Cell

ROW_LIMIT, COLUMN_LIMIT = 2_000, 100
SHEET_ROWS, SHEET_COLUMNS = 1_048_576, 16_384  # of Excel
SHEET_LIMIT, CELL_COUNT_LIMIT = 200, 50_000  # of a workbook; a long text counts as several cells
FORMAT_LENGTH, FORMAT_LIMIT = 255, 1_000  # characters of a number format, and how many of them
_LONG = 200  # characters
_SHIFTED = {
    "super": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
FLOAT_LIMIT = 1e300  # numbers that no spreadsheet program saves are read as text
_LINE_ENDING = re.compile("\r\n?")


@dataclass(frozen=True)
class Sheet:
    """A sheet of a spreadsheet.

    If `is_large`, it exceeds `ROW_LIMIT` or `COLUMN_LIMIT`, and is read without cells.
    """

    name: str
    is_hidden: bool
    is_large: bool
    cells: Mapping[tuple[int, str], Cell]  # non-empty ones, by row (from 1) and column letter
    merged: tuple[str, ...]  # ranges such as `B2:C3`
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[str, ...]

    def text(self, row: int, column: str) -> str:
        """Return the text of a cell; empty for an empty cell."""
        cell = self.cells.get((row, column))
        return cell.text if cell else ""

    def rows(self) -> list[int]:
        """Return the numbers of the rows that are not empty, sorted."""
        return sorted(self.letters)

    @cached_property
    def letters(self) -> Mapping[int, Sequence[str]]:
        """Column letters of the cells in each row that is not empty."""
        letters: dict[int, list[str]] = {}
        for row, letter in self.cells:
            letters.setdefault(row, []).append(letter)
        return letters


class NotReadableError(Exception):
    """A file is no workbook that can be read; `kind` is that of a `DataError`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


class Count:
    """Count of the cells of a workbook while they are made."""

    def __init__(self) -> None:
        self.cells, self.formats = 0, set[str]()

    def cell(self, content: object, number_format: str, formula: str = "") -> Cell | None:
        """Return a cell as `make_cell`; raise `NotReadableError` if there are too many."""
        texts = [each for each in (content, formula) if isinstance(each, str)]
        if any(map(has_piled_marks, texts)):
            raise NotReadableError("no_workbook")
        number_format = number_format[:FORMAT_LENGTH]
        self.formats.add(number_format)
        made = make_cell(content, number_format, formula)
        self.add(sum(map(len, texts)) // _LONG + (made is not None))
        return made

    def add(self, cells: int) -> None:
        """Add cells that are read; raise `NotReadableError` if there are too many."""
        self.cells += cells
        if self.cells > CELL_COUNT_LIMIT or len(self.formats) > FORMAT_LIMIT:
            raise NotReadableError("crowded_workbook")


def shifted(text: str, position: str) -> str:
    """Return a text whose digits are raised or lowered characters, as its format shows them.

    >>> shifted("1", "superscript"), shifted("1", "sub 58%"), shifted("1", "baseline")
    ('¹', '₁', '1')
    """
    shift = next((table for name, table in _SHIFTED.items() if position.startswith(name)), {})
    return text.translate(shift)


def is_inside(row: int, column: int) -> bool:
    """Return whether a sheet with a cell at this place is small enough."""
    return row <= ROW_LIMIT and column <= COLUMN_LIMIT


def bounds(cells: str) -> tuple[range, range]:
    """Return the rows and columns of a range, which can be whole columns.

    >>> bounds("B2:$C$4"), bounds("B:C")
    ((range(2, 5), range(2, 4)), (range(1, 1048577), range(2, 4)))
    """
    left, top, right, bottom = range_boundaries(cells)
    rows = range(top or 1, (bottom or SHEET_ROWS) + 1)
    return rows, range(left or 1, (right or SHEET_COLUMNS) + 1)


def sheet_name(name: str) -> str:
    """Return the name of a sheet, also typed in decomposed Unicode or with surplus spaces."""
    return " ".join(normalize_text(name).split())


def make_cell(content: object, number_format: str, formula: str = "") -> Cell | None:
    """Return a cell with what it shows; None if it is empty.

    >>> make_cell(97.14, '0.00"%"').content, make_cell(0.9714, "0.00%").content
    (0.9714, 0.9714)
    >>> make_cell(28.05, '0.00" tỷ"').shown
    '28,05 tỷ'
    """
    if isinstance(content, str):
        text = _LINE_ENDING.sub("\n", content)
        content = normalize_text(text) if len(text) <= CELL_LIMIT else text
    if isinstance(content, int | float) and not abs(content) < FLOAT_LIMIT:
        content = str(content)
    if content is None or (isinstance(content, str) and not content.strip()):
        return Cell(None, formula) if formula else None
    if isinstance(content, bool) or not isinstance(content, int | float):
        return Cell(content, formula)
    return _number_cell(content, number_format, formula)


def _number_cell(number: float, number_format: str, formula: str) -> Cell:
    number = int(number) if number == int(number) else number
    section = number_formats.section_for(number_format, number)
    exact = Decimal(format(number, f".{numerals.DIGIT_LIMIT}g"))
    words = section.words(exact)
    thousands = section.thousands if number and not words else 0
    cell = Cell(number, formula, section.is_percent, shown=words, thousands=thousands)
    if section.has_percent_sign and not section.is_percent:
        return replace(cell, content=number / 100, as_percentage=True, is_scaled=False)
    return cell
