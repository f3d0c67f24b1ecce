"""How the command ends: a message for each expected error, and an exit code."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

import typer

from caoan_stats.command.speaker import Speaker
from caoan_stats.common.errors import ClusterError, InvalidDataError
from caoan_stats.common.locks import LockedError
from caoan_stats.kernel.forks import ForkDiedError
from caoan_stats.publish.earlier import DamagedError
from caoan_stats.publish.leftovers import LeftoverError
from caoan_stats.publish.plan import NoNotebooksError, NotOursError, UnknownJobError
from caoan_stats.publish.site import SameNameError

FAILED = 1  # a page has failed, or the data contradicts itself
INVALID = 2  # the data, an option or a folder is not usable
LOCKED = 3  # another run uses the folder
CLOSED = 141  # the output is closed, as a shell numbers it
INTERRUPTED = 130  # by Ctrl-C, as a shell numbers it
TERMINATED = 143  # by SIGTERM, as a shell numbers it


class Terminated(KeyboardInterrupt):
    """SIGTERM was sent to the process."""


EXPECTED = (
    InvalidDataError, UnknownJobError, NoNotebooksError, NotOursError, LeftoverError, DamagedError,
    SameNameError, ClusterError, LockedError, ForkDiedError, OSError, KeyboardInterrupt,
)  # fmt: skip
_IN_FOLDER = {  # messages of files in the folder of exports
    NotOursError: "not_ours",
    LeftoverError: "left_over",
    DamagedError: "hidden_unknown",
}


@contextmanager
def exit_codes(speaker: Speaker) -> Iterator[Speaker]:
    """Yield `speaker`; report an expected error, and end the command with its exit code.

    The exit code and an unexpected error are logged.
    """
    code = FAILED
    try:
        with _raising_on_sigterm():
            yield speaker
        code = 0
    except typer.Exit as end:
        code = end.exit_code
        raise
    except BrokenPipeError:  # nobody reads the output any more: `main` ends without a word
        code = CLOSED
        raise
    except EXPECTED as error:
        code = report_error(error, speaker)
        raise typer.Exit(code) from None
    except Exception as error:
        speaker.record("crashed", error=repr(error))
        raise
    finally:
        speaker.record("exit", code=code)


def report_error(error: BaseException, speaker: Speaker) -> int:
    """Report one of the `EXPECTED` errors, and return its exit code."""
    match error:
        case InvalidDataError():
            speaker.report_errors(error)
        case UnknownJobError():
            speaker.say("unknown_job", err=True, asked=error.unknown, known=error.known)
        case NoNotebooksError():
            speaker.say("no_notebooks", err=True, folder=error.folder)
        case NotOursError() | LeftoverError() | DamagedError():
            speaker.say(_IN_FOLDER[type(error)], err=True, **vars(error))
        case SameNameError():
            speaker.say("same_name", err=True, folders=error.folders)
        case ClusterError():
            speaker.say(error.kind, err=True, address=error.address)
        case LockedError():
            speaker.say("locked", err=True, **holder_details(error))
            return LOCKED
        case ForkDiedError():
            event = "not_started" if error.error else "died"
            speaker.say(event, err=True, error=error.error, code=error.code)
            return FAILED
        case BrokenPipeError():
            raise error
        case OSError():
            event = "not_written" if error.filename else "system_error"
            reason = error.strerror or str(error) or type(error).__name__
            speaker.say(event, err=True, path=error.filename, reason=reason)
        case Terminated():
            speaker.say("terminated", err=True)
            return TERMINATED
        case KeyboardInterrupt():
            speaker.say("interrupted", err=True)
            return INTERRUPTED
    return INVALID


def holder_details(error: LockedError) -> dict[str, object]:
    """Return the folder of a lock, and process, host and time of its holder; `?` if unknown."""
    unknown = dict.fromkeys(("pid", "host", "since"), "?")
    return {"folder": error.folder, **(vars(error.holder) if error.holder else unknown)}


@contextmanager
def ending_by_sigpipe() -> Iterator[None]:
    """End the process as the signal SIGPIPE does if nobody reads its output any more.

    Python ignores the signal, typer then replaces the streams, and rich their files.
    """
    before = _outputs()
    try:
        yield
    finally:
        if _outputs() != before or not all(map(_is_flushed, (sys.stdout, sys.stderr))):
            if hasattr(signal, "SIGPIPE"):
                signal.signal(signal.SIGPIPE, signal.SIG_DFL)
                os.kill(os.getpid(), signal.SIGPIPE)
            os._exit(CLOSED)


def _outputs() -> list[tuple[object, int]]:
    """Return the streams, each with the number of its file; 0 if it has none."""
    found = []
    for stream in (sys.stdout, sys.stderr):
        number = 0
        with suppress(OSError, ValueError, AttributeError):
            number = os.fstat(stream.fileno()).st_ino
        found.append((stream, number))
    return found


def _is_flushed(stream: TextIO | None) -> bool:
    """Write what a stream still holds; return whether it has a reader."""
    try:
        if stream:
            stream.flush()
    except BrokenPipeError:
        return False
    return True


def is_terminated() -> bool:
    """Return whether SIGTERM was sent, even if a library caught the interrupt it raised."""
    return signal.getsignal(signal.SIGTERM) is signal.SIG_IGN


@contextmanager
def _raising_on_sigterm() -> Iterator[None]:
    """Raise `Terminated` on SIGTERM, so that child processes are ended as on an interrupt."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _raise_terminated)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _raise_terminated(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one must not interrupt the cleanup
    raise Terminated
