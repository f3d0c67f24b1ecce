"""CSV files as rows of text cells, each with its line number.

Two dialects of CSV are read: semicolon-separated with a decimal comma, which Excel writes under
Vietnamese regional settings, and comma-separated with a decimal point. A byte-order mark, a first
line `sep=;`, any line ending, any Unicode normalization form, invisible characters, spaces around a
cell, empty lines and empty columns at the right are accepted. Anything but text is rejected.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, islice
from pathlib import Path

from caoan_stats.common import numerals
from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.files import read_file

CELL_LIMIT = 10_000  # characters
ROW_LIMIT = 20_000  # without the header
MARK_LIMIT = 30  # combining marks on a letter, as in Unicode's Stream-Safe Text Format (UAX #15)
_SEP_LINE = re.compile(r"\s*\"?sep=([;,])\"?[;,]*\s*", re.IGNORECASE)
# characters of no width and marks of writing direction
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Record:
    """One row: its cells, and the line of the file on which it starts, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class CsvFile:
    """A CSV file split into cells, without empty rows; a row can have any number of cells."""

    name: str  # without folders
    separator: str  # `,` or `;`
    header: Record
    rows: tuple[Record, ...]

    @property
    def mark(self) -> str:
        """The decimal mark of the dialect: `,` with the separator `;`, else `.`."""
        return "," if self.separator == ";" else "."


@dataclass(frozen=True)
class Line:
    """A row that has as many cells as the header."""

    file: CsvFile
    number: int  # from 1
    cells: Mapping[str, str]  # by column name

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")  # a column that a file leaves out is empty

    def value(self, column: str) -> Decimal | None:
        """Return the number of a cell; None if it is not in the plain form of `numerals`."""
        number = numerals.parse_plain(self[column], self.file.mark)
        return None if number is None else Decimal(number)

    def error(self, kind: str, column: str | None, **details: object) -> DataError:
        """Return an error of this line, or of its cell in `column` if that is not None."""
        return DataError(kind, self.file.name, self.number, column, details)


def read_cells(path: Path, header: str) -> CsvFile:
    """Return a CSV file split into cells; `header` is the line that an empty file should have.

    Raises `InvalidDataError` if the file is missing, unreadable, empty or not UTF-8; holds a NUL
    byte or a quotation mark that is not closed; or exceeds `FILE_LIMIT`, `ROW_LIMIT`, `CELL_LIMIT`
    or `MARK_LIMIT`.
    """
    text_lines = _read_text(path, header).split("\n")
    if sep_line := _SEP_LINE.fullmatch(text_lines[0]):
        start, separator = 1, sep_line[1]
    else:
        first = next((line for line in text_lines if line.strip()), "")
        start, separator = 0, ";" if first.count(";") > first.count(",") else ","
    rows = list(islice(_rows(path.name, text_lines[start:], separator, start), ROW_LIMIT + 2))
    if not rows:
        raise _invalid("empty_file", path.name, header=header)
    if len(rows) > ROW_LIMIT + 1:
        raise _invalid("many_lines", path.name, rows[-1].line, limit=ROW_LIMIT)
    head, *body = _without_empty_columns(rows)
    return CsvFile(path.name, separator, head, tuple(body))


def lines(files: Mapping[str, CsvFile], name: str) -> Iterator[Line]:
    """Yield each row that has as many cells as the header; none if the resource has no file."""
    if file := files.get(name):
        columns = file.header.cells
        for row in file.rows:
            if len(row.cells) == len(columns):
                yield Line(file, row.line, dict(zip(columns, row.cells, strict=True)))


def normalize_text(text: str) -> str:
    """Return a text without invisible characters, in Unicode normalization form C."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def _read_text(path: Path, header: str) -> str:
    r"""Return the text of a file with `\n` line endings and without invisible characters."""
    data = read_file(path)
    if not data.strip():
        raise _invalid("empty_file", path.name, header=header)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # the codec counts from after the byte-order mark
        position = error.start + len(data) - len(error.object)
        line, byte = _line_of(data, position), data[position]
        raise _invalid("not_utf8", path.name, line, byte=byte) from None
    if (position := data.find(b"\0")) >= 0:
        raise _invalid("nul_byte", path.name, _line_of(data, position))
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _line_of(data: bytes, position: int) -> int:
    return len(data[: position + 1].splitlines())


def _rows(name: str, text_lines: list[str], separator: str, start: int) -> Iterator[Record]:
    """Yield each row that is not empty; `start` is the number of lines before `text_lines`."""
    reader = csv.reader((f"{line}\n" for line in text_lines), delimiter=separator, strict=True)
    width = 0
    while True:
        line = start + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                raise _invalid("long_cell", name, line, limit=CELL_LIMIT) from None
            raise _invalid("open_quote", name, line) from None
        width = width or len(cells)
        if len(cells) == width and _holds_a_row(cells, separator):
            raise _invalid("open_quote", name, line)
        if any(len(cell.strip()) > CELL_LIMIT for cell in cells):
            raise _invalid("long_cell", name, line, limit=CELL_LIMIT)
        if any(map(has_piled_marks, cells)):
            raise _invalid("piled_marks", name, line, limit=MARK_LIMIT)
        record = Record(line, tuple(unicodedata.normalize("NFC", cell).strip() for cell in cells))
        if any(record.cells):
            yield record


def _holds_a_row(cells: list[str], separator: str) -> bool:
    """Return whether cells hold another row, as they do between two stray quotation marks.

    Its line has as many cells, and it has numbers where the first line has them; a text of several
    lines, which may have as many separators, has not.
    """
    first, *others = (line.split(separator) for line in separator.join(cells).split("\n"))
    return any(
        len(other) == len(cells)
        and _is_number(other[0]) == _is_number(first[0])
        and any(
            _is_number(cell) and _is_number(each) for cell, each in zip(first, other, strict=False)
        )
        for other in others
    )


def _is_number(cell: str) -> bool:
    """Return whether a cell is a number, a year or a date."""
    return bool(re.fullmatch(r"[+-]?[0-9][0-9.,/e-]*", cell.strip()))


def has_piled_marks(cell: str) -> bool:
    """Return whether a letter has more combining marks than any script uses; they slow NFC down."""
    if not any(map(unicodedata.combining, cell[::MARK_LIMIT])):  # which would meet a longer run
        return False
    marks = (unicodedata.combining(character) > 0 for character in cell)
    return any(is_mark and len(list(run)) > MARK_LIMIT for is_mark, run in groupby(marks))


def _without_empty_columns(rows: list[Record]) -> list[Record]:
    """Return the rows without the columns at the right that have neither a name nor text."""
    head = rows[0].cells
    width = max((position for position, name in enumerate(head, 1) if name), default=0)
    if any(any(row.cells[width : len(head)]) for row in rows):
        return rows
    return [
        Record(row.line, row.cells[:width]) if len(row.cells) == len(head) else row for row in rows
    ]


def _invalid(kind: str, name: str, line: int | None = None, **details: object) -> InvalidDataError:
    return InvalidDataError([DataError(kind, name, line, details=details)])
