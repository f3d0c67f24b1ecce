"""How the command ends: a message for each expected error, and an exit code."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from caoan_stats.command.speaker import Speaker
from caoan_stats.common.errors import ClusterError, InvalidDataError
from caoan_stats.common.locks import LockedError
from caoan_stats.kernel.forks import ForkDiedError
from caoan_stats.publish.plan import UnknownJobError
from caoan_stats.publish.site import SameNameError

FAILED = 1  # a page has failed, or the data contradicts itself
INVALID = 2  # the data, an option or a folder is not usable
LOCKED = 3  # another run uses the folder
INTERRUPTED = 130  # by Ctrl-C, as a shell numbers it
TERMINATED = 143  # by SIGTERM, as a shell numbers it


class Terminated(KeyboardInterrupt):
    """SIGTERM was sent to the process."""


EXPECTED = (
    InvalidDataError, UnknownJobError, SameNameError, ClusterError, LockedError, ForkDiedError,
    OSError, KeyboardInterrupt,
)  # fmt: skip


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
        case SameNameError():
            speaker.say("same_name", err=True, folders=error.folders)
        case ClusterError():
            speaker.say(error.kind, err=True, address=error.address)
        case LockedError():
            speaker.say("locked", err=True, **holder_details(error))
            return LOCKED
        case ForkDiedError() if error.error:
            speaker.say("not_started", err=True, error=error.error)
            return FAILED
        case ForkDiedError():
            speaker.say("died", err=True, code=error.code)
            return FAILED
        case OSError():
            speaker.say("not_written", err=True, path=error.filename, reason=error.strerror)
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
