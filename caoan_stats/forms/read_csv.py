"""Figures typed in a CSV file with the columns of a raw table, or in a sheet saved as CSV."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.frames import records
from caoan_stats.concepts.facts import FACTS
from caoan_stats.concepts.tables import REPORT, TABLES, fields_of
from caoan_stats.datafolder import csvfile, raw
from caoan_stats.datafolder.csvfile import CsvFile, Record
from caoan_stats.dataset import Dataset
from caoan_stats.forms import layout
from caoan_stats.forms.cover import SOURCE_CODE, suggest_source
from caoan_stats.forms.entries import Cell, Place, Remark, TypedFile, TypedRow, by_year
from caoan_stats.forms.layout import OLD_COLUMNS, TYPED_FIELDS
from caoan_stats.forms.measure import Measure, measures

CSV_COLUMNS = tuple(fields_of(REPORT))
REQUIRED = ("indicator", "year", "source", "section")  # and one of `FACTS`


def read_csv(path: Path, ds: Dataset) -> TypedFile:
    """Read figures of any tables from a CSV file.

    The separator and the decimal mark are comma and point, or semicolon and comma. The columns are
    those of a sheet of the workbook, or those of a raw table in any order; optional ones may be
    missing. Raises `InvalidDataError` if the file is not a CSV file or has other columns.
    """
    file = csvfile.read_cells(path, ";".join(TABLES[REPORT].fields))
    fields, year = _fields(file)
    tables = {row["indicator"]: row["table"] for row in records(ds.indicators)}
    catalogue = {code: (tables[code], each) for code, each in measures(ds, file.mark).items()}
    rows: list[TypedRow] = []
    errors: list[DataError] = []
    for record in file.rows:
        if len(record.cells) != len(fields):
            errors.append(_length_error(file, record, len(fields)))
        elif row := _typed_row(file, fields, record, year, catalogue):
            rows += by_year(row)
    sources = _suggested_sources(rows, ds)
    remarks = tuple(
        Remark("source_suggested", row.places["source"], {"source": code})
        for code, row in sources.items()
    )
    return TypedFile((*sources.values(), *rows), tuple(errors), remarks)


def _fields(file: CsvFile) -> tuple[tuple[str, ...], int | None]:
    """Return the field of each column, and the year in the heading of a sheet."""
    header = file.header.cells
    year = next(filter(None, map(layout.heading_year, header)), None)
    if year is not None:
        headings = layout.headings(year)
        fields = tuple(headings)[: max(len(header), len(OLD_COLUMNS))]
        if header != tuple(headings[field] for field in fields):
            raise InvalidDataError([raw.header_error(file, tuple(headings.values()))])
        return fields, year
    is_complete = {*REQUIRED} <= {*header} and not FACTS.keys().isdisjoint(header)
    if not is_complete or not {*header} <= {*CSV_COLUMNS} or len({*header}) < len(header):
        shown = [name for name in CSV_COLUMNS if name in TABLES[REPORT].fields or name in header]
        raise InvalidDataError([raw.header_error(file, tuple(shown))])
    return header, None


def _length_error(file: CsvFile, record: Record, expected: int) -> DataError:
    details = {"count": len(record.cells), "cells": file.separator.join(record.cells)}
    dialect = {"expected": expected, "separator": file.separator}
    kind = "extra_cell" if len(record.cells) > expected else "missing_cell"
    return DataError(kind, file.name, record.line, None, details | dialect)


def _typed_row(
    file: CsvFile,
    fields: tuple[str, ...],
    record: Record,
    year: int | None,
    catalogue: Mapping[str, tuple[str, Measure | None]],
) -> TypedRow | None:
    """Return what was typed in a row; None for a row of a sheet that was not filled in."""
    texts = {field: text for field, text in zip(fields, record.cells, strict=True) if text}
    columns = zip(fields, file.header.cells, strict=True)
    places = {field: Place(file.name, record.line, column) for field, column in columns}
    if year is not None:
        if not any(field in texts for field in TYPED_FIELDS):
            return None
        read = {"indicator", *TYPED_FIELDS}
        texts = {field: text for field, text in texts.items() if field in read}
        texts |= {"year": str(year), "source": SOURCE_CODE.format(year=year)}
    cells = {field: Cell(text) for field, text in texts.items()}
    any_table, _ = next(iter(catalogue.values()))  # validation reports the unknown indicator
    table, measure = catalogue.get(texts.get("indicator", ""), (any_table, None))
    return TypedRow(table, cells, places, measure)


def _suggested_sources(rows: Sequence[TypedRow], ds: Dataset) -> dict[str, TypedRow]:
    """Return a row of `sources.csv` for each yearly report that the dataset lacks, by its code."""
    sources: dict[str, TypedRow] = {}
    for row in rows:
        code, year = (str(row.cells.get(name, Cell("")).content) for name in ("source", "year"))
        is_report = year.isdecimal() and code == SOURCE_CODE.format(year=year)
        if is_report and code not in ds.sources.index:
            suggested = suggest_source(ds, int(year))
            cells = {name: Cell(text) for name, text in suggested.items()}
            places = dict.fromkeys(cells, next(iter(row.places.values())))
            sources.setdefault(suggested["source"], TypedRow("sources", cells, places))
    return sources
