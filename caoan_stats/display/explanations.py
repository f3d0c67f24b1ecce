"""What explains a change, or what a total consists of, in words.

A `frame` is one of `Dataset.explain`.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import isnan

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import records
from caoan_stats.common.numerals import round_to
from caoan_stats.common.words import phrase

NAMED = 3  # parts; the others are counted
MOST = 2  # shares of a change above this are of effects that cancel each other
DIGITS, DECIMALS = 4, 2  # the most of an effect


def because(frame: pd.DataFrame) -> str:
    """Return how much each part contributes to a change; empty where that is not known."""
    if frame["effect"].isna().any() or not frame.attrs["change"]:
        return ""
    if (frame["share_of_change"].abs() > MOST).any():
        return ""
    rows = sorted(records(frame), key=lambda row: -abs(row["effect"]))
    parts = [
        phrase(
            f"explain.{_direction(row['effect'])}",
            label=labels.inside(row["label"]),
            size=_size(row["effect"], frame.attrs["unit"]),
            share=labels.percent(round(row["share_of_change"], 3)),
        )
        for row in rows
        if row["effect"]
    ]
    change = frame.attrs["change"]
    return phrase(
        f"explain.{_direction(change)}_by",
        label=frame.attrs["label"],
        size=_size(change, frame.attrs["unit"]),
        parts=_listed(parts),
    )


def consists_of(frame: pd.DataFrame) -> str:
    """Return the largest parts of a sum with their shares; empty for anything else."""
    rows = [row for row in records(frame) if not isnan(row["share"])]
    if len(rows) < len(frame) or frame.attrs["share"] != 1:
        return ""
    parts = [
        phrase(
            "explain.part",
            label=labels.inside(row["label"]),
            share=labels.percent(round(row["share"], 3)),
        )
        for row in sorted(rows, key=lambda row: -row["share"])
        if row["share"]
    ]
    return phrase("explain.parts", label=frame.attrs["label"], parts=_listed(parts))


def _size(change: float, unit: str) -> str:
    """Return the size of a change with at most `DIGITS` digits, or all before the point."""
    decimals = min(max(0, DIGITS - 1 - Decimal(change).adjusted()), DECIMALS)
    size = round_to(Fraction(str(abs(change))), decimals)
    return labels.compact(size, labels.change_unit(unit))


def _direction(change: float) -> str:
    return "rise" if change > 0 else "fall"


def _listed(parts: Sequence[str]) -> str:
    others = len(parts) - NAMED
    more = [phrase("explain.others", count=others)] if others > 0 else []
    return "; ".join([*parts[:NAMED], *more])


def explained(frames: Sequence[pd.DataFrame]) -> list[str]:
    """Return a sentence for each frame that explains a change, or the parts of a sum."""
    return [words for frame in frames if (words := because(frame) or consists_of(frame))]
