"""Charts of one scorecard or trend: each draws on a given Axes and returns it.

A derived figure is hatched, one that misses its target hollow, and a target is a dashed bracket, so
that nothing is told by colour alone.
"""

from collections.abc import Collection, Iterator, Mapping
from math import isnan
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from caoan_stats import labels
from caoan_stats.frames import Row, Years, by_year, records
from caoan_stats.marks import (
    BAR,
    BLUE,
    HATCH,
    INK,
    PAPER,
    RED,
    SIGN,
    bar,
    beside,
    key,
    left_scale,
    line,
    one_unit,
    rows,
    scale,
    span,
    ticks,
    write,
)

TARGET = 0.9
NEAR = 0.12  # of the larger: a figure and a target whose words would overlap
STATED: Mapping[str, Any] = {"color": BLUE}
DERIVED: Mapping[str, Any] = {"facecolor": PAPER, "edgecolor": BLUE, "hatch": HATCH}
BOUND: Mapping[str, Any] = {"color": RED, "linestyle": "--", "linewidth": 2}
BAND: Mapping[str, Any] = {"color": RED, "alpha": 0.18, "linewidth": 0}
DOT: Mapping[str, Any] = {"marker": "o", "markersize": 8, "mec": BLUE, "linestyle": ""}
ROOMY = 4  # the most years whose figures can all be written out on a phone
SHORT = 5  # the longest unit that fits behind each of several figures; the caption has it anyway


def trend(ax: Axes, frame: pd.DataFrame) -> Axes:
    """Draw one indicator through the years as bars, with its target in each year that has one.

    Parameters
    ----------
    ax
        Where to draw.
    frame
        As `Dataset.trend` gives it, with `.attrs["unit"]`.
    """
    years = _told(frame)
    for year, row in years.items():
        if row["hidden"]:
            write(ax, row["hidden"], (year, 0))
        elif not isnan(row["value"]):
            corner = (year - BAR / 2, 0)
            bar(ax, corner, (BAR, row["value"]), **(DERIVED if row["derived"] else STATED))
        _bracket(ax, year, row)
    _words(ax, years, frame.attrs["unit"])
    beyond = 0.75 if len(years) <= ROOMY else 0.6
    ax.set_xlim(min(years) - beyond, max(years) + beyond)
    ax.set_ylim(*_heights(years))
    left_scale(ax, ticks(ax.get_ylim(), 5), labels.compact)
    scale(ax, list(years)[:: 1 + len(years) // 7], str, grid=False)
    key(ax, _signs(years.values()))
    return ax


def _told(frame: pd.DataFrame) -> Years:
    """Leave out the years before the first and after the last that has anything to draw."""
    years = by_year(frame)
    drawn = [year for year, row in years.items() if _bounds(row) or _is_known(row) or row["hidden"]]
    span = drawn or list(years)
    return {year: row for year, row in years.items() if span[0] <= year <= span[-1]}


def _is_known(row: Row) -> bool:
    return not isnan(row["value"])


def _bounds(row: Row) -> list[float]:
    return [row[end] for end in ("lower", "upper") if not isnan(row[end])]


def _heights(years: Years) -> tuple[float, float]:
    """Give the ends of the scale of a trend: zero and all numbers, with room for words."""
    numbers = [number for row in years.values() for number in (row["value"], *_bounds(row))]
    known = [0.0, *(number for number in numbers if not isnan(number))]
    low, high = min(known), max(known)
    room = 0.18 * (high - low) or 1
    return low - room * (low < 0), high + room * (low == 0 or high > 0)


def bars(ax: Axes, card: pd.DataFrame) -> Axes:
    """Draw the figures of one year side by side; all of one unit.

    Parameters
    ----------
    ax
        Where to draw.
    card
        Rows of `Dataset.scorecard` that have a value.
    """
    unit, values = one_unit(card), card["value"].fillna(0.0)
    for position, row in enumerate(records(card)):
        length = values.iloc[position]
        bar(ax, (0, position - BAR / 2), (length, BAR), color=BLUE)
        words = row["hidden"] or labels.compact(row["value"], unit)
        beside(ax, labels.qualified(words, row["qualifier"]), (length, position))
    rows(ax, card["label"], BAR / 2)
    span(ax, values, 1.5)
    scale(ax, ticks(ax.get_xlim(), 3), labels.compact)
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
    one_unit(card)
    for position, row in enumerate(records(card)):
        ends = (row["previous"], row["value"])
        ax.annotate(
            "", (ends[1], position), (ends[0], position),
            arrowprops={"arrowstyle": "->", "color": BLUE, "shrinkA": 5, "shrinkB": 5, "lw": 1.6},
        )  # fmt: skip
        line(ax, ends[:1], (position,), **DOT, mfc=PAPER)
        line(ax, ends[1:], (position,), **DOT, mfc=BLUE)
        for value in dict.fromkeys(ends):
            side = "right" if value == min(ends) else "left"
            ax.annotate(
                labels.number(value), (value, position), (0, 8),
                textcoords="offset points", ha=side if ends[0] != ends[1] else "center",
            )  # fmt: skip
    rows(ax, card["label"], 0.36)
    span(ax, pd.concat([card["value"], card["previous"]]), 1.15)
    scale(ax, ticks(ax.get_xlim(), 3), labels.compact)
    middle, year = ([SIGN[0] / 2], [SIGN[1] / 2]), card.attrs["year"]
    fills = ((f"Năm {year - 1}", PAPER), (f"Năm {year}", BLUE))
    key(ax, [(words, Line2D(*middle, **DOT, mfc=fill)) for words, fill in fills])
    return ax


def growth(ax: Axes, card: pd.DataFrame) -> Axes:
    """Draw by how many percent figures moved since the year before, rises apart from falls.

    Parameters
    ----------
    ax
        Where to draw.
    card
        Rows of `Dataset.scorecard` that have a `pct_change`, of any units.
    """
    shares = 100 * card["pct_change"]
    for position, share in enumerate(shares):
        rises = share >= 0
        style: dict[str, Any]
        style = {"color": BLUE} if rises else {"facecolor": PAPER, "edgecolor": RED, "hatch": HATCH}
        bar(ax, (0, position - BAR / 2), (share, BAR), **style)
        sign = "▲ " if share > 0 else "▼ " if share < 0 else ""
        words = f"{sign}{labels.signed(labels.beside(share, 0))}%" if share else "không đổi"
        beside(ax, words, (share, position), left=not rises)
    rows(ax, card["label"], BAR / 2)
    widest = max(shares.abs().max() * 1.7, 1)
    ax.set_xlim(-widest if shares.min() < 0 else 0, widest if shares.max() > 0 else widest * 0.1)
    line(ax, (0, 0), ax.get_ylim(), color=INK, linewidth=0.8)
    scale(ax, ticks(ax.get_xlim(), 3), _in_percent)
    return ax


def bullets(ax: Axes, card: pd.DataFrame) -> Axes:
    """Draw results against their targets: each as a share of the number that was planned.

    The bullet graph is that of Stephen Few: a bar for the result, a line for the target, a band
    where the target is an interval.

    Parameters
    ----------
    ax
        Where to draw.
    card
        Rows of `Dataset.scorecard` that have a value and a bound above zero.
    """
    plans = card["lower"].fillna(card["upper"])
    reached = 100 * card["value"] / plans
    for position, row in enumerate(records(card)):
        fill = PAPER if row["status"] == "missed" else BLUE
        size = (reached.iloc[position], BAR / 2)
        bar(ax, (0, position - BAR / 4), size, facecolor=fill, edgecolor=BLUE)
        ends = [100 * row[end] / plans.iloc[position] for end in ("lower", "upper")]
        low, high = position - BAR / 2, position + BAR / 2
        if not any(map(isnan, ends)):
            bar(ax, (ends[0], low), (ends[1] - ends[0], BAR), **BAND, zorder=0)
        for end in ends:
            line(ax, (end, end), (low, high), **BOUND)
    rows(ax, bullet_names(card), BAR / 2)
    bounds = 100 * card["upper"].fillna(0) / plans
    ax.set_xlim(0, 1.08 * max(100.0, reached.max(), bounds.max()))
    scale(ax, ticks(ax.get_xlim(), 3), _in_percent)
    ax.annotate(
        "% so với mục tiêu", (0.5, 0), (0, -22), "axes fraction", "offset points",
        ha="center", va="top",
    )  # fmt: skip
    return ax


def _in_percent(value: float) -> str:
    return f"{labels.number(value)}%"


def bullet_names(card: pd.DataFrame) -> list[str]:
    """Name the rows of a bullet chart: what was planned, its result and its target."""
    return [_bullet(row) for row in records(card)]


def _bullet(row: Row) -> str:
    sign = labels.STATUSES[row["status"]].partition(" ")[0]
    words = labels.qualified(labels.compact(row["value"], row["unit"]), row["qualifier"])
    due = labels.bounds(row["lower"], row["upper"], row["closed"])
    return f"{row['label']}\n{sign} {words}, mục tiêu {due}"


def _bracket(ax: Axes, year: int, row: Row) -> None:
    """Draw a target: a line at each bound, and the band between the two."""
    left, bounds = year - TARGET / 2, _bounds(row)
    for bound in bounds:
        line(ax, (left, left + TARGET), (bound, bound), **BOUND)
    if len(bounds) > 1:
        bar(ax, (left, bounds[0]), (TARGET, bounds[1] - bounds[0]), **BAND)


def _words(ax: Axes, years: Years, unit: str) -> None:
    """Write figures above their bars, and targets above their brackets with the side that is meant.

    Where the years are too many for all, the first and the last figure and the last target.
    """
    known = [year for year, row in years.items() if _is_known(row)]
    due = [year for year, row in years.items() if _bounds(row)]
    if crowded := len(years) > ROOMY:
        known, due = [year for year in known if year in (known[0], known[-1])], due[-1:]
    if crowded or (len(years) > 2 and len(unit) > SHORT):
        unit = ""
    for year in known:
        row = years[year]
        words, qualifier = labels.compact(row["value"], unit), "" if crowded else row["qualifier"]
        write(ax, labels.qualified(words, qualifier), (year, row["value"]))
    for year in due:
        row, top = years[year], _bounds(years[year])[-1]
        words = labels.bounds(row["lower"], row["upper"], row["closed"])
        lift = 20 if crowded else _lift(top, row["value"])
        write(ax, words, (year + TARGET / 2, top), lift, ha="right", color=RED)


def _lift(target: float, value: float) -> int:
    """Give how high to write above a target, so that it does not meet the words of a figure."""
    if isnan(value) or abs(target - value) > NEAR * max(abs(target), abs(value)):
        return 5
    return 20 if target >= value else -15


def _signs(rows: Collection[Row]) -> Iterator[tuple[str, Artist]]:
    """Give the words and signs of what a trend shows."""
    if any(_is_known(row) and not row["derived"] for row in rows):
        yield "Nguồn nêu", Rectangle((0, 0), *SIGN, **STATED)
    if any(row["derived"] for row in rows):
        yield "Suy ra", Rectangle((0, 0), *SIGN, **DERIVED)
    if any(map(_bounds, rows)):
        yield "Mục tiêu", Line2D((0, SIGN[0]), (SIGN[1] / 2,) * 2, **BOUND)
