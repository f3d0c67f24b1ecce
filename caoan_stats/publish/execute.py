"""A job done in this process: its notebook executed by papermill, exported, published whole."""

import os
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError

from caoan_stats.common.files import sha256, write_file
from caoan_stats.datafolder.find import THRESHOLD, VARIABLE
from caoan_stats.kernel import engine, forkserver
from caoan_stats.publish import export, worker
from caoan_stats.publish.jobs import Cause, Job, Result
from caoan_stats.publish.steps import Step, longest_cell, notebook_so_far, step_hooks
from caoan_stats.publish.worker import Limits

MOMENT = 0.1  # seconds; no time at all would mean any


def execute_job(job: Job, allowed: Limits) -> Result:
    """Make the page of a job; a failure is a result, and leaves the last good page where it is."""
    start = time.perf_counter()
    steps: list[Step] = []
    try:
        reason: Cause | str | None = _perform(job, allowed, steps)
    except Exception as error:
        reason = _cause(error, allowed, time.perf_counter() - start) or _in_one_line(error)
    seconds = time.perf_counter() - start
    if reason is None:
        return Result(job, "made", seconds)
    keep_failure(job, steps, reason)
    return Result(job, "failed", seconds, reason)


def keep_failure(job: Job, steps: Sequence[Step], reason: str | Cause) -> None:
    """Keep the notebook of a page that failed, as far as it came; nothing where no cell ran.

    Parameters
    ----------
    job
        The job.
    steps
        What the notebook told.
    reason
        Why it came no further.
    """
    path = job.notebook.path
    with suppress(OSError, ValueError):  # the result says in any case what failed
        edited = sha256(path.read_bytes()) != job.notebook.digest
        if steps and not edited:
            notebook = notebook_so_far(path, _parameters(job), steps, str(reason))
            write_file(job.failure, nbformat.writes(notebook).encode(errors="backslashreplace"))


def _parameters(job: Job) -> dict[str, int]:
    return {"year": job.year}


def _perform(job: Job, allowed: Limits, steps: list[Step]) -> Cause | None:
    """Make the page, unless a cell was interrupted that did not fail of it."""
    notebook = _execute(job, allowed, steps)
    if longest_cell(steps) > allowed.cell:
        return Cause("cell", allowed.cell)
    html = export.export_page(notebook, replace(job.head, key=job.key))
    write_file(job.page, html.encode())
    job.failure.unlink(missing_ok=True)
    return None


def _execute(job: Job, allowed: Limits, steps: list[Step]) -> nbformat.NotebookNode:
    path = job.notebook.path
    _refuse_undeclared(path, _parameters(job))
    # this process makes pages and nothing else, and a kernel inherits its environment
    os.environ.update({VARIABLE: str(job.data), THRESHOLD: str(job.head.below)})

    def tell(step: Step) -> None:
        steps.append(step)
        forkserver.send_to_parent(step)

    with worker.limit_memory(allowed):
        executed: nbformat.NotebookNode = papermill.execute_notebook(
            path,
            None,
            _parameters(job),
            engine_name=engine.NAME,
            progress_bar=False,
            extra_arguments=["--log-level=CRITICAL"],
            cwd=path.parent,
            **step_hooks(tell),
            **_timeouts(allowed),
        )
    return executed


def _timeouts(allowed: Limits) -> Mapping[str, Any]:
    """Let nbclient watch an ordinary kernel; a fork is watched from outside."""
    if forkserver.is_fork():
        return {}
    end = time.monotonic() + allowed.notebook

    def left(_: nbformat.NotebookNode) -> float:
        return max(MOMENT, min(allowed.cell, end - time.monotonic()))

    return {"timeout_func": left}


def _cause(error: Exception, allowed: Limits, seconds: float) -> Cause | None:
    """Tell which limit an ordinary kernel was beyond, if it was one."""
    if not isinstance(error, CellTimeoutError):
        return None
    if seconds >= allowed.notebook:
        return Cause("notebook", allowed.notebook)
    return Cause("cell", allowed.cell)


def _in_one_line(error: Exception) -> str:
    return traceback.format_exception_only(error)[-1].strip().split("\n")[-1]


def _refuse_undeclared(notebook: Path, parameters: Mapping[str, int]) -> None:
    """Raise where papermill would only warn: a parameter that the notebook does not declare."""
    declared = papermill.inspect_notebook(notebook)
    missing = ", ".join(name for name in parameters if name not in declared)
    if missing:
        raise ValueError(f"{notebook.name} declares no parameter {missing} in a parameters cell")
