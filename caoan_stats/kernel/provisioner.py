"""Jupyter kernels that start at once: each a fork of a process that has all imports done.

The kernelspec `caoan_stats` names this provisioner, so whatever starts kernels by jupyter_client
(JupyterLab, nbclient, papermill, jupyter-scheduler, Airflow) gains from it. They talk through
sockets of the file system in a folder that only their owner can enter, not through open ports.
Where there are no forks the kernelspec starts an ordinary kernel.
"""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from functools import partial
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
PATH_LIMIT = 90  # letters of a folder whose sockets have names that a system takes


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel as a fork of a warm process, and ends it at once."""

    process: Any
    _folder = ""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose sockets in a private folder."""
        if forks.available() and self.parent and not self._folder:
            self._folder = await asyncio.to_thread(_private_folder)
            self.parent.transport = "ipc"
            self.parent.ip = os.path.join(self._folder, "kernel")  # noqa: PTH118 - jupyter_client adds to the text
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork; the first time this waits for the imports."""
        if not self._folder:
            return await super().launch_kernel(cmd, **kwargs)
        start = partial(
            forks.spawn,
            PRELOAD,
            main,
            cmd,
            cwd=kwargs.get("cwd") or ".",
            env=kwargs.get("env"),
        )
        await asyncio.to_thread(forks.renew, PRELOAD)
        self.process = await asyncio.to_thread(start)
        self.pid = self.pgid = self.process.pid
        return self.connection_info

    async def shutdown_requested(self, restart: bool = False) -> None:  # noqa: ARG002 - jupyter_client's words
        """End the kernel at once: its history is in memory, and nobody asks it anything more."""
        if self._folder:
            await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        """Take the folder of the sockets away."""
        await super().cleanup(restart=restart)
        if self._folder and not restart:
            await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)
            self._folder = ""


def prepare() -> None:
    """Import what Jupyter kernels need, the debugger included, before any fork."""
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # its warning would stand in every log
    for name in MODULES:
        import_module(name)


def main(command: list[str]) -> None:
    """Run the kernel of a command line until it is shut down.

    Parameters
    ----------
    command
        As in a kernelspec: Python, `-m`, `ipykernel_launcher`, and its options.
    """
    from ipykernel.kernelapp import IPKernelApp

    draw_inline()
    sys.argv = command[2:]
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"  # the kernel ends with the fork server
    IPKernelApp.launch_instance(argv=[*command[3:], parent])


def _private_folder() -> str:
    """Make a folder that only its owner can enter, with a path short enough for a socket."""
    folder = tempfile.mkdtemp(prefix="caoan-")
    if len(folder) > PATH_LIMIT:
        os.rmdir(folder)  # noqa: PTH106 - as it was made
        folder = tempfile.mkdtemp(prefix="caoan-", dir="/tmp")
    return folder
