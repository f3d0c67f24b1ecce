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
from caoan_stats.display import marks, sentences, timeline
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
THINNEST_BAND = 0.03  # fraction of the whole; a thinner band is not seen
SLOT_HEIGHT = 0.25  # fraction of the whole, for a label of three lines
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
    years = timeline.drawn_years(frame)
    places = timeline.place_years(years)
    ax.set_ylim(*timeline.y_limits(years))
    if is_line := timeline.is_line(years):
        timeline.draw_line(ax, years, places)
    for year, row in years.items():
        place = places[year]
        if row["hidden"]:
            marks.write_above(ax, row["hidden"], (place, ax.get_ylim()[0]))
        elif timeline.has_value(row) and not is_line:
            marks.bar(ax, (place - BAR_WIDTH / 2, 0), (BAR_WIDTH, row["value"]), **_style(row))
        timeline.draw_target(ax, place, row)
    timeline.write_labels(ax, years, places, frame.attrs["unit"])
    margin = 0.75 if len(years) <= timeline.MOST_LABELLED else 0.6
    ax.set_xlim(min(places.values()) - margin, max(places.values()) + margin)
    ticks = marks.ticks(ax.get_ylim(), 5)
    timeline.draw_breaks(ax, years, places)
    marks.left_scale(ax, ticks, labels.compact)
    names = {place: str(year) for year, place in places.items()}
    marks.scale(ax, list(names)[:: 1 + len(names) // 7], names.__getitem__, grid=False)
    marks.legend(ax, _trend_legend(years))
    return ax


def _style(row: Row) -> Mapping[str, Any]:
    return ASSUMED if row["assumed"] else DERIVED if row["derived"] else STATED


def _trend_legend(years: Years) -> Iterator[tuple[str, Artist]]:
    """Yield the name and the mark of each kind of figure or target in a trend."""
    rows, (width, height) = years.values(), LEGEND_MARK

    def mark(style: Mapping[str, Any]) -> Artist:
        if timeline.is_line(years):
            fill = BLUE if style is STATED else PAPER
            return Line2D((width / 2,), (height / 2,), **timeline.dot(fill))
        return Rectangle((0, 0), *LEGEND_MARK, **style)

    if any(timeline.has_value(row) and not row["derived"] for row in rows):
        yield phrase("audit.stated"), mark(STATED)
    if any(row["derived"] and not row["assumed"] for row in rows):
        yield phrase("chart.derived"), mark(DERIVED)
    if any(row["assumed"] for row in rows):
        yield phrase("chart.assumed"), mark(ASSUMED)
    if any(map(timeline.bounds_of, rows)):
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
    for position, row in enumerate(records(card)):
        length = values.iloc[position]
        marks.bar(ax, (0, position - BAR_WIDTH / 2), (length, BAR_WIDTH), **STATED)
        words = row["hidden"] or labels.compact(row["shown"], unit)
        marks.write_beside(ax, labels.qualified(words, row["qualifier"]), (length, position))
    marks.name_rows(ax, _names(card, "assumed"), BAR_WIDTH / 2)
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
        shown = dict(zip(ends, (row["previous_shown"], row["shown"]), strict=True))
        ax.annotate(
            "", (ends[1], position), (ends[0], position),
            arrowprops={
                "arrowstyle": "->", "color": OUTCOMES[sentences.outcome(row)],
                "shrinkA": 5, "shrinkB": 5, "lw": 1.6,
            },
        )  # fmt: skip
        marks.line(ax, ends[:1], (position,), **DOT, mfc=PAPER)
        marks.line(ax, ends[1:], (position,), **DOT, mfc=BLUE)
        for value, number in shown.items():
            side = "right" if value == min(ends) else "left"
            ax.annotate(
                labels.number(number), (value, position), (0, 8),
                textcoords="offset points", ha=side if ends[0] != ends[1] else "center",
            )  # fmt: skip
    names = [
        ": ".join(filter(None, (name, outcome and phrase(f"chart.{outcome}"))))
        for name, outcome in zip(
            _names(card, "assumed", "previous_assumed"),
            map(sentences.outcome, records(card)),
            strict=True,
        )
    ]
    marks.name_rows(ax, names, 0.36)
    marks.set_x_limits(ax, pd.concat([card["value"], card["previous"]]), 1.15)
    marks.scale(ax, marks.ticks(ax.get_xlim(), 3), labels.compact)
    year, centre = card.attrs["year"], ([LEGEND_MARK[0] / 2], [LEGEND_MARK[1] / 2])
    fills = {phrase("table.year", year=year - 1): PAPER, phrase("table.year", year=year): BLUE}
    marks.legend(ax, [(words, Line2D(*centre, **DOT, mfc=fill)) for words, fill in fills.items()])
    return ax


def _figure(row: Row) -> str:
    words = labels.qualified(labels.compact(row["shown"], row["unit"]), row["qualifier"])
    return f"{words} ({phrase('figure.assumed')})" if row["assumed"] else words


def _names(card: pd.DataFrame, *columns: str) -> list[str]:
    """Return the labels of rows, marked where one of `columns` says that a figure is assumed."""
    marked = card[list(columns)].astype(bool).any(axis=1)
    assumed = f" ({phrase('figure.assumed')})"
    return [
        f"{label}{assumed if is_assumed else ''}"
        for label, is_assumed in zip(card["label"], marked, strict=True)
    ]


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
    return f"{name}\n{_figure(row)} ({labels.percent(round(share, 3))})"


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
