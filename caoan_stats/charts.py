"""Charts of a scorecard or trend: each function draws on the given Axes and returns it.

No meaning rests on colour alone: a derived figure is hatched, a bar that misses its target is
hollow, and a target is a dashed bracket.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import cycle
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
from caoan_stats.common.words import phrase
from caoan_stats.concepts.statuses import STATUSES, with_verdict
from caoan_stats.display import marks
from caoan_stats.display.marks import BAR_WIDTH, BLUE, FILLS, HATCH, INK, LEGEND_MARK, PAPER, RED

STATED: Mapping[str, Any] = {"color": BLUE}
DERIVED: Mapping[str, Any] = {"facecolor": PAPER, "edgecolor": BLUE, "hatch": HATCH}
FALL: Mapping[str, Any] = {"facecolor": PAPER, "edgecolor": RED, "hatch": HATCH}
BOUND: Mapping[str, Any] = {"color": RED, "linestyle": "--", "linewidth": 2}
BAND: Mapping[str, Any] = {"color": RED, "alpha": 0.18, "linewidth": 0}
DOT: Mapping[str, Any] = {"marker": "o", "markersize": 8, "mec": BLUE, "linestyle": ""}
PARTS: Sequence[Mapping[str, Any]] = [
    {"facecolor": colour, "hatch": hatch, "edgecolor": INK} for colour, hatch in FILLS
]

BRACKET_WIDTH = 0.9  # fraction of the distance between two years
OVERLAP = 0.12  # relative difference below which the labels of a figure and a target overlap
MOST_LABELLED = 4  # years; more labels do not fit on a phone
LONGEST_UNIT = 5  # characters, in the labels of three or more years; the caption has the unit too

LINE_HEIGHT = 0.19  # inches, of a line of text
THINNEST_BAND = 0.03  # fraction of the whole; a thinner band is not seen
SLOT_HEIGHT = 0.25  # fraction of the whole, for a label of three lines
NODE_WIDTH = 0.05  # fraction of the width of the chart
FLOW_NAME_WIDTH = 17  # characters in a line


def trend(ax: Axes, frame: pd.DataFrame) -> Axes:
    """Draw a bar for each year of one indicator, and a bracket for each target.

    Parameters
    ----------
    ax
        Axes to draw on.
    frame
        `Dataset.trend`, with the Vietnamese unit in `.attrs["unit"]`.
    """
    years = _drawn_years(frame)
    for year, row in years.items():
        if row["hidden"]:
            marks.write_above(ax, row["hidden"], (year, 0))
        elif _has_value(row):
            style = DERIVED if row["derived"] else STATED
            marks.bar(ax, (year - BAR_WIDTH / 2, 0), (BAR_WIDTH, row["value"]), **style)
        _draw_target(ax, year, row)
    _write_labels(ax, years, frame.attrs["unit"])
    margin = 0.75 if len(years) <= MOST_LABELLED else 0.6
    ax.set_xlim(min(years) - margin, max(years) + margin)
    ax.set_ylim(*_y_limits(years))
    marks.left_scale(ax, marks.ticks(ax.get_ylim(), 5), labels.compact)
    marks.scale(ax, list(years)[:: 1 + len(years) // 7], str, grid=False)
    marks.legend(ax, _trend_legend(years.values()))
    return ax


def _drawn_years(frame: pd.DataFrame) -> Years:
    """Return the rows from the first to the last year with a figure or target; else all rows."""
    years = records_by_year(frame)
    drawn = [
        year for year, row in years.items() if _bounds(row) or _has_value(row) or row["hidden"]
    ]
    drawn = drawn or list(years)
    return {year: row for year, row in years.items() if drawn[0] <= year <= drawn[-1]}


def _has_value(row: Row) -> bool:
    return not isnan(row["value"])


def _bounds(row: Row) -> list[float]:
    return [row[end] for end in ("lower", "upper") if not isnan(row[end])]


def _draw_target(ax: Axes, year: int, row: Row) -> None:
    """Draw a dashed line at each bound of a target, and a band between two bounds."""
    left, bounds = year - BRACKET_WIDTH / 2, _bounds(row)
    for bound in bounds:
        marks.line(ax, (left, left + BRACKET_WIDTH), (bound, bound), **BOUND)
    if len(bounds) > 1:
        marks.bar(ax, (left, bounds[0]), (BRACKET_WIDTH, bounds[1] - bounds[0]), **BAND)


def _write_labels(ax: Axes, years: Years, unit: str) -> None:
    """Write figures above their bars and targets above their brackets.

    For more than `MOST_LABELLED` years: the first figure, the last figure and the last target.
    """
    with_value = [year for year, row in years.items() if _has_value(row)]
    with_target = [year for year, row in years.items() if _bounds(row)]
    if is_crowded := len(years) > MOST_LABELLED:
        with_value = sorted({*with_value[:1], *with_value[-1:]})
        with_target = with_target[-1:]
    if is_crowded or (len(years) > 2 and len(unit) > LONGEST_UNIT):
        unit = ""
    for year in with_value:
        row = years[year]
        qualifier = "" if is_crowded else row["qualifier"]
        words = labels.qualified(labels.compact(row["value"], unit), qualifier)
        marks.write_above(ax, words, (year, row["value"]))
    for year in with_target:
        row, top = years[year], _bounds(years[year])[-1]
        words = labels.bounds(row["lower"], row["upper"], row["closed"])
        offset = 20 if is_crowded else _target_offset(top, row["value"])
        marks.write_above(ax, words, (year + BRACKET_WIDTH / 2, top), offset, ha="right", color=RED)


def _target_offset(target: float, value: float) -> int:
    """Return the points from a target up to its label, clear of the label of the figure."""
    if isnan(value) or abs(target - value) > OVERLAP * max(abs(target), abs(value)):
        return 5
    return 20 if target >= value else -15


def _y_limits(years: Years) -> tuple[float, float]:
    """Return the ends of the scale: zero, all figures and bounds, and room for labels."""
    numbers = [number for row in years.values() for number in (row["value"], *_bounds(row))]
    scaled = [0.0, *(number for number in numbers if not isnan(number))]
    low, high = min(scaled), max(scaled)
    room = 0.18 * (high - low) or 1
    return low - room * (low < 0), high + room * (low == 0 or high > 0)


def _trend_legend(rows: Collection[Row]) -> Iterator[tuple[str, Artist]]:
    """Yield the name and the mark of each kind of figure or target in a trend."""
    if any(_has_value(row) and not row["derived"] for row in rows):
        yield phrase("audit.stated"), Rectangle((0, 0), *LEGEND_MARK, **STATED)
    if any(row["derived"] for row in rows):
        yield phrase("chart.derived"), Rectangle((0, 0), *LEGEND_MARK, **DERIVED)
    if any(map(_bounds, rows)):
        width, height = LEGEND_MARK
        yield phrase("table.target"), Line2D((0, width), (height / 2, height / 2), **BOUND)


def bars(ax: Axes, card: pd.DataFrame) -> Axes:
    """Draw a horizontal bar for each figure of a year.

    Parameters
    ----------
    ax
        Axes to draw on.
    card
        Rows of `Dataset.scorecard` that have a value or are hidden, all of one unit.
    """
    unit, values = marks.one_unit(card), card["value"].fillna(0.0)
    for position, row in enumerate(records(card)):
        length = values.iloc[position]
        marks.bar(ax, (0, position - BAR_WIDTH / 2), (length, BAR_WIDTH), **STATED)
        words = row["hidden"] or labels.compact(row["value"], unit)
        marks.write_beside(ax, labels.qualified(words, row["qualifier"]), (length, position))
    marks.name_rows(ax, card["label"], BAR_WIDTH / 2)
    marks.set_x_limits(ax, values, 1.5)
    marks.scale(ax, marks.ticks(ax.get_xlim(), 3), labels.compact)
    return ax


def changes(ax: Axes, card: pd.DataFrame) -> Axes:
    """Draw an arrow from the figure of the year before to the figure of the year.

    Parameters
    ----------
    ax
        Axes to draw on.
    card
        Rows of `Dataset.scorecard` that have a value and a previous one, all of one unit.
    """
    marks.one_unit(card)
    for position, row in enumerate(records(card)):
        ends = (row["previous"], row["value"])
        ax.annotate(
            "", (ends[1], position), (ends[0], position),
            arrowprops={"arrowstyle": "->", "color": BLUE, "shrinkA": 5, "shrinkB": 5, "lw": 1.6},
        )  # fmt: skip
        marks.line(ax, ends[:1], (position,), **DOT, mfc=PAPER)
        marks.line(ax, ends[1:], (position,), **DOT, mfc=BLUE)
        for value in dict.fromkeys(ends):
            side = "right" if value == min(ends) else "left"
            ax.annotate(
                labels.number(value), (value, position), (0, 8),
                textcoords="offset points", ha=side if ends[0] != ends[1] else "center",
            )  # fmt: skip
    marks.name_rows(ax, card["label"], 0.36)
    marks.set_x_limits(ax, pd.concat([card["value"], card["previous"]]), 1.15)
    marks.scale(ax, marks.ticks(ax.get_xlim(), 3), labels.compact)
    year, centre = card.attrs["year"], ([LEGEND_MARK[0] / 2], [LEGEND_MARK[1] / 2])
    fills = {phrase("table.year", year=year - 1): PAPER, phrase("table.year", year=year): BLUE}
    marks.legend(ax, [(words, Line2D(*centre, **DOT, mfc=fill)) for words, fill in fills.items()])
    return ax


def growth(ax: Axes, card: pd.DataFrame) -> Axes:
    """Draw the change of each figure since the year before in percent; falls are hatched.

    Parameters
    ----------
    ax
        Axes to draw on.
    card
        Rows of `Dataset.scorecard` that have a `pct_change`, of any units.
    """
    percents = 100 * card["pct_change"]
    for position, percent in enumerate(percents):
        rises = percent >= 0
        corner = (0, position - BAR_WIDTH / 2)
        marks.bar(ax, corner, (percent, BAR_WIDTH), **(STATED if rises else FALL))
        change = labels.signed(labels.beside(percent, 0))
        words = f"{'▲' if rises else '▼'} {change}%" if percent else phrase("alt.unchanged")
        marks.write_beside(ax, words, (percent, position), left=not rises)
    marks.name_rows(ax, card["label"], BAR_WIDTH / 2)
    widest = max(percents.abs().max() * 1.7, 1)
    ax.set_xlim(
        -widest if percents.min() < 0 else 0, widest if percents.max() > 0 else widest * 0.1
    )
    marks.line(ax, (0, 0), ax.get_ylim(), color=INK, linewidth=0.8)
    marks.scale(ax, marks.ticks(ax.get_xlim(), 3), _percent)
    return ax


def bullets(ax: Axes, card: pd.DataFrame) -> Axes:
    """Draw each result in percent of its target, as a bullet graph.

    A bar for the result, a line for each bound, a band between two bounds (Stephen Few, "Bullet
    Graph Design Specification"). 100% is the lower bound, or the upper one if it is the only bound.

    Parameters
    ----------
    ax
        Axes to draw on.
    card
        Rows of `Dataset.scorecard` that have a value and a bound above zero.
    """
    plans = card["lower"].fillna(card["upper"])
    results = 100 * card["value"] / plans
    for position, row in enumerate(records(card)):
        fill = PAPER if row["status"] in with_verdict("missed") else BLUE
        size = (results.iloc[position], BAR_WIDTH / 2)
        marks.bar(ax, (0, position - BAR_WIDTH / 4), size, facecolor=fill, edgecolor=BLUE)
        ends = [100 * row[end] / plans.iloc[position] for end in ("lower", "upper")]
        top, bottom = position - BAR_WIDTH / 2, position + BAR_WIDTH / 2
        if not any(map(isnan, ends)):
            marks.bar(ax, (ends[0], top), (ends[1] - ends[0], BAR_WIDTH), **BAND, zorder=0)
        for end in ends:
            marks.line(ax, (end, end), (top, bottom), **BOUND)
    marks.name_rows(ax, bullet_names(card), BAR_WIDTH / 2)
    bounds = 100 * card["upper"].fillna(0) / plans
    ax.set_xlim(0, 1.08 * max(100.0, results.max(), bounds.max()))
    marks.scale(ax, marks.ticks(ax.get_xlim(), 3), _percent)
    ax.annotate(
        phrase("chart.of_target"), (0.5, 0), (0, -22), "axes fraction", "offset points",
        ha="center", va="top",
    )  # fmt: skip
    return ax


def bullet_names(card: pd.DataFrame) -> list[str]:
    """Return the name of each row of a bullet graph: label, sign of the status, result, target."""
    names = []
    for row in records(card):
        target = labels.bounds(row["lower"], row["upper"], row["closed"])
        result = phrase("chart.result", figure=_figure(row), target=target)
        names.append(f"{row['label']}\n{STATUSES[row['status']].sign} {result}")
    return names


def _figure(row: Row) -> str:
    return labels.qualified(labels.compact(row["value"], row["unit"]), row["qualifier"])


def _percent(value: float) -> str:
    return f"{labels.number(value)}%"


def composition(ax: Axes, card: pd.DataFrame) -> Axes:
    """Draw the parts of a total as one bar, and below it each part's name, figure and share.

    Parameters
    ----------
    ax
        Axes to draw on.
    card
        The parts: rows of `Dataset.scorecard` with a value, of units that can be added up.
    """
    total, left = card["value"].sum(), 0.0
    names = [_part_name(row, row["value"] / total) for row in records(card)]
    top = LINE_HEIGHT * 2
    for value, words, style in zip(card["value"], names, cycle(PARTS), strict=False):
        marks.bar(ax, (left, 0), (value / total, LINE_HEIGHT * 1.4), **style, lw=0.8)
        marks.bar(ax, (0, top), (0.05, LINE_HEIGHT * 1.2), **style, lw=0.8)
        text = ax.annotate(words, (0.07, top), va="top", linespacing=1.25)
        text.set_in_layout(False)
        left, top = left + value / total, top + LINE_HEIGHT * (words.count("\n") + 1.6)
    ax.set_xlim(0, 1)
    ax.set_ylim(top, 0)
    ax.set_axis_off()
    return ax


def composition_height(card: pd.DataFrame) -> float:
    """Return the height of a composition in inches, from the number of lines in its names."""
    lines = sum(_part_name(row, 0).count("\n") + 1.6 for row in records(card))
    return LINE_HEIGHT * (lines + 2.4)


def _part_name(row: Row, share: float) -> str:
    name = marks.wrapped(row["label"], marks.NAME_WIDTH - 5)
    return f"{name}\n{_figure(row)} ({labels.percent(round(share, 4))})"


def flow(ax: Axes, sources: pd.DataFrame, outcomes: pd.DataFrame) -> Axes:
    """Draw a Sankey diagram: sources on the left, one node in the middle, outcomes on the right.

    Heights are fractions of the whole, which is the larger of the two sums.

    Parameters
    ----------
    ax
        Axes to draw on.
    sources, outcomes
        Rows of `Dataset.scorecard` with values above zero, all of one unit.
    """
    marks.one_unit(pd.concat([sources, outcomes]))
    whole = max(sources["value"].sum(), outcomes["value"].sum())
    height = max(_slots(side["value"] / whole).sum() for side in (sources, outcomes))
    marks.bar(ax, (0.5 - NODE_WIDTH / 2, (height - 1) / 2), (NODE_WIDTH, 1), facecolor=INK)
    _draw_side(ax, sources, whole, height, left=True)
    _draw_side(ax, outcomes, whole, height, left=False)
    ax.set_xlim(0, 1)
    ax.set_ylim(height, 0)
    ax.set_axis_off()
    return ax


def _slots(shares: pd.Series) -> pd.Series:
    """Return the height that each band and its label occupy at the edge of a flow."""
    return shares.clip(lower=SLOT_HEIGHT)


def _draw_side(ax: Axes, card: pd.DataFrame, whole: float, height: float, *, left: bool) -> None:
    """Draw the bands and labels between one edge and the node in the middle."""
    shares = card["value"] / whole
    slots = _slots(shares)
    slot_tops = (height - slots.sum()) / 2 + slots.cumsum() - slots
    node_tops = (height - 1) / 2 + shares.cumsum() - shares
    edge, node = (
        (NODE_WIDTH, 0.5 - NODE_WIDTH / 2) if left else (1 - NODE_WIDTH, 0.5 + NODE_WIDTH / 2)
    )
    for code, style in zip(card.index, cycle(PARTS), strict=False):
        thickness = max(shares[code], THINNEST_BAND)
        top = slot_tops[code] + (slots[code] - thickness) / 2
        node_top = min(node_tops[code], (height + 1) / 2 - thickness)
        marks.bar(ax, (0 if left else edge, top), (NODE_WIDTH, thickness), **style, lw=0.6)
        ax.add_patch(_band((edge, top), (node, node_top), thickness))
        _write_name(ax, card.loc[code], (edge, top + thickness / 2), left=left)


def _band(start: tuple[float, float], end: tuple[float, float], thickness: float) -> PathPatch:
    """Return a band of even thickness between two upper corners, curved like an S."""
    middle = (start[0] + end[0]) / 2
    upper = [start, (middle, start[1]), (middle, end[1]), end]
    lower = [(x, y + thickness) for x, y in reversed(upper)]
    curve = [Path.CURVE4] * 3
    codes = [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]
    path = Path([*upper, *lower, upper[0]], codes)
    return PathPatch(path, facecolor=BLUE, alpha=0.25, edgecolor="none")


def _write_name(ax: Axes, row: pd.Series, point: tuple[float, float], *, left: bool) -> None:
    quantity = labels.quantity(row["value"], row["unit"])
    words = f"{marks.wrapped(row['label'], FLOW_NAME_WIDTH)}\n{quantity}"
    box = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.85, "pad": 1.0}
    marks.write_beside(ax, words, point, left=not left, linespacing=1.15, bbox=box)
