"""Files of `data/processed/`, read without pandas: whether they are up to date, title and years."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from caoan_stats.common import files, library
from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.files import fingerprint, sha256, stamp
from caoan_stats.datafolder.find import data_files
from caoan_stats.datafolder.package import DESCRIPTOR

PROCESSED = "processed"
PROCESSED_FILE_LIMIT = 25 * files.FILE_LIMIT  # bytes; a processed table joins many raw tables
UNUSABLE = (OSError, ValueError, KeyError, TypeError, RecursionError)


class OutOfDateError(ValueError):
    """Processed files are missing, altered, or made from other data or by another library."""


@dataclass(frozen=True)
class Processed:
    """Content of an up-to-date `processed/`."""

    descriptor: Mapping[str, Any]
    files: Mapping[str, bytes]  # each table as CSV, by resource name

    @property
    def title(self) -> str:
        """Title of the data folder in Vietnamese."""
        return str(self.descriptor["title"])

    @cached_property
    def years(self) -> list[int]:
        """Years that have a fact, a derived figure or a target, ascending."""
        tables = ("facts", "observations", "targets")
        return sorted({int(row["year"]) for name in tables for row in self.rows(name)})

    @cached_property
    def stated(self) -> Mapping[str, set[int]]:
        """Years for which a document states a fact, by table."""
        tables = {row["indicator"]: row["table"] for row in self.rows("indicators")}
        years: dict[str, set[int]] = {table: set() for table in tables.values()}
        for row in self.rows("facts"):
            years[tables[row["indicator"]]].add(int(row["year"]))
        return years

    @cached_property
    def planned(self) -> set[int]:
        """Years that have a target."""
        return {int(row["year"]) for row in self.rows("targets")}

    @property
    def unacknowledged(self) -> int:
        """Number of broken relations that are not acknowledged."""
        rows = self.rows("audit")
        return sum(row["status"] == "broken" and not row["acknowledged"] for row in rows)

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """Return the rows of a table, each with its cells as text by column name."""
        return csv.DictReader(io.StringIO(self.files[name].decode(), newline=""))


def read_processed(folder: Path) -> Processed:
    """Return the processed files of a data folder; raise `OutOfDateError` if one is out of date.

    They are up to date if the descriptor has the digest of the data files and the library, and the
    checksum of each processed file.
    """
    try:
        processed = processed_folder(folder)
        descriptor = _descriptor(processed / DESCRIPTOR, folder)
        contents = {each["name"]: _content(processed, each) for each in descriptor["resources"]}
    except UNUSABLE as error:
        raise OutOfDateError(str(folder / PROCESSED)) from error
    return Processed(descriptor, contents)


def processed_folder(folder: Path) -> Path:
    """Return the path of `processed/`; raise `InvalidDataError` if it is a link."""
    path = folder / PROCESSED
    if path.is_symlink():
        raise InvalidDataError([DataError("linked_folder", PROCESSED)])
    return path


@contextmanager
def unchanged(folder: Path, *others: Path) -> Iterator[None]:
    """Raise `InvalidDataError` at the end if the data or another file has changed meanwhile.

    That is so also if it has been changed back.
    """
    before = _stamps(folder, others)
    yield
    if _stamps(folder, others) != before:
        raise InvalidDataError([DataError("changed_meanwhile", folder.name)])


def build_digest(folder: Path) -> str:
    """Return the digest of all that `processed/` is made from: `find.data_files` and the library.

    Raises `InvalidDataError` if a data file cannot be read, is too large or is outside the folder.
    """
    return sha256(f"{data_digest(folder)} {library.digest()}".encode())


def data_digest(folder: Path) -> str:
    """Return the digest of the data files; raise `InvalidDataError` as `build_digest` does."""
    return fingerprint(folder, data_files(folder))


def _stamps(folder: Path, others: tuple[Path, ...]) -> dict[Path, str]:
    paths: list[Path] = []
    with suppress(InvalidDataError):  # whoever reads the data reports it
        paths = data_files(folder)
    return {path: stamp(path) for path in (*paths, *others)}


def _descriptor(path: Path, folder: Path) -> Mapping[str, Any]:
    """Return the content of a JSON file; it must have the present digest of the data folder."""
    descriptor: Mapping[str, Any] = json.loads(files.read_file(path))
    if descriptor["fingerprint"] != build_digest(folder):
        raise OutOfDateError(str(path))
    return descriptor


def _content(processed: Path, resource: Mapping[str, Any]) -> bytes:
    """Return a table; it must be beside the descriptor and have the stated size and checksum."""
    name, size = resource["path"], resource["bytes"]
    if Path(name).name != name or not 0 <= size <= PROCESSED_FILE_LIMIT:
        raise OutOfDateError(name)
    content = files.read_file(processed / name, size)
    if sha256(content) != resource["hash"]:
        raise OutOfDateError(name)
    return content
