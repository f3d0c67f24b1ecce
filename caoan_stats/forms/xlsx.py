"""Excel workbooks (.xlsx, .xlsm and their templates), read with openpyxl."""

import re
import warnings
from collections.abc import Iterable, Mapping
from datetime import date, time
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.forms import sheet
from caoan_stats.forms.sheet import NotReadableError, Sheet
from caoan_stats.forms.typed import Cell

Results = Mapping[tuple[int, int], object]  # by row and column, from 1
_ESCAPES = re.compile("(?:_x[0-9A-Fa-f]{4}_)+")  # `_x000D_`, as Office Open XML writes a character


def read(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook; raise `NotReadableError` if it is damaged."""
    try:
        book = load(data)
        small = [each.title for each in book.worksheets if not _is_large(each)]
        results = saved_results(data, small)
    except Exception:  # openpyxl can raise any error for a damaged or hostile file
        raise NotReadableError("no_workbook") from None
    return tuple(_sheet(each, results.get(each.title, {})) for each in book.worksheets)


def load(data: bytes, **options: bool) -> Workbook:
    """Return a workbook with its formulas; `options` are those of `openpyxl.load_workbook`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about parts that it does not keep
        return load_workbook(BytesIO(data), **options)


def saved_results(data: bytes, names: Iterable[str]) -> dict[str, Results]:
    """Return what the cells of the named sheets hold where formulas have their saved results."""
    book = load(data, data_only=True, read_only=True)
    return {
        name: {
            (cell.row, cell.column): cell.value
            for row in book[name].iter_rows()
            for cell in row
            if cell.value is not None
        }
        for name in names
    }


def unescape(text: str) -> str:
    r"""Return a text without the escapes of Office Open XML.

    >>> unescape("two_x000D_\nlines, and _x005F_x000D_ itself")
    'two\r\nlines, and _x000D_ itself'
    """
    return _ESCAPES.sub(_characters, text)


def _characters(escapes: re.Match[str]) -> str:
    units = "".join(re.findall("_x(.{4})_", escapes[0]))
    return bytes.fromhex(units).decode("utf-16-be", "replace")  # two can be one character


def _is_large(formulas: Worksheet) -> bool:
    return formulas.max_row > sheet.ROW_LIMIT or formulas.max_column > sheet.COLUMN_LIMIT


def _sheet(formulas: Worksheet, results: Results) -> Sheet:
    rows: Any = () if _is_large(formulas) else formulas.iter_rows()
    found = {
        (cell.row, cell.column_letter): _cell(cell, results.get((cell.row, cell.column)))
        for row in rows
        for cell in row
        if isinstance(cell, ExcelCell)
    }
    return Sheet(
        name=sheet.sheet_name(unescape(formulas.title)),
        is_hidden=formulas.sheet_state != "visible",
        is_large=_is_large(formulas),
        cells={place: cell for place, cell in found.items() if cell},
        merged=tuple(str(merged) for merged in formulas.merged_cells.ranges),
        hidden_rows=tuple(
            number
            for number, row in formulas.row_dimensions.items()
            if row.hidden or row.height == 0
        ),
        hidden_columns=tuple(
            get_column_letter(number)
            for column in formulas.column_dimensions.values()
            if column.hidden or column.width == 0
            for number in range(column.min or 1, min(column.max or 1, sheet.COLUMN_LIMIT) + 1)
        ),
    )


def _cell(cell: ExcelCell, result: object) -> Cell | None:
    typed, number_format = cell.value, cell.number_format or ""
    if isinstance(typed, ArrayFormula | DataTableFormula):
        return sheet.make_cell(_plain(result), number_format, getattr(typed, "text", None) or "=…")
    if cell.data_type == "f":
        return sheet.make_cell(_plain(result), number_format, str(typed))
    return sheet.make_cell(_plain(typed), number_format)


def _plain(content: object) -> object:
    """Return a text without escapes, a number or a moment as it is, and the text of all else."""
    if isinstance(content, str):
        return unescape(content)
    is_plain = content is None or isinstance(content, int | float | date | time)
    return content if is_plain else str(content)
