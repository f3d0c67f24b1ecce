"""Blocks of a page, each as HTML and as plain text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup, escape

from caoan_stats.common.words import phrase
from caoan_stats.display.doubts import anchor, spoken
from caoan_stats.display.download import to_csv, to_link
from caoan_stats.display.markup import render, slug
from caoan_stats.display.notes import Note
from caoan_stats.display.tables import Table, is_numeric

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NOTHING = "nothing"  # CSS class
LONGEST_FIGURE = 40  # characters; a longer cell gets the CSS class `words`


@dataclass(frozen=True, repr=False)
class Block:
    """A part of a page, as HTML for a browser and as plain text for everything else."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


def text(sentences: Sequence[str]) -> Block:
    """Return sentences as a block: one as a paragraph, several as a list."""
    return Block(render("text", sentences=sentences), spoken("\n".join(sentences)))


def notes(lines: Sequence[Note]) -> Block:
    """Return notes as a list; the first on each indicator is what the marks of its figures link to.

    See `caoan_stats.display.doubts`.
    """
    first = {code: place for place, note in reversed([*enumerate(lines)]) for code in note.about}
    items = [
        (note.text, [anchor(code) for code in note.about if first[code] == place])
        for place, note in enumerate(lines)
    ]
    return Block(render("notes", items=items), "\n".join(note.text for note in lines))


def definitions(items: Sequence[tuple[str, str]]) -> Block:
    """Return labels with their definitions as a folded list; it is in no report of a year."""
    lines = "\n".join(f"{label}: {definition}" for label, definition in items)
    return Block(render("definitions", items=items), lines)


def nothing(sentence: str) -> Block:
    """Return a sentence in place of a block without content.

    An export leaves out a section that has nothing else (`caoan_stats.publish.sections`).
    """
    said = spoken(sentence)
    return Block(f'<p class="{NOTHING}">{escape(said)}</p>', said)


def joined(one: Block, other: Block) -> Block:
    """Return two blocks as one, below each other."""
    texts = filter(None, (one.text, other.text))
    return Block(f"{one.html}\n{other.html}", "\n".join(texts))


def table(content: Table, caption: str) -> Block:
    """Return a table as a block, with the documents of its rows and a download link.

    The link is a `data:` URL that contains the table as CSV; its file name is made from `caption`.
    """
    cells = content.cells
    html = render(
        "table",
        caption=caption,
        head=cells.index.name,
        columns=list(cells),
        rows=[*_laid_out(content)],
        kinds=content.kinds,
        numeric={name for name in cells if is_numeric(cells[name])},
        wordy=LONGEST_FIGURE,
        main=content.main,
        foot=content.foot,
        source=content.sources,
        colours=content.colours,
        titles=content.titles,
        link=to_link(to_csv(content.data)),
        file=f"{slug(caption)}.csv",
    )
    return Block(html, cells.map(spoken).to_string())


def _laid_out(content: Table) -> Iterator[tuple[str, list[tuple[str, str, int, bool]]]]:
    """Yield the name of each row and its cells: heading, text, width in columns, whether main.

    In a row of words, texts take the empty columns beside them, but not that of the section.
    """
    names, kinds = list(content.cells), content.kinds or [""] * len(content.cells)
    end = len(names) - (phrase("table.section") in names)
    for kind, (row, *texts) in zip(kinds, content.cells.itertuples(name=None), strict=True):
        filled = [place for place in range(end) if kind != "said" or texts[place]]
        places = [*(filled or range(end)), *range(end, len(names))]
        bounds = pairwise([0, *places[1:], len(names)])
        main = names[filled[-1]] if kind == "said" and filled else content.main
        yield (
            row,
            [
                (names[place], texts[place], stop - start, names[place] == main)
                for place, (start, stop) in zip(places, bounds, strict=True)
            ],
        )


def folded(words: str, content: Block) -> Block:
    """Return a block that a click on `words` unfolds on a screen; in print it is unfolded."""
    return Block(render("folded", words=words, content=Markup(content.html)), content.text)  # noqa: S704 - a block is markup


def chart(
    draw: Callable[["Axes"], "Axes"],
    height: float,
    caption: str,
    description: str,
    numbers: pd.DataFrame | None = None,
) -> Block:
    """Return a chart as a block: inline SVG as HTML, caption and description as plain text.

    A link saves `numbers` as CSV; on a page that runs scripts, another one saves the picture.

    `draw` draws on an Axes and returns it. `height` is in inches; `style.mplstyle` sets the width.
    `description` is the alternative text: the content of the chart in words.
    """
    from caoan_stats.display.svg import draw_svg  # matplotlib is slow to import

    said = spoken(description)
    link = "" if numbers is None else to_link(to_csv(numbers))
    return picture(draw_svg(draw, height, said), caption, said, link=link)


def picture(
    svg: str, caption: str, description: str, *, link: str = "", broad: bool = False
) -> Block:
    """Return inline SVG as a block; a broad one may take the whole width of the page.

    `link` is a `data:` URL of its numbers, if there is one.
    """
    drawn = Markup(svg)  # noqa: S704 - matplotlib escapes its text
    parts = {"svg": drawn, "caption": caption, "file": slug(caption), "link": link, "broad": broad}
    return Block(render("chart", **parts), f"{caption}\n{description}")


def scrolling(name: str, content: Block, *, many: bool) -> Block:
    """Return a block that is scrolled sideways where it is wider than the page.

    `name` is what a screen reader calls it; `many` prints the columns of each row below each other.
    """
    kind = "scroll many" if many else "scroll"
    start = f'<div class="{kind}" role="group" aria-label="{escape(name)}" tabindex="0">'
    return Block(f"{start}\n{content.html}\n</div>", content.text)
