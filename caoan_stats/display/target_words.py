"""Targets in the Vietnamese words of official reports, for each fact that they bound."""

from math import isnan

from caoan_stats import labels
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import CHANGE, PCT_OF_PLAN, VALUE
from caoan_stats.concepts.units import PERCENT, unit_of
from caoan_stats.labels import Number


def target_words(lower: Number, upper: Number, closed: str, of: str, unit: str) -> str:
    """Return a target as an interval in words; empty without bounds.

    `lower` and `upper` bound the fact `of`, NaN for none; `unit` is the label of the unit of the
    indicator.

    >>> nan = float("nan")
    >>> target_words(nan, 0, "neither", "change", "hộ")
    'giảm so với năm trước'
    >>> target_words(110, nan, "both", "pct_of_plan", "đồng")
    'từ 110% trở lên so với kế hoạch'
    >>> target_words(nan, -1, "both", "change", "thứ hạng")
    'tăng từ 1 bậc trở lên so với năm trước'
    """
    if of in (VALUE, "") and isnan(lower) and not isnan(upper) and unit_of(unit).is_before:
        return _rank(labels.quantity(upper, unit), closed, is_best=upper == 1)
    if of in (VALUE, "") or (isnan(lower) and isnan(upper)):
        return labels.interval(lower, upper, closed, unit)
    if of == PCT_OF_PLAN:
        return phrase("target.of_plan", interval=labels.interval(lower, upper, closed, PERCENT))
    if unit_of(unit).is_before:  # a rank rises when its number falls
        lower, upper, closed = _mirrored(lower, upper, closed)
    return phrase("target.since", change=_change(lower, upper, closed, of, unit))


def _mirrored(lower: Number, upper: Number, closed: str) -> tuple[Number, Number, str]:
    """Return the bounds of the opposite of a number."""
    return -upper, -lower, {"left": "right", "right": "left"}.get(closed, closed)


def _rank(words: str, closed: str, *, is_best: bool) -> str:
    """Return the lowest rank that reaches a target, which is its highest number, in words."""
    if is_best:
        return words
    kind = "at_least" if closed in ("both", "right") else "above"
    return phrase(f"interval.{kind}", least=words)


def _change(lower: Number, upper: Number, closed: str, of: str, unit: str) -> str:
    """Return the bounds of a change in words, without the year with which it is compared."""
    change_unit = labels.change_unit(unit) if of == CHANGE else PERCENT
    if lower == upper == 0:
        return phrase("target.unchanged")
    if isnan(upper) and lower == 0:
        return phrase("target.not_fall" if closed in ("both", "left") else "target.rise")
    if isnan(lower) and upper == 0:
        return phrase("target.not_rise" if closed in ("both", "right") else "target.fall")
    if lower >= 0 or (isnan(lower) and upper > 0):
        return phrase("target.rise_by", size=labels.interval(lower, upper, closed, change_unit))
    if upper <= 0 or (isnan(upper) and lower < 0):
        size = labels.interval(*_mirrored(lower, upper, closed), change_unit)
        return phrase("target.fall_by", size=size)
    return phrase("target.change_by", size=labels.interval(lower, upper, closed, change_unit))
