"""Jupyter kernels that start at once: each is a fork of a process that has all imports done.

The kernelspec `caoan_stats` names this provisioner, so every program that starts kernels with
jupyter_client (JupyterLab, nbclient, papermill, jupyter-scheduler, Airflow) uses it. Kernels use
Unix sockets in a folder that only their owner can enter, not open ports. On a system without forks
the kernelspec starts an ordinary kernel.
"""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from caoan_stats.kernel import forks
from caoan_stats.kernel.preload import draw_inline

PRELOAD = __name__
MODULES = (
    "caoan_stats.audit_page",
    "caoan_stats.display.svg",
    "caoan_stats.page",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "matplotlib.figure",
    "pandas",
    "pandas.io.formats.style",
)
PATH_LIMIT = 90  # characters of the folder; systems limit the path of a Unix socket to about 104


class ForkProvisioner(LocalProvisioner):
    """Provisioner of jupyter_client that starts a kernel as a fork."""

    process: Any
    _folder = ""  # of the sockets; empty for an ordinary kernel

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Set up Unix sockets in a private folder, and return the arguments of the launch."""
        if forks.available() and self.parent and not self._folder:
            self._folder = await asyncio.to_thread(_private_folder)
            self.parent.transport = "ipc"
            self.parent.ip = os.path.join(self._folder, "kernel")  # noqa: PTH118 - jupyter_client adds to the text
        async with self._cleaning_up():
            return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel; the first time this waits for the imports of the fork server.

        `cmd` is the command line of the kernelspec; a fork uses only `cwd` and `env` of `kwargs`.
        Raises `ForkDiedError` if the fork server cannot start.
        """
        if not self._folder:
            return await super().launch_kernel(cmd, **kwargs)
        cwd, env = kwargs.get("cwd") or ".", kwargs.get("env")
        await asyncio.to_thread(forks.renew, PRELOAD)
        async with self._cleaning_up():
            self.process = await asyncio.to_thread(
                forks.spawn, PRELOAD, main, cmd, cwd=cwd, env=env
            )
        self.pid = self.pgid = self.process.pid
        return self.connection_info

    async def shutdown_requested(self, restart: bool = False) -> None:  # noqa: ARG002 - jupyter_client's name
        """End the kernel at once: its history is in memory, so there is nothing to save."""
        if self._folder:
            await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the folder of the sockets, unless the kernel restarts."""
        await super().cleanup(restart=restart)
        if self._folder and not restart:
            await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)
            self._folder = ""

    @asynccontextmanager
    async def _cleaning_up(self) -> AsyncIterator[None]:
        """Clean up after an error: jupyter_client does so only for a kernel that has started."""
        try:
            yield
        except BaseException:
            await self.cleanup()
            raise


def prepare() -> None:
    """Import what Jupyter kernels need, with the debugger, before any fork."""
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # its warning would appear in every log
    for name in MODULES:
        import_module(name)


def main(command: list[str]) -> None:
    """Run a kernel in this process until it is shut down.

    `command` is that of a kernelspec: Python, `-m`, `ipykernel_launcher` and its options.
    """
    from ipykernel.kernelapp import IPKernelApp

    draw_inline()
    sys.argv = command[2:]
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"  # the kernel ends with the fork server
    IPKernelApp.launch_instance(argv=[*command[3:], parent])


def _private_folder() -> str:
    """Create a folder that only its owner can enter, and return its path, short for a socket."""
    folder = tempfile.mkdtemp(prefix="caoan-")
    if len(folder) > PATH_LIMIT:
        os.rmdir(folder)  # noqa: PTH106 - the path is text, as from mkdtemp
        folder = tempfile.mkdtemp(prefix="caoan-", dir="/tmp")
    return folder
