"""What `data/processed/` says, without pandas: whether it is up to date, its title, its years."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from caoan_stats.common import files, library
from caoan_stats.common.files import fingerprint, sha256
from caoan_stats.datafolder.find import data_files
from caoan_stats.datafolder.package import DESCRIPTOR

FOLDER = "processed"
BUILT_FILE_LIMIT = 25 * files.FILE_LIMIT  # of a file of it, in bytes: many tables are made into one


class OutOfDateError(ValueError):
    """`processed/` is not what its data folder and this library give."""


@dataclass(frozen=True)
class Built:
    """An up-to-date `processed/`.

    Parameters
    ----------
    descriptor
        Its Data Package.
    files
        The content of each of its files, by name of the resource.
    """

    descriptor: Mapping[str, Any]
    files: Mapping[str, bytes]

    @property
    def title(self) -> str:
        """What the data is of, in Vietnamese."""
        return str(self.descriptor["title"])

    @cached_property
    def years(self) -> list[int]:
        """The years that have a figure or a target."""
        rows = [*self.rows("observations"), *self.rows("targets")]
        return sorted({int(row["year"]) for row in rows})

    @property
    def unseen(self) -> int:
        """How many contradictions nobody has acknowledged."""
        rows = self.rows("audit")
        return sum(row["status"] == "broken" and not row["acknowledged"] for row in rows)

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """Give the rows of a table as text."""
        return csv.DictReader(io.StringIO(self.files[name].decode(), newline=""))


def read_built(folder: Path) -> Built:
    """Read the `processed/` of a data folder.

    Raises
    ------
    OutOfDateError
        It is not there, was changed, or was made from something else.
    """
    place = folder / FOLDER
    try:
        descriptor = json.loads(files.read_file(place / DESCRIPTOR))
        if descriptor["fingerprint"] != build_key(folder):
            raise OutOfDateError(str(place))
        resources = descriptor["resources"]
        contents = {each["name"]: _whole(place, each) for each in resources}
        if any(sha256(contents[each["name"]]) != each["hash"] for each in resources):
            raise OutOfDateError(str(place))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise OutOfDateError(str(place)) from error
    return Built(descriptor, contents)


def _whole(place: Path, resource: Mapping[str, Any]) -> bytes:
    """Read a file that stands beside its descriptor, and no more of it than that says."""
    named_beside = Path(resource["path"]).name == resource["path"]
    if not named_beside or not 0 <= resource["bytes"] <= BUILT_FILE_LIMIT:
        raise OutOfDateError(str(place))
    return files.read_file(place / resource["path"], resource["bytes"])


def edition_digest(folder: Path, below: int = 0) -> str:
    """Give the fingerprint of the data that pages are made from.

    Parameters
    ----------
    folder
        A data folder.
    below
        That of the public edition; 0 is that of the full one.

    Raises
    ------
    OutOfDateError
        The fingerprint of this public edition is not there, or is of other data.
    """
    if not below:
        return data_digest(folder)
    place = edition_file(folder, below)
    try:
        said = json.loads(files.read_file(place))
        if said["fingerprint"] == build_key(folder):
            return str(said["digest"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OutOfDateError(str(place)) from error
    raise OutOfDateError(str(place))


def edition_file(folder: Path, below: int) -> Path:
    """Name the file that keeps the fingerprint of a public edition."""
    return folder / FOLDER / f"edition-{below}.json"


def build_key(folder: Path) -> str:
    """Give the fingerprint of all that `processed/` is made from."""
    return sha256(f"{data_digest(folder)} {library.digest()}".encode())


def data_digest(folder: Path) -> str:
    """Give the fingerprint of what people write in a data folder."""
    return fingerprint(folder, data_files(folder))
