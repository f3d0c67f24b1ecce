"""The parameters of a notebook: the cell that declares them, and one that gives their values.

The declaring cell has the tag `parameters`. Python's own parser reads it, so any assignment counts.
"""

import ast
import warnings
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from caoan_stats.kernel import engine

DECLARED, GIVEN = "parameters", "injected-parameters"  # tags of cells
_SCOPES = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


def parameterized(path: Path, parameters: Mapping[str, object]) -> NotebookNode:
    """Return a notebook with a cell that gives parameters, after the last one that declares them.

    A parameter whose default is text is given as text. Raises `ValueError` if a parameter is not
    declared, or a cell that should declare it is not Python.
    """
    notebook = _loaded(path)
    notebook.cells = [cell for cell in notebook.cells if GIVEN not in cell.metadata.tags]
    tagged = [cell for cell in notebook.cells if DECLARED in cell.metadata.tags]
    codes = {at: _parsed(cell.source) for at, cell in enumerate(tagged) if cell.cell_type == "code"}
    names = {at: {*assigned(code)} for at, code in codes.items()}
    if missing := ", ".join(parameters.keys() - set().union(*names.values())):
        raise ValueError(f"{path.name} declares no parameter {missing} in a parameters cell")
    last = max(at for at in names if names[at] & parameters.keys())
    for at, cell in enumerate(tagged):
        if at != last:  # papermill gives the values after the first cell with the tag
            cell.metadata.tags.remove(DECLARED)
    texts = {
        name
        for code in codes.values()
        for name, default in literals(code)
        if isinstance(default, str)
    }
    given = {name: str(value) if name in texts else value for name, value in parameters.items()}
    done: NotebookNode = parameterize_notebook(notebook, given, language="python")
    return done


def _loaded(path: Path) -> NotebookNode:
    """Return a notebook with a kernel name; one that has none is for the kernel of this project."""
    with warnings.catch_warnings():  # pages do not need the ids of cells
        warnings.simplefilter("ignore", FutureWarning)
        notebook: NotebookNode = load_notebook_node(str(path))
    spec = notebook.metadata.get("kernelspec") or {}
    given = {name: value for name, value in spec.items() if value}
    notebook.metadata.kernelspec = {"name": engine.NAME, "display_name": engine.NAME, **given}
    return notebook


def given_year(notebook: NotebookNode) -> int | None:
    """Return the year of a notebook, given by a program or declared; None if there is none."""
    declared: dict[str, object] = {}
    cells = [
        cell for cell in notebook.cells if {DECLARED, GIVEN} & {*cell.metadata.get("tags", [])}
    ]
    with suppress(ValueError):  # a cell that is not Python
        for cell in cells:
            declared |= dict(literals(_parsed(cell.source)))
    declared |= notebook.metadata.get("papermill", {}).get("parameters", {})
    year = str(declared.get("year"))
    return int(year) if year.isdecimal() else None


def _parsed(source: str) -> ast.Module:
    """Return the parsed code of a cell, which may have magics."""
    magic, _, code = source.lstrip().partition("\n")
    try:
        code = TransformerManager().transform_cell(code if magic.startswith("%%") else source)
        return ast.parse(code, "parameters cell")
    except SyntaxError as error:
        raise ValueError(str(error)) from None


def assigned(code: ast.AST) -> Iterator[str]:
    """Yield the names that code assigns, outside functions, classes and comprehensions.

    Examples
    --------
    >>> list(assigned(ast.parse("year = y = 2023; table, *rest = names  # size = 1")))
    ['year', 'y', 'table', 'rest']
    """
    for node in ast.iter_child_nodes(code):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif not isinstance(node, _SCOPES):
            yield from assigned(node)


def literals(code: ast.AST) -> Iterator[tuple[str, object]]:
    """Yield each name to which code assigns a literal, with that value, in order.

    Examples
    --------
    >>> list(literals(ast.parse("year: int | None = 2023; table, size = 'rice', 3 * 4")))
    [('year', 2023), ('table', 'rice')]
    """
    for node in ast.walk(code):
        value = getattr(node, "value", None)
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            names, values = (getattr(each, "elts", [each]) for each in (target, value))
            for name, default in zip(names, values, strict=False):
                if isinstance(name, ast.Name) and isinstance(default, ast.Constant):
                    yield name.id, default.value
