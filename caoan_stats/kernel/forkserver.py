"""The fork server: a process that imports what notebooks need, and forks once for each call.

`main` serves `caoan_stats.kernel.forks`, which passes in one connection per call through the
server's standard input. Each connection carries a pickled `Call` to the fork. Back come the process
id of the fork, its pickled messages, a pickled `Answer` and the exit code.

The server has no threads, no event loop and no sockets but these, so a fork inherits nothing in the
middle of an operation.
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

NUMBER = struct.Struct("=q")  # a process id, the length of the message that follows, an exit code
END_MARK = -1  # instead of a length: the exit code follows, and nothing after it
NO_ANSWER = 1  # exit code of a fork that ends without an answer
INLINE = "module://matplotlib_inline.backend_inline"
STOP_GRACE = 1.0  # seconds from SIGTERM to SIGKILL when the server ends

_state: dict[str, socket.socket] = {}  # only in a fork: its `connection` to the parent process


@dataclass(frozen=True)
class Call:
    """A function call for a fork, with its working folder and all its environment variables."""

    function: Callable[..., object]
    arguments: tuple[Any, ...]
    cwd: str
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """The outcome of a call in a fork: what the function returned, or the error it raised."""

    value: object = None
    error: BaseException | None = None


def is_fork() -> bool:
    """Return whether this process is a fork of a fork server."""
    return bool(_state)


def send_to_parent(value: object) -> None:
    """Send a value that can be pickled to `Fork.messages` of the process that started this fork.

    No-op outside a fork.
    """
    if is_fork():
        _send_message(_state["connection"], pickle.dumps(value))


def main(preload: str) -> None:
    """Prepare a module, then fork for each connection until the standard input is closed."""
    with _notebook_imports():
        importlib.import_module(preload).prepare()
    requests = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    gc.collect()
    gc.freeze()  # a collection in a fork would write to, and so copy, the shared memory
    _Server(requests).serve()


@contextmanager
def _notebook_imports() -> Iterator[None]:
    """Define `get_ipython`, so that imports configure pandas and matplotlib for a notebook."""
    os.environ.setdefault("MPLBACKEND", INLINE)  # does not reach forks: their calls replace it
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Server:
    """Forks for each connection, and reports the exit code of each fork."""

    requests: socket.socket  # passes in connections; the server ends when it is closed
    connections: dict[int, socket.socket] = field(default_factory=dict)  # by process id of the fork
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def serve(self) -> None:
        """Handle connections and the ends of forks until `requests` is closed."""
        ended, self_pipe = os.pipe()
        os.set_blocking(ended, False)
        os.set_blocking(self_pipe, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self_pipe, warn_on_full_buffer=False)
        self.selector.register(ended, selectors.EVENT_READ, lambda: self._on_child_end(ended))
        self.selector.register(self.requests, selectors.EVENT_READ, self._accept)
        try:
            while True:
                for key, _ in self.selector.select():
                    key.data()
        except EOFError:
            self._end_all()

    def _accept(self) -> None:
        """Receive a connection and its call, and fork."""
        _, descriptors, _, _ = socket.recv_fds(self.requests, 1, 1)
        if not descriptors:
            raise EOFError
        connection = socket.socket(fileno=descriptors[0])
        try:
            (length,) = NUMBER.unpack(_read(connection, NUMBER.size))
            call = _read(connection, length)
        except (EOFError, ConnectionError):  # the caller was interrupted while it sent the call
            connection.close()
            return
        if pid := os.fork():
            with suppress(OSError):  # fails if the fork has already done so and executed a program
                os.setpgid(pid, pid)
            self.connections[pid] = connection
            self.selector.register(connection, selectors.EVENT_READ, lambda: self._on_close(pid))
        else:
            self._run_fork(connection, call)

    def _run_fork(self, connection: socket.socket, call: bytes) -> NoReturn:
        """Run in the fork: close what belongs to the server, run the call and exit."""
        code = NO_ANSWER
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self.selector.close()
            for inherited in (self.requests, *self.connections.values()):
                inherited.close()
            os.setpgid(0, 0)  # a signal to the group reaches the processes that the fork starts
            connection.sendall(NUMBER.pack(os.getpid()))
            _run_call(connection, pickle.loads(call))  # noqa: S301 - from our own client
            code = 0
        except KeyboardInterrupt:  # the process that interrupts reports why
            pass
        except BaseException:  # a fork must never return to the server's loop
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(code)

    def _on_close(self, pid: int) -> None:
        """End the fork, because the process that started it has closed the connection."""
        self.selector.unregister(self.connections[pid])
        _signal_group(pid, signal.SIGTERM)

    def _on_child_end(self, ended: int) -> None:
        os.read(ended, 1024)
        self._reap()

    def _end_all(self) -> None:
        """End every fork by SIGTERM, and after `STOP_GRACE` by SIGKILL."""
        for pid in self.connections:
            _signal_group(pid, signal.SIGTERM)
        end = time.monotonic() + STOP_GRACE
        while self.connections and time.monotonic() < end:
            self._reap()
            time.sleep(0.01)
        for pid in self.connections:
            _signal_group(pid, signal.SIGKILL)

    def _reap(self) -> None:
        """Send the exit code of each fork that has ended, and close its connection."""
        for pid in list(self.connections):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                # before `waitpid`, after which another process may get the id of the group
                _signal_group(pid, signal.SIGKILL)
                _, status = os.waitpid(pid, 0)
                connection = self.connections.pop(pid)
                if connection in self.selector.get_map():
                    self.selector.unregister(connection)
                code = os.waitstatus_to_exitcode(status)
                _send(connection, NUMBER.pack(END_MARK) + NUMBER.pack(code))
                with suppress(OSError):  # the other end may be closed
                    # a process that left the group may hold the socket open
                    connection.shutdown(socket.SHUT_RDWR)
                connection.close()


def _run_call(connection: socket.socket, call: Call) -> None:
    """Call the function and send its answer."""
    _state["connection"] = connection
    os.chdir(call.cwd)
    os.environ.clear()
    os.environ.update(call.environment)
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    try:
        answer = Answer(call.function(*call.arguments))
    except Exception as error:
        answer = Answer(error=error)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    _send_message(connection, _pickled(answer))


def _pickled(answer: Answer) -> bytes:
    """Return the pickled answer, or a `RuntimeError` in place of what cannot be pickled."""
    try:
        pickle.loads(data := pickle.dumps(answer))  # noqa: S301 - our own
    except Exception:  # pickling or unpickling may raise anything
        reason = traceback.format_exception_only(answer.error)[-1].strip() if answer.error else "?"
        return pickle.dumps(Answer(error=RuntimeError(reason)))
    return data


def _read(connection: socket.socket, length: int) -> bytes:
    """Return the next `length` bytes, or raise `EOFError` if the connection ends before."""
    data = bytearray()
    while len(data) < length:
        part = connection.recv(min(length - len(data), 1 << 20))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


def _send_message(connection: socket.socket, message: bytes) -> None:
    _send(connection, NUMBER.pack(len(message)) + message)


def _send(connection: socket.socket, data: bytes) -> None:
    with suppress(OSError):  # the other end may be closed
        connection.sendall(data)


def _signal_group(pid: int, number: signal.Signals) -> None:
    """Send a signal to a fork and to the processes that it started."""
    with suppress(ProcessLookupError):
        os.killpg(pid, number)
