"""A job executed in this process: papermill executes the notebook, and the page is written."""

import os
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from caoan_stats.common.errors import InvalidDataError
from caoan_stats.common.files import sha256, stamp
from caoan_stats.datafolder.find import DATA_VARIABLE, PUBLIC_BELOW_VARIABLE
from caoan_stats.kernel import engine, forkserver, inprocess, reads
from caoan_stats.publish import export, inputs
from caoan_stats.publish.jobs import Cause, Job, Limits, Result, UnlockedError
from caoan_stats.publish.parameters import parameterized
from caoan_stats.publish.remarks import Remark
from caoan_stats.publish.steps import Step, longest_cell, notebook_so_far, step_hooks, stopped_in

SHORTEST_TIMEOUT = 0.1  # seconds; nbclient takes 0 for no limit
MIB = 1 << 20  # bytes


def execute_job(job: Job, limits: Limits) -> Result:
    """Execute the notebook of a job and write its page.

    If that fails, the executed notebook is kept at `job.failure`, and the page of an earlier
    execution is not changed. In a fork the time limits are left to the parent process.
    """
    start = time.perf_counter()
    steps: list[Step] = []
    try:
        made: Sequence[Remark] | Cause | str = _make_page(job, limits, steps)
    except Exception as error:
        made = _reason(error, steps, limits, time.perf_counter() - start)
    seconds = time.perf_counter() - start
    if isinstance(made, Cause | str):
        keep_failure(job, steps, made)
        return Result(job, "failed", seconds, made)
    return Result(job, "made", seconds, remarks=tuple(made))


def keep_failure(job: Job, steps: Sequence[Step], reason: str | Cause) -> None:
    """Write the executed notebook of a failed job to `job.failure`, with the reason as an error.

    Nothing is written if no cell was executed, if the notebook has been edited since, or if the
    file cannot be written.
    """
    path = job.notebook.path
    with suppress(OSError, ValueError, UnlockedError):  # the result reports the reason in any case
        edited = sha256(path.read_bytes()) != job.notebook.digest
        if steps and not edited and (job.has_failed or not job.failure.exists()):
            notebook = notebook_so_far(path, {"year": job.year}, steps, str(reason))
            job.publish(job.failure, nbformat.writes(notebook).encode(errors="backslashreplace"))


def _make_page(job: Job, limits: Limits, steps: list[Step]) -> Sequence[Remark] | Cause:
    """Execute the notebook, write the page and return the remarks on it.

    If the notebook counts as failed, nothing is written and the cause is returned. The time is
    measured because a cell that catches its interrupt raises no error. For papermill a notebook
    that ends itself, as by `sys.exit(0)`, has succeeded.
    """
    planned = inputs.as_planned(job.data, job.head.below, job.data_digest, job.notebook)
    with planned, inputs.recorded() as found:
        notebook = _execute(job, limits, steps)
    if longest_cell(steps) > limits.cell:
        return Cause("cell", limits.cell)
    if number := stopped_in(steps):
        return Cause("stopped", number)
    if forkserver.is_fork() and (error := inprocess.unseen_error()):
        raise error
    head, folder = replace(job.head, key=job.key), job.notebook.path.parent
    html, content = export.export_page(notebook, head, folder)
    key = inputs.full_key(job, found | {path: stamp(path) for path in content.files})
    job.publish(job.page, html.replace(job.key, key, 1).encode())
    if job.has_failed:
        job.failure.unlink()
    return content.remarks


def _execute(job: Job, limits: Limits, steps: list[Step]) -> nbformat.NotebookNode:
    """Return the executed notebook; append each step to `steps` and send it to the parent."""
    notebook = parameterized(job.notebook.path, {"year": job.year})
    # the kernel inherits the environment; this process does nothing but make pages
    os.environ.update({DATA_VARIABLE: str(job.data), PUBLIC_BELOW_VARIABLE: str(job.head.below)})

    def send(step: Step) -> None:
        steps.append(step)
        forkserver.send_to_parent(step)

    with _limited_memory(limits.memory * MIB):
        executed: nbformat.NotebookNode = papermill.execute_notebook(
            notebook,
            None,
            engine_name=engine.NAME,
            progress_bar=False,
            extra_arguments=["--log-level=CRITICAL", f"--ext={reads.__name__}"],
            cwd=job.notebook.path.parent,
            **step_hooks(send),
            **_timeouts(limits),
        )
    return executed


@contextmanager
def _limited_memory(size: int) -> Iterator[None]:
    """Limit the memory of this process and its children, in bytes, if the system can do so."""
    try:
        import resource
    except ImportError:  # Windows
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _timeouts(limits: Limits) -> Mapping[str, Any]:
    """Return the papermill options that limit the time of an ordinary kernel; none in a fork."""
    if forkserver.is_fork():
        return {}
    end = time.monotonic() + limits.notebook

    def cell_timeout(_: nbformat.NotebookNode) -> float:
        return max(SHORTEST_TIMEOUT, min(limits.cell, end - time.monotonic()))

    return {"timeout_func": cell_timeout}


def _reason(error: Exception, steps: Sequence[Step], limits: Limits, seconds: float) -> Cause | str:
    """Return what ended a notebook after `seconds`: a time limit, a cell, or an error as a line."""
    if isinstance(error, InvalidDataError):
        return Cause("changed")
    if isinstance(error, UnlockedError):
        return Cause("unlocked")
    if isinstance(error, CellTimeoutError):
        kind = "notebook" if seconds >= limits.notebook else "cell"
        return Cause(kind, getattr(limits, kind))
    if isinstance(error, DeadKernelError) and (number := stopped_in(steps)):
        return Cause("stopped", number)
    if isinstance(error, papermill.PapermillExecutionError) and not error.traceback and steps:
        return steps[-1].stop  # IPython only prints some errors, such as groups
    return traceback.format_exception_only(error)[-1].strip().split("\n")[-1]
