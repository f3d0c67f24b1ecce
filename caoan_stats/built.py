"""What `data/processed/` says, without pandas: whether it is up to date, its title, its years."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from caoan_stats import contents, keys
from caoan_stats.files import fingerprint, sha256
from caoan_stats.package import DESCRIPTOR
from caoan_stats.places import data_files

FOLDER = "processed"
LARGEST = 25 * contents.LARGEST  # of a file of it, in bytes: many tables are made into one


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


def read(folder: Path) -> Built:
    """Read the `processed/` of a data folder.

    Raises
    ------
    OutOfDateError
        It is not there, was changed, or was made from something else.
    """
    place = folder / FOLDER
    try:
        descriptor = json.loads(contents.read(place / DESCRIPTOR))
        if descriptor["fingerprint"] != key(folder):
            raise OutOfDateError(str(place))
        resources = descriptor["resources"]
        files = {each["name"]: _whole(place, each) for each in resources}
        if any(sha256(files[each["name"]]) != each["hash"] for each in resources):
            raise OutOfDateError(str(place))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise OutOfDateError(str(place)) from error
    return Built(descriptor, files)


def _whole(place: Path, resource: Mapping[str, Any]) -> bytes:
    """Read a file that stands beside its descriptor, and no more of it than that says."""
    named_beside = Path(resource["path"]).name == resource["path"]
    if not named_beside or not 0 <= resource["bytes"] <= LARGEST:
        raise OutOfDateError(str(place))
    return contents.read(place / resource["path"], resource["bytes"])


def basis(folder: Path, below: int = 0) -> str:
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
        return data_key(folder)
    place = edition(folder, below)
    try:
        said = json.loads(contents.read(place))
        if said["fingerprint"] == key(folder):
            return str(said["digest"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OutOfDateError(str(place)) from error
    raise OutOfDateError(str(place))


def edition(folder: Path, below: int) -> Path:
    """Name the file that keeps the fingerprint of a public edition."""
    return folder / FOLDER / f"edition-{below}.json"


def key(folder: Path) -> str:
    """Give the fingerprint of all that `processed/` is made from."""
    return sha256(f"{data_key(folder)} {keys.library()}".encode())


def data_key(folder: Path) -> str:
    """Give the fingerprint of what people write in a data folder."""
    return fingerprint(folder, data_files(folder))
