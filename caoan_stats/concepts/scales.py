"""Scales: which comparisons of two figures mean something. To add one, add a row to `SCALES`.

A unit has its scale in `data/units.csv`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from caoan_stats.concepts.facts import CHANGE, PCT_CHANGE, PCT_OF_PLAN, VALUE


@dataclass(frozen=True)
class Scale:
    """One scale: the facts in numbers that figures on it can have, and how they compare."""

    facts: tuple[str, ...]
    has_ratio: bool = False  # two figures have a ratio: growth, attainment, plan task
    better: str = ""  # side that is better where the catalogue does not say


SCALES: Mapping[str, Scale] = {
    "amount": Scale((VALUE, CHANGE, PCT_CHANGE, PCT_OF_PLAN), has_ratio=True),
    "rate": Scale((VALUE, CHANGE, PCT_OF_PLAN)),
    "rank": Scale((VALUE, CHANGE), better="lower"),
    "words": Scale(()),
}
PERCENT_UNIT = "percent"
_USUAL = {PERCENT_UNIT: "rate", "rank": "rank"}  # of units whose scale is not declared


def turned(direction: str, scale: str) -> str:
    """Return the direction of a number for that of a figure, or the reverse.

    A rank rises when its number falls.

    >>> turned("up", "rank"), turned("up", "amount")
    ('down', 'up')
    """
    is_rank = SCALES[scale].better == "lower"
    return {"up": "down", "down": "up"}.get(direction, direction) if is_rank else direction


def scale_of(unit: str, declared: str | None = "") -> str:
    """Return the scale of a unit by its code; `declared` is its scale in `units.csv`, if any.

    >>> scale_of("ha"), scale_of("percent"), scale_of("rank", "rank"), scale_of("")
    ('amount', 'rate', 'rank', 'words')
    """
    if not unit:
        return "words"
    return declared or _USUAL.get(unit, "amount")
