"""The data folder as people write it: every fault of every file at once, or clean typed tables."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from caoan_stats import csvfile, package, rules, schema
from caoan_stats.csvfile import CsvFile
from caoan_stats.errors import DataError, InvalidDataError
from caoan_stats.package import Package


def read(folder: Path) -> dict[str, pd.DataFrame]:
    """Validate a data folder and read its tables.

    Parameters
    ----------
    folder
        A folder laid out as the project's `data/`.

    Returns
    -------
    dict of DataFrame
        By resource name, in the types of `caoan_stats.schema.tables`.

    Raises
    ------
    InvalidDataError
        With all that is wrong in all files.
    """
    described = package.load(folder)
    files, errors = _files(described)
    errors += _unlisted(described)
    errors += schema.check(described, files)
    errors += rules.check(described, files)
    if errors:
        raise InvalidDataError(errors)
    return schema.tables(described, files)


def _files(described: Package) -> tuple[Mapping[str, CsvFile], list[DataError]]:
    files: dict[str, CsvFile] = {}
    errors: list[DataError] = []
    for resource in described.resources:
        try:
            file = csvfile.read(resource.path, ",".join(resource.columns))
        except InvalidDataError as error:
            errors += error.errors
            continue
        if file.header.cells == resource.columns:
            files[resource.name] = file
        else:
            errors.append(_wrong_header(file, resource.columns))
    return files, errors


def _wrong_header(file: CsvFile, columns: tuple[str, ...]) -> DataError:
    header = file.header.cells
    missing = [name for name in columns if name not in header]
    surplus = [name or "«»" for name in header if name not in columns]
    advice = [
        ("thêm", "add", missing),
        ("bỏ hoặc sửa tên", "take out or rename", surplus),
    ]
    said = [(vi, en, ", ".join(names)) for vi, en, names in advice if names]
    details = {
        "header": file.separator.join(header),
        "expected": file.separator.join(columns),
        "advice_vi": "; ".join(f"{vi} {names}" for vi, _, names in said) or "xếp lại các cột",
        "advice_en": "; ".join(f"{en} {names}" for _, en, names in said) or "put them in order",
    }
    return DataError("wrong_header", file.name, file.header.line, None, details)


def _unlisted(described: Package) -> list[DataError]:
    listed = {resource.path for resource in described.resources}
    present = (described.folder / package.RAW).glob("*.csv")
    return [
        DataError("unknown_file", path.name)
        for path in present
        if path not in listed and not path.name.startswith((".", "~$"))
    ]
