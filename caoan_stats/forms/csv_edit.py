"""Edits of a CSV file by line: rows are replaced or added; all other lines are unchanged."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from caoan_stats.datafolder import csvfile
from caoan_stats.datafolder.csvfile import CsvFile, Line
from caoan_stats.datafolder.package import Resource
from caoan_stats.forms.entries import Entry

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Change:
    """A new line of a file."""

    entry: Entry
    line: int  # in the edited file, from 1
    old: Mapping[str, str] = field(default_factory=dict)  # cells that it replaces, as of an entry


@dataclass(frozen=True)
class Draft:
    """An edited file that is not written yet."""

    path: Path
    text: str  # of the whole file
    changes: tuple[Change, ...]  # in order


def make_draft(resource: Resource, entries: Sequence[Entry]) -> Draft:
    """Return the draft of a valid file: an entry replaces the row with its key, or is added last.

    The keys of `entries` are distinct; an entry that equals its row changes nothing. A column that
    an entry needs is added at the end of every line.
    """
    old = _OldFile(resource, csvfile.read_cells(resource.path, ",".join(resource.columns)))
    file = old.with_columns_for(entries)
    slots = file.lines.copy()  # the text of each old line, then of each added one
    changed: dict[int, Change] = {}  # by slot, with the line still to be counted
    for entry in entries:
        row = file.rows.get(row_key(entry.cells, resource))
        if row is None:
            if not slots[-1].endswith(("\n", "\r")):
                slots[-1] += file.newline
            changed[len(slots)] = Change(entry, 0)
            slots.append(file.format(entry))
        elif not file.equals(row, entry):
            start, end = row.number - 1, file.ends[row.number]
            changed[end - 1] = Change(entry, 0, file.plain_cells(row))
            slots[start:end] = [*[""] * (end - start - 1), file.format(entry)]
    return Draft(resource.path, "".join(slots), tuple(_changes(slots, changed)))


def row_key(cells: Mapping[str, str], resource: Resource) -> tuple[str, ...]:
    """Return the cells of a row in the primary key of its table."""
    return tuple(cells.get(name, "") for name in resource.schema["primaryKey"])


def _changes(slots: Sequence[str], changed: Mapping[int, Change]) -> Iterator[Change]:
    number = 1
    for position, slot in enumerate(slots):
        if position in changed:
            yield replace(changed[position], line=number)
        number += len(_LINE.findall(slot))


@dataclass(frozen=True)
class _OldFile:
    """A file before its rows are edited, and its CSV dialect."""

    resource: Resource
    file: CsvFile
    added: tuple[str, ...] = ()  # columns that `lines` has and `file` has not

    def with_columns_for(self, entries: Sequence[Entry]) -> "_OldFile":
        """Return the file with the columns that entries need and it can have."""
        needed = {column for entry in entries for column in entry.cells}
        missing = [name for name in self.resource.columns if name not in self.file.header.cells]
        return replace(self, added=tuple(name for name in missing if name in needed))

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return self.file.header.cells + self.added

    @cached_property
    def lines(self) -> list[str]:
        """Lines with their endings, numbered as in `csvfile`."""
        lines: list[str] = _LINE.findall(self.resource.path.read_bytes().decode())
        if not self.added:
            return lines
        separator, head = self.file.separator, self.file.header.line - 1
        header = lines[head].rstrip("\r\n")
        bare = re.sub(rf'([{separator}][ \t]*("[ \t]*"[ \t]*)?)*$', "", header)
        unnamed = header[len(bare) :].count(separator)  # empty columns at the right take the names
        more = separator * max(0, len(self.added) - unnamed)
        for end in self.ends.values():
            lines[end - 1] = _before_ending(lines[end - 1], more)
        rest = separator * max(0, unnamed - len(self.added))
        lines[head] = separator.join((bare, *self.added)) + rest + lines[head][len(header) :]
        return lines

    @cached_property
    def ends(self) -> dict[int, int]:
        """Last line of each record, whose cells may hold line breaks, by its first line."""
        start = self.file.header.line
        lines = [
            csvfile.normalize_text(line.rstrip("\r\n")) + "\n"
            for line in _LINE.findall(self.resource.path.read_bytes().decode())[start:]
        ]
        ends, reader = {}, csv.reader(lines, delimiter=self.file.separator)
        first = start + 1
        for cells in reader:
            if cells:
                ends[first] = start + reader.line_num
            first = start + reader.line_num + 1
        return ends

    @property
    def newline(self) -> str:
        """The line ending."""
        return "\r\n" if self.lines[0].endswith("\r\n") else "\n"

    @cached_property
    def rows(self) -> dict[tuple[str, ...], Line]:
        """Rows by key."""
        name = self.resource.name
        rows = csvfile.lines({name: self.file}, name)
        return {row_key(row.cells, self.resource): row for row in rows}

    @cached_property
    def number_columns(self) -> set[str]:
        """Names of the columns with numbers."""
        fields = self.resource.schema["fields"]
        return {field["name"] for field in fields if field["type"] == "number"}

    def cells(self, entry: Entry) -> dict[str, str]:
        """Return the cells of a new row, with the decimal mark of the file."""
        texts = {column: entry.cells.get(column, "") for column in self.columns}
        return {
            column: text.replace(".", self.file.mark) if column in self.number_columns else text
            for column, text in texts.items()
        }

    def plain_cells(self, row: Line) -> dict[str, str]:
        """Return the cells of an old row as an entry has them: with a decimal point, none empty."""
        return {
            column: row[column].replace(self.file.mark, ".")
            if column in self.number_columns
            else row[column]
            for column in self.columns
            if row[column]
        }

    def format(self, entry: Entry) -> str:
        """Return a new row as a line of the file."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.file.separator, lineterminator=self.newline)
        writer.writerow(self.cells(entry).values())
        return text.getvalue()

    def equals(self, row: Line, entry: Entry) -> bool:
        """Return whether a row of the file equals a new one; `1.50` equals `1.5`.

        `18.6e9` does not equal `18600000000`, which states more digits.
        """
        new = replace(row, cells=self.cells(entry))
        return all(
            _stated(row, column) == _stated(new, column)
            if column in self.number_columns
            else row[column] == new[column]
            for column in new.cells
        )


def _before_ending(line: str, more: str) -> str:
    """Return a line with a text before its line ending."""
    bare = line.rstrip("\r\n")
    return bare + more + line[len(bare) :]


def _stated(row: Line, column: str) -> tuple[Decimal | None, int]:
    """Return the number of a cell, and the exponent with which it is written."""
    number = row.value(column)
    return number, 0 if number is None else max(0, int(number.as_tuple().exponent))
