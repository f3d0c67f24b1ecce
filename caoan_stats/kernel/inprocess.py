"""Cells run in this process: ipykernel's kernel and nbclient's client, without sockets between.

What a cell does is ipykernel's, what becomes of its messages is nbclient's; only the wire is ours.
So the outputs are those of a real kernel. Meant for a process that ends with its notebook.

What differs is meant: IPython's startup and configuration files are not read, `sys.argv` names no
connection file, `breakpoint()` asks for input where debugpy would wait for nobody, and an endless
recursion ends some frames earlier.
"""

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


class Manager:
    """The kernel of this process, as far as nbclient manages one."""

    has_kernel = True

    def client(self) -> "Client":
        """Become a kernel, and give what nbclient talks to."""
        return Client(start())


class Client:
    """A client of the kernel of this process; a request is done when its method ends."""

    allow_stdin = False

    def __init__(self, kernel: "Kernel") -> None:
        self._kernel: Any = kernel
        self.session: Any = kernel.session
        self.shell_channel, self.iopub_channel = kernel.shell_stream, kernel.iopub_socket

    def start_channels(self) -> None:
        """Do nothing: the channels are there."""

    def wait_for_ready(self, timeout: float | None = None) -> None:
        """Do nothing: the kernel is ready."""

    def is_alive(self) -> bool:
        """Whether the notebook has not left the kernel."""
        return not self._kernel.shell.exit_now

    def kernel_info(self) -> str:
        """Ask what the kernel is."""
        asked = self.session.msg("kernel_info_request")
        self.session.send(
            self.shell_channel, "kernel_info_reply", self._kernel.kernel_info, parent=asked
        )
        return str(asked["msg_id"])

    async def execute(self, code: str, *, store_history: bool, stop_on_error: bool) -> str:
        """Run a cell.

        Raises
        ------
        DeadKernelError
            A cell before has left the kernel.
        """
        if not self.is_alive():
            raise DeadKernelError("Kernel died")
        content = {"code": code, "store_history": store_history, "stop_on_error": stop_on_error}
        asked = self.session.msg("execute_request", content)
        for request in (*self.shell_channel.sent(), asked):
            await self._kernel.handle(request)
        return str(asked["msg_id"])


class Channel:
    """What is said on one channel of the protocol, in order."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._to_client: deque[Message] = deque()
        self._to_kernel: deque[Message] = deque()

    def send_multipart(self, parts: list[Any], **_: object) -> None:
        """Say something to the client, as a socket would carry it."""
        _identities, message = self._session.feed_identities([bytes(part) for part in parts])
        self._to_client.append(self._session.deserialize(message))

    async def get_msg(self, timeout: float | None = None) -> Message:  # noqa: ARG002 - nbclient's words
        """Give the next message; all of a request are there before it ends."""
        if not self._to_client:
            raise Empty
        return self._to_client.popleft()

    def send(self, message: Message) -> None:
        """Say something to the kernel, which hears it before the next cell."""
        self._to_kernel.append(message)

    def sent(self) -> list[Message]:
        """Give what the kernel has not heard yet."""
        messages = list(self._to_kernel)
        self._to_kernel.clear()
        return messages


class Kernel(IPythonKernel):
    """ipykernel's kernel without sockets and threads."""

    shell_stream = traitlets.Any()
    _execute_sleep = traitlets.Float(0)  # there is no wire to wait for

    @property
    def _supports_kernel_subshells(self) -> bool:
        return False

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Do nothing: no request waits while another is done."""

    async def handle(self, request: Message) -> None:
        """Do what a client asks for on the shell channel."""
        self.io_loop = IOLoop.current()  # where an interrupt ends what is awaited
        self.set_parent([], request)  # type: ignore[no-untyped-call]
        self._publish_status("busy", "shell")  # type: ignore[no-untyped-call]
        done = self.shell_handlers[request["header"]["msg_type"]](self.shell_stream, [], request)
        if done is not None:
            await done
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self._publish_status("idle", "shell")  # type: ignore[no-untyped-call]


class _Direct(iostream.IOPubThread):
    """Where a stream's output goes: without a thread, at once; the clock flushes nothing."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.thread = threading.Thread()
        self.io_loop: Any = SimpleNamespace(call_later=lambda *_: None)

    def send_multipart(self, parts: list[Any], **_: object) -> None:
        """Say something at once."""
        self._channel.send_multipart(parts)


class OutStream(iostream.OutStream):
    """`sys.stdout` or `sys.stderr`: what Python and what other programs write, in order."""

    def __init__(self, session: Session, thread: iostream.IOPubThread, name: str) -> None:
        super().__init__(session, thread, name, watchfd=False)  # type: ignore[no-untyped-call]
        self._descriptor = getattr(sys, f"__{name}__").fileno()
        self._original_stdstream_copy = os.dup(self._descriptor)
        self._file = TemporaryFile("ab+", buffering=0)  # noqa: SIM115 - open as long as the process
        self._collected = 0
        os.dup2(self._file.fileno(), self._descriptor)
        self._decode = getincrementaldecoder("utf-8")(errors="replace").decode

    def write(self, string: str) -> Any:
        """Write a text after what other programs have written."""
        if not self._is_master_process():  # type: ignore[no-untyped-call]
            # a fork that a cell has made
            return os.write(self._descriptor, string.encode())
        self._collect()
        return super().write(string)

    def flush(self) -> None:
        """Send what was written, by other programs too."""
        self._collect()
        with suppress(UnicodeEncodeError):  # half a character: a real kernel loses it too
            super().flush()  # type: ignore[no-untyped-call]

    def _collect(self) -> None:
        with self._buffer_lock:
            while found := os.pread(self._file.fileno(), CHUNK, self._collected):
                self._collected += len(found)
                super().write(self._decode(found))


def start() -> Kernel:
    """Make this process a kernel: its streams, its path and what draws in it."""
    session = Session(key=b"")
    shell, iopub = Channel(session), Channel(session)
    thread = _Direct(iopub)
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
