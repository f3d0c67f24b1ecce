"""A line of a CSV file, its cells under the names of their columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from caoan_stats import numerals
from caoan_stats.csvfile import CsvFile
from caoan_stats.errors import DataError


@dataclass(frozen=True)
class Line:
    """A line with the right number of cells.

    Parameters
    ----------
    file
        The file that it is in.
    number
        Its place there, from 1.
    cells
        Its texts by column.
    """

    file: CsvFile
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def value(self, column: str) -> Decimal | None:
        """Read a number; None where the cell is not plainly one."""
        number = numerals.plain(self[column], self.file.mark)
        return None if number is None else Decimal(number)

    def say(self, kind: str, column: str | None, **details: object) -> DataError:
        """Make an error of this line."""
        return DataError(kind, self.file.name, self.number, column, details)


def lines(files: Mapping[str, CsvFile], name: str) -> Iterator[Line]:
    """Give the lines of a file that have the right number of cells; none without the file."""
    if file := files.get(name):
        columns = file.header.cells
        for row in file.rows:
            if len(row.cells) == len(columns):
                yield Line(file, row.line, dict(zip(columns, row.cells, strict=True)))
