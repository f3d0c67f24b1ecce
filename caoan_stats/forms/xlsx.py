"""A workbook as its cells: what was typed, and what formulas gave when it was saved."""

import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.common import files
from caoan_stats.common.errors import DataError, InvalidDataError

UNPACKED = 60 * files.MEGABYTE  # the most that a file is unpacked to
SHEET_ROW_LIMIT, SHEET_COLUMN_LIMIT = 2_000, 100  # the most of a sheet
_OLD = b"\xd0\xcf\x11\xe0"  # files of Excel 97, and any with a password, begin so
_PASSWORD = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Found:
    """A cell that is not empty.

    Parameters
    ----------
    content
        What was typed, or what its formula gave; None where that is not known.
    formula
        The formula; empty where there is none.
    as_percentage
        Whether it shows 0.9714 as 97.14 %.
    """

    content: object
    formula: str = ""
    as_percentage: bool = False

    @property
    def text(self) -> str:
        """The content as text, on one line."""
        return "" if self.content is None else " ".join(str(self.content).split())


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook.

    Parameters
    ----------
    name
        As its tab has it.
    cells
        Those that are not empty, by row (from 1) and column letter.
    merged
        Ranges such as `B2:C3`.
    hidden_rows, hidden_columns
        Those that a person does not see.
    is_hidden
        Whether none of it is seen.
    extent
        How many rows and columns it has, empty ones that are formatted included.
    """

    name: str
    cells: Mapping[tuple[int, str], Found]
    merged: tuple[str, ...]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[str, ...]
    is_hidden: bool
    extent: tuple[int, int]

    @property
    def is_large(self) -> bool:
        """Whether it is larger than any that is read; it has no cells then."""
        rows, columns = self.extent
        return rows > SHEET_ROW_LIMIT or columns > SHEET_COLUMN_LIMIT

    def text(self, row: int, column: str) -> str:
        """Give the text of a cell; empty where there is none."""
        found = self.cells.get((row, column))
        return found.text if found else ""

    def rows(self) -> list[int]:
        """List the rows that have a cell with something in it."""
        return sorted({row for row, _ in self.cells})


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Read every sheet of a workbook.

    Parameters
    ----------
    path
        A file of Excel or LibreOffice, `.xlsx`.

    Raises
    ------
    InvalidDataError
        It is missing or too large, has a password, or is no such file.
    """
    data = files.read_file(path)
    if data.startswith(_OLD):
        kind = "password" if _PASSWORD in data else "old_workbook"
        raise InvalidDataError([DataError(kind, path.name)])
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            size = sum(each.file_size for each in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise InvalidDataError([DataError("no_workbook", path.name)]) from None
    if size > UNPACKED:
        limit = {"limit": UNPACKED // files.MEGABYTE}
        raise InvalidDataError([DataError("large_file", path.name, details=limit)])
    return tuple(_sheets(path, data))


def _sheets(path: Path, data: bytes) -> Iterator[Sheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, of parts of a file that it does not keep
        try:
            typed, given = (load_workbook(BytesIO(data), data_only=flag) for flag in (False, True))
        except Exception:  # whatever a damaged or hostile file makes of it
            raise InvalidDataError([DataError("no_workbook", path.name)]) from None
    for sheet, values in zip(typed.worksheets, given.worksheets, strict=True):
        yield _sheet(sheet, values)


def _sheet(typed: Worksheet, given: Worksheet) -> Sheet:
    extent = (typed.max_row, typed.max_column)
    is_large = extent[0] > SHEET_ROW_LIMIT or extent[1] > SHEET_COLUMN_LIMIT
    rows: Any = () if is_large else typed.iter_rows()
    cells = {
        (cell.row, cell.column_letter): _found(cell, given.cell(cell.row, cell.column).value)
        for row in rows
        for cell in row
        if isinstance(cell, SheetCell) and cell.value is not None and str(cell.value).strip()
    }
    hidden = [each for each in typed.column_dimensions.values() if each.hidden]
    return Sheet(
        typed.title,
        cells,
        tuple(str(each) for each in typed.merged_cells.ranges),
        tuple(
            row
            for row, each in typed.row_dimensions.items()
            if each.hidden or each.height == 0
        ),
        tuple(
            get_column_letter(number)
            for each in hidden
            for number in range(each.min or 1, min(each.max or 1, SHEET_COLUMN_LIMIT) + 1)
        ),
        typed.sheet_state != "visible",
        extent,
    )  # fmt: skip


def _found(cell: SheetCell, value: object) -> Found:
    written = cell.value
    as_percentage = "%" in (cell.number_format or "")
    if isinstance(written, ArrayFormula | DataTableFormula):
        return Found(value, getattr(written, "text", None) or "=…", as_percentage)
    if cell.data_type == "f":
        return Found(value, str(written), as_percentage)
    known = isinstance(written, str | int | float | date | time)
    return Found(written if known else str(written), "", as_percentage)
