"""Figures typed in a CSV file with the columns of a raw table, or in a sheet saved as CSV."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.spelling import nearest
from caoan_stats.common.words import Phrase, phrase
from caoan_stats.concepts.facts import FACTS, VALUE
from caoan_stats.concepts.tables import REPORT, SOURCES, TABLES, fields_of
from caoan_stats.datafolder import csvfile, raw
from caoan_stats.datafolder.csvfile import CsvFile, Record
from caoan_stats.dataset import Dataset
from caoan_stats.forms import layout
from caoan_stats.forms.conventions import Sections, report_code
from caoan_stats.forms.cover import field_labels, plain_year, suggest_source
from caoan_stats.forms.layout import RESTATED, TYPED_FIELDS
from caoan_stats.forms.measure import Measure, measures
from caoan_stats.forms.stated_rows import stated_rows
from caoan_stats.forms.typed import Cell, Place, Remark, TypedFile, TypedRow

CSV_COLUMNS = tuple(fields_of(REPORT))
REQUIRED = ("indicator", "year", "source", "section")  # and one of the facts
FACTS_AND_RESTATED = {*FACTS, RESTATED}
READ = {"indicator", "year", "source", *TYPED_FIELDS}  # the others repeat the catalogue


def read_csv(path: Path, ds: Dataset) -> TypedFile:
    """Read figures of any tables from a CSV file.

    The separator and the decimal mark are comma and point, or semicolon and comma. The columns are
    those of a sheet of the workbook, or those of a raw table, in any order; optional ones may be
    missing. Raises `InvalidDataError` if the file is not a CSV file or has other columns.
    """
    file = _without_draft(csvfile.read_cells(path, ";".join(TABLES[REPORT].fields)))
    fields, year = _fields(file)
    labels, tables = (dict(ds.indicators[name]) for name in ("label", "table"))
    reader = _Reader(file, fields, year, labels, tables, measures(ds, file.mark))
    report = "" if year is None else report_code(ds, year)
    results = [reader.row(record, report) for record in file.rows]
    rows = [row for typed, _ in results for row in typed]
    sources = _suggested_sources(rows, ds)
    return TypedFile(
        (*sources.values(), *rows),
        tuple(error for _, error in results if error),
        tuple(
            Remark("source_suggested", row.places["source"], {"source": code})
            for code, row in sources.items()
        ),
        questions=tuple(Sections.of(ds).questions(rows)),
    )


def _without_draft(file: CsvFile) -> CsvFile:
    """Return a sheet without the columns that a draft adds at its end."""
    added, header = _folded(phrase("draft.certainty")), file.header.cells
    place = next((place for place, name in enumerate(header) if _folded(name) == added), None)
    if place is None:
        return file
    first, *rows = (
        replace(record, cells=record.cells[:place]) for record in (file.header, *file.rows)
    )
    return replace(file, header=first, rows=tuple(rows))


def _fields(file: CsvFile) -> tuple[tuple[str, ...], int | None]:
    """Return the field of each column, and the year in the headings of a sheet."""
    header = file.header.cells
    year = _year_in(header)
    headings = {} if year is None else layout.headings(year)
    names = {_folded(name): name for name in CSV_COLUMNS}
    names |= {_folded(field_labels()[field]): field for field in ("year", "source")}
    names |= {_folded(heading): field for field, heading in headings.items()}
    fields = tuple(names.get(_folded(name), name) for name in header)
    required = ("indicator", "section") if headings else REQUIRED
    is_complete = {*required} <= {*fields} and not FACTS_AND_RESTATED.isdisjoint(fields)
    if is_complete and {*fields} <= {*names.values()} and len({*fields}) == len(fields):
        return fields, None if "year" in fields else year
    columns = [*headings.values()] or [
        name for name in CSV_COLUMNS if name in TABLES[REPORT].fields or name in fields
    ]
    needed = tuple(headings.get(field, field) for field in (*required, VALUE))
    raise InvalidDataError([raw.header_error(file, tuple(columns), needed)])


def _year_in(header: Sequence[str]) -> int | None:
    """Return the year of the sheet that has most of these headings; None if they are no sheet's."""
    digits = {int(year) for name in header for year in re.findall("[0-9]{4}", name)}
    years = digits | {year + 1 for year in digits}
    folded = {*map(_folded, header)}

    def count(year: int) -> int:
        return len(folded.intersection(map(_folded, layout.headings(year).values())))

    return max(sorted(years), key=count, default=None)


def _folded(name: str) -> str:
    """Return a name without capital letters and separators of words."""
    return "".join(name.casefold().replace("_", " ").split())


@dataclass(frozen=True)
class _Reader:
    """A file, and what the cells of its rows are."""

    file: CsvFile
    fields: tuple[str, ...]  # of its columns
    year: int | None  # of all rows of a sheet
    labels: Mapping[str, str]  # of indicators, by code
    tables: Mapping[str, str]  # in which they are
    measures: Mapping[str, Measure | None]  # of their figures

    def row(self, record: Record, report: str) -> tuple[list[TypedRow], DataError | None]:
        """Return what was typed in a row, and its error; neither for a row of a sheet without.

        `report` is the source of a sheet that does not name one.
        """
        if len(record.cells) != len(self.fields):
            return [], self._length_error(record)
        texts = {field: text for field, text in zip(self.fields, record.cells, strict=True) if text}
        if self.year is not None and not any(field in texts for field in TYPED_FIELDS):
            return [], None
        texts = {field: text for field, text in texts.items() if field in READ}
        if self.year is not None:
            texts = {"year": str(self.year), "source": report, **texts}
        columns = zip(self.fields, self.file.header.cells, strict=True)
        places = {field: Place(self.file.name, record.line, column) for field, column in columns}
        code = texts.get("indicator", "")
        if code not in self.measures:
            return [], self._unknown_indicator(code, places["indicator"])
        if "year" in texts:
            texts["year"] = plain_year(texts["year"])
        cells = {field: Cell(text) for field, text in texts.items()}
        return stated_rows(TypedRow(self.tables[code], cells, places, self.measures[code])), None

    def _length_error(self, record: Record) -> DataError:
        expected, separator = len(self.fields), self.file.separator
        details = {"count": len(record.cells), "cells": separator.join(record.cells)}
        dialect = {"expected": expected, "separator": separator}
        kind = "extra_cell" if len(record.cells) > expected else "missing_cell"
        return DataError(kind, self.file.name, record.line, None, details | dialect)

    def _unknown_indicator(self, found: str, place: Place) -> DataError:
        if not found:
            return place.error("empty_cell")
        labels = {label.casefold(): code for code, label in self.labels.items()}
        near = labels.get(found.casefold()) or nearest(found, self.labels)
        advice = Phrase("write", {"near": near}) if near else Phrase("mend_code")
        return place.error("unknown_code", found=found, catalogue="indicators.csv", advice=advice)


def _suggested_sources(rows: Sequence[TypedRow], ds: Dataset) -> dict[str, TypedRow]:
    """Return a row of `sources.csv` for each yearly report that the dataset lacks, by its code."""
    sources: dict[str, TypedRow] = {}
    for row in rows:
        code, year = (str(row.cells.get(name, Cell("")).content) for name in ("source", "year"))
        is_report = year.isascii() and year.isdecimal() and code == report_code(ds, int(year))
        if is_report and code not in ds.sources.index:
            suggested = suggest_source(ds, int(year))
            cells = {name: Cell(text) for name, text in suggested.items()}
            places = dict.fromkeys(cells, next(iter(row.places.values())))
            sources.setdefault(suggested["source"], TypedRow(SOURCES, cells, places))
    return sources
