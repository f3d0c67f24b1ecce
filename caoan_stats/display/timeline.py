"""Parts of a chart by year: places on the axis, targets, labels, and breaks of the series.

A `row` is one of `Dataset.trend` as a dict; `places` has the place of each year on the x axis.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby
from math import isnan
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from caoan_stats import labels
from caoan_stats.common.frames import Row, Years, records_by_year
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import VALUE
from caoan_stats.concepts.units import PERCENT
from caoan_stats.display import marks
from caoan_stats.display.marks import BLUE, PAPER, QUIET, RED

GAP = 0.6  # additional distance between two years with a break between them
REASON_WIDTH = marks.NAME_WIDTH - 4  # characters in a line of it, right of the scale
BREAK_LINE = 0.19  # inches, for a line of the reason for a break
AROUND = 0.7  # inches, of the key above and the years below a chart
BRACKET_WIDTH = 0.9  # fraction of the distance between two years
SLOPE = 2  # figures, which are drawn as one line and not as two bars
LINE_YEARS = 6  # figures from which a line is drawn instead of bars
MOST_NAMED = 7  # years whose names fit below a chart
MOST_LABELLED = 4  # years; more labels do not fit on a phone
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


def named_places(places: Sequence[float], ends: tuple[float, float]) -> list[float]:
    """Return the places at which there is room for the name of a year, from the first on."""
    named: list[float] = []
    for place in places:
        if not named or place - named[-1] >= (ends[1] - ends[0]) / MOST_NAMED:
            named.append(place)
    return named


def has_value(row: Row) -> bool:
    """Return whether a year has a figure that is public."""
    return not isnan(row["value"])


def bounds_of(row: Row) -> list[float]:
    """Return the bounds of a target of the value itself."""
    if row["of"] != VALUE:
        return []
    return [row[end] for end in ("lower", "upper") if not isnan(row[end])]


def is_line(years: Years) -> bool:
    """Return whether figures are so many, or so few, that a line shows them better than bars."""
    return is_slope(years) or sum(map(has_value, years.values())) >= LINE_YEARS


def is_slope(years: Years) -> bool:
    """Return whether a line connects two figures, whose labels make a scale needless."""
    return sum(map(has_value, years.values())) == SLOPE


def has_break(years: Years) -> bool:
    """Return whether the figures are not all comparable."""
    return any(row["break_reason"] for row in list(years.values())[1:])


def height(years: Years) -> float:
    """Return the height of a chart in inches."""
    return (1.5 if is_slope(years) else 2.7) + _height_of(_reasons(years))


def draw_line(
    ax: Axes, years: Years, places: Mapping[int, float], titles: Mapping[int, str]
) -> None:
    """Draw a line through the figures, with gaps at breaks; a dot is hollow unless it is stated."""
    known = [year for year, row in years.items() if has_value(row)]
    breaks = list(accumulate(bool(row["break_reason"]) for row in years.values()))
    passed = dict(zip(years, breaks, strict=True))
    for _, run in groupby(known, passed.__getitem__):
        ends = [*run]
        xs, ys = [places[year] for year in ends], [years[year]["value"] for year in ends]
        marks.line(ax, xs, ys, color=BLUE, linewidth=1.8)
    for year in known:
        marks.line(ax, (places[year],), (years[year]["value"],), titles[year], **dot(years[year]))


def dot(row: Row) -> Mapping[str, Any]:
    """Return the style of a dot on a line: hollow if derived, a cross if assumed."""
    style = {"marker": "o", "markersize": 6, "mec": BLUE, "mfc": BLUE, "linestyle": ""}
    if row["assumed"]:
        return {**style, "marker": "X", "mec": QUIET, "mfc": PAPER}
    return {**style, "mfc": PAPER} if row["derived"] else style


def draw_target(ax: Axes, place: float, row: Row, title: str) -> None:
    """Draw a dashed line at each bound of a target, and a band between two bounds."""
    left, bounds = place - BRACKET_WIDTH / 2, bounds_of(row)
    for bound in bounds:
        marks.line(ax, (left, left + BRACKET_WIDTH), (bound, bound), title, **BOUND)
    if len(bounds) > 1:
        size = (BRACKET_WIDTH, bounds[1] - bounds[0])
        marks.bar(ax, (left, bounds[0]), size, title, **BAND)


def draw_breaks(ax: Axes, years: Years, places: Mapping[int, float]) -> None:
    """Draw a dotted line in the gap before each break, and the reasons above all of the chart."""
    for year, row in list(years.items())[1:]:
        if row["break_reason"]:
            middle = places[year] - (1 + GAP) / 2
            marks.line(ax, (middle, middle), ax.get_ylim(), color=QUIET, linestyle=":")
    if words := _reasons(years):
        low, high = ax.get_ylim()
        room = ax.figure.bbox.height / ax.figure.dpi - AROUND
        share = min(_height_of(words) / room, 0.8)
        ax.set_ylim(low, low + (high - low) / (1 - share))
        text = ax.annotate(words, (0.02, 1), xycoords="axes fraction", va="top", linespacing=1.15)
        text.set_in_layout(False)


def _reasons(years: Years) -> str:
    """Return why the years from each break on are not comparable with those before, in lines."""
    broken = [(year, row) for year, row in list(years.items())[1:] if row["break_reason"]]
    reasons = [
        phrase("chart.break", year=year, reason=labels.inside(row["break_reason"]).rstrip("."))
        for year, row in broken
    ]
    return marks.wrapped("\n".join(reasons), REASON_WIDTH) if reasons else ""


def _height_of(words: str) -> float:
    return BREAK_LINE * (words.count("\n") + 1.5) if words else 0.0


def write_labels(ax: Axes, years: Years, places: Mapping[int, float], unit: str) -> None:
    """Write figures above their bars and targets above their brackets.

    For more than `MOST_LABELLED` years: those of `_told`, and the last target.
    """
    with_target = [year for year, row in years.items() if bounds_of(row)]
    if is_crowded := len(years) > MOST_LABELLED:
        with_target = with_target[-1:]
    if is_crowded or (unit != PERCENT and sum(map(has_value, years.values())) > SLOPE):
        unit = ""  # the caption has it
    lowest = min((row["value"] for row in years.values() if has_value(row)), default=0)
    for year in _told(years):
        row = years[year]
        qualifier = "" if is_crowded and row["qualifier"] != "over" else row["qualifier"]
        words = labels.qualified(labels.compact(row["shown"], unit), qualifier) + marks.sign(row)
        is_lowest = is_line(years) and row["value"] == lowest
        marks.write_above(ax, words, (places[year], row["value"]), below=is_lowest)
    for year in with_target:
        row, top = years[year], bounds_of(years[year])[-1]
        words = labels.bounds(row["lower"], row["upper"], row["closed"])
        place = places[year] + BRACKET_WIDTH / 2
        marks.write_above(ax, words, (place, top), ha="right", color=RED)


def _told(years: Years) -> list[int]:
    """Return the years whose figure has a label: all, or the last, first, highest and lowest."""
    known = [year for year, row in years.items() if has_value(row)]
    if len(years) <= MOST_LABELLED or not known:
        return known
    chosen = [known[-1], known[0]]
    if is_line(years):
        by_value = sorted(known, key=lambda year: years[year]["value"])
        chosen += [by_value[-1], by_value[0]]
    return list(dict.fromkeys(chosen))


def numbers(years: Years) -> list[float]:
    """Return all figures and bounds of targets."""
    known = [number for row in years.values() for number in (row["value"], *bounds_of(row))]
    return [number for number in known if not isnan(number)]


def y_limits(years: Years) -> tuple[float, float]:
    """Return the ends of the scale: all figures and bounds, and room for labels.

    Zero is in it, unless a line is drawn through many figures.
    """
    known = numbers(years)
    if is_line(years) and not is_slope(years):
        low, high = min(known), max(known)
        room = 0.3 * (high - low) or 1
        return (max(0.0, low - room) if low >= 0 else low - room), high + room
    low, high = min([0.0, *known]), max([0.0, *known])
    room = (0.5 if is_slope(years) else 0.18) * (high - low) or 1
    return low - room * (low < 0), high + room * (low == 0 or high > 0)
