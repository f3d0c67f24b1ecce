"""A page made in a process of its own, which is ended where it takes too long."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from caoan_stats import forks
from caoan_stats.errors import InvalidDataError
from caoan_stats.executed import Step
from caoan_stats.jobs import Cause, Job, Result
from caoan_stats.limits import Limits, watch

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


def make(job: Job, allowed: Limits) -> Result:
    """Make the page of a job; that its process dies or takes too long costs this page alone."""
    if not forks.available():
        return _perform(job, allowed)
    start = time.perf_counter()
    with closing(forks.spawn(PRELOAD, _perform, job, allowed)) as fork:
        late = watch(fork, allowed)
        try:
            result: Result = fork.result()
        except forks.ForkDiedError as error:
            cause = late or Cause("died", error.code)
            with suppress(forks.ForkDiedError):
                elsewhere(_keep, job, fork.told, cause)
            return Result(job, "failed", time.perf_counter() - start, cause)
    return replace(result, reason=late) if late and result.outcome == "failed" else result


def _perform(job: Job, allowed: Limits) -> Result:
    from caoan_stats.performing import perform  # papermill is slow to import

    return perform(job, allowed)


def _keep(job: Job, steps: Sequence[Step], cause: Cause) -> None:
    from caoan_stats.performing import keep  # papermill is slow to import

    keep(job, steps, cause)


def build(folder: Path, below: int) -> InvalidDataError | None:
    """Build a data folder, and say what is wrong with it."""
    from caoan_stats import processed  # pandas is slow to import

    try:
        processed.ensure_basis(folder, below)
    except InvalidDataError as error:
        return error
    return None
