"""Tables of a data folder, and `data/processed/`, the Data Package that is built from `raw/`."""

import csv
import json
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.files import sha256, write_file
from caoan_stats.common.frames import field_types, make_frame
from caoan_stats.common.locks import hold
from caoan_stats.concepts.tables import TABLES, fields_of
from caoan_stats.datafolder import editions, package, processed_files
from caoan_stats.datafolder.editions import Edition, Key
from caoan_stats.datafolder.package import DESCRIPTOR, Package
from caoan_stats.datafolder.processed_files import PROCESSED, OutOfDateError, Processed
from caoan_stats.disclosure import edition
from caoan_stats.relations import derive

LOCK_TIMEOUT = 60.0  # seconds; another process builds `processed/` in less than a second
_UNUSABLE = (OutOfDateError, ValueError, KeyError, TypeError, csv.Error)
_FROM_TEXT: Mapping[str, Callable[[str], object]] = {  # by type of the Table Schema
    "string": str,
    "integer": lambda text: int(text) if text else None,
    "number": lambda text: Decimal(text) if text else None,
    "boolean": lambda text: text == "true",
}


def load_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a data folder, from `processed/` if it is up to date, else from `raw/`.

    They are those of `caoan_stats.relations.derive.derive`, and those that `TABLES` says are
    processed. Numbers are `decimal.Decimal`, years `int`, both None for an empty cell; an empty
    text is "". Raises `InvalidDataError` with every error if the data folder is not valid.
    """
    try:
        return _tables(processed_files.read_processed(folder))
    except _UNUSABLE:
        return _derive(folder)


def ensure_processed(folder: Path) -> Processed:
    """Build `processed/` if it is not up to date, and return its content.

    Raises the errors of `build`, and `InvalidDataError` if the data changes while it is read.
    """
    try:
        _tables(processed := processed_files.read_processed(folder))
    except _UNUSABLE:
        build(folder)
        try:
            return processed_files.read_processed(folder)
        except OutOfDateError:
            raise InvalidDataError([DataError("changed_meanwhile", folder.name)]) from None
    return processed


def build(folder: Path) -> Path:
    """Validate a data folder, write its `processed/` and return the path of `processed/`.

    Raises `InvalidDataError` with every error, and writes nothing, if the data folder is not valid;
    `LockedError` if another process holds `processed/` for longer than `LOCK_TIMEOUT`.
    """
    processed = processed_files.processed_folder(folder)
    described = package.load_package(folder)
    with processed_files.unchanged(folder):
        try:
            digest = processed_files.build_digest(folder)
        except InvalidDataError:
            _derive(folder)  # raises with every error, not only those of unreadable files
            raise
        files = {f"{name}.csv": _csv(frame) for name, frame in _derive(folder).items()}
    files[DESCRIPTOR] = _descriptor(described, files, digest)
    with hold([processed], LOCK_TIMEOUT):
        for name, data in files.items():
            write_file(processed / name, data, like=folder / DESCRIPTOR)
    return processed


def ensure_edition(folder: Path, below: int = 0, earlier: Collection[Key] = ()) -> None:
    """Build `processed/` and store a public edition, if they are not up to date.

    The digest of a public edition is computed from its tables. A digest of the data itself would
    let a reader test every value that a hidden figure can have. `below` is the threshold of the
    public edition, or 0 for the full edition; `earlier` are figures that earlier editions hid,
    which stay hidden, as do those of an edition of the same data that is already stored. Raises the
    errors of `ensure_processed`.
    """
    ensure_processed(folder)
    try:
        editions.read_edition(folder, below, earlier)
    except OutOfDateError:
        fingerprint, chosen = _choose_edition(folder, below, earlier)
        with hold([folder / PROCESSED], LOCK_TIMEOUT):
            try:  # another process may have been faster
                editions.read_edition(folder, below, earlier)
            except OutOfDateError:
                editions.write_edition(folder, below, fingerprint, chosen)


def load_edition(folder: Path, below: int) -> tuple[Mapping[str, pd.DataFrame], Mapping[Key, str]]:
    """Return the tables of a data folder, and the marks of the figures that an edition hides.

    The stored choice is used if it is up to date; else the figures are chosen anew.
    Raises the errors of `load_tables`, and `InvalidDataError` if the data changes meanwhile.
    """
    if not below:
        return load_tables(folder), {}
    with processed_files.unchanged(folder):
        tables = load_tables(folder)
        try:
            return tables, editions.read_edition(folder, below).hidden
        except OutOfDateError:
            return tables, edition.choose_hidden(tables, below)


def _choose_edition(folder: Path, below: int, earlier: Collection[Key]) -> tuple[str, Edition]:
    """Return the fingerprint of the present data, and a new public edition of it."""
    with suppress(OutOfDateError):
        earlier = {*earlier, *editions.read_edition(folder, below).earlier}
    with processed_files.unchanged(folder):
        fingerprint = processed_files.build_digest(folder)
        loaded = load_tables(folder)
        hidden = edition.choose_hidden(loaded, below, earlier)
        tables = edition.conceal(loaded, hidden)
    shown = sha256(repr([(name, _csv(tables[name])) for name in sorted(tables)]).encode())
    return fingerprint, Edition(shown, editions.new_salt(), hidden, frozenset(earlier))


def _derive(folder: Path) -> dict[str, pd.DataFrame]:
    # frictionless is slow to import, and not needed where processed/ is up to date
    from caoan_stats.datafolder import raw

    tables = raw.read_tables(folder)
    copied = [name for name, table in TABLES.items() if table.is_processed]
    return derive.derive(tables) | {name: tables[name].reset_index(drop=True) for name in copied}


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.map(_text).to_csv(index=False, lineterminator="\n").encode()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    is_written_out = isinstance(cell, Decimal) and int(cell.as_tuple().exponent) <= 0
    return f"{cell:f}" if is_written_out else str(cell)  # 1.86E+10 keeps its digits


def _descriptor(described: Package, files: Mapping[str, bytes], digest: str) -> bytes:
    """Return the `datapackage.json` of `processed/`; `files` is content by file name."""
    declared = {each.name: each.schema for each in described.resources}
    derived = derive.derived_schemas()
    resources = [
        {
            "name": table,
            "path": name,
            "hash": sha256(data),
            "bytes": len(data),
            "schema": derived.get(table) or _copied_schema(table, declared.get(table, {}), data),
        }
        for name, data in files.items()
        for table in [Path(name).stem]
    ]
    content = {
        "name": f"{described.name}-{PROCESSED}",
        "title": described.title,
        "fingerprint": digest,
        "resources": resources,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _copied_schema(table: str, declared: Mapping[str, Any], data: bytes) -> Mapping[str, Any]:
    """Return the schema of a copied table: of its columns, also of those that were left out."""
    header = data.partition(b"\n")[0].decode().split(",")
    fields = {name: {"name": name, "type": kind} for name, kind in fields_of(table).items()}
    fields |= {field["name"]: field for field in declared.get("fields", ())}
    return {**declared, "fields": [fields[name] for name in header]}


def _tables(processed: Processed) -> dict[str, pd.DataFrame]:
    return {each["name"]: _table(processed, each) for each in processed.descriptor["resources"]}


def _table(processed: Processed, resource: Mapping[str, Any]) -> pd.DataFrame:
    schema, rows = resource["schema"], processed.rows(resource["name"])
    types = {field["name"]: _FROM_TEXT[field["type"]] for field in schema["fields"]}
    typed = [{name: read(row[name]) for name, read in types.items()} for row in rows]
    return make_frame(field_types(schema), typed)
