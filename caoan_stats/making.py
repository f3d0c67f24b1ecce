"""A page made: its notebook executed by papermill, exported by nbconvert, published whole."""

import os
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caoan_stats import forks
from caoan_stats.errors import InvalidDataError
from caoan_stats.files import publish
from caoan_stats.jobs import Job, Result
from caoan_stats.places import THRESHOLD, VARIABLE

if TYPE_CHECKING:
    from nbformat import NotebookNode

PRELOAD = "caoan_stats.rehearsal"


def warm() -> None:
    """Let the imports begin that all of this needs."""
    if forks.available():
        forks.warm(PRELOAD)


def elsewhere(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a process of its own where there are forks, else in this one."""
    if forks.available():
        return forks.call(PRELOAD, function, *arguments)
    return function(*arguments)


def make(job: Job) -> Result:
    """Make the page of a job; that its process dies costs this page alone."""
    start = time.perf_counter()
    try:
        result: Result = elsewhere(perform, job)
    except forks.ForkDiedError as error:
        return Result(job, "failed", time.perf_counter() - start, str(error))
    return result


def build(folder: Path, below: int) -> InvalidDataError | None:
    """Build a data folder, and say what is wrong with it."""
    from caoan_stats import processed  # pandas is slow to import

    try:
        processed.ensure_basis(folder, below)
    except InvalidDataError as error:
        return error
    return None


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
    import nbformat
    import papermill

    from caoan_stats import engine, export

    path, parameters = job.notebook.path, {"year": job.year}
    _refuse_undeclared(path, parameters)
    # this process makes pages and nothing else, and a kernel inherits its environment
    os.environ.update({VARIABLE: str(job.data), THRESHOLD: str(job.head.below)})
    executed: list[NotebookNode] = []
    try:
        notebook = papermill.execute_notebook(
            path,
            None,
            parameters,
            engine_name=engine.NAME,
            executed=executed.append,
            progress_bar=False,
            extra_arguments=["--log-level=CRITICAL"],
            cwd=path.parent,
        )
    except papermill.PapermillExecutionError:
        publish(job.failure, nbformat.writes(executed[0]).encode())
        raise
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
