"""Sentences computed from frames, so that they are right for every year."""

from math import isnan
from typing import Any

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import records
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
    known = card[card["value"].notna() | (card["hidden"] != "")]
    return [f"{_result(row, card.attrs['year'])}." for row in records(known)]


def _result(row: Row, year: int) -> str:
    said = outcome(row, year)
    return f"{row['label']}: {figure(row)}" + (f", {said}" if said else "")


def outcome(row: Row, year: int) -> str:
    """Say how a figure changed since the year before and how it stands to its target."""
    change = "" if isnan(row["change"]) else moved(row, year)
    return ", ".join(filter(None, (change, _judgement(row))))


def figure(row: Row) -> str:
    """Write a figure with its qualifier and unit, as in `ước 115 tạ/ha`; a count of 0 in words.

    One that is not public is written as what stands in its place.
    """
    if row["hidden"]:
        return _concealed(row)
    if row["value"] == 0 and row["unit"] != labels.PERCENT:
        return "không có"
    return labels.qualified(labels.quantity(row["value"], row["unit"]), row["qualifier"])


def _concealed(row: Row) -> str:
    hidden = str(row["hidden"])
    return f"{hidden} {row['unit']}" if hidden.startswith("<") else "không công bố"


def moved(row: Row, year: int) -> str:
    """Say how a figure changed since the year before."""
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
    words = {"exceeded": "vượt", "met": "đạt", "missed": "chưa đạt"}.get(row["status"])
    if not words:
        return ""
    distance = gap(row)
    return f"{words} mục tiêu ({wanted(row)})" + (f", {distance}" if distance else "")


def wanted(row: Row) -> str:
    """Write the interval that a figure should be in."""
    return labels.interval(row["lower"], row["upper"], row["closed"], row["unit"])


def gap(row: Row) -> str:
    """Write how far a figure is from its target: from the interval that it misses, or beyond it.

    Empty where it is inside the interval, or there is nothing to compare.
    """
    target, value = target_of(row), row["value"]
    if row["status"] == "missed":
        below = target.below(value)
        size = row["lower"] - value if below else value - row["upper"]
        return f"{'còn thiếu' if below else 'cao hơn'} {_size(row, size)}"
    if row["status"] == "exceeded":
        above = value > row["lower"]
        size = value - (row["lower"] if isnan(row["upper"]) else row["upper"])
        return (
            f"hơn {_size(row, size)}" if above else f"thấp hơn {_size(row, row['lower'] - value)}"
        )
    return ""


def _size(row: Row, size: float) -> str:
    return labels.quantity(labels.beside(size, row["value"]), labels.change_unit(row["unit"]))


def summary(card: pd.DataFrame) -> list[str]:
    """Count how the targets of a year stand; say what was reached, and what was missed by how much.

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
    reached = card[card["status"].isin(("exceeded", "met"))]
    missed = card[card["status"] == "missed"]
    return sentences + [f"{_result(row, year)}." for row in records(pd.concat([reached, missed]))]


_COUNTED = {
    "exceeded": "vượt",
    "met": "đạt",
    "missed": "chưa đạt",
    "no_data": "chưa có số liệu",
    "in_words": "không định lượng",
    "hidden": "không công bố",
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
    unknown = counted[counted["value"].isna() & (counted["hidden"] == "")]
    if unknown.empty:
        return []
    if len(unknown) == len(counted):
        return [f"Chưa có số liệu năm {year} về {subject}."]
    if len(unknown) > NAMED:
        return [f"Chưa có số liệu năm {year} của {len(unknown)} chỉ tiêu khác."]
    return [f"Chưa có số liệu năm {year}: {'; '.join(unknown['label'])}."]


def prospect(row: Row) -> str:
    """Name the pace towards a target that is to come, in words; empty without a bound."""
    target = target_of(row)
    if target.status(row["value"]) != "no_data":
        return ""
    if target.status(row["previous"]) in ("met", "exceeded"):
        return "đã ở mức này"
    return labels.OUTLOOKS.get(outlook(row["pace"]), "chưa đủ số liệu")


def needed(row: Row) -> str:
    """Say how far the year before is from a target that is to come; empty without both."""
    target, last = target_of(row), row["previous"]
    if isnan(last) or target.status(row["value"]) != "no_data":
        return ""
    if target.status(last) in ("met", "exceeded"):
        return "giữ vững"
    rises = target.below(last)
    bound = row["lower"] if rises else row["upper"]
    more = "hơn " if row["closed"] in ("neither", "right" if rises else "left") else ""
    distance = float(labels.beside(abs(bound - last), bound))
    if not distance:
        return f"phải {'tăng' if rises else 'giảm'}"
    size = labels.quantity(distance, labels.change_unit(row["unit"]))
    share = f" ({labels.percent(distance / last)})" if _has_share(row, last) else ""
    return f"{'tăng' if rises else 'giảm'} {more}{size}{share}"


def _has_share(row: Row, value: float) -> bool:
    return value > 0 and row["unit"] != labels.PERCENT


def target_of(row: Row) -> Target:
    """Take the target out of a row of a scorecard."""
    return Target(row["lower"], row["upper"], row["closed"], "")
