"""What a notebook may take of time and memory, and what ends one that takes more."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf

from caoan_stats.forks import Fork
from caoan_stats.jobs import Cause

GRACE = 3.0  # seconds from an interrupt to the end
LONGEST = 3600.0  # seconds that a socket is listened to at once
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


@contextmanager
def memory(limits: Limits) -> Iterator[None]:
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


def watch(fork: Fork, limits: Limits) -> Cause | None:
    """Wait for a fork that tells its steps; where it takes too long, interrupt it, then end it.

    Parameters
    ----------
    fork
        A running fork that tells each `caoan_stats.executed.Step`.
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
        fork.listen(min(left[kind], LONGEST))
    return None


def _end(fork: Fork) -> None:
    """Interrupt a fork, so that it can say where it was; end it where it does not stop."""
    fork.send_signal(signal.SIGINT)
    end = time.monotonic() + GRACE
    while fork.returncode is None and (left := end - time.monotonic()) > 0:
        fork.listen(left)
    fork.kill()
    fork.wait()
