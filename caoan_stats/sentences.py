"""Sentences computed from frames, so that they are right for every year; also alt texts."""

from collections.abc import Iterator
from math import isnan
from typing import Any

import pandas as pd

from caoan_stats import labels
from caoan_stats.targets import Target, outlook

Row = Any  # a row of a scorecard or a trend, by name of column
NAMED = 4  # more missing figures than these are counted, not named


def results(card: pd.DataFrame) -> list[str]:
    """Say each figure of a scorecard, its change and how it stands to its target.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.

    Returns
    -------
    list of str
        One sentence a figure; none for rows without one.
    """
    known = card[card["value"].notna()]
    return [f"{_result(row, card.attrs['year'])}." for _, row in known.iterrows()]


def _result(row: Row, year: int) -> str:
    parts = [f"{row['label']}: {figure(row)}"]
    if not isnan(row["change"]):
        parts.append(_change(row, year))
    if judgement := _judgement(row):
        parts.append(judgement)
    return ", ".join(parts)


def figure(row: Row) -> str:
    """Write a figure with its qualifier and unit, as in `ước 115 tạ/ha`; a count of 0 in words."""
    if row["value"] == 0 and row["unit"] != labels.PERCENT:
        return "không có"
    return labels.qualified(labels.quantity(row["value"], row["unit"]), row["qualifier"])


def _change(row: Row, year: int) -> str:
    change = row["change"]
    if change == 0:
        return f"bằng năm {year - 1}"
    verb = "tăng" if change > 0 else "giảm"
    size = labels.quantity(abs(change), labels.change_unit(row["unit"]))
    share = row["pct_change"]
    if row["unit"] != labels.PERCENT and not isnan(share):
        size += f" ({labels.percent(abs(share))})"
    return f"{verb} {size} so với năm {year - 1}"


def _judgement(row: Row) -> str:
    target = _target(row)
    match row["status"]:
        case "exceeded":
            return f"vượt mục tiêu ({target})"
        case "met":
            return f"đạt mục tiêu ({target})"
        case "missed":
            return f"chưa đạt mục tiêu ({target}), {_gap(row)}"
    return ""


def _target(row: Row) -> str:
    return labels.interval(row["lower"], row["upper"], row["closed"], row["unit"])


def _gap(row: Row) -> str:
    """Write how far a figure is from the interval that it misses."""
    below = target_of(row).below(row["value"])
    gap = row["lower"] - row["value"] if below else row["value"] - row["upper"]
    size = labels.quantity(gap, labels.change_unit(row["unit"]))
    return f"còn thiếu {size}" if below else f"cao hơn {size}"


def summary(card: pd.DataFrame) -> list[str]:
    """Count how the targets of a year stand.

    Parameters
    ----------
    card
        `Dataset.scorecard` of a year.
    """
    year = card.attrs["year"]
    if card.empty:
        return [f"Chưa có mục tiêu nào cho năm {year}."]
    counts = card["status"].value_counts(sort=False)
    said = [
        f"{count} {words}"
        for status, words in _COUNTED.items()
        if (count := int(counts.get(status, 0)))
    ]
    sentences = [f"Năm {year} có {len(card)} chỉ tiêu được đặt mục tiêu: {', '.join(said)}."]
    missed = card[card["status"] == "missed"]
    return sentences + [f"{_result(row, year)}." for _, row in missed.iterrows()]


_COUNTED = {
    "exceeded": "vượt",
    "met": "đạt",
    "missed": "chưa đạt",
    "no_data": "chưa có số liệu",
    "in_words": "không định lượng",
}


def missing(card: pd.DataFrame, subject: str) -> list[str]:
    """Say which figures of a scorecard are not known; nothing where all are.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.
    subject
        What the rows are of, in Vietnamese.
    """
    year, counted = card.attrs["year"], card[card["unit"] != ""]
    unknown = counted[counted["value"].isna()]
    if unknown.empty:
        return []
    if len(unknown) == len(counted):
        return [f"Chưa có số liệu năm {year} về {subject}."]
    if len(unknown) > NAMED:
        return [f"Chưa có số liệu năm {year} của {len(unknown)} chỉ tiêu khác."]
    return [f"Chưa có số liệu năm {year}: {'; '.join(unknown['label'])}."]


def trend(frame: pd.DataFrame) -> str:
    """Say what a chart of a trend shows: every figure, and every target.

    Parameters
    ----------
    frame
        `Dataset.trend`.
    """
    unit = frame.attrs["unit"]
    said = [*_figures(frame, unit), *_targets(frame, unit)] or ["chưa có số liệu"]
    return f"{frame.attrs['label']}: {'; '.join(said)}."


def _figures(frame: pd.DataFrame, unit: str) -> Iterator[str]:
    for year, row in frame[frame["value"].notna()].iterrows():
        derived = " (suy ra)" if row["derived"] else ""
        yield f"năm {year} {figure({**row, 'unit': unit})}{derived}"


def _targets(frame: pd.DataFrame, unit: str) -> Iterator[str]:
    for year, row in frame.iterrows():
        if words := _target({**row, "unit": unit}):
            yield f"mục tiêu năm {year} {words}"


def comparison(card: pd.DataFrame) -> str:
    """Say what a chart of several figures shows.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.
    """
    figures = "; ".join(f"{row['label']} {figure(row)}" for _, row in card.iterrows())
    return f"Năm {card.attrs['year']}: {figures}."


def changes(card: pd.DataFrame) -> str:
    """Say what a chart of changes shows.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.
    """
    return " ".join(results(card))


def prospect(row: Row) -> str:
    """Name the pace towards a target that is to come, in words; empty without a bound."""
    target = target_of(row)
    if target.status(row["value"]) != "no_data":
        return ""
    if target.status(row["previous"]) in ("met", "exceeded"):
        return "đã ở mức này"
    return labels.OUTLOOKS.get(outlook(row["pace"]), "chưa đủ số liệu")


def target_of(row: Row) -> Target:
    """Take the target out of a row of a scorecard."""
    return Target(row["lower"], row["upper"], row["closed"], "")
