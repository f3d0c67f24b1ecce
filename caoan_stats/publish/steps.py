"""The steps of an executed notebook: the beginning and the end of each cell.

A process that executes a notebook reports its steps, so that its parent can watch the time limits
and keep the notebook as far as it was executed.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOK_ENDED = "NotebookEnded"  # name of an error that no cell has raised


@dataclass(frozen=True)
class Step:
    """The beginning or the end of a cell."""

    index: int  # of the cell in the notebook, from 0
    cell: str  # as JSON, so that a receiver does not have to import nbformat
    done: bool  # whether the cell ends, so that it has outputs
    at: float  # seconds of the monotonic clock
    stop: str = ""  # the error that the cell raised, or `exit` if it stopped the kernel


def step_hooks(send: Callable[[Step], object]) -> Mapping[str, Callable[..., None]]:
    """Return hooks for nbclient that call `send` with each step."""

    def begin(*, cell: "NotebookNode", cell_index: int) -> None:
        send(Step(cell_index, json.dumps(cell), False, monotonic()))

    def end(*, cell: "NotebookNode", cell_index: int, execute_reply: Mapping[str, Any]) -> None:
        stop = _stop(execute_reply["content"]) or _ended_within(cell)
        send(Step(cell_index, json.dumps(cell), True, monotonic(), stop))

    return {"on_cell_execute": begin, "on_cell_executed": end}


def stopped_in(steps: Iterable[Step]) -> int | None:
    """Return the `In [number]` of the first cell that raised an error or stopped the kernel."""
    numbers = (json.loads(step.cell)["execution_count"] for step in steps if step.stop)
    return next(numbers, None)


def longest_cell(steps: Sequence[Step]) -> float:
    """Return the seconds of the longest cell that has ended; 0 if none has."""
    pairs = zip(steps[::2], steps[1::2], strict=False)
    return max((end.at - begin.at for begin, end in pairs), default=0.0)


def notebook_so_far(
    path: Path, parameters: Mapping[str, object], steps: Sequence[Step], reason: str
) -> "NotebookNode":
    """Return a notebook with the outputs of the cells that were executed, at least one.

    The last cell gets an error with the text of `reason` if it has raised none.
    """
    from nbformat import from_dict  # slow to import

    from caoan_stats.publish.parameters import parameterized

    notebook = parameterized(path, parameters)
    for cell in notebook.cells:
        if cell.cell_type == "code":  # outputs saved in the file are not of this execution
            cell.outputs, cell.execution_count = [], None
    for step in steps:
        notebook.cells[step.index] = from_dict(json.loads(step.cell))
    last = notebook.cells[steps[-1].index]
    if not any(output.output_type == "error" for output in last.outputs):
        last.outputs = [*last.outputs, _error_output(reason)]
    return notebook


def _stop(reply: Mapping[str, Any]) -> str:
    """Return the error of a cell in one line, or `exit` if `exit()` or `quit()` was called."""
    if reply["status"] != "ok":
        return f"{reply.get('ename')}: {reply.get('evalue')}".split("\n")[0]
    asked = any(each.get("source") == "ask_exit" for each in reply.get("payload", ()))
    return "exit" if asked else ""


def _ended_within(cell: "NotebookNode") -> str:
    """Return `exit` if a part of a cell ended itself, as with `sys.exit()` under `%%capture`."""
    names = [output.get("ename") for output in cell.outputs]
    return "exit" if "SystemExit" in names else ""


def _error_output(reason: str) -> "NotebookNode":
    from nbformat.v4 import new_output

    name, separator, value = reason.partition(": ")
    if not separator:
        name, value = NOTEBOOK_ENDED, reason
    output: NotebookNode = new_output("error", ename=name, evalue=value, traceback=[reason])
    return output
