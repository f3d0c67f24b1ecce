"""One CSV file as cells of text, each row with its line number; two dialects are told apart.

A comma separates cells beside a decimal point; a semicolon beside a decimal comma, which is what
Excel in Vietnam saves. A byte-order mark, a first line `sep=;`, text in any Unicode form, any line
ending, invisible characters, spaces around a cell, empty lines and empty columns at the right are
read; what cannot be text is refused.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, islice
from pathlib import Path

from caoan_stats.common import files, numerals
from caoan_stats.common.errors import DataError, InvalidDataError

CELL_LIMIT = 10_000  # characters
ROW_LIMIT = 20_000
MARK_LIMIT = 30  # on one letter, as in the stream-safe text of Unicode
_LIMITS = {"long_cell": CELL_LIMIT, "many_lines": ROW_LIMIT, "piled_marks": MARK_LIMIT}
_SEP_LINE = re.compile(r"\s*\"?sep=([;,])\"?[;,]*\s*", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(  # what has no width, and what turns the direction of reading
    map(
        ord,
        "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
        "\u2060\u2066\u2067\u2068\u2069\ufeff",
    )
)


@dataclass(frozen=True)
class Record:
    """The cells of one record and the line of the file that it begins on."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class CsvFile:
    """A CSV file that could be split into cells.

    Parameters
    ----------
    name
        File name for messages.
    separator
        `,` or `;`.
    header
        The first row.
    rows
        All others that have a cell with text.
    """

    name: str
    separator: str
    header: Record
    rows: tuple[Record, ...]

    @property
    def mark(self) -> str:
        """The decimal mark that goes with the separator."""
        return "," if self.separator == ";" else "."


def read_cells(path: Path, header: str) -> CsvFile:
    """Split a file into cells.

    Parameters
    ----------
    path
        The file.
    header
        The line of column names that an empty file lacks, for the message.

    Raises
    ------
    InvalidDataError
        The file is missing, empty, too large, no UTF-8, holds a NUL byte, or its quotation marks do
        not match.
    """
    lines = _text(path, header).split("\n")
    start = 0
    separator = None
    if sep := _SEP_LINE.fullmatch(lines[0]):
        separator, start = sep[1], 1
    first = next((line for line in lines[start:] if line.strip()), "")
    separator = separator or (";" if first.count(";") > first.count(",") else ",")
    rows = list(islice(_rows(path.name, lines[start:], separator, start), ROW_LIMIT + 2))
    if not rows:
        raise InvalidDataError([DataError("empty_file", path.name, details={"header": header})])
    if len(rows) > ROW_LIMIT + 1:
        raise _refused("many_lines", path.name, rows[-1].line)
    head, *body = _without_empty_columns(rows)
    return CsvFile(path.name, separator, head, tuple(body))


def _without_empty_columns(rows: list[Record]) -> list[Record]:
    """Take off the columns at the right that have neither a name nor a cell with text."""
    head = rows[0].cells
    width = max((position for position, name in enumerate(head, 1) if name), default=0)
    if any(any(row.cells[width : len(head)]) for row in rows):
        return rows
    return [
        Record(row.line, row.cells[:width]) if len(row.cells) == len(head) else row for row in rows
    ]


def _text(path: Path, header: str) -> str:
    data = files.read_file(path)
    if not data.strip():
        raise InvalidDataError([DataError("empty_file", path.name, details={"header": header})])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # the codec counts from behind the byte-order mark
        position = error.start + len(data) - len(error.object)
        byte, line = {"byte": data[position]}, _line(data, position)
        raise InvalidDataError([DataError("not_utf8", path.name, line, None, byte)]) from None
    if (position := data.find(b"\0")) >= 0:
        raise InvalidDataError([DataError("nul_byte", path.name, _line(data, position))])
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)


def normalize_text(text: str) -> str:
    r"""Take out what is not seen, and write each letter in one way.

    Examples
    --------
    >>> normalize_text("\ufeffx\u0061\u0303 A\u200bn") == "xã An"
    True
    """
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE))


def _line(data: bytes, position: int) -> int:
    return len(data[: position + 1].splitlines())


def _rows(name: str, lines: list[str], separator: str, start: int) -> Iterator[Record]:
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator, strict=True)
    width = 0
    while True:
        line = start + reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            endless = "field limit" in str(error)
            raise _refused("long_cell" if endless else "open_quote", name, line) from None
        width = width or len(record)
        if any(_holds_a_line(cell, separator, width) for cell in record):
            raise _refused("open_quote", name, line)
        if any(len(cell.strip()) > CELL_LIMIT for cell in record):
            raise _refused("long_cell", name, line)
        if any(map(_is_piled_up, record)):
            raise _refused("piled_marks", name, line)
        cells = tuple(unicodedata.normalize("NFC", cell).strip() for cell in record)
        if any(cells):
            yield Record(line, cells)


def _refused(kind: str, name: str, line: int) -> InvalidDataError:
    return InvalidDataError([DataError(kind, name, line, None, {"limit": _LIMITS.get(kind)})])


def _holds_a_line(cell: str, separator: str, width: int) -> bool:
    """Whether two stray quotation marks have made one cell of what looks like a line of its own."""
    return "\n" in cell and any(part.count(separator) >= width - 1 for part in cell.split("\n"))


def _is_piled_up(cell: str) -> bool:
    """Whether more marks stand on one letter than any script has, which take long to compose."""
    if cell.isascii():
        return False
    marks = (unicodedata.combining(sign) > 0 for sign in cell)
    return any(kind and len(list(run)) > MARK_LIMIT for kind, run in groupby(marks))


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
        number = numerals.parse_plain(self[column], self.file.mark)
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
