"""Charts of a scorecard or trend: each function draws on the given Axes and returns it.

No meaning rests on colour alone: a derived figure is hatched, a bar that misses its target is
hollow, and a target is a dashed bracket.
"""

from collections.abc import Iterator, Mapping, Sequence
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
from caoan_stats.common.frames import Row, Years, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import PCT_OF_PLAN, VALUE
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.concepts.statuses import STATUSES, with_verdict
from caoan_stats.concepts.units import PERCENT
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
    marks.name_rows(ax, _names(card, "assumed", "previous_assumed"), 0.36)
    marks.set_x_limits(ax, pd.concat([card["value"], card["previous"]]), 1.15)
    marks.scale(ax, marks.ticks(ax.get_xlim(), 3), labels.compact)
    year, centre = card.attrs["year"], ([LEGEND_MARK[0] / 2], [LEGEND_MARK[1] / 2])
    fills = {phrase("table.year", year=year - 1): PAPER, phrase("table.year", year=year): BLUE}
    marks.legend(ax, [(words, Line2D(*centre, **DOT, mfc=fill)) for words, fill in fills.items()])
    return ax


def growth(ax: Axes, card: pd.DataFrame) -> Axes:
    """Draw the change of each figure since the year before in percent.

    A change for better or worse is named and coloured.

    Parameters
    ----------
    ax
        Axes to draw on.
    card
        Rows of `Dataset.scorecard` that have a `pct_change`, of any units.
    """
    percents = card["pct_shown"].astype(float)
    for position, (percent, row) in enumerate(zip(percents, records(card), strict=True)):
        outcome, left = sentences.outcome(row), percent < 0
        corner = (0, position - BAR_WIDTH / 2)
        marks.bar(ax, corner, (percent, BAR_WIDTH), color=OUTCOMES[outcome])
        words = phrase("table.about_none" if row["change_qualifier"] else "alt.unchanged")
        if row["pct_shown"]:
            words = f"{'▼' if left else '▲'} {labels.signed(row['pct_shown'])}%"
        named = phrase(f"chart.{outcome}") if outcome else ""
        marks.write_beside(
            ax, "\n".join(filter(None, (words, named))), (percent, position), left=left
        )
    marks.name_rows(ax, _names(card, "assumed", "previous_assumed"), BAR_WIDTH / 2)
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
        Rows of `Dataset.scorecard` for which `has_bullet` is true.
    """
    plans, numerators = _plans(card)
    results = 100 * numerators / plans
    for position, row in enumerate(records(card)):
        fill = PAPER if row["status"] in with_verdict("missed") else BLUE
        size = (results.iloc[position], BAR_WIDTH / 2)
        marks.bar(ax, (0, position - BAR_WIDTH / 4), size, facecolor=fill, edgecolor=BLUE)
        ends = [100 * row[end] / plans.iloc[position] for end in ("lower", "upper")]
        top, bottom = position - BAR_WIDTH / 2, position + BAR_WIDTH / 2
        if not any(map(isnan, ends)):
            marks.bar(ax, (ends[0], top), (ends[1] - ends[0], BAR_WIDTH), **timeline.BAND, zorder=0)
        for end in ends:
            marks.line(ax, (end, end), (top, bottom), **timeline.BOUND)
    marks.name_rows(ax, bullet_names(card), BAR_WIDTH / 2)
    bounds = 100 * card["upper"].fillna(0) / plans
    ax.set_xlim(0, 1.08 * max(100.0, results.max(), bounds.max()))
    marks.scale(ax, marks.ticks(ax.get_xlim(), 3), _percent)
    ax.annotate(
        phrase("chart.of_target"), (0.5, 0), (0, -22), "axes fraction", "offset points",
        ha="center", va="top",
    )  # fmt: skip
    return ax


def has_bullet(row: Row) -> bool:
    """Return whether a result is drawn in percent of its target.

    Parameters
    ----------
    row
        Row of `Dataset.scorecard`: an amount that was compared with a target of the value or of
        the share of the plan, and is not open, such as "over 80".
    """
    is_share = row["of"] == PCT_OF_PLAN and not isnan(row["attainment"])
    is_amount = row["of"] == VALUE and row["scale"] == "amount" and timeline.has_value(row)
    bound = row["upper"] if isnan(row["lower"]) else row["lower"]
    is_judged = STATUSES[row["status"]].verdict and QUALIFIERS[row["qualifier"]].is_bounded
    return bool(is_judged and (is_share or is_amount) and bound > 0)


def _plans(card: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return what is 100% of each bullet, and the result in the same unit."""
    is_share = card["of"] == PCT_OF_PLAN
    plans = card["lower"].fillna(card["upper"]).mask(is_share, 100.0)
    shares = card["pct_of_plan"].fillna(100 * card["attainment"])
    return plans, card["value"].mask(is_share, shares)


def bullet_names(card: pd.DataFrame) -> list[str]:
    """Return the name of each row of a bullet graph: label, sign of the status, result, target."""
    names, results = [], _plans(card)[1]
    for row, share_of_plan in zip(records(card), results, strict=True):
        target = labels.bounds(row["lower"], row["upper"], row["closed"])
        if row["of"] == PCT_OF_PLAN:
            share = labels.quantity(labels.beside(share_of_plan, 0), PERCENT)
            result = phrase("chart.share", share=share, target=target)
        else:
            result = phrase("chart.result", figure=_figure(row), target=target)
        names.append(f"{row['label']}\n{STATUSES[row['status']].sign} {result}")
    return names


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
