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
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from caoan_stats import labels
from caoan_stats.common.frames import Row, Years, records, records_by_year
from caoan_stats.display.marks import (
    BAR,
    BLUE,
    FILLS,
    HATCH,
    INK,
    PAPER,
    RED,
    SIGN,
    WIDE,
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
    wrapped,
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


THINNEST = 0.03  # of the whole: the thinnest band that is still seen
SLOT = 0.25  # of the whole: room for a label of three lines
NODE = 0.05
NAME_WIDTH = 17
LINE = 0.19  # inches of a line of text


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
    years = records_by_year(frame)
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


def composition_height(card: pd.DataFrame) -> float:
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
        size = max(shares[code], THINNEST)
        top = tops[code] + (slots[code] - size) / 2
        inside = min(insides[code], (height + 1) / 2 - size)
        style: dict[str, Any] = {"facecolor": colour, "hatch": hatch, "edgecolor": INK, "lw": 0.6}
        ax.add_patch(Rectangle((0 if left else rim, top), NODE, size, **style))
        ax.add_patch(_band(rim, top, middle, inside, size))
        _name(ax, card.loc[code], (rim, top + size / 2), left=left)


def _name(ax: Axes, row: pd.Series, point: tuple[float, float], *, left: bool) -> None:
    words = f"{wrapped(row['label'], NAME_WIDTH)}\n{labels.quantity(row['value'], row['unit'])}"
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
