"""The process that has imported what notebooks need, and is forked for each of them.

`main` forks for whoever has the other end of its standard input, until that end is closed;
`caoan_stats.kernel.forks` is that other end.

Before a fork there is no thread, no event loop and no socket but the connections to the other end,
so nothing that a fork inherits can be in the middle of something.
"""

import atexit
import builtins
import gc
import importlib
import os
import pickle
import random
import selectors
import signal
import socket
import struct
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, NoReturn

NUMBER = struct.Struct("=q")  # a process id, the length of what follows, an exit code
ENDED = -1  # in the place of a length: an exit code follows, and nothing more
FAILED = 1
INLINE = "module://matplotlib_inline.backend_inline"
GRACE = 1.0  # seconds

_state: dict[str, socket.socket] = {}  # of a fork: the connection to whoever waits for it


@dataclass(frozen=True)
class Call:
    """What a fork is to do.

    Parameters
    ----------
    function
        A function of a module.
    arguments
        What it is called with.
    cwd
        The working folder of the fork.
    environment
        Its environment.
    """

    function: Callable[..., object]
    arguments: tuple[Any, ...]
    cwd: str
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What came of a request: what the function gave, or the error that it raised."""

    value: object = None
    error: BaseException | None = None


def is_fork() -> bool:
    """Whether this process is a fork, which ends with what it was asked for."""
    return bool(_state)


def send_to_parent(value: object) -> None:
    """Let whoever waits for this fork know something before it ends; elsewhere do nothing.

    Parameters
    ----------
    value
        What `caoan_stats.kernel.forks.Fork.told` is to have; it travels pickled.
    """
    if is_fork():
        _say(_state["connection"], pickle.dumps(value))


def main(preload: str) -> None:
    """Import and prepare a module, then fork for whoever asks through the standard input."""
    with _as_a_kernel():
        importlib.import_module(preload).prepare()
    asked = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    gc.collect()
    gc.freeze()  # what is there now is never looked at again: the memory stays shared
    _Server(asked).serve()


@contextmanager
def _as_a_kernel() -> Iterator[None]:
    """Let pandas and matplotlib, which ask when they are imported, be set as for a notebook."""
    os.environ.setdefault("MPLBACKEND", INLINE)  # a fork has its own environment
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Server:
    asked: socket.socket
    connections: dict[int, socket.socket] = field(default_factory=dict)  # by process id
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def serve(self) -> None:
        """Fork for each connection that comes, tell each how its fork ended."""
        ended, self_pipe = os.pipe()
        os.set_blocking(ended, False)
        os.set_blocking(self_pipe, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self_pipe, warn_on_full_buffer=False)
        self.selector.register(ended, selectors.EVENT_READ, lambda: self._wake(ended))
        self.selector.register(self.asked, selectors.EVENT_READ, self._accept)
        try:
            while True:
                for key, _ in self.selector.select():
                    key.data()
        except EOFError:
            self._end_all()

    def _accept(self) -> None:
        """Fork for a connection that was handed over."""
        _, descriptors, _, _ = socket.recv_fds(self.asked, 1, 1)
        if not descriptors:
            raise EOFError
        connection = socket.socket(fileno=descriptors[0])
        try:
            request = receive(connection)
        except (EOFError, ConnectionError):  # whoever asked was interrupted
            connection.close()
            return
        if pid := os.fork():
            with suppress(OSError):  # the fork may have done it, and be something else by now
                os.setpgid(pid, pid)
            self.connections[pid] = connection
            self.selector.register(connection, selectors.EVENT_READ, lambda: self._give_up(pid))
        else:
            self._become(connection, request)

    def _become(self, connection: socket.socket, request: bytes) -> NoReturn:
        """Be a fork: forget the server, do what was asked, say what came of it, end."""
        code = FAILED
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self.selector.close()
            for held in (self.asked, *self.connections.values()):
                held.close()
            os.setpgid(0, 0)  # so that it can be ended with all that it starts
            connection.sendall(NUMBER.pack(os.getpid()))
            code = _perform(connection, pickle.loads(request))  # noqa: S301 - from our own client
        except KeyboardInterrupt:  # whoever interrupts knows why
            pass
        except BaseException:  # a fork must never return to the server's loop
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(code)

    def _give_up(self, pid: int) -> None:
        """End a fork whose other end was closed: nobody waits for it any more."""
        self.selector.unregister(self.connections[pid])
        _signal(pid, signal.SIGTERM)

    def _end_all(self) -> None:
        """End every fork; one that does not within a moment is not asked again."""
        for pid in self.connections:
            _signal(pid, signal.SIGTERM)
        end = time.monotonic() + GRACE
        while self.connections and time.monotonic() < end:
            self._reap()
            time.sleep(0.01)
        for pid in self.connections:
            _signal(pid, signal.SIGKILL)

    def _wake(self, ended: int) -> None:
        os.read(ended, 1024)
        self._reap()

    def _reap(self) -> None:
        """Tell of each fork that has ended how it did."""
        for pid in list(self.connections):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                _signal(pid, signal.SIGKILL)  # what it has left running, while the group is its own
                _, status = os.waitpid(pid, 0)
                connection = self.connections.pop(pid)
                if connection in self.selector.get_map():
                    self.selector.unregister(connection)
                code = os.waitstatus_to_exitcode(status)
                _send(connection, NUMBER.pack(ENDED), NUMBER.pack(code))
                with suppress(OSError):  # nobody waits for it any more
                    connection.shutdown(socket.SHUT_RDWR)  # what left the group may have it too
                connection.close()


def receive(connection: socket.socket) -> bytes:
    """Read as many bytes as were announced.

    Raises
    ------
    EOFError
        The other end was closed before.
    """
    (length,) = NUMBER.unpack(_read(connection, NUMBER.size))
    return _read(connection, length)


def _read(connection: socket.socket, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        found = connection.recv(min(length - len(data), 1 << 20))
        if not found:
            raise EOFError
        data += found
    return bytes(data)


def _perform(connection: socket.socket, request: Call) -> int:
    _state["connection"] = connection
    os.chdir(request.cwd)
    os.environ.clear()
    os.environ.update(request.environment)
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    try:
        answer = Answer(request.function(*request.arguments))
    except Exception as error:
        answer = Answer(error=error)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    _say(connection, _pickled(answer))
    return 0


def _pickled(answer: Answer) -> bytes:
    try:
        pickle.loads(said := pickle.dumps(answer))  # noqa: S301 - our own
    except Exception:  # some errors cannot be pickled, some not be read again
        reason = traceback.format_exception_only(answer.error)[-1].strip() if answer.error else "?"
        return pickle.dumps(Answer(error=RuntimeError(reason)))
    return said


def _say(connection: socket.socket, said: bytes) -> None:
    _send(connection, NUMBER.pack(len(said)), said)


def _send(connection: socket.socket, *parts: bytes) -> None:
    with suppress(OSError):  # nobody waits for it any more
        connection.sendall(b"".join(parts))


def _signal(pid: int, number: signal.Signals) -> None:
    """Send a signal to a fork and to what it has started."""
    with suppress(ProcessLookupError):
        os.killpg(pid, number)
