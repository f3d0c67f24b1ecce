"""A Jupyter kernel and its client in one process, connected without sockets.

The kernel is ipykernel's and nbclient drives the client, so outputs are those of an ordinary
kernel. The process must end with its notebook: `start` changes its streams, its signals and
`sys.argv`.

Differences from an ordinary kernel: IPython's startup and configuration files are not read,
`sys.argv` names no connection file, `breakpoint()` asks for input where debugpy would wait for a
debugger to connect, and an endless recursion ends some frames earlier.
"""

import asyncio
import logging
import os
import signal
import sys
import threading
from codecs import getincrementaldecoder
from collections import deque
from contextlib import suppress
from queue import Empty
from tempfile import TemporaryFile
from types import SimpleNamespace
from typing import Any

import traitlets
from ipykernel import iostream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from nbclient.exceptions import DeadKernelError
from tornado.ioloop import IOLoop

from caoan_stats.kernel.preload import draw_inline

Message = dict[str, Any]
CHUNK = 1 << 20  # bytes
_failed: list[asyncio.Task[Any]] = []  # tasks that raised an error, which a cell may have awaited


class Manager:
    """Kernel manager with the attributes that nbclient uses, for a kernel in this process."""

    has_kernel = True

    def client(self) -> "Client":
        """Start the kernel of this process, and return a client of it."""
        return Client(start())


def start() -> "Kernel":
    """Turn this process into a kernel, with its own streams and backend, and return the kernel."""
    session = Session(key=b"")
    shell, iopub = Channel(session), Channel(session)
    thread = _DirectSender(iopub)
    sys.argv = ["ipykernel_launcher"]
    sys.stdout, sys.stderr = (OutStream(session, thread, name) for name in ("stdout", "stderr"))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    draw_inline()
    app: IPKernelApp = IPKernelApp.instance()
    app.config.HistoryManager.hist_file = ":memory:"
    app.kernel = kernel = Kernel.instance(
        parent=app,
        log=logging.getLogger(__name__),
        session=session,
        shell_stream=shell,
        iopub_socket=iopub,
        iopub_thread=thread,
        shell_channel_thread=SimpleNamespace(parent_thread=threading.current_thread()),
    )
    app.init_pdb()
    app.init_path()
    app.init_shell()
    app.init_gui_pylab()
    app.init_extensions()
    return kernel


def unseen_error() -> BaseException | None:
    """Return an error of an asynchronous task that no cell has awaited, or None."""
    return next((task.exception() for task in _failed if _is_unseen(task)), None)


def _make_task(loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> Any:
    """Return a task that is kept in `_failed` if it fails; asyncio calls this for every task."""
    task: asyncio.Task[Any] = asyncio.Task(coroutine, loop=loop, **options)
    task.add_done_callback(_keep_failed)
    return task


def _keep_failed(task: asyncio.Task[Any]) -> None:
    if _is_unseen(task):
        _failed.append(task)


def _is_unseen(task: asyncio.Task[Any]) -> bool:
    """Return whether a task has an error that nobody has asked for, so that asyncio would warn."""
    return bool(getattr(task, "_log_traceback", False))


class Client:
    """Client of the kernel in this process; each method returns after the kernel has replied."""

    allow_stdin = False

    def __init__(self, kernel: "Kernel") -> None:
        self._kernel: Any = kernel
        self.session: Any = kernel.session
        self.shell_channel, self.iopub_channel = kernel.shell_stream, kernel.iopub_socket

    def start_channels(self) -> None:
        """Do nothing: the channels exist."""

    def wait_for_ready(self, timeout: float | None = None) -> None:
        """Do nothing: the kernel is ready."""

    def is_alive(self) -> bool:
        """Return whether no cell has stopped the kernel, for example by `exit()`."""
        return not self._kernel.shell.exit_now

    def kernel_info(self) -> str:
        """Put the reply to a `kernel_info_request` on the shell channel, and return its id."""
        request = self.session.msg("kernel_info_request")
        self.session.send(
            self.shell_channel, "kernel_info_reply", self._kernel.kernel_info, parent=request
        )
        return str(request["msg_id"])

    async def execute(self, code: str, *, store_history: bool, stop_on_error: bool) -> str:
        """Execute a cell, after the messages that are queued for the kernel.

        Return the id of the request, whose outputs and reply are on the channels. Raises
        `DeadKernelError` if an earlier cell stopped the kernel.
        """
        if not self.is_alive():
            raise DeadKernelError("Kernel died")
        content = {"code": code, "store_history": store_history, "stop_on_error": stop_on_error}
        request = self.session.msg("execute_request", content)
        for message in (*self.shell_channel.take_sent(), request):
            await self._kernel.handle(message)
        return str(request["msg_id"])


class Kernel(IPythonKernel):
    """ipykernel's kernel without sockets and threads."""

    shell_stream = traitlets.Any()
    _execute_sleep = traitlets.Float(0)  # an ordinary kernel waits here for its output to be sent

    @property
    def _supports_kernel_subshells(self) -> bool:
        return False

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Do nothing: no requests are queued."""

    async def handle(self, request: Message) -> None:
        """Handle one request of the shell channel, until its outputs are sent."""
        self.io_loop = IOLoop.current()  # ipykernel's SIGINT handler needs the running loop
        asyncio.get_running_loop().set_task_factory(_make_task)
        self.set_parent([], request)  # type: ignore[no-untyped-call]
        self._publish_status("busy", "shell")  # type: ignore[no-untyped-call]
        done = self.shell_handlers[request["header"]["msg_type"]](self.shell_stream, [], request)
        if done is not None:
            await done
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self._publish_status("idle", "shell")  # type: ignore[no-untyped-call]


class Channel:
    """One channel of the Jupyter protocol, with a queue of messages for each direction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._to_client: deque[Message] = deque()
        self._to_kernel: deque[Message] = deque()

    def send_multipart(self, parts: list[Any], **_: object) -> None:
        """Send a message, serialized as for a socket, from the kernel to the client."""
        _identities, message = self._session.feed_identities([bytes(part) for part in parts])
        self._to_client.append(self._session.deserialize(message))

    async def get_msg(self, timeout: float | None = None) -> Message:  # noqa: ARG002 - nbclient's name
        """Return the next message for the client, or raise `Empty`.

        It does not wait: all messages of a request are there when `Client.execute` returns.
        """
        if not self._to_client:
            raise Empty
        return self._to_client.popleft()

    def send(self, message: Message) -> None:
        """Queue a message from the client, which the kernel handles before the next cell."""
        self._to_kernel.append(message)

    def take_sent(self) -> list[Message]:
        """Return the queued messages for the kernel, and empty the queue."""
        messages = list(self._to_kernel)
        self._to_kernel.clear()
        return messages


class OutStream(iostream.OutStream):
    """`sys.stdout` or `sys.stderr` of the kernel, with the output of child processes in order.

    The file descriptor of the stream is redirected to a file, from which the output of child
    processes and C code is read.
    """

    def __init__(self, session: Session, thread: iostream.IOPubThread, name: str) -> None:
        super().__init__(session, thread, name, watchfd=False)  # type: ignore[no-untyped-call]
        self._descriptor = getattr(sys, f"__{name}__").fileno()
        self._original_stdstream_copy = os.dup(self._descriptor)
        self._file = TemporaryFile("ab+", buffering=0)  # noqa: SIM115 - open as long as the process
        self._collected = 0
        os.dup2(self._file.fileno(), self._descriptor)
        self._decode = getincrementaldecoder("utf-8")(errors="replace").decode

    def write(self, string: str) -> Any:
        """Write text after the output of child processes so far."""
        if not self._is_master_process():  # type: ignore[no-untyped-call]
            # in a process that a cell forked; the kernel reads it from the file
            return os.write(self._descriptor, string.encode())
        self._collect()
        return super().write(string)

    def flush(self) -> None:
        """Send all text that was written, including the output of child processes."""
        self._collect()
        with suppress(UnicodeEncodeError):  # a lone surrogate is lost, as in an ordinary kernel
            super().flush()  # type: ignore[no-untyped-call]

    def _collect(self) -> None:
        """Append to the buffer what child processes wrote to the file since the last call."""
        with self._buffer_lock:
            while found := os.pread(self._file.fileno(), CHUNK, self._collected):
                self._collected += len(found)
                super().write(self._decode(found))


class _DirectSender(iostream.IOPubThread):
    """Sends stream output at once, without ipykernel's thread and its timed flushes."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.thread = threading.Thread()
        self.io_loop: Any = SimpleNamespace(call_later=lambda *_: None)

    def send_multipart(self, parts: list[Any], **_: object) -> None:
        """Send a serialized message to the client."""
        self._channel.send_multipart(parts)
