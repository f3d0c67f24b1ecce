"""Charts of a scorecard or trend: each function draws on the given Axes and returns it.

No meaning rests on colour alone: a derived figure is hatched, and a target is a dashed bracket.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from caoan_stats import labels
from caoan_stats.common.frames import Row, Years, records
from caoan_stats.common.words import phrase
from caoan_stats.display import alt_texts, marks, sentences, timeline
from caoan_stats.display.doubts import SIGN
from caoan_stats.display.marks import (
    BAR_WIDTH,
    BLUE,
    FILLS,
    GREEN,
    HATCH,
    INK,
    LEGEND_MARK,
    PAPER,
    QUIET,
    RED,
)

STATED: Mapping[str, Any] = {"color": BLUE}
DERIVED: Mapping[str, Any] = {"facecolor": PAPER, "edgecolor": BLUE, "hatch": HATCH}
ASSUMED: Mapping[str, Any] = {"facecolor": PAPER, "edgecolor": QUIET, "hatch": "xxx"}
OUTCOMES: Mapping[str, str] = {"good": GREEN, "bad": RED, "": BLUE}  # colours of changes
DOT: Mapping[str, Any] = {"marker": "o", "markersize": 8, "mec": BLUE, "linestyle": ""}
PARTS: Sequence[Mapping[str, Any]] = [
    {"facecolor": colour, "hatch": hatch, "edgecolor": INK} for colour, hatch in FILLS
]


LINE_HEIGHT = 0.19  # inches, of a line of text
WHOLE_HEIGHT = 2.4  # inches, of the node in the middle of a flow
THINNEST_BAND = 0.001  # fraction of the whole: a sixth of a point, the thinnest that is drawn
NODE_WIDTH = 0.05  # fraction of the width of the chart
FLOW_NAME_WIDTH = 17  # characters in a line


def trend(ax: Axes, frame: pd.DataFrame) -> Axes:
    """Draw a bar for each year of one indicator, or a line for many, and a bracket for each target.

    Parameters
    ----------
    ax
        Axes to draw on.
    frame
        `Dataset.trend`, with the Vietnamese unit in `.attrs["unit"]`.
    """
    years, titles = timeline.drawn_years(frame), alt_texts.titles(frame)
    places = timeline.place_years(years)
    ax.set_ylim(*timeline.y_limits(years))
    if is_line := timeline.is_line(years):
        timeline.draw_line(ax, years, places, titles)
    for year, row in years.items():
        place = places[year]
        if row["hidden"]:
            marks.write_above(ax, row["hidden"], (place, ax.get_ylim()[0]))
        elif timeline.has_value(row) and not is_line:
            size = (BAR_WIDTH, row["value"])
            marks.bar(ax, (place - BAR_WIDTH / 2, 0), size, titles[year], **_style(row))
        timeline.draw_target(ax, place, row, titles[year])
    timeline.write_labels(ax, years, places, frame.attrs["unit"])
    margin = 0.75 if len(years) <= timeline.MOST_LABELLED else 0.6
    ax.set_xlim(min(places.values()) - margin, max(places.values()) + margin)
    ends = marks.scale_ends(ax.get_ylim(), timeline.numbers(years), frame.attrs["unit"])
    timeline.draw_breaks(ax, years, places)
    if not timeline.is_slope(years):
        marks.left_scale(ax, marks.ticks(ends, 5), labels.compact, ends)
    names = {place: str(year) for year, place in places.items()}
    shown = timeline.named_places(list(names), ax.get_xlim())
    marks.scale(ax, shown, names.__getitem__, ax.get_xlim(), grid=False)
    entries = dict(_trend_legend(years))
    if [*entries] != [phrase("chart.stated")]:
        marks.legend(ax, entries.items())
    return ax


def _style(row: Row) -> Mapping[str, Any]:
    return ASSUMED if row["assumed"] else DERIVED if row["derived"] else STATED


def _trend_legend(years: Years) -> Iterator[tuple[str, Artist]]:
    """Yield the name and the mark of each kind of figure or target in a trend."""
    width, height = LEGEND_MARK
    known = [row for row in years.values() if timeline.has_value(row)]
    kinds = {
        "stated": [row for row in known if not row["derived"]],
        "derived": [row for row in known if row["derived"] and not row["assumed"]],
        "assumed": [row for row in known if row["assumed"]],
    }
    for kind, (row, *_) in filter(lambda pair: pair[1], kinds.items()):
        mark: Artist = Rectangle((0, 0), *LEGEND_MARK, **_style(row))
        if timeline.is_line(years):
            mark = Line2D((width / 2,), (height / 2,), **timeline.dot(row))
        yield phrase(f"chart.{kind}"), mark
    if any({*row["doubts"]} - {"derived", "assumed"} for row in known):  # these have marks above
        yield phrase("chart.doubtful", sign=SIGN), Rectangle((0, 0), 0, 0)
    if any(map(timeline.bounds_of, years.values())):
        yield phrase("table.target"), Line2D((0, width), (height / 2, height / 2), **timeline.BOUND)


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
    figures = labels.alike([row["shown"] or 0 for row in records(card)], unit)
    for position, (row, figure) in enumerate(zip(records(card), figures, strict=True)):
        length, corner = values.iloc[position], (0, position - BAR_WIDTH / 2)
        title = sentences.result(row, card.attrs)
        marks.bar(ax, corner, (length, BAR_WIDTH), title, **_style(row))
        words = labels.qualified(row["hidden"] or figure, row["qualifier"]) + marks.sign(row)
        marks.write_beside(ax, words, (length, position))
    marks.name_rows(ax, card["label"], BAR_WIDTH / 2)
    marks.set_x_limits(ax, values, 1.5)
    ends = marks.scale_ends(ax.get_xlim(), values, unit)
    marks.scale(ax, marks.ticks(ends, 4 if ends[1] == marks.FULL else 3), labels.compact, ends)
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
    unit, values = marks.one_unit(card), pd.concat([card["value"], card["previous"]])
    names = []
    for position, row in enumerate(records(card)):
        ends, outcome = (row["previous"], row["value"]), sentences.outcome(row)
        arrow = {"arrowstyle": "->", "color": OUTCOMES[outcome], "shrinkA": 5, "shrinkB": 5}
        ax.annotate("", (ends[1], position), (ends[0], position), arrowprops={**arrow, "lw": 1.6})
        title = sentences.result(row, card.attrs)
        marks.line(ax, ends[:1], (position,), title, **DOT, mfc=PAPER)
        marks.line(ax, ends[1:], (position,), title, **DOT, mfc=BLUE)
        for value, which in {ends[0]: "previous_", ends[1]: ""}.items():
            side = "center" if ends[0] == ends[1] else "right" if value == min(ends) else "left"
            words = labels.number(row[f"{which}shown"]) + marks.sign(row, which)
            place = (value, position)
            ax.annotate(words, place, (0, 8), textcoords="offset points", ha=side)
        better = f": {phrase(f'chart.{outcome}')}" if outcome else ""
        names.append(f"{row['label']}{better}")
    marks.name_rows(ax, names, 0.36)
    marks.set_x_limits(ax, values, 1.15)
    ends = marks.scale_ends(ax.get_xlim(), values, unit)
    marks.scale(ax, marks.ticks(ends, 3), labels.compact, ends)
    year, centre = card.attrs["year"], ([LEGEND_MARK[0] / 2], [LEGEND_MARK[1] / 2])
    fills = {phrase("table.year", year=year - 1): PAPER, phrase("table.year", year=year): BLUE}
    marks.legend(ax, [(words, Line2D(*centre, **DOT, mfc=fill)) for words, fill in fills.items()])
    return ax


def composition(ax: Axes, card: pd.DataFrame, whole: float) -> Axes:
    """Draw the parts of a whole as one bar, and below it each part's name, figure and share.

    Parameters
    ----------
    ax
        Axes to draw on.
    card
        The parts: rows of `Dataset.scorecard` with a value, all of one unit.
    whole
        What the shares are of, in that unit.
    """
    marks.one_unit(card)
    length, left = max(whole, card["value"].sum()), 0.0
    top = LINE_HEIGHT * 2
    names = _part_names(card, whole)
    for value, words, style in zip(card["value"], names, cycle(PARTS), strict=False):
        width = value / length
        title = words.replace("\n", " ")
        marks.bar(ax, (left, 0), (width, LINE_HEIGHT * 1.4), title, **style, lw=0.8)
        marks.bar(ax, (0, top), (0.05, LINE_HEIGHT * 1.2), **style, lw=0.8)
        text = ax.annotate(words, (0.07, top), va="top", linespacing=1.25)
        text.set_in_layout(False)
        left, top = left + width, top + LINE_HEIGHT * (words.count("\n") + 1.6)
    ax.set_xlim(0, 1)
    ax.set_ylim(top, 0)
    ax.set_axis_off()
    return ax


def composition_height(card: pd.DataFrame) -> float:
    """Return the height of a composition in inches, from the number of lines in its names."""
    lines = sum(name.count("\n") + 1.6 for name in _part_names(card, 1))
    return LINE_HEIGHT * (lines + 2.4)


def _part_names(card: pd.DataFrame, whole: float) -> list[str]:
    """Return the name, figure and share of each part."""
    rows, names = records(card), []
    figures = labels.alike([row["shown"] for row in rows], rows[0]["unit"])
    for row, figure in zip(rows, figures, strict=True):
        name = marks.wrapped(row["label"], marks.NAME_WIDTH - 5)
        words = labels.qualified(figure, row["qualifier"]) + marks.sign(row)
        names.append(f"{name}\n{words} ({labels.percent(round(row['value'] / whole, 3))})")
    return names


def flow(ax: Axes, sources: pd.DataFrame, outcomes: pd.DataFrame) -> Axes:
    """Draw a Sankey diagram: sources on the left, one node in the middle, outcomes on the right.

    Heights are fractions of the whole, which is the larger of the two sums. The thickness of a
    band is that of its figure, from `THINNEST_BAND` on.

    Parameters
    ----------
    ax
        Axes to draw on.
    sources, outcomes
        Rows of `Dataset.scorecard` with values above zero, all of one unit.
    """
    marks.one_unit(pd.concat([sources, outcomes]))
    whole, height = _whole(sources, outcomes), _height(sources, outcomes)
    marks.bar(ax, (0.5 - NODE_WIDTH / 2, (height - 1) / 2), (NODE_WIDTH, 1), facecolor=INK)
    _draw_side(ax, sources, whole, height, left=True)
    _draw_side(ax, outcomes, whole, height, left=False)
    ax.set_xlim(0, 1)
    ax.set_ylim(height, 0)
    ax.set_axis_off()
    return ax


def flow_height(sources: pd.DataFrame, outcomes: pd.DataFrame) -> float:
    """Return the height of a flow in inches, from the number of lines in its names."""
    return WHOLE_HEIGHT * _height(sources, outcomes)


def _whole(sources: pd.DataFrame, outcomes: pd.DataFrame) -> float:
    return float(max(sources["value"].sum(), outcomes["value"].sum()))


def _height(sources: pd.DataFrame, outcomes: pd.DataFrame) -> float:
    whole = _whole(sources, outcomes)
    return max(sum(_slots(side, whole)) for side in (sources, outcomes))


def _slots(card: pd.DataFrame, whole: float) -> list[float]:
    """Return the height that each band and its label occupy at the edge of a flow."""
    line = LINE_HEIGHT / WHOLE_HEIGHT
    return [
        max(row["value"] / whole, line * (_flow_name(row).count("\n") + 1.5))
        for row in records(card)
    ]


def _draw_side(ax: Axes, card: pd.DataFrame, whole: float, height: float, *, left: bool) -> None:
    """Draw the bands and labels between one edge and the node in the middle."""
    slots = _slots(card, whole)
    slot_top, node_top = (height - sum(slots)) / 2, (height - 1) / 2
    edge, node = (
        (NODE_WIDTH, 0.5 - NODE_WIDTH / 2) if left else (1 - NODE_WIDTH, 0.5 + NODE_WIDTH / 2)
    )
    for row, slot in zip(records(card), slots, strict=True):
        thickness, words = max(row["value"] / whole, THINNEST_BAND), _flow_name(row)
        top, title = slot_top + (slot - thickness) / 2, words.replace("\n", " ")
        corner = (0 if left else edge, top)
        marks.bar(ax, corner, (NODE_WIDTH, thickness), title, facecolor=BLUE, edgecolor="none")
        band = _band((edge, top), (node, min(node_top, (height + 1) / 2 - thickness)), thickness)
        marks.add_title(band, title)
        ax.add_patch(band)
        box = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.85, "pad": 1.0}
        place = (edge, top + thickness / 2)
        marks.write_beside(ax, words, place, left=not left, linespacing=1.15, bbox=box)
        slot_top, node_top = slot_top + slot, node_top + thickness


def _band(start: tuple[float, float], end: tuple[float, float], thickness: float) -> PathPatch:
    """Return a band of even thickness between two upper corners, curved like an S."""
    middle = (start[0] + end[0]) / 2
    upper = [start, (middle, start[1]), (middle, end[1]), end]
    lower = [(x, y + thickness) for x, y in reversed(upper)]
    curve = [Path.CURVE4] * 3
    codes = [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]
    path = Path([*upper, *lower, upper[0]], codes)
    return PathPatch(path, facecolor=BLUE, alpha=0.4, edgecolor="none")


def _flow_name(row: Row) -> str:
    quantity = labels.qualified(labels.compact(row["shown"], row["unit"]), row["qualifier"])
    return f"{marks.wrapped(row['label'], FLOW_NAME_WIDTH)}\n{quantity}{marks.sign(row)}"
