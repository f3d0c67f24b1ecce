"""Elements of charts: colours, bars, lines, labels, scales and legends."""

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
from matplotlib.transforms import Affine2D, ScaledTranslation, Transform
from numpy.typing import ArrayLike

from caoan_stats.common.frames import Row
from caoan_stats.concepts.units import PERCENT
from caoan_stats.display.doubts import SIGN, in_words, spoken

# the palette of Okabe and Ito, safe for colour-blind readers; a page can replace the shades
INK, PAPER, QUIET = "#1d2430", "#ffffff", "#8a8f98"
BLUE, RED, GREEN, ORANGE = "#0072b2", "#b34700", "#007a5a", "#e69f00"
FULL = 100.0  # percent
BAR_WIDTH = 0.56  # fraction of the distance between two bars
NAME_WIDTH = 42  # characters of a row name that fit into a line on a phone
HATCH = "////"
LEGEND_MARK = (16, 7)  # points, width and height
LEGEND_LETTER = 6.1  # points, mean width of a character
LEGEND_WIDTH, LEGEND_LINE = 236, 16  # points: what is left beside a scale, and between two lines
MOVABLE = "movable"  # what `Artist.get_label` returns of a label that may be moved
TITLED = "title:"  # what an id of SVG begins with that is a title
GRID_LINE = (0, 1, np.nan)  # axes fractions from edge to edge, then a gap before the next line
GRID: Mapping[str, Any] = {"color": QUIET, "alpha": 0.3, "linewidth": 0.6, "zorder": 0.5}
SPINE: Mapping[str, Any] = {
    "color": INK, "linewidth": 0.8, "markersize": 3.5, "markevery": slice(1, -1), "clip_on": False,
}  # fmt: skip
FILLS = (  # colour and hatch of the parts of a whole, in order
    (BLUE, ""), (ORANGE, "///"), (GREEN, "\\\\"), (PAPER, ""), (RED, "--"), (QUIET, ""),
    (BLUE, "xx"), (GREEN, "||"), (ORANGE, "++"),
)  # fmt: skip


def write_above(
    ax: Axes, words: str, point: tuple[float, float], *, below: bool = False, **style: Any
) -> None:
    """Write a label above a data point, or below it; `placing` moves it where it is free.

    A box around it covers lines and bars.
    """
    box = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.85, "pad": 0.5}
    style = {"ha": "center", "bbox": box, "label": MOVABLE, "in_layout": False, **style}
    ax.annotate(words, point, (0, -15 if below else 5), textcoords="offset points", **style)


def write_beside(
    ax: Axes, words: str, point: tuple[float, float], *, left: bool = False, **style: Any
) -> None:
    """Write a label to the right or left of a data point."""
    offset, style["ha"] = (-4, "right") if left else (4, "left")
    ax.annotate(words, point, (offset, 0), textcoords="offset points", va="center", **style)


def bar(
    ax: Axes, corner: tuple[float, float], size: tuple[float, float], title: str = "", **style: Any
) -> None:
    """Draw a rectangle in data units; a negative size extends to the left or downwards.

    `title` is what a pointer over it shows.
    """
    patch = Rectangle(corner, *size, **style)
    add_title(patch, title)
    ax.add_patch(patch)


def line(ax: Axes, xs: Sequence[float], ys: Sequence[float], title: str = "", **style: Any) -> None:
    """Draw a line through data points, or a dot; `title` as for `bar`."""
    drawn = Line2D(xs, ys, **style)
    add_title(drawn, title)
    ax.add_line(drawn)


def add_title(mark: Artist, title: str) -> None:
    """Make a title what a pointer over a mark shows; without any the mark has none."""
    if title:
        mark.set_gid(f"{TITLED}{spoken(title)}")


def sign(row: Row, which: str = "") -> str:
    """Return what is written behind a figure if it is doubtful; `previous_` for the year before."""
    return SIGN if in_words(row, which) else ""


def name_rows(ax: Axes, names: Iterable[str], lift: float) -> None:
    """Write the name of each row `lift` data units above its centre; row 0 is at the top."""
    names = list(names)
    for position, name in enumerate(names):
        text = ax.annotate(
            wrapped(name, NAME_WIDTH), (0, position - lift), (2, 4), textcoords="offset points",
            va="bottom", xycoords=("axes fraction", "data"), linespacing=1.15,
        )  # fmt: skip
        text.set_in_layout(False)
    ax.set_ylim(len(names) - 0.5, -0.95)


def ticks(ends: tuple[float, float], most: int) -> list[float]:
    """Return at most `most + 1` round tick values between the ends of a scale.

    >>> ticks((0.0, 149.86), 5)
    [0.0, 30.0, 60.0, 90.0, 120.0]
    """
    low, high = sorted(ends)
    return [float(tick) for tick in MaxNLocator(most).tick_values(low, high) if low <= tick <= high]


def scale_ends(
    ends: tuple[float, float], values: Iterable[float], unit: str
) -> tuple[float, float]:
    """Return the ends of a scale within those of the chart: shares end at 100.

    >>> scale_ends((0, 112), [96, 90], "%"), scale_ends((0, 120), [96, 105], "%")
    ((0, 100.0), (0, 120))
    """
    is_share = unit == PERCENT and not any(value > FULL for value in values)
    return ends[0], min(ends[1], FULL) if is_share else ends[1]


def scale(
    ax: Axes,
    places: Sequence[float],
    name: Callable[[float], str],
    ends: tuple[float, float],
    *,
    grid: bool = True,
) -> None:
    """Draw the scale below a chart: a tick at each of `places`, labelled `name(place)`.

    It takes a fraction of the time that a matplotlib `Axis` takes.
    """
    ax.set_axis_off()
    (start, end), transform = ends, ax.get_xaxis_transform()
    if grid:
        _draw(ax, np.repeat(places, 3), np.tile(GRID_LINE, len(places)), transform, **GRID)
    line_and_ticks = [start, *places, end], [0.0] * (len(places) + 2)
    _draw(ax, *line_and_ticks, transform, marker=TICKDOWN, **SPINE)
    for place in places:
        ax.annotate(
            name(place), (place, 0), (0, -7), transform, "offset points", ha="center", va="top"
        )


def left_scale(
    ax: Axes, places: Sequence[float], name: Callable[[float], str], ends: tuple[float, float]
) -> None:
    """Draw the scale on the left of a chart; parameters as for `scale`."""
    ax.set_axis_off()
    (start, end), transform = ends, ax.get_yaxis_transform()
    _draw(ax, np.tile(GRID_LINE, len(places)), np.repeat(places, 3), transform, **GRID)
    line_and_ticks = [0.0] * (len(places) + 2), [start, *places, end]
    _draw(ax, *line_and_ticks, transform, marker=TICKLEFT, **SPINE)
    for place in places:
        ax.annotate(
            name(place), (0, place), (-7, 0), transform, "offset points", ha="right", va="center"
        )


def _draw(ax: Axes, xs: ArrayLike, ys: ArrayLike, transform: Transform, **style: Any) -> None:
    ax.add_artist(Line2D(xs, ys, transform=transform, **style))


def legend(ax: Axes, entries: Iterable[tuple[str, Artist]]) -> None:
    """Draw a legend above a chart, in as many lines as it takes.

    An entry is a name and a mark; the mark is drawn in points, in a box of the size `LEGEND_MARK`.
    """
    points = Affine2D().scale(1 / 72) + ax.figure.dpi_scale_trans
    corner = ScaledTranslation(0, 1, ax.transAxes)  # type: ignore[arg-type]
    for place, line in enumerate(reversed(_legend_lines(entries))):
        low = 7 + place * LEGEND_LINE
        for left, name, mark in line:
            mark.set(transform=Affine2D().translate(left, low) + points + corner, clip_on=False)
            ax.add_artist(mark)
            offset = (left + LEGEND_MARK[0] + 6, low)
            ax.annotate(name, (0, 1), offset, "axes fraction", "offset points", fontsize=10)


def _legend_lines(
    entries: Iterable[tuple[str, Artist]],
) -> list[list[tuple[float, str, Artist]]]:
    """Return the lines of a legend, each entry with its distance from the left in points."""
    lines: list[list[tuple[float, str, Artist]]] = [[]]
    left = 0.0
    for name, mark in entries:
        right = left + LEGEND_MARK[0] + 6 + LEGEND_LETTER * len(name)
        if lines[-1] and right > LEGEND_WIDTH:
            lines, left, right = [*lines, []], 0.0, right - left
        lines[-1].append((left, name, mark))
        left = right + 12
    return lines


def height(names: Iterable[str], row: float) -> float:
    """Return the height in inches of a chart of named rows.

    `row` is the height of a row whose name takes one line; all rows fit the longest name.
    """
    breaks = [wrapped(name, NAME_WIDTH).count("\n") for name in names]
    return 0.8 + (row + 0.4 * max(breaks)) * len(breaks)


def set_x_limits(ax: Axes, values: pd.Series, room: float) -> None:
    """Set the limits of x to include zero and all values times `room`, so that labels fit."""
    left, right = min(0.0, values.min() * room), max(0.0, values.max() * room)
    ax.set_xlim(left, right if right > left else 1)


def one_unit(card: pd.DataFrame) -> str:
    """Return the unit of all rows; raise `ValueError` if they have several."""
    units = card["unit"].unique()
    if len(units) > 1:
        raise ValueError(f"figures of different units cannot share an axis: {', '.join(units)}")
    return str(units[0])


def wrapped(words: str, width: int) -> str:
    r"""Return text broken into lines of at most `width` characters.

    >>> wrapped("Hồ sơ giải quyết trước hạn", 16)
    'Hồ sơ giải quyết\ntrước hạn'
    """
    lines = (textwrap.wrap(line, width) for line in words.split("\n"))
    return "\n".join("\n".join(line) for line in lines)
