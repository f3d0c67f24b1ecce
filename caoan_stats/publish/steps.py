"""How far a notebook has come: each cell as it begins and as it ends, and the copy that is kept."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

ENDED = "NotebookEnded"  # the name of an error that no cell has raised


@dataclass(frozen=True)
class Step:
    """A cell that begins or ends.

    Parameters
    ----------
    index
        Its place in the notebook, from 0.
    cell
        The cell as JSON; once it is done, with its outputs. Whoever hears of it needs no nbformat.
    done
        Whether it ends.
    at
        When, in seconds of a clock that only goes on.
    """

    index: int
    cell: str
    done: bool
    at: float


def step_hooks(tell: Callable[[Step], object]) -> Mapping[str, Callable[..., None]]:
    """Make the hooks of an nbclient that tell each step.

    Parameters
    ----------
    tell
        Called with each step, in the process of the client.
    """

    def begin(*, cell: "NotebookNode", cell_index: int) -> None:
        tell(Step(cell_index, json.dumps(cell), done=False, at=monotonic()))

    def end(*, cell: "NotebookNode", cell_index: int, **_: object) -> None:
        tell(Step(cell_index, json.dumps(cell), done=True, at=monotonic()))

    return {"on_cell_execute": begin, "on_cell_executed": end}


def longest_cell(steps: Sequence[Step]) -> float:
    """Tell how many seconds the longest of the cells took that are done."""
    pairs = zip(steps[::2], steps[1::2], strict=False)
    return max((end.at - begin.at for begin, end in pairs), default=0.0)


def notebook_so_far(
    path: Path, parameters: Mapping[str, object], steps: Sequence[Step], reason: str
) -> "NotebookNode":
    """Put a notebook together as far as it came, with the reason where it came to its end.

    Parameters
    ----------
    path
        The notebook.
    parameters
        What it was executed with.
    steps
        All that was told; at least one.
    reason
        The error of the cell that came last, if that does not say it itself.
    """
    from nbformat import from_dict  # slow to import
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    notebook: NotebookNode = parameterize_notebook(load_notebook_node(str(path)), dict(parameters))
    for cell in notebook.cells:
        if cell.cell_type == "code":  # what someone has saved is not what has come of it
            cell.outputs, cell.execution_count = [], None
    for step in steps:
        notebook.cells[step.index] = from_dict(json.loads(step.cell))
    last = notebook.cells[steps[-1].index]
    if not any(output.output_type == "error" for output in last.outputs):
        last.outputs = [*last.outputs, _error(reason)]
    return notebook


def _error(reason: str) -> "NotebookNode":
    from nbformat.v4 import new_output

    name, separated, value = reason.partition(": ")
    said = {"ename": name, "evalue": value} if separated else {"ename": ENDED, "evalue": reason}
    error: NotebookNode = new_output("error", **said, traceback=[reason])
    return error
