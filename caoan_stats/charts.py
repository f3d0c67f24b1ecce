"""Charts of one scorecard or trend: each draws on a given Axes and returns it.

A derived figure is hatched, one that misses its target hollow, and a target is a dashed bracket, so
that nothing is told by colour alone.
"""

from collections.abc import Iterator
from math import isnan
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from caoan_stats import labels
from caoan_stats.marks import (
    BAR,
    BLUE,
    HATCH,
    INK,
    PAPER,
    RED,
    beside,
    one_unit,
    rows,
    span,
    write,
)

TARGET = 0.9
NEAR = 0.12  # of the larger: a figure and a target whose words would overlap
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
    frame = _told(frame)
    for year, row in _by_year(frame):
        if row["hidden"]:
            write(ax, row["hidden"], (year, 0))
        elif not isnan(row["value"]):
            _bar(ax, year, row["value"], derived=row["derived"])
        _bracket(ax, year, row)
    _words(ax, frame)
    ax.set_xticks(frame.index.tolist()[:: 1 + len(frame) // 7])
    ax.grid(visible=False, axis="x")
    ax.margins(x=0.08, y=0.18)
    if len(frame) <= ROOMY:
        ax.set_xlim(frame.index[0] - 0.75, frame.index[-1] + 0.75)
    if not (frame["value"] < 0).any():
        ax.set_ylim(bottom=0)
    ax.yaxis.set_major_locator(MaxNLocator(5))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: labels.compact(value)))
    _legend(ax, frame)
    return ax


def _told(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out the years before the first and after the last that has anything to draw."""
    drawn = frame[["value", "lower", "upper"]].notna().any(axis=1) | (frame["hidden"] != "")
    return frame.loc[drawn.idxmax() : drawn[::-1].idxmax()]


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
    for position, (_, row) in enumerate(card.iterrows()):
        length = values.iloc[position]
        ax.barh(position, length, BAR, color=BLUE)
        words = row["hidden"] or labels.compact(row["value"], unit)
        beside(ax, labels.qualified(words, row["qualifier"]), (length, position))
    rows(ax, card["label"], BAR / 2)
    span(ax, values, 1.5)
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
    for position, (_, row) in enumerate(card.iterrows()):
        ends = (row["previous"], row["value"])
        ax.annotate(
            "", (ends[1], position), (ends[0], position),
            arrowprops={"arrowstyle": "->", "color": BLUE, "shrinkA": 5, "shrinkB": 5, "lw": 1.6},
        )  # fmt: skip
        ax.plot(ends[0], position, "o", mfc=PAPER, mec=BLUE, ms=8)
        ax.plot(ends[1], position, "o", color=BLUE, ms=8)
        for value in dict.fromkeys(ends):
            side = "right" if value == min(ends) else "left"
            ax.annotate(
                labels.number(value), (value, position), (0, 8),
                textcoords="offset points", ha=side if ends[0] != ends[1] else "center",
            )  # fmt: skip
    rows(ax, card["label"], 0.36)
    span(ax, pd.concat([card["value"], card["previous"]]), 1.15)
    year = card.attrs["year"]
    for label, fill in ((f"Năm {year - 1}", PAPER), (f"Năm {year}", BLUE)):
        ax.plot([], [], "o", mfc=fill, mec=BLUE, ms=8, label=label)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
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
        ax.barh(position, share, BAR, **style)
        sign = "▲ " if share > 0 else "▼ " if share < 0 else ""
        words = f"{sign}{labels.signed(labels.beside(share, 0))}%" if share else "không đổi"
        beside(ax, words, (share, position), left=not rises)
    rows(ax, card["label"], BAR / 2)
    widest = max(shares.abs().max() * 1.7, 1)
    ax.set_xlim(-widest if shares.min() < 0 else 0, widest if shares.max() > 0 else widest * 0.1)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{labels.number(value)}%"))
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
    for position, (_, row) in enumerate(card.iterrows()):
        fill = PAPER if row["status"] == "missed" else BLUE
        ax.barh(position, reached.iloc[position], BAR / 2, facecolor=fill, edgecolor=BLUE)
        ends = [100 * row[end] / plans.iloc[position] for end in ("lower", "upper")]
        low, high = position - BAR / 2, position + BAR / 2
        if not any(map(isnan, ends)):
            ax.fill_between(ends, low, high, color=RED, alpha=0.18, linewidth=0, zorder=0)
        ax.vlines([end for end in ends if not isnan(end)], low, high, RED, "--", linewidth=2)
    rows(ax, bullet_names(card), BAR / 2)
    bounds = 100 * card["upper"].fillna(0) / plans
    ax.set_xlim(0, 1.08 * max(100.0, reached.max(), bounds.max()))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{labels.number(value)}%"))
    ax.set_xlabel("% so với mục tiêu")
    return ax


def bullet_names(card: pd.DataFrame) -> list[str]:
    """Name the rows of a bullet chart: what was planned, its result and its target."""
    return [_bullet(row) for _, row in card.iterrows()]


def _bullet(row: pd.Series) -> str:
    sign = labels.STATUSES[row["status"]].partition(" ")[0]
    words = labels.qualified(labels.compact(row["value"], row["unit"]), row["qualifier"])
    due = labels.bounds(row["lower"], row["upper"], row["closed"])
    return f"{row['label']}\n{sign} {words}, mục tiêu {due}"


def _bar(ax: Axes, year: int, value: float, *, derived: bool) -> None:
    if derived:
        ax.bar(year, value, BAR, facecolor=PAPER, edgecolor=BLUE, hatch=HATCH)
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
        write(ax, labels.compact(row["value"]) if crowded else full, (year, row["value"]))
    for year, row in _by_year(due):
        top = row["lower"] if isnan(row["upper"]) else row["upper"]
        words = labels.bounds(row["lower"], row["upper"], row["closed"])
        lift = 20 if crowded else _lift(top, row["value"])
        write(ax, words, (year + TARGET / 2, top), lift, ha="right", color=RED)


def _lift(target: float, value: float) -> int:
    """Give how high to write above a target, so that it does not meet the words of a figure."""
    if isnan(value) or abs(target - value) > NEAR * max(abs(target), abs(value)):
        return 5
    return 20 if target >= value else -15


def _by_year(frame: pd.DataFrame) -> Iterator[tuple[int, pd.Series]]:
    rows = (row for _, row in frame.iterrows())
    return zip(frame.index.tolist(), rows, strict=True)


def _legend(ax: Axes, frame: pd.DataFrame) -> None:
    entries: list[Artist] = []
    if (frame["value"].notna() & ~frame["derived"]).any():
        entries.append(Patch(color=BLUE, label="Nguồn nêu"))
    if frame["derived"].any():
        derived = Patch(facecolor=PAPER, edgecolor=BLUE, hatch=HATCH, label="Suy ra")
        entries.append(derived)
    if frame[["lower", "upper"]].notna().any(axis=None):
        entries.append(Line2D([], [], color=RED, linestyle="--", linewidth=2, label="Mục tiêu"))
    ax.legend(
        handles=entries, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, handlelength=1.6,
        columnspacing=1.2, borderaxespad=0.2,
    )  # fmt: skip
