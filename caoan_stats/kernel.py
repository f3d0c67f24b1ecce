"""A Jupyter kernel in a fork: what it needs, imported before, and its main function."""

import os
import sys
from importlib import import_module

from caoan_stats.forkserver import INLINE

MODULES = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "pandas",
    "pandas.io.formats.style",
    "matplotlib.figure",
    "caoan_stats.page",
    "caoan_stats.audit_page",
    "caoan_stats.pictures",
)


def prepare() -> None:
    """Import what kernels need, the debugger and this library too."""
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # its warning would stand in every log
    for name in MODULES:
        import_module(name)


def draw_inline() -> None:
    """Let matplotlib, imported before, draw in the notebook or as the environment says."""
    import matplotlib as mpl

    backend = os.environ.setdefault("MPLBACKEND", INLINE)
    if mpl.get_backend(auto_select=False) != backend:
        mpl.rcParams["backend"] = backend


def main(command: list[str]) -> None:
    """Be the kernel that a command line asks for, until it is shut down.

    Parameters
    ----------
    command
        As a kernelspec gives it: Python, `-m`, `ipykernel_launcher`, and its options.
    """
    from ipykernel.kernelapp import IPKernelApp

    draw_inline()
    sys.argv = command[2:]
    watched = f"--IPKernelApp.parent_handle={os.getppid()}"  # the kernel ends with the server
    IPKernelApp.launch_instance(argv=[*command[3:], watched])
