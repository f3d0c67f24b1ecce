"""A job: one notebook for one year, what its page depends on, and how the page is."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from caoan_stats.common import library
from caoan_stats.common.files import sha256
from caoan_stats.common.messages import Language
from caoan_stats.common.phrases import CAUSES, DECIMAL
from caoan_stats.publish.notebooks import Notebook
from caoan_stats.publish.site import Head, PageRef

State = Literal["current", "stale", "failed", "missing"]
Outcome = Literal["made", "fresh", "failed"]


KEY_NAME = "caoan-stats-key"  # the name under which a page carries its key
KEY_WITHIN = 4096  # the key stands in the first bytes of a page
DIGEST_LENGTH = 12
_CARRIED = re.compile(rf'<meta name="{KEY_NAME}" content="([^"]*)">')


@dataclass(frozen=True)
class Job:
    """One page that is to be.

    Parameters
    ----------
    notebook
        The notebook to execute.
    year
        Its parameter.
    data
        The data folder.
    out
        The folder of all exports of this data.
    head
        What the page is of, and the pages around it.
    basis
        Fingerprint of the data.
    """

    notebook: Notebook
    year: int
    data: Path
    out: Path
    head: Head
    basis: str

    @property
    def name(self) -> str:
        """Year and notebook, as in `2023/rice`."""
        return f"{self.year}/{self.notebook.name}"

    def below(self, folder: Path) -> str:
        """Name the page from a folder, as in `2023/rice`, or `xa-a/2023/rice` in one of many."""
        return (self.out / self.name).relative_to(folder).as_posix()

    @property
    def place(self) -> PageRef:
        """What the page is of."""
        return PageRef(self.notebook.name, self.notebook.title, self.year)

    @property
    def page(self) -> Path:
        """Where the page is to be."""
        return self.out / self.head.path

    @property
    def failure(self) -> Path:
        """Where the executed notebook is kept if it fails."""
        return self.out / "failed" / f"{self.name}.ipynb"

    @property
    def key(self) -> str:
        """Digests of all that the page depends on, by name."""
        return page_key(
            {
                "notebook": self.notebook.digest,
                "data": self.basis,
                "library": library.digest(),
                "versions": library.versions(),
                "links": repr(self.head),
            }
        )

    @property
    def is_fresh(self) -> bool:
        """Whether the page is there and was made from the same."""
        return not self.reasons

    @property
    def reasons(self) -> list[str]:
        """Why the page is to be made: `missing`, `failed`, or the parts of its key that changed."""
        carried = read_key(self.page)
        if carried is None:
            return ["missing"]
        return ["failed"] if self.failure.is_file() else changed_parts(carried, self.key)


def page_state(job: Job, failed: Container[Job] = ()) -> State:
    """Tell how the page of a job is: of the last run or older, lost to an error, or not there."""
    if job in failed or job.failure.is_file():
        return "failed"
    if not job.page.is_file():
        return "missing"
    return "current" if job.is_fresh else "stale"


@dataclass(frozen=True)
class Cause:
    """Why a page was not made where its notebook raised nothing; `kind` is a key of `CAUSES`.

    Examples
    --------
    >>> print(Cause("cell", 60))
    a cell took longer than 60 s (--timeout)
    """

    kind: str
    number: float

    def words(self, language: Language) -> str:
        """Say it in Vietnamese (`vi`) or English (`en`)."""
        number = f"{self.number:g}".replace(".", DECIMAL[language])
        return CAUSES[self.kind][language].format(number=number)

    def __str__(self) -> str:
        return self.words("en")


@dataclass(frozen=True)
class Result:
    """How a job ended.

    Parameters
    ----------
    job
        The job.
    outcome
        `made`, already `fresh`, or `failed`.
    seconds
        How long it took.
    reason
        Of a failure, the error of the notebook in one line, or the cause.
    """

    job: Job
    outcome: Outcome
    seconds: float
    reason: str | Cause = ""


def page_key(parts: Mapping[str, str]) -> str:
    """Write a key.

    Parameters
    ----------
    parts
        What the page is made from, by name; a text of any length each.

    Examples
    --------
    >>> page_key({"data": "", "notebook": "1"})
    'data:e3b0c44298fc notebook:6b86b273ff34'
    """
    return " ".join(f"{name}:{short_digest(text)}" for name, text in parts.items())


def short_digest(text: str) -> str:
    """Give a short checksum of a text."""
    return sha256(text.encode()).partition(":")[2][:DIGEST_LENGTH]


def changed_parts(before: str, now: str) -> list[str]:
    """Name the parts of a key that are not as in another.

    Examples
    --------
    >>> changed_parts("data:1 notebook:2", "data:1 notebook:3")
    ['notebook']
    """
    return [part.partition(":")[0] for part in now.split() if part not in before.split()]


def read_key(page: Path) -> str | None:
    """Read the key that a page carries; empty where it has none, None where there is no page."""
    try:
        with page.open("rb") as file:
            head = file.read(KEY_WITHIN).decode(errors="replace")
    except OSError:
        return None
    found = _CARRIED.search(head)
    return found[1] if found else ""
