"""Functions called in forks: a page made within its limits, a data folder built.

On a system without forks they are called in this process.
"""

import signal
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

from caoan_stats.common.errors import InvalidDataError
from caoan_stats.datafolder.editions import Key
from caoan_stats.kernel import forks
from caoan_stats.publish.jobs import Cause, Job, Limits, Result
from caoan_stats.publish.steps import Step

PRELOAD = "caoan_stats.publish.preload"
INTERRUPT_GRACE = 3.0  # seconds from an interrupt to SIGKILL
LISTEN_SECONDS = 3600.0  # longest wait for a fork; a socket has a largest timeout


def start_server() -> None:
    """Start the fork server, without waiting for its imports."""
    if forks.available():
        forks.warm(PRELOAD)


def call_in_fork(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function as `forks.call` does; in this process on a system without forks."""
    if forks.available():
        return forks.call(PRELOAD, function, *arguments)
    return function(*arguments)


def make_page(job: Job, limits: Limits) -> Result:
    """Make the page of a job in a fork, which is ended if it exceeds a time limit.

    The result is also `failed` if the fork dies. An exceeded limit is the reason of a failed job.
    """
    if not forks.available():
        return _execute_job(job, limits)
    start = time.perf_counter()
    with closing(forks.spawn(PRELOAD, _execute_job, job, limits)) as fork:
        exceeded = _watch(fork, limits)
        try:
            result: Result = fork.result()
        except forks.ForkDiedError as error:
            cause = exceeded or Cause("died", error.code)
            with suppress(forks.ForkDiedError):
                call_in_fork(_keep_failure, job, fork.messages, cause)
            return Result(job, "failed", time.perf_counter() - start, cause)
    return replace(result, reason=exceeded) if exceeded and result.outcome == "failed" else result


def build_data(folder: Path, below: int, earlier: Collection[Key] = ()) -> InvalidDataError | None:
    """Build a data folder, and return its errors; None if it is valid.

    `below` is the threshold of the public edition to build as well, 0 for none; `earlier` are
    figures that earlier editions hid.
    """
    from caoan_stats.datafolder import processed  # pandas is slow to import

    try:
        processed.ensure_edition(folder, below, earlier)
    except InvalidDataError as error:
        return error
    return None


def _execute_job(job: Job, limits: Limits) -> Result:
    from caoan_stats.publish.execute import execute_job  # papermill is slow to import

    return execute_job(job, limits)


def _keep_failure(job: Job, steps: Sequence[Step], cause: Cause) -> None:
    from caoan_stats.publish.execute import keep_failure  # papermill is slow to import

    keep_failure(job, steps, cause)


def _watch(fork: forks.Fork, limits: Limits) -> Cause | None:
    """Wait for the end of a fork that sends its steps; return the time limit that it exceeded.

    At a time limit the fork is interrupted, and then ended.
    """
    start, begun, seen = time.monotonic(), inf, 0  # `begun`: of the running cell, inf if none runs
    while fork.returncode is None:
        for step in fork.messages[seen:]:
            begun = inf if step.done else time.monotonic()
        now, seen = time.monotonic(), len(fork.messages)
        left = {"cell": begun + limits.cell - now, "notebook": start + limits.notebook - now}
        kind = min(left, key=lambda each: left[each])
        if left[kind] <= 0:
            _end(fork)
            return Cause(kind, getattr(limits, kind))
        fork.listen(min(left[kind], LISTEN_SECONDS))
    return None


def _end(fork: forks.Fork) -> None:
    """Interrupt a fork, so that the cell gets a traceback; kill it after `INTERRUPT_GRACE`."""
    fork.send_signal(signal.SIGINT)
    end = time.monotonic() + INTERRUPT_GRACE
    while fork.returncode is None and (left := end - time.monotonic()) > 0:
        fork.listen(left)
    fork.kill()
    fork.wait()
