"""Figures typed as a CSV: with the columns of a raw table, or a sheet of a workbook saved so."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.frames import Row, records
from caoan_stats.datafolder import csvfile, raw
from caoan_stats.datafolder.csvfile import CsvFile
from caoan_stats.datafolder.package import NEEDED
from caoan_stats.dataset import Dataset
from caoan_stats.forms import layout
from caoan_stats.forms.cover import SOURCE, suggest_source
from caoan_stats.forms.entries import Cell, Filled, Place, Remark, Typed
from caoan_stats.forms.layout import COLUMN_LETTERS, TYPED_FIELDS, YEAR_HEADING
from caoan_stats.forms.quantities import Measure

CSV_COLUMNS = tuple(NEEDED["observations"])
REQUIRED = ("indicator", "year", "source", "section")
FIGURES = {"value", "change"}  # one of which is required too


def read_rows(path: Path, ds: Dataset) -> Filled:
    """Read figures of any tables from a CSV.

    Parameters
    ----------
    path
        The file: comma and decimal point, or semicolon and decimal comma. Its columns are those of
        a raw table, in any order, without those that are empty; or those of a sheet.
    ds
        The data folder that is to get the figures.

    Raises
    ------
    InvalidDataError
        It is no such file.
    """
    file = csvfile.read_cells(path, ";".join(CSV_COLUMNS))
    fields, year = _fields(file)
    catalogue = {row["indicator"]: row for row in records(ds.indicators.reset_index())}
    rows: list[Typed] = []
    errors: list[DataError] = []
    for row in file.rows:
        if len(row.cells) == len(fields):
            rows += _typed(file, fields, row, year, catalogue)
        else:
            details = {"count": len(row.cells), "cells": file.separator.join(row.cells)}
            expected = {"expected": len(fields), "separator": file.separator}
            kind = "extra_cell" if len(row.cells) > len(fields) else "missing_cell"
            errors.append(DataError(kind, file.name, row.line, None, details | expected))
    sources: dict[object, Typed] = {}
    for report in _suggested(rows, ds):
        sources.setdefault(report.cells["source"].content, report)
    remarks = tuple(
        Remark("source_suggested", next(iter(row.places.values())), {"source": code})
        for code, row in sources.items()
    )
    return Filled((*sources.values(), *rows), tuple(errors), remarks)


def _suggested(rows: Sequence[Typed], ds: Dataset) -> Iterator[Typed]:
    """Give the report of a year that rows are from, where it is not known yet."""
    for row in rows:
        code, year = (str(row.cells.get(name, Cell("")).content) for name in ("source", "year"))
        if code == SOURCE.format(year=year) and code not in ds.sources.index and year.isdecimal():
            place = next(iter(row.places.values()))
            cells = {name: Cell(text) for name, text in suggest_source(ds, int(year)).items()}
            yield Typed("sources", cells, dict.fromkeys(cells, place))


def _fields(file: CsvFile) -> tuple[tuple[str, ...], int | None]:
    """Name the field of each column; with the year where it is a sheet's."""
    header = file.header.cells
    year = next((int(match[1]) for each in header if (match := YEAR_HEADING.fullmatch(each))), None)
    if year is not None:
        if header != layout.headings(year):
            raise InvalidDataError([raw.header_error(file, layout.headings(year))])
        return tuple(COLUMN_LETTERS), year
    missing = [name for name in REQUIRED if name not in header]
    unknown = [name for name in header if name not in CSV_COLUMNS]
    if missing or unknown or len({*header}) < len(header) or not FIGURES & {*header}:
        raise InvalidDataError([raw.header_error(file, CSV_COLUMNS)])
    return header, None


def _typed(
    file: CsvFile,
    fields: tuple[str, ...],
    row: csvfile.Record,
    year: int | None,
    catalogue: Mapping[str, Row],
) -> Iterator[Typed]:
    """Give what was typed in a row; nothing where a sheet has only what was there before."""
    texts = {field: text for field, text in zip(fields, row.cells, strict=True) if text}
    columns = zip(fields, file.header.cells, strict=True)
    places = {field: Place(file.name, row.line, column) for field, column in columns}
    if year is not None:
        if not any(field in texts for field in TYPED_FIELDS):
            return
        own = {"indicator", *TYPED_FIELDS}
        texts = {field: text for field, text in texts.items() if field in own}
        texts |= {"year": str(year), "source": SOURCE.format(year=year)}
    cells = {field: Cell(text) for field, text in texts.items()}
    entry = catalogue.get(texts.get("indicator", ""))
    if entry is None:  # judged as such a line of any table is
        yield Typed(next(iter(catalogue.values()))["table"], cells, places)
    elif entry["unit"]:
        measure = Measure(entry["unit_label"], int(entry["decimals"]), file.mark)
        yield Typed(entry["table"], cells, places, measure)
    else:
        yield Typed(entry["table"], cells, places)
