"""The data folder as people write it: every fault of every file at once, or clean typed tables."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

import pandas as pd

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.datafolder import csvfile, package, rules, schema
from caoan_stats.datafolder.csvfile import CsvFile
from caoan_stats.datafolder.package import Package

FAULT_LIMIT = 1000  # told of one file
TABLES = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".ods")


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Validate a data folder and read its tables.

    Parameters
    ----------
    folder
        A folder laid out as the project's `data/`.

    Returns
    -------
    dict of DataFrame
        By resource name, in the types of `caoan_stats.datafolder.schema.typed_tables`.

    Raises
    ------
    InvalidDataError
        With all that is wrong in all files.
    """
    described = package.load_package(folder)
    files, errors = _files(described)
    errors += _unlisted(described)
    errors += _one_a_place(
        [*rules.check_rules(described, files), *schema.check_schema(described, files)]
    )
    if errors:
        columns = {file.name: file.header.cells for file in files.values()}
        raise InvalidDataError(_told(errors, columns))
    return schema.typed_tables(described, files)


def _told(errors: Iterable[DataError], columns: Mapping[str, tuple[str, ...]]) -> list[DataError]:
    """Put faults in the order of their places, and tell of each file no more than are read."""
    ordered = sorted(
        errors, key=lambda error: (error.file, error.line or 0, _position(error, columns))
    )
    told: list[DataError] = []
    for file, group in groupby(ordered, key=lambda error: error.file):
        known = list(group)
        told += known[:FAULT_LIMIT]
        if len(known) > FAULT_LIMIT:
            told.append(DataError("many_faults", file))
    return _one_a_place(told)


def _one_a_place(errors: list[DataError]) -> list[DataError]:
    """Keep the first error of each cell; a rule knows the catalogue, and says most."""
    places: dict[tuple[object, ...], DataError] = {}
    for error in errors:
        places.setdefault((error.file, error.line, error.column or error.kind), error)
    return list(places.values())


def _position(error: DataError, columns: Mapping[str, tuple[str, ...]]) -> int:
    header = columns.get(error.file, ())
    return header.index(error.column) if error.column in header else -1


def _files(described: Package) -> tuple[Mapping[str, CsvFile], list[DataError]]:
    files: dict[str, CsvFile] = {}
    errors: list[DataError] = []
    for resource in described.resources:
        try:
            file = csvfile.read_cells(resource.path, ",".join(resource.columns))
        except InvalidDataError as error:
            errors += error.errors
            continue
        if file.header.cells == resource.columns:
            files[resource.name] = file
        else:
            errors.append(header_error(file, resource.columns))
    return files, errors


def header_error(file: CsvFile, columns: tuple[str, ...]) -> DataError:
    """Say how the column names of a file differ from those that it should have."""
    header = file.header.cells
    advice_vi, advice_en = _advice(header, columns)
    details = {
        "header": file.separator.join(header),
        "expected": file.separator.join(columns),
        "advice_vi": advice_vi,
        "advice_en": advice_en,
    }
    return DataError("wrong_header", file.name, file.header.line, None, details)


def _advice(header: tuple[str, ...], columns: tuple[str, ...]) -> tuple[str, str]:
    """Say in Vietnamese and English how to mend a line of column names."""
    if len(header) == 1:
        return "ngăn các ô bằng «,» hoặc «;»", "separate the cells with “,” or “;”"
    missing = [name for name in columns if name not in header]
    surplus = [name or "(trống)" for name in header if name not in columns]
    twice = [name for name in columns if header.count(name) > 1]
    renamed = [
        (name, right)
        for name in surplus
        for right in missing
        if name.casefold().replace(" ", "_") == right
    ]
    wrong, right = ({pair[side] for pair in renamed} for side in (0, 1))
    parts = [
        ("sửa", "rename", [f"{name} → {right}" for name, right in renamed]),
        ("thêm", "add", [name for name in missing if name not in right]),
        ("bỏ", "take out", [name for name in surplus if name not in wrong]),
        ("bỏ cột lặp lại", "take out the repeated", twice),
    ]
    said = [
        (f"{vi} {', '.join(names)}", f"{en} {', '.join(names)}") for vi, en, names in parts if names
    ]
    if not said:
        return "xếp lại các cột", "put them in order"
    return "; ".join(vi for vi, _ in said), "; ".join(en for _, en in said)


def _unlisted(described: Package) -> list[DataError]:
    """Find tables that nobody reads: in `raw/` and below it, and beside the catalogue."""
    listed = {resource.path for resource in described.resources}
    folder = described.folder
    return [
        DataError("unknown_file", path.relative_to(folder).as_posix())
        for path in sorted([*folder.glob("*"), *(folder / package.RAW).rglob("*")])
        if path.suffix.lower() in TABLES
        and path not in listed
        and path.is_file()
        and not path.name.startswith((".", "~$"))
    ]
