"""Modules that make pages, imported and used once in a fork server so that no page waits."""

from functools import partial
from typing import TYPE_CHECKING

from caoan_stats.kernel import preload

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MODULES = ("caoan_stats.publish.execute", "caoan_stats.publish.index", "caoan_stats.publish.run")


def prepare() -> None:
    """Import the modules that make pages and export a sample page; called before any fork."""
    preload.prepare()
    preload.import_all(MODULES)
    _export_sample()


def _export_sample() -> None:
    """Export a page with a table, a chart and a text, to fill caches.

    These are compiled templates and schemas, fonts, number formats and the digest of the library.
    """
    import nbformat
    import pandas as pd
    from nbformat import v4

    from caoan_stats import labels
    from caoan_stats.common import library
    from caoan_stats.display import blocks, tables
    from caoan_stats.publish import export, inputs
    from caoan_stats.publish.site import Head

    library.digest(), library.versions(), inputs.installed()
    label = labels.quantity(0.5, "ha")
    cells = pd.DataFrame({"a": [label]}, index=pd.Index([label], name="b"))
    table = blocks.folded(label, blocks.table(tables.Table(cells, cells), label))
    chart = blocks.chart(partial(_draw, tick_label=label), 2.0, label, label)
    text = blocks.text([label])
    outputs = [
        v4.new_output("display_data", {"text/html": block.html}) for block in (table, chart, text)
    ]
    code = v4.new_code_cell("year = 0", outputs=outputs)
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell(f"# {label} $x$"), code])
    nbformat.validate(notebook)
    export.export_page(notebook, Head(label))


def _draw(ax: "Axes", tick_label: str) -> "Axes":
    from caoan_stats.display import marks

    marks.bar(ax, (0, 0), (1, 1))
    marks.scale(ax, [0, 1], lambda _: tick_label, (0, 1))
    return ax
