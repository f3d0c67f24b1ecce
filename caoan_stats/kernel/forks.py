"""Function calls in fresh processes that have their imports done.

The first call starts a fork server (`caoan_stats.kernel.forkserver`), which takes as long as its
imports; each later call costs a fork. `available` returns whether the system has forks.

Below, `preload` is the full name of the module that the server imports. Its function `prepare` is
called once, before any fork.
"""

import atexit
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from caoan_stats.common import library
from caoan_stats.kernel.forkserver import END_MARK, NUMBER, Answer, Call

# the server imports nothing from the working folder of this process, but a fork may; its standard
# input is a socket, which carries the error if it cannot start
_SERVER_CODE = """
import os, sys
sys.path[:] = filter(None, sys.path)
os.chdir(sys.argv[2])
try:
    from caoan_stats.kernel.forkserver import main
    main(sys.argv[1])
except Exception as error:
    import traceback
    os.write(0, traceback.format_exception_only(error)[-1].encode(errors="replace"))
    raise
"""
_ONE_THREAD = dict.fromkeys(  # the threads of a numerical library would not survive a fork
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)
_SERVERS: dict[str, "_Server"] = {}  # running servers, by the module that they have imported
_OUTDATED: list["_Server"] = []  # servers that were replaced, kept for their forks
_STARTING = threading.Lock()  # only one thread at a time may change servers or their forks
LONGEST_ERROR = 10_000  # bytes
SIGNAL_CHECK = 1.0  # seconds; Python may miss a signal that arrives just before a read that blocks


class ForkDiedError(RuntimeError):
    """A fork ended without an answer; `code` is its exit code, -n if signal n ended it.

    `error` is what kept the fork server from starting, in one line; empty if it did start.
    """

    def __init__(self, code: int, error: str = "") -> None:
        self.code, self.error = code, error
        ended = f"the process ended without a result (exit code {code})"
        super().__init__(f"the fork server cannot start: {error}" if error else ended)


class StoppedError(RuntimeError):
    """A fork ended without an answer because `stop` has ended it."""


def available() -> bool:
    """Return whether this system can fork a process that has numerical libraries loaded."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def call(preload: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a fork, wait for it and return its result.

    Function, arguments and result must be picklable; a function is pickled by its name in a module.
    Raises `ForkDiedError` if the fork ended without an answer, the error that the function raised,
    or a `RuntimeError` if that error or the result cannot be pickled.
    """
    with closing(spawn(preload, function, *arguments)) as fork:
        return fork.result()


def spawn(
    preload: str,
    function: Callable[..., Any],
    *arguments: Any,
    cwd: str | os.PathLike[str] = ".",
    env: Mapping[str, str] | None = None,
) -> "Fork":
    """Call a function in a fork, as `call` does, and return the running fork.

    `cwd` is the working folder of the fork; `env` has all its environment variables, None for those
    of this process. A fork server that was killed is replaced, once. Raises `ForkDiedError` if the
    server ended before it could fork.
    """
    folder = os.path.abspath(cwd)  # noqa: PTH100 - a path may be text
    data = pickle.dumps(Call(function, arguments, folder, dict(env or os.environ)))
    server = _running_server(preload)
    try:
        return server.fork(data)
    except ForkDiedError:
        # its sockets are closed before its end can be seen by `poll`
        code = server.process.wait()
        if code >= 0:  # not killed: it could not start, or `stop` has ended it
            raise ForkDiedError(code, server.error()) from None
    return _running_server(preload).fork(data)


def warm(preload: str) -> None:
    """Start a fork server, without waiting for its imports."""
    _running_server(preload)


def renew(preload: str) -> None:
    """Replace a fork server if a file of this library has changed since it started.

    The next fork comes from the new server; forks of the old one keep running.
    """
    with _STARTING:
        server = _SERVERS.get(preload)
        if server and server.library != _library():
            _OUTDATED.append(_SERVERS.pop(preload))


def stop() -> None:
    """End all fork servers of this process and all their forks."""
    for server in (*_SERVERS.values(), *_OUTDATED):
        server.stop()
    _SERVERS.clear()
    _OUTDATED.clear()


class Fork:
    """A running fork, with the part of `subprocess.Popen` that jupyter_client uses.

    Server and fork write to `connection`; see `caoan_stats.kernel.forkserver`. Raises
    `ForkDiedError` if the server ended before it could fork.
    """

    stdin = stdout = stderr = None
    pid: int  # also the id of the process group

    def __init__(self, connection: socket.socket) -> None:
        self.returncode: int | None = None  # -n if signal n ended the fork; None while it runs
        self.messages: list[Any] = []  # received so far from `forkserver.send_to_parent`
        self.stopped = False  # whether `stop` has ended the fork
        self._answer: Answer | None = None
        self._connection = connection
        self._buffer = bytearray()
        while len(self._buffer) < NUMBER.size:
            self._receive()
            if self.returncode is not None:
                raise ForkDiedError(self.returncode)
        (self.pid,) = NUMBER.unpack(self._take(NUMBER.size))
        self._read_messages()

    def result(self) -> Any:
        """Wait for the end, and return the result of the function or raise its error.

        Raises `StoppedError` or `ForkDiedError` if the fork ended without an answer.
        """
        code = self.wait()
        if self._answer is None:
            raise StoppedError if self.stopped else ForkDiedError(code)
        if self._answer.error:
            raise self._answer.error
        return self._answer.value

    def wait(self) -> int:
        """Wait for the end, and return the exit code."""
        while self.returncode is None:
            self.listen(SIGNAL_CHECK)
        return self.returncode

    def poll(self) -> int | None:
        """Return the exit code, or None while the fork runs; do not wait."""
        while self.returncode is None and self.listen(0):
            pass
        return self.returncode

    def listen(self, seconds: float | None = None) -> bool:
        """Wait for data from the fork; return whether data arrived or the fork has ended.

        `seconds` is the longest time to wait; None for no limit.
        """
        self._connection.settimeout(seconds)
        try:
            self._receive()
        except (BlockingIOError, TimeoutError):
            return False
        self._read_messages()
        return True

    def send_signal(self, number: int) -> None:
        """Send a signal to the fork and to the processes that it started."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it may end just now
                os.killpg(self.pid, number)

    def terminate(self) -> None:
        """Send SIGTERM to the fork and to the processes that it started."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Send SIGKILL to the fork and to the processes that it started."""
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Close the connection; the server then ends a fork that still runs."""
        self._connection.close()

    def _receive(self) -> None:
        """Wait for data and append it to the buffer; at the end of the data, set `returncode`."""
        try:
            data = self._connection.recv(1 << 16)
        except ConnectionError:
            data = b""
        self._buffer += data
        if not data:
            self._connection.close()
            self.returncode = self._exit_code()

    def _exit_code(self) -> int:
        """Return the exit code at the end of the buffer; -SIGKILL if a killed server sent none."""
        end = self._buffer[-2 * NUMBER.size :]
        if len(end) == 2 * NUMBER.size and NUMBER.unpack_from(end)[0] == END_MARK:
            return int(NUMBER.unpack_from(end, NUMBER.size)[0])
        return -signal.SIGKILL

    def _read_messages(self) -> None:
        """Take all complete messages from the buffer; a killed fork may leave an incomplete one."""
        while len(self._buffer) >= NUMBER.size:
            (length,) = NUMBER.unpack_from(self._buffer)
            if length == END_MARK or len(self._buffer) < NUMBER.size + length:
                return
            self._take(NUMBER.size)
            with suppress(Exception):
                message = pickle.loads(self._take(length))  # noqa: S301 - from our own fork
                if isinstance(message, Answer):
                    self._answer = message
                else:
                    self.messages.append(message)

    def _take(self, length: int) -> bytes:
        taken = bytes(self._buffer[:length])
        del self._buffer[:length]
        return taken


class _Server:
    """A process that runs `caoan_stats.kernel.forkserver`; it ends with this process."""

    def __init__(self, preload: str) -> None:
        self.library = _library()
        self._forks: WeakSet[Fork] = WeakSet()
        self._requests, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-c", _SERVER_CODE, preload, library.PACKAGE],
                stdin=theirs.fileno(),
                env=os.environ | _ONE_THREAD,
                start_new_session=True,  # this process handles an interrupt from the terminal
            )

    def fork(self, call: bytes) -> Fork:
        """Return a fork that runs a pickled `Call`. Raises `ForkDiedError` if the server ended."""
        ours, theirs = socket.socketpair()
        try:
            with suppress(OSError):  # if the server has ended, `Fork` raises
                with theirs:  # closed before the call is sent, so that only the server holds it
                    self.hand_over(theirs)
                ours.sendall(NUMBER.pack(len(call)) + call)
            fork = Fork(ours)
            with _STARTING:
                self._forks.add(fork)
            return fork
        except BaseException:
            ours.close()
            raise

    def error(self) -> str:
        """Return the error in one line that ended the server when it started; empty for none."""
        with suppress(OSError):  # `stop` has closed the socket
            found = self._requests.recv(LONGEST_ERROR, socket.MSG_PEEK | socket.MSG_DONTWAIT)
            return " ".join(found.decode(errors="replace").split())
        return ""

    def hand_over(self, connection: socket.socket) -> None:
        """Pass the connection to the server, which forks for it."""
        socket.send_fds(self._requests, [b"!"], [connection.fileno()])

    def stop(self) -> None:
        """End the server and all its forks."""
        with _STARTING:
            running = [fork for fork in self._forks if fork.returncode is None]
        for fork in running:
            fork.stopped = True
        is_killed = self.process.poll() is not None
        self._requests.close()
        if self.process.wait() or is_killed:  # so that it has not ended its forks
            for fork in running:
                with suppress(ProcessLookupError):
                    os.killpg(fork.pid, signal.SIGKILL)


def _library() -> list[tuple[Path, int]]:
    """Return each file of this library and its time of modification in ns."""
    return [(path, path.stat().st_mtime_ns) for path in library.files()]


def _running_server(preload: str) -> _Server:
    """Return the running server of this process for a module; start it if there is none."""
    with _STARTING:
        server = _SERVERS.get(preload)
        if server is None or server.process.poll() is not None:
            if server:
                _OUTDATED.append(server)
            atexit.register(stop)
            server = _SERVERS[preload] = _Server(preload)
        return server
