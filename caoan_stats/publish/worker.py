"""A page made in a process of its own, which is ended where it takes too long."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import Any

from caoan_stats.common.errors import InvalidDataError
from caoan_stats.kernel import forks
from caoan_stats.kernel.forks import Fork
from caoan_stats.publish.jobs import Cause, Job, Result
from caoan_stats.publish.steps import Step

PRELOAD = "caoan_stats.publish.preload"


GRACE = 3.0  # seconds from an interrupt to the end
LISTEN_SECONDS = 3600.0  # seconds that a socket is listened to at once
MIB = 1 << 20
CELLS = 4  # a notebook may take as long as so many of its longest cells


@dataclass(frozen=True)
class Limits:
    """What a notebook may take.

    Parameters
    ----------
    cell
        Seconds for one cell.
    notebook
        Seconds for all of a page.
    memory
        MiB of its process, where the system knows such a limit.
    """

    cell: float = 300.0
    notebook: float = CELLS * cell
    memory: int = 2048


LIMITS = Limits()


def start_server() -> None:
    """Let the imports begin that all of this needs."""
    if forks.available():
        forks.warm(PRELOAD)


def call_in_fork(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a process of its own where there are forks, else in this one."""
    if forks.available():
        return forks.call(PRELOAD, function, *arguments)
    return function(*arguments)


def make_page(job: Job, allowed: Limits) -> Result:
    """Make the page of a job; that its process dies or takes too long costs this page alone."""
    if not forks.available():
        return _perform(job, allowed)
    start = time.perf_counter()
    with closing(forks.spawn(PRELOAD, _perform, job, allowed)) as fork:
        late = watch_limits(fork, allowed)
        try:
            result: Result = fork.result()
        except forks.ForkDiedError as error:
            cause = late or Cause("died", error.code)
            with suppress(forks.ForkDiedError):
                call_in_fork(_keep, job, fork.told, cause)
            return Result(job, "failed", time.perf_counter() - start, cause)
    return replace(result, reason=late) if late and result.outcome == "failed" else result


def _perform(job: Job, allowed: Limits) -> Result:
    from caoan_stats.publish.execute import execute_job  # papermill is slow to import

    return execute_job(job, allowed)


def _keep(job: Job, steps: Sequence[Step], cause: Cause) -> None:
    from caoan_stats.publish.execute import keep_failure  # papermill is slow to import

    keep_failure(job, steps, cause)


def build_data(folder: Path, below: int) -> InvalidDataError | None:
    """Build a data folder, and say what is wrong with it."""
    from caoan_stats.datafolder import processed  # pandas is slow to import

    try:
        processed.ensure_edition(folder, below)
    except InvalidDataError as error:
        return error
    return None


@contextmanager
def limit_memory(limits: Limits) -> Iterator[None]:
    """Let this process, and what it starts, have no more memory than it may."""
    try:
        import resource
    except ImportError:  # Windows
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    asked = limits.memory * MIB
    allowed = asked if hard == resource.RLIM_INFINITY else min(asked, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def watch_limits(fork: Fork, limits: Limits) -> Cause | None:
    """Wait for a fork that tells its steps; where it takes too long, interrupt it, then end it.

    Parameters
    ----------
    fork
        A running fork that tells each `caoan_stats.publish.steps.Step`.
    limits
        What it may take.

    Returns
    -------
    Cause or None
        Why it was interrupted.
    """
    start, begun, known = time.monotonic(), inf, 0  # no cell runs yet
    while fork.returncode is None:
        for step in fork.told[known:]:
            begun = inf if step.done else time.monotonic()
        now, known = time.monotonic(), len(fork.told)
        left = {"cell": begun + limits.cell - now, "notebook": start + limits.notebook - now}
        kind = min(left, key=lambda each: left[each])
        if left[kind] <= 0:
            _end(fork)
            return Cause(kind, getattr(limits, kind))
        fork.listen(min(left[kind], LISTEN_SECONDS))
    return None


def _end(fork: Fork) -> None:
    """Interrupt a fork, so that it can say where it was; end it where it does not stop."""
    fork.send_signal(signal.SIGINT)
    end = time.monotonic() + GRACE
    while fork.returncode is None and (left := end - time.monotonic()) > 0:
        fork.listen(left)
    fork.kill()
    fork.wait()
