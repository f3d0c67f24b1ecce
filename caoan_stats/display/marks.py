"""What charts are drawn with: colours told apart by form too, named rows, words beside a mark."""

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.markers import TICKDOWN, TICKLEFT
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Affine2D, ScaledTranslation
from numpy.typing import ArrayLike

# after Okabe and Ito, safe for colour-blind readers; a page may show each in another shade
INK, PAPER, QUIET = "#1d2430", "#ffffff", "#8a8f98"
BLUE, RED, GREEN, ORANGE = "#0072b2", "#b34700", "#007a5a", "#e69f00"
BAR = 0.56
WIDE = 42  # letters that fit into a line on a phone
HATCH = "////"
SIGN = (16, 7)  # width and height of a sign in the key of a chart, in points
LETTER = 6.1  # width of a letter in the words of a key, in points
ACROSS = (0, 1, np.nan)  # from one side of a chart to the other, then a gap
GRID: Mapping[str, Any] = {"color": QUIET, "alpha": 0.3, "linewidth": 0.6, "zorder": 0.5}
SPINE: Mapping[str, Any] = {
    "color": INK, "linewidth": 0.8, "markersize": 3.5, "markevery": slice(1, -1), "clip_on": False,
}  # fmt: skip
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


def bar(ax: Axes, corner: tuple[float, float], size: tuple[float, float], **style: Any) -> None:
    """Draw a rectangle; one of negative size goes to the left or down."""
    ax.add_patch(Rectangle(corner, *size, **style))


def line(ax: Axes, xs: Sequence[float], ys: Sequence[float], **style: Any) -> None:
    """Draw a line through points."""
    ax.add_line(Line2D(xs, ys, **style))


def rows(ax: Axes, names: Iterable[str], lift: float) -> None:
    """Name the rows of a horizontal chart above each, from top to bottom."""
    named = list(names)
    for position, name in enumerate(named):
        words = ax.annotate(
            wrapped(name, WIDE), (0, position - lift), (2, 4), textcoords="offset points",
            va="bottom", xycoords=("axes fraction", "data"), linespacing=1.15,
        )  # fmt: skip
        words.set_in_layout(False)
    ax.set_ylim(len(named) - 0.5, -0.95)


def ticks(ends: tuple[float, float], most: int) -> list[float]:
    """Choose round numbers between the ends of a scale, at most so many and one.

    Examples
    --------
    >>> ticks((0.0, 149.86), 5)
    [0.0, 30.0, 60.0, 90.0, 120.0]
    """
    low, high = sorted(ends)
    return [float(tick) for tick in MaxNLocator(most).tick_values(low, high) if low <= tick <= high]


def scale(
    ax: Axes, places: Sequence[float], name: Callable[[float], str], *, grid: bool = True
) -> None:
    """Draw the scale below a chart; an `Axis` of matplotlib does it in several times as long."""
    ax.set_axis_off()
    (start, end), level = ax.get_xlim(), ax.get_xaxis_transform()
    if grid:
        _draw(ax, np.repeat(places, 3), np.tile(ACROSS, len(places)), transform=level, **GRID)
    line_and_ticks = [start, *places, end], [0.0] * (len(places) + 2)
    _draw(ax, *line_and_ticks, transform=level, marker=TICKDOWN, **SPINE)
    for place in places:
        ax.annotate(name(place), (place, 0), (0, -7), level, "offset points", ha="center", va="top")


def left_scale(ax: Axes, places: Sequence[float], name: Callable[[float], str]) -> None:
    """Draw the scale on the left of a chart."""
    ax.set_axis_off()
    (start, end), upright = ax.get_ylim(), ax.get_yaxis_transform()
    _draw(ax, np.tile(ACROSS, len(places)), np.repeat(places, 3), transform=upright, **GRID)
    line_and_ticks = [0.0] * (len(places) + 2), [start, *places, end]
    _draw(ax, *line_and_ticks, transform=upright, marker=TICKLEFT, **SPINE)
    for place in places:
        ax.annotate(
            name(place), (0, place), (-7, 0), upright, "offset points", ha="right", va="center"
        )


def _draw(ax: Axes, xs: ArrayLike, ys: ArrayLike, **style: Any) -> None:
    ax.add_artist(Line2D(xs, ys, **style))


def key(ax: Axes, entries: Iterable[tuple[str, Artist]]) -> None:
    """Name signs in a line above a chart.

    Parameters
    ----------
    ax
        The chart.
    entries
        Words, and their sign in points, inside a box of `SIGN`.
    """
    points, left = Affine2D().scale(1 / 72) + ax.figure.dpi_scale_trans, 0.0
    corner = ScaledTranslation(0, 1, ax.transAxes)  # type: ignore[arg-type]
    for words, sign in entries:
        place = Affine2D().translate(left, 7) + points
        sign.set(transform=place + corner, clip_on=False)
        ax.add_artist(sign)
        after = (left + SIGN[0] + 6, 7)
        ax.annotate(words, (0, 1), after, "axes fraction", "offset points", fontsize=10)
        left = after[0] + LETTER * len(words) + 12


def height(names: Iterable[str], row: float) -> float:
    """Give the height of a chart of named rows in inches; one with long names needs more room."""
    lines = [wrapped(name, WIDE).count("\n") for name in names]
    return 0.8 + (row + 0.4 * max(lines)) * len(lines)


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
