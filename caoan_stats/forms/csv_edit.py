"""A file of a data folder as it will be with other rows in it, line by line."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from caoan_stats.common import numerals
from caoan_stats.datafolder import csvfile
from caoan_stats.datafolder.csvfile import CsvFile, Record
from caoan_stats.datafolder.package import Resource
from caoan_stats.forms.entries import Entry

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Change:
    """A line that is to be in a file.

    Parameters
    ----------
    entry
        What it says.
    line
        Its number in the file as it will be.
    text
        The line itself.
    before
        The line in whose place it comes; empty where it is added.
    """

    entry: Entry
    line: int
    text: str
    before: str = ""


@dataclass(frozen=True)
class Draft:
    """A file as it will be.

    Parameters
    ----------
    path
        Where it is.
    text
        Its whole content.
    changes
        The lines that are not as they were, in their order.
    """

    path: Path
    text: str
    changes: tuple[Change, ...]


def make_draft(resource: Resource, entries: Sequence[Entry]) -> Draft:
    """Put rows into a file: in the place of those with the same key, the others at its end.

    Parameters
    ----------
    resource
        The file, which is valid.
    entries
        Rows of different keys; one that the file has already changes nothing.
    """
    old = _File(resource, csvfile.read_cells(resource.path, ",".join(resource.columns)))
    slots = old.lines
    filled: dict[int, tuple[Entry, str]] = {}  # by place in slots; with what was there before
    for entry in entries:
        row = old.rows.get(row_key(entry.cells, resource))
        if row is None:
            filled[len(slots)] = entry, ""
            slots = [*slots[:-1], _ended(slots[-1], old.newline), old.written(entry)]
        elif not old.says(row, entry):
            start, end = row.line - 1, old.end(row)
            filled[start] = entry, "".join(slots[start:end]).rstrip("\r\n")
            slots = [*slots[:start], old.written(entry), *[""] * (end - start - 1), *slots[end:]]
    return Draft(resource.path, "".join(slots), tuple(_changes(slots, filled)))


def row_key(cells: Mapping[str, str], resource: Resource) -> tuple[str, ...]:
    """Give what tells a row from all others of its table."""
    return tuple(cells.get(name, "") for name in resource.schema["primaryKey"])


def _changes(slots: Sequence[str], filled: Mapping[int, tuple[Entry, str]]) -> Iterator[Change]:
    """Number the lines that were put into a file."""
    number = 1
    for place, slot in enumerate(slots):
        if place in filled:
            entry, before = filled[place]
            yield Change(entry, number, slot.rstrip("\r\n"), before)
        number += len(_LINE.findall(slot))


def _ended(line: str, newline: str) -> str:
    return line if line.endswith(("\n", "\r")) else line + newline


@dataclass(frozen=True)
class _File:
    """A file as it is: its lines, and the dialect in which others are written."""

    resource: Resource
    file: CsvFile

    @cached_property
    def lines(self) -> list[str]:
        """Its lines with their ends, as they are counted in `csvfile`."""
        return _LINE.findall(self.resource.path.read_bytes().decode())

    @property
    def newline(self) -> str:
        """How its lines end."""
        return "\r\n" if self.lines[0].endswith("\r\n") else "\n"

    @cached_property
    def rows(self) -> dict[tuple[str, ...], Record]:
        """Its rows by key."""
        columns = self.resource.columns
        return {
            row_key(dict(zip(columns, row.cells, strict=True)), self.resource): row
            for row in self.file.rows
        }

    @property
    def types(self) -> list[str]:
        """What each column holds."""
        return [field["type"] for field in self.resource.schema["fields"]]

    def end(self, row: Record) -> int:
        """Give the number of the last line of a row, which goes on where a cell has lines."""
        later = [each.line for each in self.file.rows if each.line > row.line]
        end = min(later, default=len(self.lines) + 1) - 1
        while not self.lines[end - 1].strip():
            end -= 1
        return end

    def cells(self, entry: Entry) -> list[str]:
        """Give the cells of a row, with the decimal mark of the file."""
        texts = [entry.cells.get(column, "") for column in self.resource.columns]
        return [
            text.replace(".", self.file.mark) if kind == "number" else text
            for text, kind in zip(texts, self.types, strict=True)
        ]

    def written(self, entry: Entry) -> str:
        """Write a row as a line of the file."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.file.separator, lineterminator=self.newline)
        writer.writerow(self.cells(entry))
        return text.getvalue()

    def says(self, row: Record, entry: Entry) -> bool:
        """Whether a row of the file says the same as another."""
        pairs = zip(row.cells, self.cells(entry), self.types, strict=True)
        return all(
            self._number(old) == self._number(new) if kind == "number" else old == new
            for old, new, kind in pairs
        )

    def _number(self, text: str) -> Decimal | None:
        number = numerals.parse_plain(text, self.file.mark)
        return None if number is None else Decimal(number)
