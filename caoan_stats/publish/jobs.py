"""A job (one notebook for one year), the key and the state of its page, and its result.

Every page carries a key with a digest of each thing that it was made from: notebook, data, library,
versions and links. A page is fresh if its key is the one that its job has now.
"""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from caoan_stats.common import library
from caoan_stats.common.files import sha256
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
_KEY = re.compile(rf'<meta name="{KEY_NAME}" content="([^"]*)">')


@dataclass(frozen=True)
class Job:
    """One page to make: a notebook for a year."""

    notebook: Notebook
    year: int
    data: Path  # the data folder
    out: Path  # the folder of exports of this data folder
    head: Head
    data_digest: str  # from `caoan_stats.datafolder.processed_files.edition_digest`

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
    def key(self) -> str:
        """Key of the page if it were made now."""
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
        """Why the page must be made: `missing`, `failed` or names of the key parts that changed."""
        key = read_key(self.page)
        if key is None:
            return ["missing"]
        return ["failed"] if self.failure.is_file() else changed_parts(key, self.key)


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

    kind: str  # key of `causes` in a language file; `cell` and `notebook` are time limits
    number: float  # the limit in seconds; the exit code of `died`, the `In [number]` of `stopped`

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
    if job in failed or job.failure.is_file():
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
    """Return the key that a page carries in its first `KEY_WITHIN` bytes.

    It is empty if the page has none there; None if the page cannot be read.
    """
    try:
        with page.open("rb") as file:
            beginning = file.read(KEY_WITHIN).decode(errors="replace")
    except OSError:
        return None
    found = _KEY.search(beginning)
    return found[1] if found else ""


def changed_parts(before: str, now: str) -> list[str]:
    """Return the names of the parts of `now` that are not in `before`, an earlier or empty key.

    Examples
    --------
    >>> changed_parts("data:1 notebook:2", "data:1 notebook:3")
    ['notebook']
    """
    return [part.partition(":")[0] for part in now.split() if part not in before.split()]
