"""What every page needs, imported and used once before any fork, so that no page pays for it."""

from functools import partial
from typing import TYPE_CHECKING

from caoan_stats.kernel import preload

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MODULES = ("caoan_stats.publish.execute", "caoan_stats.publish.index", "caoan_stats.publish.run")


def prepare() -> None:
    """Import what makes pages, and make a small one."""
    preload.prepare()
    preload.import_all(MODULES)
    _make_one()


def _make_one() -> None:
    """Compile templates and schemas, and load fonts and the words of the locale."""
    import nbformat
    import pandas as pd
    from nbformat import v4

    from caoan_stats import labels
    from caoan_stats.common import library
    from caoan_stats.display import blocks, tables
    from caoan_stats.publish import export
    from caoan_stats.publish.site import Head

    library.digest(), library.versions()
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
    export.export_page(notebook, Head(name))


def _draw(ax: "Axes", words: str) -> "Axes":
    from caoan_stats.display import marks

    marks.bar(ax, (0, 0), (1, 1))
    marks.scale(ax, [0, 1], lambda _: words)
    return ax
