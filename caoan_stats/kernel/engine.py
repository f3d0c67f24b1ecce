"""The papermill engine `caoan_stats`: cells run in a fork of a process that has all imports done.

`papermill --engine caoan_stats in.ipynb out.ipynb`

papermill imports the engines of every package when it is itself imported: this one needs nothing.
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
# options for which the process of the caller has to hear the cells while they run
TIED = ("stdout_file", "stderr_file", "log_output", "execution_timeout", "timeout")


class ForkEngine:
    """Executes a notebook without sockets: in this process if it is a fork, else in one.

    Where there are no forks it is papermill's own engine, with an ordinary kernel.
    """

    @staticmethod
    def execute_notebook(
        nb: "NotebookNode",
        kernel_name: str,
        **options: Any,
    ) -> "NotebookNode":
        """Run the cells until one fails, and collect the outputs.

        Parameters
        ----------
        nb
            The notebook.
        kernel_name
            Of no effect in a fork, which is a Python kernel.
        **options
            As for papermill's own engine.

        Raises
        ------
        DeadKernelError
            A cell has left the kernel before the last one.
        ForkDiedError
            A cell has ended the process.
        """
        tied = any(options.get(name) for name in TIED)
        run = _execute if tied or not forks.available() else _execute_in_fork
        return run(nb, kernel_name, options)

    @staticmethod
    def nb_kernel_name(nb: "NotebookNode", name: str | None = None) -> str:
        """Name the kernel of a notebook."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @staticmethod
    def nb_language(nb: "NotebookNode", language: str | None = None) -> str:
        """Name the language of a notebook."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))


def _execute_in_fork(
    nb: "NotebookNode", kernel_name: str, options: dict[str, Any]
) -> "NotebookNode":
    if not forkserver.is_fork():
        executed: NotebookNode = forks.call(PRELOAD, _execute_in_fork, nb, kernel_name, options)
        return executed
    from caoan_stats.kernel import inprocess  # ipykernel is slow to import

    sys.stderr = os.fdopen(os.dup(2), "w")  # a progress bar is no output of a cell
    if options.get("progress_bar", True):
        _choose_bar()
    return _execute(nb, kernel_name, {**options, "km": inprocess.Manager()})


def _choose_bar() -> None:
    """Let tqdm write to a terminal: where a kernel is imported it would make a widget."""
    name = "ipykernel.zmqshell"
    shell = sys.modules.pop(name, None)
    try:
        import_module("tqdm.auto")  # papermill's, which chooses when it is imported
    finally:
        if shell:
            sys.modules[name] = shell


def _execute(nb: "NotebookNode", kernel_name: str, options: dict[str, Any]) -> "NotebookNode":
    from papermill.engines import NBClientEngine

    executed: NotebookNode = NBClientEngine.execute_notebook(nb, kernel_name, **options)
    return executed
