"""Editions: what `data/processed/` stores of a public one, read and written without pandas."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from caoan_stats.common import files
from caoan_stats.common.files import write_file
from caoan_stats.common.sealed import seal, unseal
from caoan_stats.datafolder import processed_files
from caoan_stats.datafolder.package import DESCRIPTOR
from caoan_stats.datafolder.processed_files import (
    PROCESSED,
    PROCESSED_FILE_LIMIT,
    UNUSABLE,
    OutOfDateError,
)

Key = tuple[str, int]  # indicator and year


@dataclass(frozen=True)
class Edition:
    """What the pages of an edition depend on, beside the data."""

    digest: str  # of the data that the pages show
    salt: str = ""  # of the digests in the pages; empty for the full edition
    hidden: Mapping[Key, str] = field(default_factory=dict)  # marks in place of figures
    earlier: frozenset[Key] = frozenset()  # figures that earlier editions hid


def read_edition(folder: Path, below: int = 0, earlier: Iterable[Key] = ()) -> Edition:
    """Return what is stored of an edition, from which the pages are made.

    `below` is the threshold of the public edition, or 0 for the full edition, whose digest is that
    of the data. `earlier` are figures that earlier editions hid. Raises `OutOfDateError` if a
    public edition is not stored or is damaged, if it was made without one of these figures, or for
    other data, another threshold or another version of the library.
    """
    if not below:
        return Edition(processed_files.data_digest(folder))
    path = edition_file(folder, below)
    try:
        content = unseal(files.read_file(path, PROCESSED_FILE_LIMIT))
        edition = Edition(
            content["digest"],
            content["salt"],
            {(code, year): mark for code, year, mark in content["hidden"]},
            frozenset((code, year) for code, year in content["earlier"]),
        )
        known = (content["fingerprint"], content["below"])
        is_current = known == (processed_files.build_digest(folder), below)
    except UNUSABLE as error:
        raise OutOfDateError(str(path)) from error
    if not is_current or {*earlier} - edition.hidden.keys() - edition.earlier:
        raise OutOfDateError(str(path))
    return edition


def write_edition(folder: Path, below: int, fingerprint: str, edition: Edition) -> None:
    """Store a public edition of data with a fingerprint, that of `processed_files.build_digest`."""
    content = {
        "fingerprint": fingerprint,
        "below": below,
        "digest": edition.digest,
        "salt": edition.salt,
        "hidden": [[code, int(year), mark] for (code, year), mark in edition.hidden.items()],
        "earlier": sorted((code, int(year)) for code, year in edition.earlier),
    }
    write_file(edition_file(folder, below), seal(content), like=folder / DESCRIPTOR)


def new_salt() -> str:
    """Return a salt of the digests in public pages.

    Without one, the digest of a file that a page was made from would let a reader test what the
    file can have.
    """
    return os.urandom(16).hex()


def edition_file(folder: Path, below: int) -> Path:
    """Return the path of the file that stores a public edition."""
    return folder / PROCESSED / f"edition-{below}.json"
