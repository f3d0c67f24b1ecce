"""Charts: each draws on a given Axes and returns it; `svg` makes a picture of one.

A derived figure is hatched and a target is a dashed bracket, so that neither is told by colour
alone.
"""

import re
from collections.abc import Callable, Iterator
from html import escape
from io import StringIO
from math import isnan
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib import rcParams, style
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from caoan_stats import labels

STYLE = Path(__file__).with_name("style.mplstyle")
BLUE, RED = "#0072B2", "#D55E00"
BAR, TARGET = 0.56, 0.9
ROOMY = 4  # the most years whose figures can all be written out on a phone
SHORT = 5  # the longest unit that fits behind each of several figures; the caption has it anyway
HATCH = "////"


def trend(ax: Axes, frame: pd.DataFrame) -> Axes:
    """Draw one indicator through the years as bars, with its target in each year that has one.

    Parameters
    ----------
    ax
        Where to draw.
    frame
        As `Dataset.trend` gives it, with `.attrs["unit"]`.
    """
    for year, row in _by_year(frame):
        if not isnan(row["value"]):
            _bar(ax, year, row["value"], derived=row["derived"])
        _bracket(ax, year, row)
    _words(ax, frame)
    ax.set_xticks(frame.index.tolist()[:: 1 + len(frame) // 7])
    ax.grid(visible=False, axis="x")
    ax.margins(x=0.08, y=0.16)
    if not (frame["value"] < 0).any():
        ax.set_ylim(bottom=0)
    ax.yaxis.set_major_locator(MaxNLocator(5))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: labels.compact(value)))
    _legend(ax, frame)
    return ax


def bars(ax: Axes, card: pd.DataFrame) -> Axes:
    """Draw the figures of one year side by side; all of one unit.

    Parameters
    ----------
    ax
        Where to draw.
    card
        Rows of `Dataset.scorecard` that have a value.
    """
    positions = range(len(card))
    for position, (_, row) in zip(positions, card.iterrows(), strict=True):
        ax.barh(position, row["value"], BAR, color=BLUE)
        words = labels.qualified(labels.compact(row["value"], row["unit"]), row["qualifier"])
        ax.annotate(
            words, (row["value"], position), (4, 0), textcoords="offset points", va="center"
        )
    _rows(ax, card, BAR / 2)
    _span(ax, card["value"], 1.5)
    return ax


def changes(ax: Axes, card: pd.DataFrame) -> Axes:
    """Draw how figures moved from the year before to this one; all of one unit.

    Parameters
    ----------
    ax
        Where to draw.
    card
        Rows of `Dataset.scorecard` that have a value and a previous one.
    """
    for position, (_, row) in enumerate(card.iterrows()):
        ends = (row["previous"], row["value"])
        ax.annotate(
            "", (ends[1], position), (ends[0], position),
            arrowprops={"arrowstyle": "->", "color": BLUE, "shrinkA": 5, "shrinkB": 5, "lw": 1.6},
        )  # fmt: skip
        ax.plot(ends[0], position, "o", mfc="white", mec=BLUE, ms=8)
        ax.plot(ends[1], position, "o", color=BLUE, ms=8)
        for value in ends:
            ax.annotate(
                labels.number(value), (value, position), (0, 8),
                textcoords="offset points", ha="center",
            )  # fmt: skip
    _rows(ax, card, 0.36)
    _span(ax, pd.concat([card["value"], card["previous"]]), 1.15)
    year = card.attrs["year"]
    for label, fill in ((f"Năm {year - 1}", "white"), (f"Năm {year}", BLUE)):
        ax.plot([], [], "o", mfc=fill, mec=BLUE, ms=8, label=label)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
    return ax


def svg(draw: Callable[[Axes], Axes], height: float, description: str) -> str:
    """Make a picture of a chart, the same bytes for the same chart.

    Parameters
    ----------
    draw
        Draws on an Axes.
    height
        In inches; the width is that of the house style.
    description
        What the chart says, for those who do not see it.

    Returns
    -------
    str
        An `<svg>` element with real text, to stand inside HTML.
    """
    with style.context(STYLE):
        width = rcParams["figure.figsize"][0]
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure.subplots())
        buffer = StringIO()
        figure.savefig(buffer, format="svg", metadata=dict.fromkeys(_METADATA))
    return _embeddable(buffer.getvalue(), description)


_METADATA = ("Creator", "Date", "Format", "Type")


def _embeddable(text: str, description: str) -> str:
    """Take the named element out of an SVG file; only ids that are referred to stay."""
    element = text[text.index("<svg") :].strip()
    used = set(re.findall(r"#([\w-]+)", element))
    element = re.sub(r' id="([\w-]+)"', lambda match: match[0] if match[1] in used else "", element)
    return element.replace("<svg ", f'<svg role="img" aria-label="{escape(description)}" ', 1)


def _bar(ax: Axes, year: int, value: float, *, derived: bool) -> None:
    if derived:
        ax.bar(year, value, BAR, facecolor="white", edgecolor=BLUE, hatch=HATCH)
    else:
        ax.bar(year, value, BAR, color=BLUE)


def _bracket(ax: Axes, year: int, row: pd.Series) -> None:
    """Draw a target: a line at each bound, and the band between the two."""
    left, right = year - TARGET / 2, year + TARGET / 2
    bounds = [bound for bound in (row["lower"], row["upper"]) if not isnan(bound)]
    ax.hlines(bounds, left, right, color=RED, linestyle="--", linewidth=2)
    if len(bounds) > 1:
        ax.fill_between([left, right], *bounds, color=RED, alpha=0.18, linewidth=0)


def _words(ax: Axes, frame: pd.DataFrame) -> None:
    """Write figures above their bars, and targets above their brackets with the side that is meant.

    Where the years are too many for all, the first and the last figure and the last target.
    """
    known = frame[frame["value"].notna()]
    due = frame[frame[["lower", "upper"]].notna().any(axis=1)]
    if crowded := len(frame) > ROOMY:
        known, due = known[known.index.isin([known.index.min(), known.index.max()])], due[-1:]
    unit = frame.attrs["unit"]
    if len(frame) > 2 and len(unit) > SHORT:
        unit = ""
    for year, row in _by_year(known):
        full = labels.qualified(labels.compact(row["value"], unit), row["qualifier"])
        _label(ax, labels.compact(row["value"]) if crowded else full, (year, row["value"]))
    for year, row in _by_year(due):
        top = row["lower"] if isnan(row["upper"]) else row["upper"]
        words = labels.bounds(row["lower"], row["upper"], row["closed"])
        lift = 20 if crowded else 5
        _label(ax, words, (year + TARGET / 2, top), lift, ha="right", color=RED)


def _by_year(frame: pd.DataFrame) -> Iterator[tuple[int, pd.Series]]:
    rows = (row for _, row in frame.iterrows())
    return zip(frame.index.tolist(), rows, strict=True)


def _label(ax: Axes, words: str, point: tuple[float, float], lift: int = 5, **style: Any) -> None:
    """Write above a point, readable over lines and bars."""
    box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.5}
    style = {"ha": "center", **style}
    ax.annotate(words, point, (0, lift), textcoords="offset points", bbox=box, **style)


def _legend(ax: Axes, frame: pd.DataFrame) -> None:
    entries: list[Artist] = []
    if (frame["value"].notna() & ~frame["derived"]).any():
        entries.append(Patch(color=BLUE, label="Nguồn nêu"))
    if frame["derived"].any():
        derived = Patch(facecolor="white", edgecolor=BLUE, hatch=HATCH, label="Suy ra")
        entries.append(derived)
    if frame[["lower", "upper"]].notna().any(axis=None):
        entries.append(Line2D([], [], color=RED, linestyle="--", linewidth=2, label="Mục tiêu"))
    ax.legend(
        handles=entries, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, handlelength=1.6,
        columnspacing=1.2, borderaxespad=0.2,
    )  # fmt: skip


def _span(ax: Axes, values: pd.Series, room: float) -> None:
    """Let a horizontal axis hold zero and all values, with room for words at its ends."""
    left, right = min(0.0, values.min() * room), max(0.0, values.max() * room)
    ax.set_xlim(left, right if right > left else 1)


def _rows(ax: Axes, card: pd.DataFrame, lift: float) -> None:
    """Name the rows of a horizontal chart above each, from top to bottom."""
    units = card["unit"].unique()
    if len(units) > 1:
        raise ValueError(f"figures of different units cannot share an axis: {', '.join(units)}")
    for position, label in enumerate(card["label"]):
        ax.annotate(
            label, (0, position - lift), (2, 5), textcoords="offset points", va="bottom",
            fontsize="small",
        )  # fmt: skip
    ax.set_yticks([])
    ax.set_ylim(len(card) - 0.5, -0.9)
    ax.grid(visible=False, axis="y")
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_locator(MaxNLocator(3))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: labels.compact(value)))
