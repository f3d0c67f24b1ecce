"""How the command ends where it cannot go on: one sentence for each thing to mend, an exit code."""

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

FAILED = 1  # pages have failed; the data contradicts itself
INVALID = 2  # the data, an option or a folder cannot be used
LOCKED = 3  # another run is under way
INTERRUPTED = 130  # what a shell gives a command that was ended by Ctrl-C
TERMINATED = 143  # and by SIGTERM, as a scheduler ends one


class Terminated(KeyboardInterrupt):
    """The process was asked to end by SIGTERM."""


KNOWN = (
    InvalidDataError,
    UnknownJobError,
    SameNameError,
    ClusterError,
    LockedError,
    ForkDiedError,
    OSError,
    KeyboardInterrupt,
)


@contextmanager
def explained(voice: Speaker) -> Iterator[None]:
    """Say why the command cannot go on, and end it with the exit code for that."""
    code = FAILED
    try:
        with _ending_on_request():
            yield
        code = 0
    except typer.Exit as end:
        code = end.exit_code
        raise
    except KNOWN as error:
        code = explain(error, voice)
        raise typer.Exit(code) from None
    except Exception as error:
        voice.record("crashed", error=repr(error))
        raise
    finally:
        voice.record("exit", code=code)


@contextmanager
def _ending_on_request() -> Iterator[None]:
    """Let SIGTERM end what is under way as an interrupt does, so that nothing is left running."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _terminate(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough
    raise Terminated


def is_terminated() -> bool:
    """Whether SIGTERM has come, also where what was under way took it for an interrupt."""
    return signal.getsignal(signal.SIGTERM) is signal.SIG_IGN


def explain(error: BaseException, voice: Speaker) -> int:
    """Say what an error of a known kind means, and give the exit code."""
    match error:
        case InvalidDataError():
            voice.tell(error)
        case UnknownJobError():
            voice.say("unknown_job", err=True, asked=error.asked, known=error.known)
        case SameNameError():
            voice.say("same_name", err=True, folders=error.folders)
        case ClusterError():
            voice.say(error.kind, err=True, address=error.address)
        case LockedError():
            voice.say("locked", err=True, **whose(error))
            return LOCKED
        case ForkDiedError():
            voice.say("died", err=True, code=error.code)
            return FAILED
        case OSError():
            voice.say("not_written", err=True, path=error.filename, reason=error.strerror)
        case Terminated():
            voice.say("terminated", err=True)
            return TERMINATED
        case KeyboardInterrupt():
            voice.say("interrupted", err=True)
            return INTERRUPTED
    return INVALID


def whose(error: LockedError) -> dict[str, object]:
    """Give what is known of the process that holds a folder."""
    holder = error.holder
    if holder is None:
        return {"folder": error.folder, "pid": "?", "host": "?", "since": "?"}
    return {"folder": error.folder, "pid": holder.pid, "host": holder.host, "since": holder.since}
