"""Vietnamese sentences computed from the rows of scorecards and trends.

A `card` holds rows of `Dataset.scorecard`; a `row` is one of them as a dict.
"""

from math import isnan

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.outlooks import outlook_of
from caoan_stats.concepts.statuses import STATUSES, with_verdict
from caoan_stats.concepts.units import unit_of
from caoan_stats.targets import Target

NAMED = 4  # missing figures that are named; if there are more, they are counted


def results(card: pd.DataFrame) -> list[str]:
    """Return a sentence for each figure: value, change, status and distance from its target."""
    with_figure = card[card["value"].notna() | (card["hidden"] != "")]
    return [_result(row, card.attrs["year"]) for row in records(with_figure)]


def _result(row: Row, year: int) -> str:
    change = "" if isnan(row["change"]) else change_words(row, year)
    parts = ", ".join(filter(None, (figure(row), change, _judgement(row))))
    return f"{row['label']}: {parts}."


def figure(row: Row) -> str:
    """Return a figure with its qualifier and unit, as in `ước 115 tạ/ha`; a count of 0 in words.

    `row["hidden"]` is what the public edition shows in place of the figure, empty if it is public.
    """
    if row["hidden"]:
        hidden = str(row["hidden"])
        return f"{hidden} {row['unit']}" if hidden.startswith("<") else phrase("figure.hidden")
    if row["value"] == 0 and not unit_of(row["unit"]).is_share:
        return phrase("figure.none")
    return labels.qualified(labels.quantity(row["value"], row["unit"]), row["qualifier"])


def change_words(row: Row, year: int) -> str:
    """Return how a figure of `year` changed since the year before; the change is not NaN."""
    change, share = row["change"], row["pct_change"]
    if change == 0:
        return phrase("change.none", before=year - 1)
    size = labels.quantity(abs(change), labels.change_unit(row["unit"]))
    if not unit_of(row["unit"]).is_share and not isnan(share):
        size += f" ({labels.percent(abs(share))})"
    return phrase("change.rose" if change > 0 else "change.fell", size=size, before=year - 1)


def _judgement(row: Row) -> str:
    status = STATUSES[row["status"]]
    if not status.verdict:
        return ""
    judged = phrase("target.judged", status=status.words.lower(), target=target_words(row))
    return ", ".join(filter(None, (judged, gap(row))))


def target_words(row: Row) -> str:
    """Return the target of a row as an interval in words; empty without bounds."""
    return labels.interval(row["lower"], row["upper"], row["closed"], row["unit"])


def gap(row: Row) -> str:
    """Return in words how far a figure misses its target, or lies beyond a bound it exceeded."""
    value, lower, upper = row["value"], row["lower"], row["upper"]
    if row["status"] == "missed":
        if _target(row).below(value):
            return phrase("target.short", size=_size(row, lower - value))
        return phrase("target.over", size=_size(row, value - upper))
    if row["status"] == "exceeded":
        if value > lower:
            return phrase(
                "target.beyond", size=_size(row, value - (lower if isnan(upper) else upper))
            )
        return phrase("target.under", size=_size(row, lower - value))
    return ""


def _size(row: Row, size: float) -> str:
    return labels.quantity(labels.beside(size, row["value"]), labels.change_unit(row["unit"]))


def summary(card: pd.DataFrame) -> list[str]:
    """Return how many targets of a year have each status, then each that is reached or missed."""
    year = card.attrs["year"]
    if card.empty:
        return [phrase("target.none_in_year", year=year)]
    counts = card["status"].value_counts(sort=False)
    counted = [
        f"{count} {status.words.lower()}"
        for code, status in STATUSES.items()
        if status.has_target and (count := int(counts.get(code, 0)))
    ]
    codes = (with_verdict("reached"), with_verdict("missed"))
    judged = [card[card["status"].isin(each)] for each in codes]
    return [
        phrase("target.counts", year=year, count=len(card), counts=", ".join(counted)),
        *(_result(row, year) for row in records(pd.concat(judged))),
    ]


def missing(card: pd.DataFrame, subject: str) -> list[str]:
    """Return a sentence on the missing figures; an empty list if there are none.

    `subject` is the topic of the rows, in Vietnamese.
    """
    year, counted = card.attrs["year"], card[card["unit"] != ""]
    unknown = counted[counted["value"].isna() & (counted["hidden"] == "")]
    if unknown.empty:
        return []
    if len(unknown) == len(counted):
        return [phrase("missing.all", year=year, subject=subject)]
    if len(unknown) > NAMED:
        return [phrase("missing.many", year=year, count=len(unknown))]
    return [phrase("missing.some", year=year, names="; ".join(unknown["label"]))]


def prospect(row: Row) -> str:
    """Return the outlook of a target of a coming year, in words; empty without bounds."""
    target = _target(row)
    if target.status(row["value"]) != "no_data":
        return ""
    if target.status(row["previous"]) in with_verdict("reached"):
        return phrase("plan.reached")
    outlook = outlook_of(row["pace"])
    return outlook.words if outlook else phrase("plan.no_pace")


def needed(row: Row) -> str:
    """Return the change needed to reach the target of a coming year, in words.

    Empty without a bound or without a figure of the year before.
    """
    target, last = _target(row), row["previous"]
    if isnan(last) or target.status(row["value"]) != "no_data":
        return ""
    if target.status(last) in with_verdict("reached"):
        return phrase("plan.keep")
    rises = target.below(last)
    bound = row["lower"] if rises else row["upper"]
    is_open = row["closed"] in ("neither", "right" if rises else "left")
    distance = float(labels.beside(abs(bound - last), bound))
    if not distance:
        return phrase("plan.must_rise" if rises else "plan.must_fall")
    size = labels.quantity(distance, labels.change_unit(row["unit"]))
    if last > 0 and not unit_of(row["unit"]).is_share:
        size += f" ({labels.percent(distance / last)})"
    return phrase(f"plan.{'rise' if rises else 'fall'}{'_more_than' if is_open else ''}", size=size)


def _target(row: Row) -> Target:
    return Target(row["lower"], row["upper"], row["closed"], "")
