"""What charts are drawn with: colours told apart by form too, named rows, words beside a mark."""

import textwrap
from collections.abc import Iterable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from caoan_stats import labels

# after Okabe and Ito, safe for colour-blind readers; a page may show each in another shade
INK, PAPER, QUIET = "#1d2430", "#ffffff", "#8a8f98"
BLUE, RED, GREEN, ORANGE = "#0072b2", "#b34700", "#007a5a", "#e69f00"
BAR = 0.56
WIDE = 42  # letters that fit into a line on a phone
HATCH = "////"
FILLS = (  # colour and hatch of each part of a whole
    (BLUE, ""), (ORANGE, "///"), (GREEN, "\\\\"), (PAPER, ""), (RED, "--"), (QUIET, ""),
    (BLUE, "xx"), (GREEN, "||"), (ORANGE, "++"),
)  # fmt: skip


def write(ax: Axes, words: str, point: tuple[float, float], lift: int = 5, **style: Any) -> None:
    """Write above a point, readable over lines and bars."""
    box = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.85, "pad": 0.5}
    style = {"ha": "center", **style}
    ax.annotate(words, point, (0, lift), textcoords="offset points", bbox=box, **style)


def beside(ax: Axes, words: str, point: tuple[float, float], *, left: bool = False) -> None:
    """Write on the right of a point, or on its left."""
    shift, side = (-4, "right") if left else (4, "left")
    ax.annotate(words, point, (shift, 0), textcoords="offset points", va="center", ha=side)


def rows(ax: Axes, names: Iterable[str], lift: float) -> None:
    """Name the rows of a horizontal chart above each, from top to bottom, and quiet its axes."""
    named = list(names)
    for position, name in enumerate(named):
        words = ax.annotate(
            wrapped(name, WIDE), (0, position - lift), (2, 4), textcoords="offset points",
            va="bottom", xycoords=("axes fraction", "data"), linespacing=1.15,
        )  # fmt: skip
        words.set_in_layout(False)
    ax.set_yticks([])
    ax.set_ylim(len(named) - 0.5, -0.95)
    ax.grid(visible=False, axis="y")
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_locator(MaxNLocator(3))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: labels.compact(value)))


def height(names: Iterable[str], row: float) -> float:
    """Give the height of a chart of named rows in inches; one with long names needs more room."""
    lines = [wrapped(name, WIDE).count("\n") + name.count("\n") for name in names]
    return 0.8 + (row + 0.25 * max(lines)) * len(lines)


def span(ax: Axes, values: pd.Series, room: float) -> None:
    """Let a horizontal axis hold zero and all values, with room for words at its ends."""
    left, right = min(0.0, values.min() * room), max(0.0, values.max() * room)
    ax.set_xlim(left, right if right > left else 1)


def one_unit(card: pd.DataFrame) -> str:
    """Give the unit of all rows.

    Raises
    ------
    ValueError
        They have several, and cannot share an axis.
    """
    units = card["unit"].unique()
    if len(units) > 1:
        raise ValueError(f"figures of different units cannot share an axis: {', '.join(units)}")
    return str(units[0])


def wrapped(words: str, width: int) -> str:
    r"""Break words into lines of at most so many letters.

    Examples
    --------
    >>> wrapped("Hồ sơ giải quyết trước hạn", 16)
    'Hồ sơ giải quyết\ntrước hạn'
    """
    lines = (textwrap.wrap(line, width) for line in words.split("\n"))
    return "\n".join("\n".join(line) for line in lines)
