"""The data as the program derives it: `data/processed/`, a Data Package made anew from `data/raw/`.

It is up to date when the fingerprint in its descriptor is that of the data folder and the library,
and each of its files has the checksum that the descriptor gives.
"""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.files import sha256, write_file
from caoan_stats.common.frames import make_frame
from caoan_stats.common.locks import hold
from caoan_stats.datafolder import package, processed_files
from caoan_stats.datafolder.package import DESCRIPTOR, Package
from caoan_stats.datafolder.processed_files import FOLDER, Built, OutOfDateError
from caoan_stats.relations import derive

UNUSABLE = (OutOfDateError, ValueError, KeyError, TypeError, csv.Error)
WAIT = 60.0  # seconds for another process that builds the same, which takes less than one
AS_WRITTEN = ("targets", "indicators", "units", "sources", "relations")


def load_tables(folder: Path) -> dict[str, pd.DataFrame]:
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
    try:
        return _tables(processed_files.read_built(folder))
    except UNUSABLE:
        return _derive(package.load_package(folder))


def ensure_built(folder: Path) -> Built:
    """Build `processed/` where it is not up to date, and give what it says.

    Raises
    ------
    InvalidDataError
        With all that is wrong in all raw files.
    """
    try:
        _tables(found := processed_files.read_built(folder))
    except UNUSABLE:
        build(folder)
        return _unchanged(folder)
    return found


def _unchanged(folder: Path) -> Built:
    """Read what was just built, unless someone writes in the folder at the same time."""
    try:
        return processed_files.read_built(folder)
    except OutOfDateError:
        raise InvalidDataError([DataError("changed_meanwhile", folder.name)]) from None


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
    LockedError
        Another process has been writing there for a minute.
    """
    described = package.load_package(folder)
    fingerprint = _key(described)
    files = {f"{name}.csv": _csv(frame) for name, frame in _derive(described).items()}
    files[DESCRIPTOR] = _descriptor(described, files, fingerprint)
    with hold([folder / FOLDER], WAIT):
        for name, data in files.items():
            write_file(folder / FOLDER / name, data)
    return folder / FOLDER


def _key(described: Package) -> str:
    """Give the fingerprint of a data folder, or tell all that is wrong with it."""
    try:
        return processed_files.build_key(described.folder)
    except InvalidDataError:
        _derive(described)
        raise


def ensure_edition(folder: Path, below: int = 0) -> None:
    """Build `processed/` and the fingerprint of an edition where they are not up to date.

    The fingerprint of a public edition is that of its tables: one of the data itself could be tried
    out with every number that is hidden.

    Raises
    ------
    InvalidDataError
        With all that is wrong in all raw files.
    """
    ensure_built(folder)
    try:
        processed_files.edition_digest(folder, below)
    except OutOfDateError:
        from caoan_stats.disclosure import edition  # scipy is slow to import

        fingerprint = processed_files.build_key(folder)
        tables = edition.conceal(load_tables(folder), below)
        digest = sha256(repr([(name, _csv(tables[name])) for name in sorted(tables)]).encode())
        content = {"fingerprint": fingerprint, "digest": digest}
        with hold([folder / FOLDER], WAIT):
            write_file(processed_files.edition_file(folder, below), json.dumps(content).encode())


def _derive(described: Package) -> dict[str, pd.DataFrame]:
    # frictionless is slow to import, and not needed where processed/ is up to date
    from caoan_stats.datafolder import raw

    tables = raw.read_tables(described.folder)
    written = {name: tables[name].reset_index(drop=True) for name in AS_WRITTEN}
    return derive.derive(tables) | written


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.map(_text).to_csv(index=False, lineterminator="\n").encode()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _descriptor(described: Package, files: Mapping[str, bytes], fingerprint: str) -> bytes:
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
        "fingerprint": fingerprint,  # of what was there before it was read
        "resources": resources,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _schema(described: Package, name: str) -> Mapping[str, Any]:
    written = {resource.name: resource.schema for resource in described.resources}
    return derive.derived_schemas().get(name) or written[name]


def _tables(found: Built) -> dict[str, pd.DataFrame]:
    return {
        each["name"]: _frame(found.rows(each["name"]), each["schema"])
        for each in found.descriptor["resources"]
    }


def _frame(rows: Iterable[Mapping[str, str]], schema: Mapping[str, Any]) -> pd.DataFrame:
    types = {field["name"]: _FROM_TEXT[field["type"]] for field in schema["fields"]}
    typed = [{name: read(row[name]) for name, read in types.items()} for row in rows]
    return make_frame(schema, typed)


_FROM_TEXT: Mapping[str, Callable[[str], object]] = {
    "string": str,
    "integer": lambda text: int(text) if text else None,
    "number": lambda text: Decimal(text) if text else None,
    "boolean": lambda text: text == "true",
}
