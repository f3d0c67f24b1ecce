"""Workbooks of Excel 97 to 2003 (.xls), read with xlrd."""

import struct
from collections.abc import Iterator
from io import StringIO

import xlrd
from openpyxl.utils import get_column_letter

from caoan_stats.forms import sheet
from caoan_stats.forms.sheet import NotReadableError, Sheet
from caoan_stats.forms.typed import Cell

_FORMULAS = (0x0006, 0x0206, 0x0406)  # records with a formula, of each version of the format
_END = 0x000A  # record
_UNKNOWN_FORMULA = "=…"  # xlrd does not return it


def read(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook; raise `NotReadableError` if it is damaged or encrypted."""
    try:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,  # else the records are gone
            logfile=StringIO(),
        )
        return tuple(_sheet(book, number) for number in range(book.nsheets))
    except Exception as error:  # xlrd can raise any error for a damaged or hostile file
        kind = "password" if "encrypted" in str(error) else "no_workbook"
        raise NotReadableError(kind) from None


def _sheet(book: xlrd.book.Book, number: int) -> Sheet:
    found = book.sheet_by_index(number)
    formulas = set(_formulas(book, number))
    contents = {
        (row, column): cell
        for row in range(found.nrows)
        for column, cell in enumerate(found.row(row))
        if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or (row, column) in formulas
    }
    rows, columns = (max((place[axis] for place in contents), default=0) for axis in (0, 1))
    is_large = rows >= sheet.ROW_LIMIT or columns >= sheet.COLUMN_LIMIT
    cells = {
        (row + 1, get_column_letter(column + 1)): _cell(
            book, cell, is_formula=(row, column) in formulas
        )
        for (row, column), cell in contents.items()
        if not is_large
    }
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


def _formulas(book: xlrd.book.Book, number: int) -> Iterator[tuple[int, int]]:
    """Yield row and column of each formula of a sheet, from 0, which xlrd does not tell."""
    position = book._sh_abs_posn[number]
    while position + 4 <= len(book.mem):
        kind, length = struct.unpack_from("<HH", book.mem, position)
        if kind in _FORMULAS:
            yield struct.unpack_from("<HH", book.mem, position + 4)
        position += 4 + length
        if kind == _END:
            return


def _cell(book: xlrd.book.Book, cell: xlrd.sheet.Cell, *, is_formula: bool) -> Cell | None:
    """Return a cell; the result of a formula that was not saved is an empty text."""
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
    return sheet.make_cell(content, number_format, formula)


def _moment(value: float, datemode: int) -> object:
    """Return a date and time, or the error that Excel shows in place of an impossible one."""
    try:
        return xlrd.xldate_as_datetime(value, datemode)
    except (OverflowError, xlrd.xldate.XLDateError):
        return "#VALUE!"


def _range(top: int, bottom: int, left: int, right: int) -> str:
    """Return a range such as `B2:C3` from the bounds of xlrd, which count from 0."""
    return f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right)}{bottom}"
