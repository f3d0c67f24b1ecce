"""The papermill engine `caoan_stats`: runs cells in a fork of a process with all imports done.

`papermill --engine caoan_stats in.ipynb out.ipynb`

papermill imports all registered engines when it is imported, so this module imports slow packages
only inside functions.
"""

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from caoan_stats.kernel import forks, forkserver

if TYPE_CHECKING:
    from nbformat import NotebookNode

NAME = "caoan_stats"
PRELOAD = "caoan_stats.kernel.preload"
# papermill options for which the calling process must receive cell messages while cells run
TIED = ("stdout_file", "stderr_file", "log_output", "execution_timeout", "timeout")


class ForkEngine:
    """papermill engine that executes a notebook in a fork, without sockets.

    On a system without forks, and for the options in `TIED`, it is papermill's default engine with
    an ordinary kernel.
    """

    @staticmethod
    def execute_notebook(nb: "NotebookNode", kernel_name: str, **options: Any) -> "NotebookNode":
        """Execute the cells up to the first that fails, and return the notebook with outputs.

        A fork always runs a Python kernel, whatever the name of the kernelspec. `options` are those
        of papermill's default engine. Raises `DeadKernelError` if a cell other than the last
        stopped the kernel, for example by `exit()`, and `ForkDiedError` if it ended the process.
        """
        tied = any(options.get(name) for name in TIED)
        run = _execute if tied or not forks.available() else _execute_in_fork
        return run(nb, kernel_name, options)

    @staticmethod
    def nb_kernel_name(nb: "NotebookNode", name: str | None = None) -> str:
        """Return the kernel name of a notebook; `name` overrides its metadata."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @staticmethod
    def nb_language(nb: "NotebookNode", language: str | None = None) -> str:
        """Return the language of a notebook; `language` overrides its metadata."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))


def _execute_in_fork(
    nb: "NotebookNode", kernel_name: str, options: dict[str, Any]
) -> "NotebookNode":
    """Execute the notebook in this process if it is a fork, else in a new fork."""
    if not forkserver.is_fork():
        executed: NotebookNode = forks.call(PRELOAD, _execute_in_fork, nb, kernel_name, options)
        return executed
    from caoan_stats.kernel import inprocess  # ipykernel is slow to import

    sys.stderr = os.fdopen(os.dup(2), "w")  # keeps the progress bar out of the cell outputs
    if options.get("progress_bar", True):
        _import_terminal_progress_bar()
    return _execute(nb, kernel_name, {**options, "km": inprocess.Manager()})


def _import_terminal_progress_bar() -> None:
    """Import `tqdm.auto` so that papermill draws its progress bar as text.

    tqdm chooses a notebook widget if `ipykernel.zmqshell` is imported before it.
    """
    name = "ipykernel.zmqshell"
    shell = sys.modules.pop(name, None)
    try:
        import_module("tqdm.auto")
    finally:
        if shell:
            sys.modules[name] = shell


def _execute(nb: "NotebookNode", kernel_name: str, options: dict[str, Any]) -> "NotebookNode":
    """Execute the notebook with papermill's default engine."""
    from papermill.engines import NBClientEngine

    executed: NotebookNode = NBClientEngine.execute_notebook(nb, kernel_name, **options)
    return executed
