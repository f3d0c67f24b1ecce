"""The data as the program derives it: `data/processed/`, a Data Package made anew from `data/raw/`.

It is up to date when the fingerprint in its descriptor is that of the data folder and the library,
and each of its files has the checksum that the descriptor gives.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from caoan_stats import derived, package
from caoan_stats.files import fingerprint, publish, sha256
from caoan_stats.frames import frame
from caoan_stats.package import DESCRIPTOR, Package
from caoan_stats.places import PACKAGE, data_files, library_files

FOLDER = "processed"
UNUSABLE = (OSError, ValueError, KeyError, TypeError, RecursionError, csv.Error)
AS_WRITTEN = ("targets", "indicators", "units", "sources", "relations")


def load(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the tables of a data folder, from `processed/` where it is up to date, else from raw.

    Parameters
    ----------
    folder
        A folder laid out as the project's `data/`.

    Returns
    -------
    dict of DataFrame
        `observations`, `notes`, `audit`, `targets`, `indicators`, `units`, `sources` and
        `relations`. Numbers are `decimal.Decimal`, years `int`; an empty number is None, an empty
        text "".

    Raises
    ------
    InvalidDataError
        With all that is wrong in all raw files.
    """
    described = package.load(folder)
    try:
        return _read(folder / FOLDER, key(folder))
    except UNUSABLE:
        return _derive(described)


def ensure(folder: Path) -> None:
    """Build `processed/` where it is not up to date.

    Raises
    ------
    InvalidDataError
        With all that is wrong in all raw files.
    """
    try:
        _read(folder / FOLDER, key(folder))
    except UNUSABLE:
        build(folder)


def build(folder: Path) -> Path:
    """Validate a data folder and write its `processed/`; nothing is written where data is bad.

    Returns
    -------
    Path
        The folder written.

    Raises
    ------
    InvalidDataError
        With all that is wrong in all raw files.
    """
    described = package.load(folder)
    files = {f"{name}.csv": _csv(frame) for name, frame in _derive(described).items()}
    files[DESCRIPTOR] = _descriptor(described, files)
    for name, data in files.items():
        publish(folder / FOLDER / name, data)
    return folder / FOLDER


def key(folder: Path) -> str:
    """Give the fingerprint of all that `processed/` is made from."""
    library = fingerprint(PACKAGE, library_files())
    return fingerprint(folder, data_files(folder), library)


def digest(tables: Mapping[str, pd.DataFrame]) -> str:
    """Give the fingerprint of some tables and the library, whatever they were made from."""
    library = fingerprint(PACKAGE, library_files())
    return sha256(
        repr([library, *((name, _csv(tables[name])) for name in sorted(tables))]).encode()
    )


def _derive(described: Package) -> dict[str, pd.DataFrame]:
    # frictionless is slow to import, and not needed where processed/ is up to date
    from caoan_stats import raw

    tables = raw.read(described.folder)
    written = {name: tables[name].reset_index(drop=True) for name in AS_WRITTEN}
    return derived.derive(tables) | written


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.map(_text).to_csv(index=False, lineterminator="\n").encode()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _descriptor(described: Package, files: Mapping[str, bytes]) -> bytes:
    resources = [
        {
            "name": Path(name).stem,
            "path": name,
            "hash": sha256(data),
            "bytes": len(data),
            "schema": _schema(described, Path(name).stem),
        }
        for name, data in files.items()
    ]
    content = {
        "name": f"{described.name}-{FOLDER}",
        "title": described.title,
        "fingerprint": key(described.folder),
        "resources": resources,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _schema(described: Package, name: str) -> Mapping[str, Any]:
    written = {resource.name: resource.schema for resource in described.resources}
    return derived.schemas().get(name) or written[name]


def _read(folder: Path, expected: str) -> dict[str, pd.DataFrame]:
    """Read the processed tables; ValueError where they are not what was written, or out of date."""
    descriptor = json.loads((folder / DESCRIPTOR).read_bytes())
    if descriptor["fingerprint"] != expected:
        raise ValueError("out of date")
    return {each["name"]: _frame(folder, each) for each in descriptor["resources"]}


def _frame(folder: Path, resource: Mapping[str, Any]) -> pd.DataFrame:
    data = (folder / resource["path"]).read_bytes()
    if sha256(data) != resource["hash"]:
        raise ValueError(f"{resource['path']} was changed")
    types = {field["name"]: _FROM_TEXT[field["type"]] for field in resource["schema"]["fields"]}
    rows = csv.DictReader(io.StringIO(data.decode()))
    typed = [{name: read(row[name]) for name, read in types.items()} for row in rows]
    return frame(resource["schema"], typed)


_FROM_TEXT: Mapping[str, Callable[[str], object]] = {
    "string": str,
    "integer": lambda text: int(text) if text else None,
    "number": lambda text: Decimal(text) if text else None,
    "boolean": lambda text: text == "true",
}
