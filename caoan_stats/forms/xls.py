"""Workbooks of Excel 97 to 2003 (.xls), read with xlrd.

Before, the records are counted, and those are taken out of which xlrd makes cells of no content:
blank cells, and the range of a link.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

import xlrd
from openpyxl.utils import get_column_letter
from xlrd.compdoc import CompDoc

from caoan_stats.forms import sheet
from caoan_stats.forms.sheet import NotReadableError, Sheet
from caoan_stats.forms.typed import Cell

RECORD_LIMIT = 200_000  # of a workbook; some are slow to read and count as `_WEIGHTS`
TEXT_LIMIT = 100_000  # that the sheets share
_BOF, _EOF, _BOUND_SHEET, _TEXTS, _NOTHING = 0x0809, 0x000A, 0x0085, 0x00FC, 0xFFFE
_FORMULAS = (0x0006, 0x0206, 0x0406)  # records with a formula, of each version of the format
_NUMBERS = 0x00BD  # of several cells
_CELLS = (*_FORMULAS, _NUMBERS, 0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, 0x0205)
_UNREAD = (0x01B8, 0x0201, 0x00BE)  # links and blank cells
_WEIGHTS = dict.fromkeys((0x0018, 0x0031, 0x00E0, 0x041E, 0x0293), 10)  # names, fonts, styles
_SIZES = {_NUMBERS: 6, 0x00E5: 8}  # bytes of one number, and of one merged range
_POSITIONS = {1: "super", 2: "sub"}  # of a font
_UNKNOWN_FORMULA = "=…"  # xlrd does not return it


def read(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook; raise `NotReadableError` if it cannot be read."""
    try:
        stream = _Stream(bytearray(_workbook(data)))
        stream.scan()
        book = xlrd.open_workbook(
            file_contents=bytes(stream.data),
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=StringIO(),
        )
        count = sheet.Count()
        return tuple(_sheet(book, number, stream, count) for number in range(book.nsheets))
    except NotReadableError:
        raise
    except Exception as error:  # xlrd can raise any error for a damaged or hostile file
        kind = "password" if "encrypted" in str(error) else "no_workbook"
        raise NotReadableError(kind) from None


def _workbook(data: bytes) -> bytes:
    """Return the records of a workbook."""
    document = CompDoc(data, logfile=StringIO())
    for name in ("Workbook", "Book"):
        found, start, length = document.locate_named_stream(name)
        if found:
            return bytes(found[start : start + length])
    raise NotReadableError("no_workbook")


@dataclass
class _Stream:
    """The records of a workbook."""

    data: bytearray
    formulas: list[set[tuple[int, int]]] = field(default_factory=list)  # of each sheet, from 0
    large: set[int] = field(default_factory=set)  # numbers of the sheets with cells far away
    weight: int = 0

    def scan(self) -> None:
        """Count all records, note the formulas, and take out what xlrd should not read.

        Raises `NotReadableError` if there are too many.
        """
        starts: list[int] = []
        for kind, place, length in self._records(0):
            if kind == _BOUND_SHEET:
                starts += struct.unpack_from("<I", self.data, place)
            if kind == _TEXTS and max(struct.unpack_from("<II", self.data, place)) > TEXT_LIMIT:
                raise NotReadableError("crowded_workbook")
            self._weigh(kind, length)
        if len(starts) > sheet.SHEET_LIMIT:
            raise NotReadableError("crowded_workbook")
        for number, start in enumerate(starts):
            self.formulas.append(set())
            for kind, place, length in self._records(start):
                self._weigh(kind, length)
                self._scan_cell(number, kind, place)

    def _scan_cell(self, number: int, kind: int, place: int) -> None:
        is_unread = kind in _UNREAD
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", self.data, place)
            is_unread = not sheet.is_inside(row + 1, column + 1)
            if is_unread:
                self.large.add(number)
            if kind in _FORMULAS:
                self.formulas[number].add((row, column))
        if is_unread:
            struct.pack_into("<H", self.data, place - 4, _NOTHING)

    def _weigh(self, kind: int, length: int) -> None:
        self.weight += _WEIGHTS.get(kind, 1) + length // _SIZES.get(kind, length + 1)
        if self.weight > RECORD_LIMIT:
            raise NotReadableError("crowded_workbook")

    def _records(self, start: int) -> Iterator[tuple[int, int, int]]:
        """Yield kind, place and length of each record from a beginning to its end."""
        position, depth = start, 0
        while position + 4 <= len(self.data):
            kind, length = struct.unpack_from("<HH", self.data, position)
            yield kind, position + 4, length
            position += 4 + length
            depth += (kind == _BOF) - (kind == _EOF)  # a chart is within a sheet
            if not depth:
                return


def _sheet(book: xlrd.book.Book, number: int, stream: _Stream, count: sheet.Count) -> Sheet:
    found, formulas = book.sheet_by_index(number), stream.formulas[number]
    contents = {
        (row, column): cell
        for row in range(found.nrows)
        for column, cell in enumerate(found.row(row))
        if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or (row, column) in formulas
    }
    is_large = number in stream.large or not all(
        sheet.is_inside(row + 1, column + 1) for row, column in contents
    )
    cells = {
        (row + 1, get_column_letter(column + 1)): _cell(
            book, found, (row, column), count, is_formula=(row, column) in formulas
        )
        for row, column in contents
        if not is_large
    }
    book.unload_sheet(number)
    return Sheet(
        name=sheet.sheet_name(found.name),
        is_hidden=found.visibility != 0,
        is_large=is_large,
        cells={place: cell for place, cell in cells.items() if cell},
        merged=tuple(_range(*bounds) for bounds in found.merged_cells),
        hidden_rows=tuple(
            row + 1 for row, info in found.rowinfo_map.items() if info.hidden or info.height == 0
        ),
        hidden_columns=tuple(
            get_column_letter(column + 1)
            for column, info in found.colinfo_map.items()
            if (info.hidden or info.width == 0) and column < sheet.COLUMN_LIMIT
        ),
    )


def _cell(
    book: xlrd.book.Book,
    found: xlrd.sheet.Sheet,
    place: tuple[int, int],
    count: sheet.Count,
    *,
    is_formula: bool,
) -> Cell | None:
    """Return a cell; the result of a formula that was not saved is an empty text."""
    cell = found.cell(*place)
    formula = _UNKNOWN_FORMULA if is_formula else ""
    number_format = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    content = cell.value
    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            content = _moment(cell.value, book.datemode)
        case xlrd.XL_CELL_BOOLEAN:
            content = bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            content = xlrd.error_text_from_code.get(cell.value, "#N/A")
        case xlrd.XL_CELL_TEXT:
            content = text(cell.value, found.rich_text_runlist_map.get(place, ()), book)
    return count.cell(content, number_format, formula)


def text(typed: str, fonts: Sequence[tuple[int, int]], book: xlrd.book.Book) -> str:
    """Return a text; digits that a font raises or lowers are so as characters.

    `fonts` are the places in the text from which each font is used.
    """
    starts = [start for start, _ in fonts]
    pieces = [typed[: starts[0]]] if starts else [typed]
    for (start, number), end in zip(fonts, [*starts[1:], len(typed)], strict=False):
        position = _POSITIONS.get(book.font_list[number].escapement, "")
        pieces.append(sheet.shifted(typed[start:end], position))
    return "".join(pieces)


def _moment(value: float, datemode: int) -> object:
    """Return a date and time, or the error that Excel shows in place of an impossible one."""
    try:
        return xlrd.xldate_as_datetime(value, datemode)
    except (OverflowError, xlrd.xldate.XLDateError):
        return "#VALUE!"


def _range(top: int, bottom: int, left: int, right: int) -> str:
    """Return a range such as `B2:C3` from the bounds of xlrd, which count from 0."""
    return f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right)}{bottom}"
