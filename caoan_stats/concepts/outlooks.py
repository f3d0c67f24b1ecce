"""Outlooks: whether the present pace reaches a target. To add one, add a row to `OUTLOOKS`."""

from collections.abc import Sequence
from math import inf, isnan
from typing import NamedTuple


class Outlook(NamedTuple):
    """One outlook: its code, the lowest pace that has it, and its words in Vietnamese."""

    code: str
    lowest: float
    words: str


OUTLOOKS: Sequence[Outlook] = (  # thresholds of Open SDG and Eurostat, the highest first
    Outlook("on_track", 0.95, "đúng tiến độ"),
    Outlook("fair", 0.6, "khá"),
    Outlook("slow", 0.0, "chậm"),
    Outlook("moving_away", -inf, "đi ngược hướng"),
)


def outlook_of(pace: float) -> Outlook | None:
    """Return the outlook of a pace; None for NaN."""
    return None if isnan(pace) else next(row for row in OUTLOOKS if pace >= row.lowest)
