"""Notebooks of code cells: executed, and their outputs made comparable."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbformat import NotebookNode, v4

BESIDE = "import sys\nNAME = 'beside'\nif __name__ == '__main__':\n    print(sys.argv[1:])\n"
QUICK = {"progress_bar": False, "request_save_on_cell_execute": False, "autosave_cell_every": 0}
_VOLATILE = [
    (re.compile(r"ipykernel_\d+"), "ipykernel_PID"),
    (re.compile(r"0x[0-9a-f]{6,}"), "0xADDRESS"),
    (re.compile(r"\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "ID"),
]


def notebook(*sources: str, tags: tuple[str, ...] = ()) -> NotebookNode:
    """Return a notebook of code cells."""
    cells = [v4.new_code_cell(source, metadata={"tags": list(tags)}) for source in sources]
    return v4.new_notebook(cells=cells)


def execute(given: NotebookNode, folder: Path, **options: Any) -> NotebookNode:
    """Execute a notebook with papermill in a folder; return the executed copy, failed or not."""
    path, executed = folder / "given.ipynb", folder / "executed.ipynb"
    nbformat.write(given, path)
    with suppress(papermill.PapermillExecutionError):
        papermill.execute_notebook(
            path, executed, cwd=folder, **{"kernel_name": "python3"} | QUICK | options
        )
    return nbformat.read(executed, 4)


def same(outputs: list[NotebookNode]) -> list[Any]:
    """Return outputs without process ids, addresses and other values that differ between runs."""
    merged: list[Any] = []
    for output in outputs:
        before = merged[-1] if merged else {}
        if output.output_type == "stream" and before.get("name") == output.name:
            merged[-1] = {**before, "text": before["text"] + output.text}
        else:
            merged.append(dict(output))
    return [_steady(output) for output in merged]


def _steady(value: Any) -> Any:
    if isinstance(value, dict):
        return {_steady(name): _steady(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_steady(each) for each in value]
    if isinstance(value, str):
        for pattern, name in _VOLATILE:
            value = pattern.sub(name, value)
    return value
