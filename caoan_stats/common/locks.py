"""Locks of folders: one process at a time writes to a folder.

A lock is a system lock on a file in the folder. It is released when its process ends, however that
ends, so no lock has to be removed by hand.
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
    """Another process holds the lock of a folder; `holder` is None if it cannot be read."""

    def __init__(self, folder: Path, holder: Holder | None) -> None:
        self.folder, self.holder = folder, holder
        super().__init__(folder, holder)

    def __str__(self) -> str:
        return f"{self.folder} is in use by {self.holder}"


@contextmanager
def hold(
    folders: Iterable[Path],
    wait: float = 0.0,
    on_wait: Callable[[LockedError], object] = lambda _: None,
) -> Iterator[None]:
    """Hold the locks of some folders, and delete the drafts that killed processes left in them.

    The folders are created, and deleted if they are empty at the end. `wait` is in seconds, for all
    of them together; `on_wait` is called before waiting for a folder. Raises `LockedError` if
    another process still holds a lock after that time.
    """
    end = time.monotonic() + wait
    with ExitStack() as stack:
        resolved = {folder.resolve(): folder for folder in folders}
        for path in sorted(resolved):  # the same order in all processes, to avoid a deadlock
            stack.enter_context(_hold(resolved[path], end, on_wait))
        yield


@contextmanager
def _hold(folder: Path, end: float, on_wait: Callable[[LockedError], object]) -> Iterator[None]:
    created = [each for each in (folder, *folder.parents) if not each.exists()]
    path = folder / LOCK_NAME
    lock = FileLock(path, mode=0o666, on_acquired=_write_holder)  # another user may reuse the file
    try:
        if not _acquire(lock, folder, 0):
            error = LockedError(folder, _read_holder(path))
            if time.monotonic() >= end:
                raise error
            on_wait(error)
            if not _acquire(lock, folder, end):
                raise LockedError(folder, _read_holder(path))
        try:
            remove_drafts(folder)
            yield
        finally:
            with suppress(OSError):  # Windows: the file is open; the next process reuses it
                path.unlink()
            lock.release()
    finally:
        for each in created:
            with suppress(OSError):  # not empty
                each.rmdir()


def _acquire(lock: FileLock, folder: Path, end: float) -> bool:
    """Try at least once, and until a time of the monotonic clock, to acquire a lock."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=max(0, end - time.monotonic()))
        except Timeout:
            return False
        except FileNotFoundError:  # the other process has deleted its empty folder
            continue
        except OSError as error:  # a disk without locks
            error.filename = error.filename or str(folder)
            raise
        return True


def token_of(folder: Path) -> str:
    """Return what tells the present hold of a lock from every other; empty if there is none.

    It can be passed to another process, which asks again before it writes to the folder.
    """
    try:
        with (folder / LOCK_NAME).open("rb", buffering=0) as file:
            file.seek(1)  # Windows: the first byte is locked
            return file.read().decode(errors="replace")
    except OSError:
        return ""


def _write_holder(descriptor: int) -> None:
    """Write this process to the open file of a lock."""
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    token = os.urandom(8).hex()
    holder = {"pid": os.getpid(), "host": platform.node(), "since": since, "token": token}
    with suppress(OSError):  # a full disk
        os.ftruncate(descriptor, 0)
        os.write(descriptor, json.dumps(holder).encode())


def _read_holder(path: Path) -> Holder | None:
    with suppress(OSError, ValueError, KeyError, TypeError):
        content = json.loads(path.read_bytes())
        since = datetime.fromisoformat(content["since"])
        return Holder(int(content["pid"]), str(content["host"]), since)
    return None
