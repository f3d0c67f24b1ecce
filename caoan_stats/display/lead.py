"""The lead of a page: one sentence that says the most, and tiles of the figures that matter.

A `row` is one of `Dataset.scorecard` as a dict.
"""

from collections.abc import Mapping, Sequence
from math import isnan

import pandas as pd
from markupsafe import escape

from caoan_stats import labels
from caoan_stats.common.frames import Row, records, records_by_year
from caoan_stats.common.words import phrase
from caoan_stats.concepts.statuses import Status
from caoan_stats.concepts.units import PERCENT
from caoan_stats.display import sentences
from caoan_stats.display.blocks import Block
from caoan_stats.display.doubts import mark, spoken
from caoan_stats.display.markup import render

TOLD = 3  # figures in the sentence
SHOWN = 6  # tiles
WHY = 2  # sentences that explain changes
SPARK_YEARS = 4  # years from which a tile has a small line
WIDTH, HEIGHT = 96, 24  # of that line, in pixels


def show_lead(
    card: pd.DataFrame, codes: Sequence[str], series: Mapping[str, pd.DataFrame], why: Sequence[str]
) -> Block:
    """Return the lead of a page.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.
    codes
        Indicators in the order of their importance; each has a figure or another fact. Those in
        words alone are left out where others have a figure.
    series
        `Dataset.trend` by indicator, of those that may have a tile.
    why
        Sentences that explain changes.
    """
    rows = {row["indicator"]: row for row in records(card)}
    chosen = [rows[code] for code in codes if short(rows[code]) or move(rows[code])]
    chosen = chosen or [rows[code] for code in codes]
    words = [brief(row) for row in chosen[:TOLD]]
    told = "; ".join([*words[:1], *map(labels.inside, words[1:])])
    tiles = [tile(row, series[row["indicator"]]) for row in chosen if row["indicator"] in series]
    html = render("lead", sentence=f"{told}.", tiles=tiles, why=why)
    lines = [f"{told}.", *(_plain(each) for each in tiles), *why]
    return Block(html, spoken("\n".join(lines)))


def show_plan(card: pd.DataFrame) -> Block | None:
    """Return a sentence with the first targets of a coming year; None without any in numbers."""
    planned = [(row["label"], sentences.target_words(row)) for row in records(card)]
    told = [f"{labels.inside(label)} {target}" for label, target in planned if target]
    if not told:
        return None
    words = phrase("lead.plan", year=card.attrs["year"], targets="; ".join(told[:TOLD]))
    return Block(f'<p class="lead">{escape(words)}</p>', words)


def brief(row: Row) -> str:
    """Return a figure in few words: with its share of the plan, or else its change."""
    figure = f"{short(row)}{mark(row)}"
    known = f"{row['label']} {figure}" if figure else row["label"]
    parts = [known, sentences.share_of_plan(row) or move(row)]
    if not short(row) and row["words"]:
        parts.insert(1, labels.inside(row["words"]))
    return ", ".join(filter(None, parts))


def short(row: Row) -> str:
    """Return the figure of a row in few digits; empty without one."""
    if row["hidden"] or row["value"] == 0 or row["out_of"]:
        return sentences.figure(row)
    if isnan(row["value"]):
        return ""
    return labels.qualified(labels.compact(row["shown"], row["unit"]), row["qualifier"])


def move(row: Row) -> str:
    """Return the change of a row in few words: in percent if there is one."""
    change, percent = row["change_shown"], row["pct_shown"]
    if row["break_reason"] or (change is None and percent is None):
        return phrase(f"direction.{row['direction']}") if row["direction"] else ""
    moved = percent or change
    if not moved:
        return phrase("lead.same")
    verb = "up" if sentences.rises_in_words(moved, row["scale"]) else "down"
    unit = PERCENT if percent else labels.change_unit(row["unit"])
    qualifier = row["pct_qualifier"] if percent else row["change_qualifier"]
    size = labels.qualified(labels.quantity(abs(moved), unit), qualifier)
    return f"{phrase(f'direction.{verb}')} {size}"


def tile(row: Row, trend: pd.DataFrame, page: str = "") -> Row:
    """Return the content of a tile; `page` is the path to the page of its notes, if not here."""
    status = sentences.status_of(row)
    return {
        "label": row["label"],
        "value": f"{short(row) or labels.inside(row['words'])}{mark(row, page=page)}",
        "move": move(row),
        "sign": _sign(row),
        "colour": sentences.outcome(row) or "muted",
        "status": status if status.verdict else None,
        "share": _share(row, status),
        "line": _line(trend),
    }


def _share(row: Row, status: Status) -> str:
    """Return the stated share of the plan; in parentheses after a verdict."""
    stated = sentences.share_of_plan(row)
    if not stated or not status.verdict:
        return stated
    return f"({phrase('table.share', share=sentences.attained(row))})"


def _sign(row: Row) -> str:
    return {1: "▲", -1: "▼"}.get(sentences.movement(row), "")


def _line(trend: pd.DataFrame) -> str:
    """Return the points of a small line of all figures; empty for too few."""
    values = {year: row["value"] for year, row in records_by_year(trend).items()}
    known = {year: value for year, value in values.items() if not isnan(value)}
    if len(known) < SPARK_YEARS or trend["break_reason"].any():
        return ""
    low, high, first, last = min(known.values()), max(known.values()), min(known), max(known)
    points = (
        (WIDTH * (year - first) / (last - first), HEIGHT * (high - value) / ((high - low) or 1))
        for year, value in known.items()
    )
    return " ".join(f"{x:.0f},{y:.0f}" for x, y in points)


def _plain(content: Row) -> str:
    status = content["status"].label if content["status"] else ""
    parts = (content["value"], content["share"], content["move"], status)
    return f"{content['label']}: {'; '.join(filter(None, parts))}"
