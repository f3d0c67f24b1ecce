"""Errors of a filled-in sheet that do not depend on what its cells mean."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice

from openpyxl.utils import column_index_from_string

from caoan_stats.common.errors import DataError
from caoan_stats.common.words import phrase
from caoan_stats.forms.layout import CODE, LABEL
from caoan_stats.forms.sheet import COLUMN_LIMIT, ROW_LIMIT, Sheet, bounds
from caoan_stats.forms.typed import Cell, Place

NAMED_LIMIT = 50  # errors of a kind that are named at once for a sheet


def spoilt_parts(file: str, sheet: Sheet, letters: Collection[str]) -> Iterator[DataError]:
    """Yield an error of a sheet that is too large, and one for each merged or hidden part of it.

    `letters` are its columns; that of the codes may be hidden. Cells may be merged if only one of
    them is in a row that is filled in and in one of these columns.
    """
    if sheet.is_large:
        limits = {"rows": ROW_LIMIT, "columns": COLUMN_LIMIT}
        yield DataError("large_sheet", file, details=limits, sheet=sheet.name)
    filled = sheet.rows()
    columns_of = [column_index_from_string(letter) for letter in letters]
    for merged in islice(_hiding(sheet.merged, filled, columns_of), NAMED_LIMIT):
        yield DataError("merged_cells", file, details={"range": merged}, sheet=sheet.name)
    rows = [row for row in sheet.hidden_rows if row in sheet.letters]
    columns = [each for each in sheet.hidden_columns if each in letters and each != CODE]
    for kind, hidden in (("hidden_rows", rows), ("hidden_columns", columns)):
        if hidden:
            names = ", ".join(map(str, hidden))
            yield DataError(kind, file, details={"hidden": names}, sheet=sheet.name)


def _hiding(merged: Iterable[str], rows: Sequence[int], columns: Sequence[int]) -> Iterator[str]:
    """Yield the ranges that have several of the cells of some rows, sorted, and some columns."""
    for each in merged:
        height, width = bounds(each)
        count = sum(column in width for column in columns)
        if count * (bisect_left(rows, height.stop) - bisect_left(rows, height.start)) > 1:
            yield each


def is_count(sheet: Sheet, row: int) -> bool:
    """Return whether a row has only the count of the rows that are filled in."""
    if sheet.letters.get(row) != [LABEL]:
        return False
    count = sheet.cells[row, LABEL]
    return not isinstance(count.content, str) or count.text.startswith(phrase("sheet.filled"))


def divided_number(place: Place, cell: Cell) -> DataError:
    """Return the question about a number that its format shows divided by 1000."""
    stored = Decimal(f"{cell.content:.15g}").scaleb(2 if cell.as_percentage else 0)
    texts = (f"{each.normalize():f}" for each in (stored, stored.scaleb(-3 * cell.thousands)))
    sign = "%" if cell.as_percentage else ""
    found, shown = (text.replace(".", ",") + sign for text in texts)
    return place.error("divided_number", found=found, shown=shown)
