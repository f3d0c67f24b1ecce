"""Functions called in a fresh process that has imported what they need already.

The first call starts a server (`caoan_stats.kernel.forkserver`), which takes as long as its
imports; each later one costs a fork. `available` says where there is none.
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

from caoan_stats.common import library
from caoan_stats.kernel.forkserver import ENDED, NUMBER, Answer, Call

# nothing is imported or set from the working folder, but what is forked may do that
_SERVER = (
    "import os, sys; sys.path[:] = filter(None, sys.path); os.chdir(sys.argv[2]); "
    "from caoan_stats.kernel.forkserver import main; main(sys.argv[1])"
)
_ONE_THREAD = dict.fromkeys(  # the threads of a numerical library would not survive a fork
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)


class ForkDiedError(RuntimeError):
    """A fork ended without an answer; `code` is its exit code, negative for a signal."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(f"the process ended without a result (exit code {code})")


def available() -> bool:
    """Whether this system can fork a process that has numerical libraries loaded."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def call(preload: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a fork, and give what it gives.

    Parameters
    ----------
    preload
        The module that the server imports; its function `prepare` is called before any fork.
    function
        A function of a module.
    *arguments
        What it is called with; they and the result travel pickled.

    Raises
    ------
    ForkDiedError
        The fork ended without an answer.
    Exception
        Whatever the function raises.
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
    """Start a function in a fork.

    Parameters
    ----------
    preload, function, *arguments
        As for `call`.
    cwd
        The working folder of the fork.
    env
        Its environment; that of this process, without.
    """
    folder = os.path.abspath(cwd)  # noqa: PTH100 - a path may be text
    request = Call(function, arguments, folder, dict(env or os.environ))
    ours, theirs = socket.socketpair()
    data = pickle.dumps(request)
    with suppress(OSError):  # where the server has died, the answer will say so
        with theirs:  # the server alone has it while the request is sent
            _server(preload).hand_over(theirs)
        ours.sendall(NUMBER.pack(len(data)) + data)
    try:
        return Fork(ours)
    except BaseException:
        ours.close()
        raise


def warm(preload: str) -> None:
    """Let a server begin its imports, and do not wait for it."""
    _server(preload)


def renew(preload: str) -> None:
    """Let the next fork have the library as it is now; forks of an older one live on."""
    with _STARTING:
        server = _SERVERS.get(preload)
        if server and server.library != _library():
            _OLD.append(_SERVERS.pop(preload))


def stop() -> None:
    """End all servers of this process, and with them every fork."""
    for server in (*_SERVERS.values(), *_OLD):
        server.stop()
    _SERVERS.clear()
    _OLD.clear()


class Fork:
    """A running fork; has what jupyter_client uses of `subprocess.Popen`.

    Parameters
    ----------
    connection
        What the server and the fork write on: the process id, what the fork tells, its answer, the
        exit code.

    Attributes
    ----------
    told : list
        What the fork has told so far, through `caoan_stats.kernel.forkserver.send_to_parent`.

    Raises
    ------
    ForkDiedError
        The server ended before it could fork.
    """

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket) -> None:
        self.returncode: int | None = None
        self.told: list[Any] = []
        self._answer: Answer | None = None
        self._connection = connection
        self._heard = bytearray()
        while len(self._heard) < NUMBER.size:
            self._hear()
            if self.returncode is not None:
                raise ForkDiedError(self.returncode)
        (self.pid,) = NUMBER.unpack(self._take(NUMBER.size))
        self._understand()

    def result(self) -> Any:
        """Wait for the end; give what the function gave, or raise what it raised."""
        code = self.wait()
        if self._answer is None:
            raise ForkDiedError(code)
        if self._answer.error:
            raise self._answer.error
        return self._answer.value

    def wait(self) -> int:
        """Wait for the end; give the exit code, negative for a signal."""
        while self.returncode is None:
            self.listen()
        return self.returncode

    def poll(self) -> int | None:
        """Give the exit code, or None while the fork runs."""
        while self.returncode is None and self.listen(0):
            pass
        return self.returncode

    def listen(self, seconds: float | None = None) -> bool:
        """Wait until something is heard, or the time is out; tell whether it was heard."""
        self._connection.settimeout(seconds)
        try:
            self._hear()
        except (BlockingIOError, TimeoutError):
            return False
        self._understand()
        return True

    def send_signal(self, number: int) -> None:
        """Send a signal to the fork and to what it has started."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has just ended
                os.killpg(self.pid, number)

    def terminate(self) -> None:
        """Ask the fork to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the fork."""
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Wait no more: a fork that still runs is ended."""
        self._connection.close()

    def _hear(self) -> None:
        try:
            said = self._connection.recv(1 << 16)
        except ConnectionError:
            said = b""
        self._heard += said
        if not said:
            self._connection.close()
            self.returncode = self._code()

    def _code(self) -> int:
        """Read the exit code at the end of all; a server that was killed tells none."""
        end = self._heard[-2 * NUMBER.size :]
        if len(end) == 2 * NUMBER.size and NUMBER.unpack_from(end)[0] == ENDED:
            return int(NUMBER.unpack_from(end, NUMBER.size)[0])
        return -signal.SIGKILL

    def _understand(self) -> None:
        """Read what was said to its end; a fork that is killed may be cut short."""
        while len(self._heard) >= NUMBER.size:
            (length,) = NUMBER.unpack_from(self._heard)
            if length == ENDED or len(self._heard) < NUMBER.size + length:
                return
            self._take(NUMBER.size)
            with suppress(Exception):
                said = pickle.loads(self._take(length))  # noqa: S301 - from our own fork
                if isinstance(said, Answer):
                    self._answer = said
                else:
                    self.told.append(said)

    def _take(self, length: int) -> bytes:
        taken = bytes(self._heard[:length])
        del self._heard[:length]
        return taken


class _Server:
    """The other end of `caoan_stats.kernel.forkserver`; ends with this process."""

    def __init__(self, preload: str) -> None:
        self.library = _library()
        self._asked, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-c", _SERVER, preload, library.PACKAGE],
                stdin=theirs.fileno(),
                env=os.environ | _ONE_THREAD,
                start_new_session=True,  # an interrupt from the terminal is for us to handle
            )

    def hand_over(self, connection: socket.socket) -> None:
        """Ask for a fork."""
        socket.send_fds(self._asked, [b"!"], [connection.fileno()])

    def stop(self) -> None:
        """End the server, and with it every fork."""
        self._asked.close()
        self.process.wait()


_SERVERS: dict[str, _Server] = {}  # by what they have imported
_OLD: list[_Server] = []  # whose library has changed since
_STARTING = threading.Lock()


def _library() -> list[tuple[Path, int]]:
    """Tell when each file of the library was last changed."""
    return [(path, path.stat().st_mtime_ns) for path in library.files()]


def _server(preload: str) -> _Server:
    """Find the server of this process that has a module; start it where there is none."""
    with _STARTING:
        server = _SERVERS.get(preload)
        if server is None or server.process.poll() is not None:
            if server:
                server.stop()
            atexit.register(stop)
            server = _SERVERS[preload] = _Server(preload)
        return server
