"""A job (one notebook for one year), the key and the state of its page, and its result.

Every page carries a key with a digest of each thing that it was made from: notebook, data, library,
versions, links, and each file that the notebook read beside the data. A page is fresh if its key is
the one that its job has now.
"""

import hashlib
import json
import re
from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote

from caoan_stats.common import library
from caoan_stats.common.files import sha256, stamp, write_file
from caoan_stats.common.locks import token_of
from caoan_stats.common.words import catalogue, say
from caoan_stats.publish.notebooks import Notebook
from caoan_stats.publish.remarks import Remark
from caoan_stats.publish.site import Head, PageRef

CELLS = 4  # default time limit of a notebook, in time limits of a cell
State = Literal["current", "stale", "failed", "missing"]
Outcome = Literal["made", "fresh", "failed"]

KEY_NAME = "caoan-stats-key"  # name of the `meta` element with the key
KEY_WITHIN = 4096  # bytes at the beginning of a page that hold the key
DIGEST_LENGTH = 12  # hexadecimal digits
KEY_LIMIT = 1 << 20  # bytes; the longest key
READ = "read:"  # before the digest and the path of a file, in a key
_INDEX = {"title", "public_below", "years", "scorecard", "pages"}  # of the index as JSON
MISSING = "missing"  # instead of the digest of a file
_KEY_START = f'<meta name="{KEY_NAME}" content="'.encode()
_EDITION = re.compile(rb'<meta name="caoan-stats-edition" content="([0-9]+)">')
_KEY = re.compile(_KEY_START + b'([^"]*)">')


@dataclass(frozen=True)
class Job:
    """One page to make: a notebook for a year."""

    notebook: Notebook
    year: int
    data: Path  # the data folder
    out: Path  # the folder of exports of this data folder
    head: Head
    data_digest: str  # of `caoan_stats.datafolder.editions.Edition`
    salt: str = ""  # also from there
    token: str = ""  # of the lock of the run; empty for a job without a lock

    @property
    def name(self) -> str:
        """Year and notebook: `2023/rice`."""
        return f"{self.year}/{self.notebook.name}"

    def below(self, folder: Path) -> str:
        """Return the name of the job with the path of its exports relative to a folder.

        That is `2023/rice`, or `xa-a/2023/rice` for one of several data folders.
        """
        return (self.out / self.name).relative_to(folder).as_posix()

    @property
    def place(self) -> PageRef:
        """Name, title and year of the page."""
        return PageRef(self.notebook.name, self.notebook.title, self.year)

    @property
    def page(self) -> Path:
        """Path of the page."""
        return self.out / self.head.path

    @property
    def failure(self) -> Path:
        """Path of the executed notebook that is kept if the job fails."""
        return self.out / "failed" / f"{self.name}.ipynb"

    @property
    def has_failed(self) -> bool:
        """Whether the last execution failed and was kept."""
        return self.failure.is_file() and is_ours(self.failure)

    @property
    def key(self) -> str:
        """Key of the page if it were made now, without the parts of files that it read."""
        return page_key(
            {
                "notebook": self.notebook.digest,
                "data": self.data_digest,
                "library": library.digest(),
                "versions": library.versions(),
                "links": repr(self.head),
            }
        )

    @property
    def is_fresh(self) -> bool:
        """Whether the page exists and would be the same if it were made now."""
        return not self.reasons

    @property
    def reasons(self) -> list[str]:
        """Why the page must be made: `missing`, `failed` or names of the key parts that changed.

        That of a file that the notebook read is `read:` and its path from the notebook.
        """
        key = read_key(self.page)
        if key is None:
            return ["missing"]
        return ["failed"] if self.has_failed else changed_parts(key, self.key) + self._changed(key)

    def _changed(self, key: str) -> list[str]:
        """Return a reason for each file of a key that is another one now."""
        read = [part for part in key.split() if part.startswith(READ)]
        paths = {part: unquote(part.rpartition(":")[2]) for part in read}
        return [f"{READ}{path}" for part, path in paths.items() if part != self.part_of(path)]

    def part_of(self, path: str) -> str:
        """Return the part of the key for a file that the notebook read, by its path from there."""
        place = self.notebook.path.parent.resolve() / path
        return f"{READ}{_digest(place, stamp(place), self.salt)}:{quote(path)}"

    def publish(self, path: Path, data: bytes) -> None:
        """Write a file of the job; raise `UnlockedError` if its run has lost or released its lock.

        A run that has ended must not write beside the next one.
        """
        if self.token and token_of(self.out) != self.token:
            raise UnlockedError
        write_file(path, data)


class UnlockedError(RuntimeError):
    """The run of a job does not hold the folder of exports any more."""


@dataclass(frozen=True)
class Limits:
    """Limits of a notebook."""

    cell: float = 300.0  # seconds for one cell
    notebook: float = CELLS * cell  # seconds for the whole page
    memory: int = 2048  # MiB for its process; has no effect on a system without such a limit


LIMITS = Limits()


@dataclass(frozen=True)
class Cause:
    """Reason for a failed page other than an error that its notebook raised.

    Examples
    --------
    >>> print(Cause("cell", 60))
    a cell took longer than 60 s (--timeout)
    """

    # key of `causes` in a language file: `cell` or `notebook` (time limits), `died`, `stopped`,
    # `changed` (data or notebook), `unlocked`
    kind: str
    number: float = 0  # the limit in seconds; for `died` the exit code, for `stopped` the cell

    def words(self, language: str) -> str:
        """Return the reason as a clause in a language, `vi` or `en`."""
        number = f"{self.number:g}".replace(".", catalogue(language)["format"]["decimal"])
        return say(language, "causes", self.kind, number=number)

    def __str__(self) -> str:
        return self.words("en")


@dataclass(frozen=True)
class Result:
    """The result of a job."""

    job: Job
    outcome: Outcome  # `fresh`: not executed because the page is fresh
    seconds: float  # 0 for a fresh page
    reason: str | Cause = ""  # why the job failed; an error is in one line
    remarks: tuple[Remark, ...] = ()  # on a page that was made


def page_state(job: Job, failed: Container[Job] = ()) -> State:
    """Return the state of the page of a job; `failed` has jobs that have just failed.

    It is `failed` if the last execution failed, even if an older page exists; `missing` if there is
    no page; `current` if it is fresh; else `stale`.
    """
    if job in failed or job.has_failed:
        return "failed"
    if not job.page.is_file():
        return "missing"
    return "current" if job.is_fresh else "stale"


def page_key(parts: Mapping[str, str]) -> str:
    """Return a key: the name and a short digest of each part of what a page is made from.

    Examples
    --------
    >>> page_key({"data": "", "notebook": "1"})
    'data:e3b0c44298fc notebook:6b86b273ff34'
    """
    digests = {name: sha256(text.encode()).partition(":")[2] for name, text in parts.items()}
    return " ".join(f"{name}:{digest[:DIGEST_LENGTH]}" for name, digest in digests.items())


def read_key(page: Path) -> str | None:
    """Return the key that a page carries, which begins in its first `KEY_WITHIN` bytes.

    It is empty if the page has none there; None if the page cannot be read.
    """
    try:
        with page.open("rb") as file:
            beginning = file.read(KEY_WITHIN)
            found = _KEY.search(beginning)
            if not found and _KEY_START in beginning:  # long, as the notebook has read many files
                found = _KEY.search(beginning + file.read(KEY_LIMIT))
    except OSError:
        return None
    return found[1].decode(errors="replace") if found else ""


def is_ours(path: Path) -> bool:
    """Return whether this program has made a file among the exports.

    That is a page with a key, the index as JSON, or the executed notebook of a failed job.
    """
    if path.suffix == ".html":
        return bool(read_key(path))
    try:
        content = json.loads(path.read_bytes())
        return bool(content.keys() >= _INDEX or "papermill" in content["metadata"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def edition_of(path: Path) -> int | None:
    """Return the threshold of the edition of a file that this program has made; None for another.

    The files are those of `is_ours`, and pages that stand alone. It is 0 for the full edition, and
    for a file that does not tell. Raises `OSError` if the file cannot be read.
    """
    if path.suffix.lower() in (".html", ".htm"):
        with path.open("rb") as file:
            beginning = file.read(KEY_WITHIN)
        if found := _EDITION.search(beginning):
            return int(found[1])
        return 0 if _KEY_START in beginning else None
    try:
        content = json.loads(path.read_bytes())
        if content.keys() >= _INDEX:
            return int(content["public_below"] or 0)
        return 0 if "papermill" in content["metadata"] else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


@cache
def _digest(path: Path, seen: str, salt: str) -> str:
    """Return a short digest of a file, or of the names in a folder; `seen` is its `stamp`."""
    digest = hashlib.sha256(salt.encode())
    with suppress(OSError):  # such as no permission; a later one changes the digest
        if path.is_file():
            with path.open("rb") as file:
                hashlib.file_digest(file, lambda: digest)
        else:
            digest.update(seen.encode())
    return digest.hexdigest()[:DIGEST_LENGTH] if seen else MISSING


def changed_parts(before: str, now: str) -> list[str]:
    """Return the names of the parts of `now` that are not in `before`, an earlier or empty key.

    Examples
    --------
    >>> changed_parts("data:1 notebook:2", "data:1 notebook:3")
    ['notebook']
    """
    return [part.partition(":")[0] for part in now.split() if part not in before.split()]
