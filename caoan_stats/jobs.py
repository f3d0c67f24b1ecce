"""A job: one notebook for one year, executed by papermill, exported, and published whole."""

import os
import time
import traceback
from collections.abc import Container
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import nbformat

from caoan_stats.files import fingerprint, publish
from caoan_stats.heads import Head
from caoan_stats.notebooks import Notebook
from caoan_stats.places import THRESHOLD, VARIABLE

State = Literal["current", "stale", "failed", "missing"]

RENDERERS = ("ipykernel", "jinja2", "matplotlib", "mistune", "nbconvert", "pandas", "papermill")
MARK = "caoan-stats-key"  # the name under which a page carries its key
HEAD = 4096  # the key stands in the first bytes of a page

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
        The folder of all exports.
    head
        What the page is of, and the pages around it.
    basis
        Fingerprint of the data and the library.
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
        """Fingerprint of all that the page depends on."""
        parts = (str(self.year), self.basis, repr(self.head), *_renderers())
        return fingerprint(self.notebook.path.parent, [self.notebook.path], *parts)

    @property
    def is_fresh(self) -> bool:
        """Whether the page is there and was made from the same."""
        return carries(self.page, self.key)


def carries(page: Path, key: str) -> bool:
    """Whether a page is there and has a key in its head."""
    try:
        with page.open("rb") as file:
            return key.encode() in file.read(HEAD)
    except OSError:
        return False


@cache
def _renderers() -> tuple[str, ...]:
    return tuple(f"{name} {version(name)}" for name in RENDERERS)


def state(job: Job, failed: Container[Job] = ()) -> State:
    """Tell how the page of a job is: of the last run or older, lost to an error, or not there."""
    if job in failed or job.failure.is_file():
        return "failed"
    if not job.page.is_file():
        return "missing"
    return "current" if job.is_fresh else "stale"


@dataclass(frozen=True)
class Result:
    """How a job ended: `made`, already `fresh`, or `failed`, with the reason in one line."""

    job: Job
    outcome: Outcome
    seconds: float
    reason: str = ""


def perform(job: Job) -> Result:
    """Make the page of a job; a failure is a result, and leaves the last good page where it is."""
    start = time.perf_counter()
    try:
        _perform(job)
    except Exception as error:
        reason = traceback.format_exception_only(error)[-1].strip().splitlines()[-1]
        return Result(job, "failed", time.perf_counter() - start, reason)
    return Result(job, "made", time.perf_counter() - start)


def _perform(job: Job) -> None:
    import papermill

    from caoan_stats import export

    path, parameters = job.notebook.path, {"year": job.year}
    _refuse_undeclared(path, parameters)
    # the kernel inherits the environment of this process, which makes pages and nothing else
    os.environ |= {VARIABLE: str(job.data), THRESHOLD: str(job.head.below)}
    with TemporaryDirectory(prefix="caoan-stats-") as folder:
        executed = Path(folder) / path.name
        try:
            papermill.execute_notebook(
                path,
                executed,
                parameters,
                progress_bar=False,
                request_save_on_cell_execute=False,
                extra_arguments=["--log-level=CRITICAL"],
                cwd=path.parent,
            )
        except papermill.PapermillExecutionError:
            publish(job.failure, executed.read_bytes())
            raise
        notebook = nbformat.read(executed, as_version=4)  # type: ignore[no-untyped-call]
    html = export.page(notebook, replace(job.head, key=job.key))
    publish(job.page, html.encode())
    job.failure.unlink(missing_ok=True)


def _refuse_undeclared(notebook: Path, parameters: dict[str, int]) -> None:
    """Raise where papermill would only warn: a parameter that the notebook does not declare."""
    import papermill

    declared = papermill.inspect_notebook(notebook)
    missing = ", ".join(name for name in parameters if name not in declared)
    if missing:
        raise ValueError(f"{notebook.name} declares no parameter {missing} in a parameters cell")
