"""One CSV file as cells of text, each row with its line number; two dialects are told apart.

A comma separates cells beside a decimal point; a semicolon beside a decimal comma, which is what
Excel in Vietnam saves. A byte-order mark, a first line `sep=;`, text in any Unicode form, spaces
around a cell and empty lines are read; what cannot be text is refused.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from caoan_stats.errors import DataError, InvalidDataError

CELL_LIMIT = 10_000


@dataclass(frozen=True)
class Row:
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
    header: Row
    rows: tuple[Row, ...]

    @property
    def mark(self) -> str:
        """The decimal mark that goes with the separator."""
        return "," if self.separator == ";" else "."


def read(path: Path, header: str) -> CsvFile:
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
        The file is missing, empty, no UTF-8, holds a NUL byte, or its quotation marks do not match.
    """
    text = _text(path, header)
    start = 0
    separator = None
    first, _, rest = text.partition("\n")
    if first.strip().lower() in ("sep=;", "sep=,"):
        separator, text, start = first.strip()[-1], rest, 1
        first = text.partition("\n")[0]
    separator = separator or (";" if first.count(";") > first.count(",") else ",")
    rows = list(_rows(path.name, text, separator, start))
    if not rows:
        raise InvalidDataError([DataError("empty_file", path.name, details={"header": header})])
    return CsvFile(path.name, separator, rows[0], tuple(rows[1:]))


def _text(path: Path, header: str) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InvalidDataError([DataError("missing_file", path.name)]) from None
    except OSError as error:
        details = {"reason": error.strerror}
        raise InvalidDataError([DataError("unreadable_file", path.name, details=details)]) from None
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
    return unicodedata.normalize("NFC", text)


def _line(data: bytes, position: int) -> int:
    return len(data[: position + 1].splitlines())


def _rows(name: str, text: str, separator: str, start: int) -> Iterator[Row]:
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        line = start + reader.line_num + 1
        try:
            cells = tuple(cell.strip() for cell in next(reader))
        except StopIteration:
            return
        except csv.Error:
            raise InvalidDataError([DataError("open_quote", name, line)]) from None
        if any(len(cell) > CELL_LIMIT for cell in cells):
            details = {"limit": CELL_LIMIT}
            raise InvalidDataError([DataError("long_cell", name, line, None, details)])
        if any(cells):
            yield Row(line, cells)
