"""Findings of a Table Schema, and the data error that a clerk reads for each."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from caoan_stats.common import numerals
from caoan_stats.common.errors import DataError
from caoan_stats.common.spelling import nearest, same_letters
from caoan_stats.common.words import Phrase
from caoan_stats.datafolder.csvfile import CsvFile, Record
from caoan_stats.datafolder.package import Resource

UNITS = "units.csv"


@dataclass(frozen=True)
class Finding:
    """A row that breaks the schema of its resource.

    Parameters
    ----------
    resource
        Resource with the schema.
    file
        File of the resource.
    position
        Index of the row in `file.rows`.
    kind
        `cells` (a wrong number of them), `type`, `primaryKey`, `foreignKey`, or the name of a
        constraint.
    columns
        Names of the columns; empty for `cells`.
    detail
        For `unique` and `primaryKey` the index of the row with the same values. For `foreignKey`
        file name of the catalogue, values of the columns, and the collection of allowed values.
    """

    resource: Resource
    file: CsvFile
    position: int
    kind: str
    columns: tuple[str, ...] = ()
    detail: Any = None

    @property
    def row(self) -> Record:
        """Row of the file."""
        return self.file.rows[self.position]

    @property
    def index(self) -> int:
        """Index of the first column."""
        return self.resource.columns.index(self.columns[0])

    @property
    def field(self) -> Mapping[str, Any]:
        """Field descriptor of the first column, with its constraints."""
        return {"constraints": {}, **self.resource.schema["fields"][self.index]}

    @property
    def cell(self) -> str:
        """Text of the cell in the first column."""
        return self.row.cells[self.index]

    def error(self, kind: str, column: str | None, **details: object) -> DataError:
        """Return a data error of the row, or of one of its cells."""
        return DataError(kind, self.file.name, self.row.line, column, details)


def to_data_error(finding: Finding) -> DataError:
    """Return the data error of a finding."""
    return _WORDING.get(finding.kind, _wrong_value)(finding)


def _wrong_count(each: Finding) -> DataError:
    cells, separator, expected = each.row.cells, each.file.separator, len(each.resource.columns)
    details = {
        "count": len(cells),
        "cells": separator.join(cells),
        "expected": expected,
        "separator": separator,
    }
    if len(cells) > expected:
        number = _split_number(each)
        return each.error(
            "split_number" if number else "extra_cell", None, number=number, **details
        )
    unsplit = len(cells) == 1 and re.search(r"[,;\t|]", cells[0])
    return each.error("unsplit_line" if unsplit else "missing_cell", None, **details)


def _split_number(each: Finding) -> str:
    """Return the readings of a number that its own commas split into several cells."""
    surplus = len(each.row.cells) - len(each.resource.columns)
    for position, field in enumerate(each.resource.schema["fields"]):
        parts = each.row.cells[position : position + surplus + 1]
        if field["type"] == "number" and all(parts):
            numbers = numerals.readings(",".join(parts))
            if numbers:
                return " / ".join(number.replace(".", each.file.mark) for number in numbers)
    return ""


def _wrong_type(each: Finding) -> DataError:
    column, kind = each.field["name"], each.field["type"]
    if kind not in ("number", "integer"):
        return _not_allowed(each, ["true", "false"])
    wording, details = numerals.explain_number(each.cell, each.file.mark)
    if kind == "integer" and wording not in ("long_number", "note_sign"):
        year = re.fullmatch(r"(?:\w+ )?([0-9]{4})(?:[.,]0+)?", each.cell)  # also with a word
        example = year[1] if year else 2023 if column == "year" else 2
        wording, details = "not_whole", {"found": each.cell, "example": example}
    return each.error(wording, column, **details)


def _wrong_value(each: Finding) -> DataError:
    column, limits = each.columns[0], each.field["constraints"]
    if each.kind == "required":
        return each.error("empty_cell", column)
    if each.kind == "enum":
        return _not_allowed(each, limits["enum"])
    if each.kind in ("minimum", "maximum"):
        bounds = {name: limits.get(name, "…") for name in ("minimum", "maximum")}
        return each.error("out_of_range", column, found=each.cell, **bounds)
    form = each.field.get("example", f'constraint "{each.kind}"')
    return each.error("wrong_form", column, found=each.cell, form=form)


def _not_allowed(each: Finding, allowed: Iterable[object]) -> DataError:
    return each.error(
        "not_allowed",
        each.columns[0],
        found=each.cell,
        allowed=_joined(allowed),
        or_empty="" if each.field["constraints"].get("required") else Phrase("or_empty"),
    )


def _repeated_value(each: Finding) -> DataError:
    reason = (
        f'Row at position "{each.position + 2}" has unique constraint violation in field '
        f'"{each.columns[0]}" at position "{each.index + 1}": '
        f"the same as in the row at position {each.detail + 2}"
    )
    return each.error("other", None, reason=reason)


def _repeated_key(each: Finding) -> DataError:
    cells = dict(zip(each.resource.columns, each.row.cells, strict=True))
    return each.error(
        "duplicate",
        None,
        found=", ".join(cells[name] for name in each.columns),
        key=", ".join(each.columns),
        same=f"{each.file.name}:{each.file.rows[each.detail].line}",
    )


def _unknown_code(each: Finding) -> DataError:
    catalogue, values, allowed = each.detail
    found = _joined(values)
    # of units, similar codes can be multiples: `tan` is ten times `ta`
    find = same_letters if catalogue == UNITS else nearest
    near = find(found, map(_joined, allowed))
    return each.error(
        "unknown_code",
        each.columns[0],
        found=found,
        catalogue=catalogue,
        advice=Phrase("write", {"near": near}) if near else Phrase("mend_code"),
    )


def _joined(values: Iterable[object]) -> str:
    return ", ".join(map(str, values))


_WORDING: Mapping[str, Callable[[Finding], DataError]] = {
    "cells": _wrong_count,
    "type": _wrong_type,
    "unique": _repeated_value,
    "primaryKey": _repeated_key,
    "foreignKey": _unknown_code,
}
