"""Any matplotlib figure as a block of a page."""

import sys
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from caoan_stats.display.blocks import Block, picture
from caoan_stats.display.svg import figure_svg, has_default_size

BROAD = 4.8  # inches; a figure with a larger width of its own may take that of the page
_WORDS = {
    "caption": "say what the figure is about",
    "alt": "say what the figure shows, for a reader who does not see it",
}


def show_figure(drawn: Any, caption: str, alt: str) -> Block:
    """Return a figure as a block, and close it, so that the notebook does not show it twice.

    Raises `TypeError` if `drawn` is or has no figure, and `ValueError` for an empty caption or alt.
    """
    figure = _figure_of(drawn)
    for name, words in {"caption": caption, "alt": alt}.items():
        if not words.strip():
            raise ValueError(f"page.figure: found an empty {name}; expected words: {_WORDS[name]}")
    broad = figure.get_figwidth() > BROAD and not has_default_size(figure)
    svg = figure_svg(figure, alt)
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)
    return picture(svg, caption, alt, broad=broad)


def _figure_of(drawn: Any) -> Figure:
    """Return the figure of an Axes, of an array of them, or of what was drawn on one."""
    first = drawn
    while isinstance(first, list | tuple | np.ndarray) and len(first):
        first = first[0]
    figure = getattr(first, "figure", None)
    figure = getattr(figure, "figure", figure)  # a SubFigure is in another one
    if not isinstance(figure, Figure):
        raise TypeError(
            f"page.figure: found {type(drawn).__name__}; expected a figure or an Axes: pass what "
            "plt.subplots or DataFrame.plot returns"
        )
    return figure
