"""One run at a time in a folder that is written to: who holds it, and since when.

The lock is one of the system's on a file in the folder: it ends with its process, however that
ends, so nothing has to be taken away by hand.
"""

import json
import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from caoan_stats.common.files import remove_drafts

LOCK_NAME = ".caoan-stats.lock"


@dataclass(frozen=True)
class Holder:
    """The process that holds a lock."""

    pid: int
    host: str
    since: datetime


class LockedError(RuntimeError):
    """Another process writes to a folder; `holder` is None where it does not say who it is."""

    def __init__(self, folder: Path, holder: Holder | None) -> None:
        self.folder, self.holder = folder, holder
        super().__init__(folder, holder)

    def __str__(self) -> str:
        return f"{self.folder} is in use by {self.holder}"


@contextmanager
def hold(
    folders: Iterable[Path],
    wait: float = 0.0,
    waiting: Callable[[LockedError], object] = lambda _: None,
) -> Iterator[None]:
    """Keep other runs out of some folders; take away the drafts that a dead one left there.

    Parameters
    ----------
    folders
        They are made, and those still empty at the end are taken away again.
    wait
        Seconds to wait for others, for all the folders together.
    waiting
        Called where it has to wait.

    Raises
    ------
    LockedError
        Another process still holds one of them.
    """
    end = time.monotonic() + wait
    with ExitStack() as stack:
        places = {folder.resolve(): folder for folder in folders}
        for place in sorted(places):  # the same order for all runs, so that none waits in a circle
            stack.enter_context(_hold(places[place], end, waiting))
        yield


@contextmanager
def _hold(folder: Path, end: float, waiting: Callable[[LockedError], object]) -> Iterator[None]:
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    path = folder / LOCK_NAME
    lock = FileLock(path, mode=0o666, on_acquired=_sign)  # others may have to take it over
    try:
        if not _acquired(lock, folder, 0):
            error = LockedError(folder, _holder(path))
            if time.monotonic() >= end:
                raise error
            waiting(error)
            if not _acquired(lock, folder, end):
                raise LockedError(folder, _holder(path))
        try:
            remove_drafts(folder)
            yield
        finally:
            with suppress(OSError):  # Windows: it is open; another run will write into it
                path.unlink()
            lock.release()
    finally:
        for each in made:
            with suppress(OSError):  # something is in it
                each.rmdir()


def _acquired(lock: FileLock, folder: Path, end: float) -> bool:
    """Try to acquire a lock until a time of the clock, once at least."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=max(0, end - time.monotonic()))
        except Timeout:
            return False
        except FileNotFoundError:  # the other has taken the folder away again
            continue
        return True


def _sign(descriptor: int) -> None:
    """Write into the file of a lock who has it now."""
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    signature = {"pid": os.getpid(), "host": platform.node(), "since": since}
    with suppress(OSError):  # a full disk
        os.ftruncate(descriptor, 0)
        os.write(descriptor, json.dumps(signature).encode())


def _holder(path: Path) -> Holder | None:
    with suppress(OSError, ValueError, KeyError, TypeError):
        said = json.loads(path.read_bytes())
        return Holder(int(said["pid"]), str(said["host"]), datetime.fromisoformat(said["since"]))
    return None
