"""Parts of a chart by year: places on the axis, targets, labels, and breaks of the series.

A `row` is one of `Dataset.trend` as a dict; `places` has the place of each year on the x axis.
"""

from collections.abc import Mapping
from itertools import pairwise
from math import isnan
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from caoan_stats import labels
from caoan_stats.common.frames import Row, Years, records_by_year
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import VALUE
from caoan_stats.display import marks
from caoan_stats.display.marks import BLUE, PAPER, QUIET, RED

GAP = 0.6  # additional distance between two years with a break between them
BREAK_LINE = 0.085  # of the height of a chart, for a line of the reason for a break
BRACKET_WIDTH = 0.9  # fraction of the distance between two years
OVERLAP = 0.12  # relative difference below which the labels of a figure and a target overlap
LINE_YEARS = 6  # figures from which a line is drawn instead of bars
LABEL_DISTANCE = 1.5  # years between two labels of a line
MOST_LABELLED = 4  # years; more labels do not fit on a phone
LONGEST_UNIT = 5  # characters, in the labels of three or more years; the caption has the unit too
BOUND: Mapping[str, Any] = {"color": RED, "linestyle": "--", "linewidth": 2}
BAND: Mapping[str, Any] = {"color": RED, "alpha": 0.18, "linewidth": 0}


def drawn_years(frame: pd.DataFrame) -> Years:
    """Return the rows from the first to the last year with a figure or target; else all rows."""
    years = records_by_year(frame)
    drawn = [
        year for year, row in years.items() if bounds_of(row) or has_value(row) or row["hidden"]
    ]
    drawn = drawn or list(years)
    return {year: row for year, row in years.items() if drawn[0] <= year <= drawn[-1]}


def place_years(years: Years) -> dict[int, float]:
    """Return the place of each year on the x axis, with a gap before each break."""
    breaks = 0
    places = {}
    for position, (year, row) in enumerate(years.items()):
        breaks += bool(row["break_reason"]) and position > 0
        places[year] = year + GAP * breaks
    return places


def has_value(row: Row) -> bool:
    """Return whether a year has a figure that is public."""
    return not isnan(row["value"])


def bounds_of(row: Row) -> list[float]:
    """Return the bounds of a target of the value itself."""
    if row["of"] != VALUE:
        return []
    return [row[end] for end in ("lower", "upper") if not isnan(row[end])]


def is_line(years: Years) -> bool:
    """Return whether figures are so many that a line shows them better than bars."""
    return sum(map(has_value, years.values())) >= LINE_YEARS


def draw_line(ax: Axes, years: Years, places: Mapping[int, float]) -> None:
    """Draw a line through the figures, with gaps at breaks; a dot is hollow unless it is stated."""
    known = [year for year, row in years.items() if has_value(row)]
    for before, year in pairwise(known):
        if not any(years[each]["break_reason"] for each in range(before + 1, year + 1)):
            ends = [places[before], places[year]], [years[before]["value"], years[year]["value"]]
            marks.line(ax, *ends, color=BLUE, linewidth=1.8)
    for year in known:
        fill = PAPER if years[year]["derived"] else BLUE
        marks.line(ax, (places[year],), (years[year]["value"],), **dot(fill))


def dot(fill: str) -> Mapping[str, Any]:
    """Return the style of a dot on a line."""
    return {"marker": "o", "markersize": 5, "mec": BLUE, "mfc": fill, "linestyle": ""}


def draw_target(ax: Axes, place: float, row: Row) -> None:
    """Draw a dashed line at each bound of a target, and a band between two bounds."""
    left, bounds = place - BRACKET_WIDTH / 2, bounds_of(row)
    for bound in bounds:
        marks.line(ax, (left, left + BRACKET_WIDTH), (bound, bound), **BOUND)
    if len(bounds) > 1:
        marks.bar(ax, (left, bounds[0]), (BRACKET_WIDTH, bounds[1] - bounds[0]), **BAND)


def draw_breaks(ax: Axes, years: Years, places: Mapping[int, float]) -> None:
    """Draw a dotted line in the gap before each break, and the reasons above all of the chart."""
    reasons = []
    for year, row in list(years.items())[1:]:
        if row["break_reason"]:
            middle = places[year] - (1 + GAP) / 2
            marks.line(ax, (middle, middle), ax.get_ylim(), color=QUIET, linestyle=":")
            reason = labels.inside(row["break_reason"]).rstrip(".")
            reasons.append(phrase("chart.break", year=year, reason=reason))
    if reasons:
        words = marks.wrapped("\n".join(reasons), marks.NAME_WIDTH)
        low, high = ax.get_ylim()
        ax.set_ylim(low, low + (high - low) / (1 - BREAK_LINE * (words.count("\n") + 1)))
        ax.annotate(words, (0.02, 1), xycoords="axes fraction", va="top", linespacing=1.15)


def write_labels(ax: Axes, years: Years, places: Mapping[int, float], unit: str) -> None:
    """Write figures above their bars and targets above their brackets.

    For more than `MOST_LABELLED` years: those of `_told`, and the last target.
    """
    with_target = [year for year, row in years.items() if bounds_of(row)]
    if is_crowded := len(years) > MOST_LABELLED:
        with_target = with_target[-1:]
    if is_crowded or (len(years) > 2 and len(unit) > LONGEST_UNIT):
        unit = ""
    for year in _told(years, places):
        row = years[year]
        qualifier = "" if is_crowded and row["qualifier"] != "over" else row["qualifier"]
        words = labels.qualified(labels.compact(row["shown"], unit), qualifier)
        marks.write_above(ax, words, (places[year], row["value"]), 6 if is_line(years) else 5)
    for year in with_target:
        row, top = years[year], bounds_of(years[year])[-1]
        words = labels.bounds(row["lower"], row["upper"], row["closed"])
        offset = 20 if is_crowded else _target_offset(top, row["value"])
        marks.write_above(
            ax, words, (places[year] + BRACKET_WIDTH / 2, top), offset, ha="right", color=RED
        )


def _told(years: Years, places: Mapping[int, float]) -> list[int]:
    """Return the years whose figure has a label: all, or the last, first, highest and lowest."""
    known = [year for year, row in years.items() if has_value(row)]
    if len(years) <= MOST_LABELLED or not known:
        return known
    chosen = [known[-1], known[0]]
    if is_line(years):
        by_value = sorted(known, key=lambda year: years[year]["value"])
        chosen += [by_value[-1], by_value[0]]
    told: list[int] = []
    for year in chosen:
        if all(abs(places[year] - places[each]) >= LABEL_DISTANCE for each in told):
            told.append(year)
    return told


def _target_offset(target: float, value: float) -> int:
    """Return the points from a target up to its label, clear of the label of the figure."""
    if isnan(value) or abs(target - value) > OVERLAP * max(abs(target), abs(value)):
        return 5
    return 20 if target >= value else -15


def y_limits(years: Years) -> tuple[float, float]:
    """Return the ends of the scale: all figures and bounds, and room for labels.

    Zero is in it, unless a line is drawn.
    """
    numbers = [number for row in years.values() for number in (row["value"], *bounds_of(row))]
    known = [number for number in numbers if not isnan(number)]
    if is_line(years):
        low, high = min(known), max(known)
        room = 0.3 * (high - low) or 1
        return (max(0.0, low - room) if low >= 0 else low - room), high + room
    low, high = min([0.0, *known]), max([0.0, *known])
    room = 0.18 * (high - low) or 1
    return low - room * (low < 0), high + room * (low == 0 or high > 0)
