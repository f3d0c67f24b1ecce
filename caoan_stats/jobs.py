"""A job: one notebook for one year, what its page depends on, and how the page is."""

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from caoan_stats import keys
from caoan_stats.heads import Head, Place
from caoan_stats.messages import Language
from caoan_stats.notebooks import Notebook
from caoan_stats.phrases import CAUSES, DECIMAL

State = Literal["current", "stale", "failed", "missing"]
Outcome = Literal["made", "fresh", "failed"]


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
    def place(self) -> Place:
        """What the page is of."""
        return Place(self.notebook.name, self.notebook.title, self.year)

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
        return keys.key(
            {
                "notebook": self.notebook.digest,
                "data": self.basis,
                "library": keys.library(),
                "versions": keys.versions(),
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
        carried = keys.carried(self.page)
        if carried is None:
            return ["missing"]
        return ["failed"] if self.failure.is_file() else keys.changed(carried, self.key)


def state(job: Job, failed: Container[Job] = ()) -> State:
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
