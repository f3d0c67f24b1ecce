"""The data folder as people edit it: typed tables, or the errors of all files at once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pandas as pd

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.frames import make_frame
from caoan_stats.common.words import Phrase
from caoan_stats.concepts.tables import TABLES, fields_of
from caoan_stats.datafolder import csvfile, package, rules, schema
from caoan_stats.datafolder.csvfile import CsvFile
from caoan_stats.datafolder.package import Package

FAULT_LIMIT = 1000  # reported errors of a file
TABLE_SUFFIXES = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".ods")  # file types that look like data


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a data folder, once all of them are valid.

    Parameters
    ----------
    folder
        Path of the data folder.

    Returns
    -------
    dict of DataFrame
        By resource name, in the types of `caoan_stats.datafolder.schema.typed_tables`.

    Raises
    ------
    InvalidDataError
        With the errors of all files: at most `FAULT_LIMIT` per file, then one for all others.
    """
    whole = package.load_package(folder)
    files, errors = _files(whole)
    schema.check_descriptor(whole)
    errors += _unlisted(whole)
    described = _narrowed(whole, files)
    errors += _first_of_each_place(
        [*rules.check_rules(described, files), *schema.check_schema(described, files)]
    )
    if errors:
        columns = {file.name: file.header.cells for file in files.values()}
        raise InvalidDataError(_limited(errors, columns))
    return {**_empty_tables(described), **schema.typed_tables(described, files)}


def _narrowed(described: Package, files: Mapping[str, CsvFile]) -> Package:
    """Return the package with the columns that its files have."""
    return replace(
        described,
        resources=tuple(
            each.narrowed(files[each.name].header.cells) if each.name in files else each
            for each in described.resources
        ),
    )


def _empty_tables(described: Package) -> dict[str, pd.DataFrame]:
    """Return the optional tables that a descriptor does not have, without rows."""
    names = {each.name for each in described.resources}
    return {
        name: make_frame(fields_of(name), [])
        for name, table in TABLES.items()
        if table.is_optional and name not in names
    }


def _limited(
    errors: Iterable[DataError], columns: Mapping[str, tuple[str, ...]]
) -> list[DataError]:
    """Return errors by file, line and column, the first `FAULT_LIMIT` of each file."""
    ordered = sorted(
        errors, key=lambda error: (error.file, error.line or 0, _position(error, columns))
    )
    limited: list[DataError] = []
    for file, group in groupby(ordered, key=lambda error: error.file):
        in_file = list(group)
        limited += in_file[:FAULT_LIMIT]
        if len(in_file) > FAULT_LIMIT:
            limited.append(DataError("many_faults", file))
    return _first_of_each_place(limited)


def _first_of_each_place(errors: list[DataError]) -> list[DataError]:
    """Return the first error of each cell; those of the rules, which know the catalogue, lead."""
    places: dict[tuple[object, ...], DataError] = {}
    for error in errors:
        places.setdefault((error.file, error.line, error.column or error.kind), error)
    return list(places.values())


def _position(error: DataError, columns: Mapping[str, tuple[str, ...]]) -> int:
    header = columns.get(error.file, ())
    return header.index(error.column) if error.column in header else -1


def _files(described: Package) -> tuple[Mapping[str, CsvFile], list[DataError]]:
    """Return the files with the right header by resource name, and the errors of the others."""
    files: dict[str, CsvFile] = {}
    errors: list[DataError] = []
    for resource in described.resources:
        try:
            file = csvfile.read_cells(resource.path, ",".join(resource.columns))
        except InvalidDataError as error:
            errors += error.errors
            continue
        if resource.fits(file.header.cells):
            files[resource.name] = file
        else:
            errors.append(header_error(file, resource.columns, resource.required))
    return files, errors


def header_error(
    file: CsvFile, columns: tuple[str, ...], required: tuple[str, ...] | None = None
) -> DataError:
    """Return the error of a file whose column names differ from those of its schema.

    `required` are the columns that it must have, in any order; None: all, in the given order.
    """
    header = file.header.cells
    details = {
        "header": file.separator.join(header),
        "expected": file.separator.join(columns),
        "required": file.separator.join(required or ()),
        "advice": _advice(header, columns, columns if required is None else required),
    }
    kind = "wrong_header" if required is None else "unfit_header"
    return DataError(kind, file.name, file.header.line, None, details)


def _advice(
    header: tuple[str, ...], columns: tuple[str, ...], required: tuple[str, ...]
) -> tuple[Phrase, ...]:
    """Return what to change in a header."""
    if len(header) == 1:
        return (Phrase("separate_cells"),)
    missing = [name for name in columns if name not in header]
    surplus = [name for name in header if name not in columns]
    renamed = {
        name: right
        for name in surplus
        for right in missing
        if name.casefold().replace(" ", "_") == right
    }
    parts: dict[str, list[object]] = {
        "rename_columns": [f"{name} → {right}" for name, right in renamed.items()],
        "add_columns": [name for name in required if name in {*missing} - {*renamed.values()}],
        "take_out_columns": [
            name or Phrase("empty_name") for name in surplus if name not in renamed
        ],
        "take_out_repeated": [name for name in columns if header.count(name) > 1],
    }
    advice = [Phrase(key, {"columns": tuple(names)}) for key, names in parts.items() if names]
    return tuple(advice) or (Phrase("order_columns"),)


def _unlisted(described: Package) -> list[DataError]:
    """Return an error for each table file that the descriptor does not list."""
    listed = {resource.path for resource in described.resources}
    folder = described.folder
    return [
        DataError("unknown_file", path.relative_to(folder).as_posix())
        for path in sorted([*folder.glob("*"), *(folder / package.RAW).rglob("*")])
        if path.suffix.lower() in TABLE_SUFFIXES
        and path not in listed
        and path.is_file()
        and not path.name.startswith((".", "~$"))
    ]
