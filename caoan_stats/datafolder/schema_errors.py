"""What frictionless finds in a file, worded so that a clerk understands it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from caoan_stats.common import numerals
from caoan_stats.common.errors import DataError
from caoan_stats.common.spelling import nearest
from caoan_stats.datafolder.csvfile import CsvFile, Record
from caoan_stats.datafolder.package import Resource


@dataclass(frozen=True)
class Finding:
    """An error of frictionless with the file, line and cell that it is about."""

    error: Any
    resource: Resource
    files: Mapping[str, CsvFile]

    @property
    def kind(self) -> str:
        """What frictionless calls it."""
        return str(self.error.type)

    @property
    def breaks_line(self) -> bool:
        """Whether the cells of the line cannot be told apart."""
        return self.kind in ("blank-row", "extra-cell", "missing-cell")

    @property
    def file(self) -> CsvFile:
        """The file that it is in."""
        return self.files[self.resource.name]

    @property
    def row(self) -> Record:
        """The row that it is in."""
        return self.row_at(self.error.row_number)

    @property
    def field(self) -> Mapping[str, Any]:
        """The field that it is about, as the schema declares it."""
        field: Mapping[str, Any] = self.resource.schema["fields"][self.error.field_number - 1]
        return field

    @property
    def cell(self) -> str:
        """The cell that it is about, as the file has it."""
        position: int = self.error.field_number - 1
        return self.row.cells[position]

    def row_at(self, position: int) -> Record:
        """The row at a position of frictionless, which counts the header as the first."""
        return self.file.rows[position - 2]

    def say(self, kind: str, column: str | None, **details: object) -> DataError:
        """Make an error of the line that it is in."""
        return DataError(kind, self.file.name, self.row.line, column, details)


def to_data_errors(finding: Finding) -> Iterator[DataError]:
    """Word one find of frictionless; nothing where another of its finds says the same."""
    return _WORDING.get(finding.kind, _unworded)(finding)


def _wrong_count(each: Finding) -> Iterator[DataError]:
    cells, separator, expected = each.row.cells, each.file.separator, len(each.resource.columns)
    details = {
        "count": len(cells),
        "cells": separator.join(cells),
        "expected": expected,
        "separator": separator,
    }
    if len(cells) > expected:
        number = _split_number(each)
        yield each.say("split_number" if number else "extra_cell", None, number=number, **details)
    elif len(cells) == 1 and re.search(r"[,;\t|]", cells[0]):
        yield each.say("unsplit_line", None, **details)
    else:
        yield each.say("missing_cell", None, **details)


def _split_number(each: Finding) -> str:
    """Find the number that commas in it have split into the surplus cells, as it can be read."""
    surplus = len(each.row.cells) - len(each.resource.columns)
    for position, field in enumerate(each.resource.schema["fields"]):
        parts = each.row.cells[position : position + surplus + 1]
        if field["type"] == "number" and all(parts):
            numbers = numerals.readings(",".join(parts))
            if numbers:
                return " / ".join(number.replace(".", each.file.mark) for number in numbers)
    return ""


def _wrong_type(each: Finding) -> Iterator[DataError]:
    column, kind = each.field["name"], each.field["type"]
    if kind in ("number", "integer"):
        wording, details = numerals.explain_number(each.cell, each.file.mark)
        if kind == "integer" and wording != "long_number":
            example = 2023 if column == "year" else 2
            wording, details = "not_whole", {"found": each.cell, "example": example}
        yield each.say(wording, column, **details)
    else:
        allowed = "true, false"
        yield each.say("not_allowed", column, found=each.cell, allowed=allowed, **_or_empty(each))


def _wrong_value(each: Finding) -> Iterator[DataError]:
    column, limits = each.field["name"], each.field.get("constraints", {})
    broken = re.search(r'constraint "(\w+)"', each.error.note)
    match broken and broken[1]:
        case "required":
            yield each.say("empty_cell", column)
        case "enum":
            allowed = ", ".join(map(str, limits["enum"]))
            details = {"found": each.cell, "allowed": allowed, **_or_empty(each)}
            yield each.say("not_allowed", column, **details)
        case "minimum" | "maximum":
            bounds = {name: limits.get(name, "…") for name in ("minimum", "maximum")}
            yield each.say("out_of_range", column, found=each.cell, **bounds)
        case _:
            form = each.field.get("example", broken and broken[0])
            yield each.say("wrong_form", column, found=each.cell, form=form)


def _or_empty(each: Finding) -> dict[str, str]:
    required = each.field.get("constraints", {}).get("required", False)
    return {
        "or_empty_vi": "" if required else ", hoặc để trống",
        "or_empty_en": "" if required else ", or leave the cell empty",
    }


def _repeated_key(each: Finding) -> Iterator[DataError]:
    first = re.search(r"position (\d+)", each.error.note)
    if first:
        key = each.resource.schema["primaryKey"]
        cells = dict(zip(each.resource.columns, each.row.cells, strict=True))
        yield each.say(
            "duplicate",
            None,
            found=", ".join(cells[name] for name in key),
            key=", ".join(key),
            same=f"{each.file.name}:{each.row_at(int(first[1])).line}",
        )


def _unknown_code(each: Finding) -> Iterator[DataError]:
    name, [code] = each.error.reference_name, each.error.field_cells
    if name not in each.files:
        return
    catalogue = each.files[name]
    column = catalogue.header.cells.index(each.error.reference_field_names[0])
    rows = (row.cells for row in catalogue.rows if len(row.cells) > column)
    near = nearest(str(code), (cells[column] for cells in rows))
    yield each.say(
        "unknown_code",
        each.error.field_names[0],
        found=code,
        catalogue=catalogue.name,
        advice_vi=f"viết {near}" if near else "sửa mã, hoặc thêm nó vào danh mục đó",
        advice_en=f"write {near}" if near else "mend the code, or add it to that catalogue",
    )


def _unworded(each: Finding) -> Iterator[DataError]:
    yield each.say("other", None, reason=each.error.message)


_WORDING: Mapping[str, Callable[[Finding], Iterator[DataError]]] = {
    "blank-row": _wrong_count,
    "extra-cell": _wrong_count,
    "missing-cell": _wrong_count,
    "type-error": _wrong_type,
    "constraint-error": _wrong_value,
    "primary-key": _repeated_key,
    "foreign-key": _unknown_code,
}
