"""What every page needs, imported and used once before any fork, so that no page pays for it."""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from caoan_stats.imports import without

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SLOW = ("debugpy", "rfc3987_syntax")  # imported where they are installed; no page needs them
MODULES = (
    "caoan_stats.performing",
    "caoan_stats.page",
    "caoan_stats.audit_page",
    "caoan_stats.pictures",
    "caoan_stats.inprocess",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "pdb",
    "sqlite3",
    "tornado.platform.asyncio",
    "caoan_stats.finishing",
    "caoan_stats.index",
)


def prepare() -> None:
    """Import what makes pages, and make a small one."""
    with without(*SLOW):
        for name in MODULES:
            import_module(name)
    _make_one()


def _make_one() -> None:
    """Compile templates and schemas, and load fonts and the words of the locale."""
    import nbformat
    import pandas as pd
    from nbformat import v4

    from caoan_stats import blocks, export, keys, labels, tables
    from caoan_stats.heads import Head

    keys.library(), keys.versions()
    name = labels.quantity(0.5, "ha")
    cells = pd.DataFrame({"a": [name]}, index=pd.Index([name], name="b"))
    shown = blocks.folded(name, blocks.table(tables.Table(cells, cells), name))
    drawn = blocks.chart(partial(_draw, words=name), 2.0, name, name)
    text = blocks.text([name])
    outputs = [
        v4.new_output("display_data", {"text/html": each.html}) for each in (shown, drawn, text)
    ]
    code = v4.new_code_cell("year = 0", outputs=outputs)
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell(f"# {name}"), code])
    nbformat.validate(notebook)
    export.page(notebook, Head(name))


def _draw(ax: "Axes", words: str) -> "Axes":
    from caoan_stats import marks

    marks.bar(ax, (0, 0), (1, 1))
    marks.scale(ax, [0, 1], lambda _: words)
    return ax
