"""Charts of a whole: what it consists of, and what goes in and comes out."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from caoan_stats import labels
from caoan_stats.frames import Row, records
from caoan_stats.marks import BLUE, FILLS, INK, PAPER, WIDE, one_unit, wrapped

LEAST = 0.03  # of the whole: the thinnest band that is still seen
SLOT = 0.25  # of the whole: room for a label of three lines
NODE = 0.05
LETTERS = 17
LINE = 0.19  # inches of a line of text


def composition(ax: Axes, card: pd.DataFrame) -> Axes:
    """Draw the parts of a total as one bar, and name each with its figure and share.

    Parameters
    ----------
    ax
        Where to draw.
    card
        The parts: rows of `Dataset.scorecard` with a value, of units that can be added up.
    """
    whole, left = card["value"].sum(), 0.0
    names = [_part(row, row["value"] / whole) for row in records(card)]
    top = LINE * 2
    for value, words, (colour, hatch) in zip(card["value"], names, FILLS * len(card), strict=False):
        style: dict[str, Any] = {"facecolor": colour, "hatch": hatch, "edgecolor": INK, "lw": 0.8}
        ax.add_patch(Rectangle((left, 0), value / whole, LINE * 1.4, **style))
        ax.add_patch(Rectangle((0, top), 0.05, LINE * 1.2, **style))
        text = ax.annotate(words, (0.07, top), va="top", linespacing=1.25)
        text.set_in_layout(False)
        left, top = left + value / whole, top + LINE * (words.count("\n") + 1.6)
    ax.set_xlim(0, 1)
    ax.set_ylim(top, 0)
    ax.set_axis_off()
    return ax


def height(card: pd.DataFrame) -> float:
    """Give the height of a composition in inches, by the lines that its names take."""
    lines = sum(_part(row, 0).count("\n") + 1.6 for row in records(card))
    return LINE * (lines + 2.4)


def _part(row: Row, share: float) -> str:
    figure = labels.qualified(labels.compact(row["value"], row["unit"]), row["qualifier"])
    return f"{wrapped(row['label'], WIDE - 5)}\n{figure} ({labels.percent(round(share, 4))})"


def flow(ax: Axes, sources: pd.DataFrame, outcomes: pd.DataFrame) -> Axes:
    """Draw what comes in on the left and what became of it on the right, as a Sankey diagram.

    Parameters
    ----------
    ax
        Where to draw.
    sources, outcomes
        Rows of `Dataset.scorecard` with values above zero, all of one unit.
    """
    one_unit(pd.concat([sources, outcomes]))
    whole = max(sources["value"].sum(), outcomes["value"].sum())
    slots = [_slots(side["value"] / whole).sum() for side in (sources, outcomes)]
    height = max(slots)
    ax.add_patch(Rectangle((0.5 - NODE / 2, (height - 1) / 2), NODE, 1, facecolor=INK))
    _side(ax, sources, whole, height, left=True)
    _side(ax, outcomes, whole, height, left=False)
    ax.set_xlim(0, 1)
    ax.set_ylim(height, 0)
    ax.set_axis_off()
    return ax


def _slots(shares: pd.Series) -> pd.Series:
    return shares.clip(lower=SLOT)


def _side(ax: Axes, card: pd.DataFrame, whole: float, height: float, *, left: bool) -> None:
    """Draw the bands between the middle and one edge, each in a slot where its name fits."""
    shares = card["value"] / whole
    slots = _slots(shares)
    tops = (height - slots.sum()) / 2 + slots.cumsum() - slots
    insides = (height - 1) / 2 + shares.cumsum() - shares
    rim, middle = (NODE, 0.5 - NODE / 2) if left else (1 - NODE, 0.5 + NODE / 2)
    for code, (colour, hatch) in zip(card.index, FILLS * len(card), strict=False):
        size = max(shares[code], LEAST)
        top = tops[code] + (slots[code] - size) / 2
        inside = min(insides[code], (height + 1) / 2 - size)
        style: dict[str, Any] = {"facecolor": colour, "hatch": hatch, "edgecolor": INK, "lw": 0.6}
        ax.add_patch(Rectangle((0 if left else rim, top), NODE, size, **style))
        ax.add_patch(_band(rim, top, middle, inside, size))
        _name(ax, card.loc[code], (rim, top + size / 2), left=left)


def _name(ax: Axes, row: pd.Series, point: tuple[float, float], *, left: bool) -> None:
    words = f"{wrapped(row['label'], LETTERS)}\n{labels.quantity(row['value'], row['unit'])}"
    box = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.85, "pad": 1.0}
    shift, side = (4, "left") if left else (-4, "right")
    ax.annotate(
        words, point, (shift, 0), textcoords="offset points", ha=side, va="center",
        linespacing=1.15, bbox=box,
    )  # fmt: skip


def _band(left: float, left_top: float, right: float, right_top: float, size: float) -> PathPatch:
    """Make a band of even height between two edges, curved like a river."""
    half = (left + right) / 2
    upper = [(left, left_top), (half, left_top), (half, right_top), (right, right_top)]
    lower = [(x, y + size) for x, y in reversed(upper)]
    curve = [Path.CURVE4] * 3
    codes = [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]
    path = Path([*upper, *lower, upper[0]], codes)
    return PathPatch(path, facecolor=BLUE, alpha=0.25, edgecolor="none")
