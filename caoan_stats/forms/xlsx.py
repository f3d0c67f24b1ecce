"""Excel workbooks as plain cells: typed contents, formulas and their saved results."""

import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.common import files
from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.forms.entries import Cell

UNPACKED_LIMIT = 60 * files.MEGABYTE
SHEET_ROW_LIMIT, SHEET_COLUMN_LIMIT = 2_000, 100
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"  # of Excel 97 files, and of workbooks with a password
_PASSWORD = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook.

    If `is_large`, it exceeds `SHEET_ROW_LIMIT` or `SHEET_COLUMN_LIMIT`, counting formatted empty
    cells, and is read without cells.
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
        return sorted({row for row, _ in self.cells})


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Return every sheet of an `.xlsx` file that Excel or LibreOffice saved.

    Raises `InvalidDataError` if it is missing, too large, password-protected, or not a workbook.
    """
    data = files.read_file(path)
    if data.startswith(_OLE_SIGNATURE):
        kind = "password" if _PASSWORD in data else "old_workbook"
        raise InvalidDataError([DataError(kind, path.name)])
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise InvalidDataError([DataError("no_workbook", path.name)]) from None
    if size > UNPACKED_LIMIT:
        limit = {"limit": UNPACKED_LIMIT // files.MEGABYTE}
        raise InvalidDataError([DataError("large_file", path.name, details=limit)])
    formulas, results = _load(path, data)
    pairs = zip(formulas.worksheets, results.worksheets, strict=True)
    return tuple(_sheet(*pair) for pair in pairs)


def _load(path: Path, data: bytes) -> tuple[Workbook, Workbook]:
    """Return a workbook twice: with formulas, and with their saved results."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about parts that it does not keep
        try:
            return load_workbook(BytesIO(data)), load_workbook(BytesIO(data), data_only=True)
        except Exception:  # openpyxl can raise any error for a damaged or hostile file
            raise InvalidDataError([DataError("no_workbook", path.name)]) from None


def _sheet(formulas: Worksheet, results: Worksheet) -> Sheet:
    is_large = formulas.max_row > SHEET_ROW_LIMIT or formulas.max_column > SHEET_COLUMN_LIMIT
    rows: Any = () if is_large else formulas.iter_rows()
    cells = {
        (cell.row, cell.column_letter): _cell(cell, results.cell(cell.row, cell.column).value)
        for row in rows
        for cell in row
        if isinstance(cell, ExcelCell) and cell.value is not None and str(cell.value).strip()
    }
    return Sheet(
        name=formulas.title,
        is_hidden=formulas.sheet_state != "visible",
        is_large=is_large,
        cells=cells,
        merged=tuple(str(merged) for merged in formulas.merged_cells.ranges),
        hidden_rows=tuple(
            number
            for number, row in formulas.row_dimensions.items()
            if row.hidden or row.height == 0
        ),
        hidden_columns=tuple(
            get_column_letter(number)
            for column in formulas.column_dimensions.values()
            if column.hidden
            for number in range(column.min or 1, min(column.max or 1, SHEET_COLUMN_LIMIT) + 1)
        ),
    )


def _cell(cell: ExcelCell, result: object) -> Cell:
    typed = cell.value
    as_percentage = "%" in (cell.number_format or "")
    if isinstance(typed, ArrayFormula | DataTableFormula):
        return Cell(result, getattr(typed, "text", None) or "=…", as_percentage)
    if cell.data_type == "f":
        return Cell(result, str(typed), as_percentage)
    is_plain = isinstance(typed, str | int | float | date | time)
    return Cell(typed if is_plain else str(typed), "", as_percentage)
