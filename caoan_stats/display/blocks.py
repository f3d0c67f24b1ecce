"""The blocks of a page: each is HTML for a browser, and plain text for everything else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from caoan_stats.display.download import to_csv, to_link
from caoan_stats.display.markup import render, slug
from caoan_stats.display.tables import SECTION, Table, is_numeric

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDY = 40  # a longer cell is words, not a figure


@dataclass(frozen=True, repr=False)
class Block:
    """A piece of a page: HTML for a browser, plain text for everything else."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


def text(said: Sequence[str]) -> Block:
    """Show sentences: one as a paragraph, several as a list."""
    return Block(render("text", sentences=said), "\n".join(said))


def table(content: Table, caption: str) -> Block:
    """Show a table, its sources and a link that holds it as CSV.

    Parameters
    ----------
    content
        The table.
    caption
        Its title.
    """
    cells = content.cells
    numeric = {name for name in cells if is_numeric(cells[name])}
    html = render(
        "table",
        caption=caption,
        head=cells.index.name,
        columns=list(cells),
        rows=list(cells.itertuples(name=None)),
        kinds=content.kinds,
        numeric=numeric,
        wordy=WORDY,
        section=SECTION,
        sources=list(dict.fromkeys(filter(None, content.sources))),
        source=content.sources,
        link=to_link(to_csv(content.data)),
        file=f"{slug(caption)}.csv",
    )
    return Block(html, cells.to_string())


def folded(words: str, content: Block) -> Block:
    """Show a block only to those who ask for it; paper shows it whole.

    Parameters
    ----------
    words
        What is to be seen.
    content
        The block.
    """
    return Block(render("folded", words=words, content=Markup(content.html)), content.text)  # noqa: S704 - a block is markup


def chart(draw: Callable[["Axes"], "Axes"], height: float, caption: str, said: str) -> Block:
    """Show a chart.

    Parameters
    ----------
    draw
        Draws on an Axes.
    height
        In inches.
    caption
        Its title.
    said
        What it says, for those who do not see it.
    """
    from caoan_stats.display.svg import draw_svg  # matplotlib is slow to import

    picture = Markup(draw_svg(draw, height, said))  # noqa: S704 - matplotlib escapes its text
    return Block(render("chart", svg=picture, caption=caption), f"{caption}\n{said}")
