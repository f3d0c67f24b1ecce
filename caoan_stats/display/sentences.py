"""Vietnamese sentences computed from the rows of scorecards and trends.

A `card` holds rows of `Dataset.scorecard`; a `row` is one of them as a dict.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import isnan
from typing import Any

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import CHANGE, PCT_CHANGE, PCT_OF_PLAN, VALUE
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.concepts.sections import MAIN_AIMS
from caoan_stats.concepts.statuses import STATUSES, Status, with_verdict
from caoan_stats.concepts.units import PERCENT
from caoan_stats.display import target_words as targets
from caoan_stats.display.doubts import mark
from caoan_stats.relations.intervals import at_place
from caoan_stats.targets import Target

NAMED = 4  # missing figures that are named; if there are more, they are counted


def results(card: pd.DataFrame) -> list[str]:
    """Return a sentence for each result: figure, change, status and distance from its target."""
    return [result(row, card.attrs) for row in records(card[have_results(card)])]


def have_results(card: pd.DataFrame) -> pd.Series:
    """Return whether each row has a figure of the year, or any other fact."""
    known = [_has_result(row) for row in records(card)]
    return pd.Series(known, index=card.index, dtype="bool")


def _has_result(row: Row) -> bool:
    facts = any(row[column] for column in ("hidden", "words", "direction"))
    numbers = ("value", "change", "pct_change", "pct_of_plan")
    return facts or not all(isnan(row[column]) for column in numbers)


def status_of(row: Row) -> Status:
    """Return the status of a row as a page shows it.

    A figure that is disputed is not judged. One without data has other words if it has a figure,
    which is assumed, or nothing with which the target compares it.
    """
    status = STATUSES[row["status"]]
    if status.verdict and "disputed" in row["doubts"]:
        return STATUSES["disputed"]
    if row["status"] == "no_data" and _has_result(row):
        return replace(status, words=phrase("target.not_compared"))
    return status


def is_told(row: Row) -> bool:
    """Return whether the words of its source are the result of a row, compared with no number."""
    return bool(row["words"]) and row["status"] in ("in_words", "no_target")


def result(row: Row, attrs: Mapping[Any, Any]) -> str:
    """Return a sentence on a result: figure, change, status and distance from its target."""
    parts = (
        said(row),
        change_words(row, attrs["year"]),
        share_of_plan(row),
        _judgement(row),
    )
    return f"{row['label']}: {', '.join(filter(None, parts))}."


def said(row: Row) -> str:
    """Return the figure of a row with its mark, or the words of its source."""
    has_figure = row["hidden"] or not isnan(row["value"])
    shown = (figure(row) if has_figure else "", labels.inside(row["words"]))
    return f"{', '.join(filter(None, shown))}{mark(row)}"


def figure(row: Row) -> str:
    """Return a figure with its qualifier and unit, as in `ước 115 tạ/ha`; a count of 0 in words.

    `row["hidden"]` is what the public edition shows in place of the figure, empty if it is public.
    """
    if row["hidden"]:
        hidden = str(row["hidden"])
        return f"{hidden} {row['unit']}" if hidden.startswith("<") else phrase("figure.hidden")
    if row["value"] == 0 and row["unit"] != PERCENT and not row["qualifier"]:
        return phrase("figure.none")
    if row["out_of"]:
        place, count = labels.number(row["shown"]), labels.number(row["out_of"])
        return phrase("figure.rank", place=place, count=count)
    return labels.qualified(labels.quantity(row["shown"], row["unit"]), row["qualifier"])


def older_statements(row: Row, older: tuple[Row, ...], attrs: Mapping[Any, Any]) -> str:
    """Return what each older document states, as in `báo cáo 2023 nêu 28 hộ`."""
    names, parts = attrs.get("documents", {}), []
    for each in older:
        quantity = labels.quantity(each["value"], row["unit"])
        stated = labels.qualified(quantity, each["qualifier"])
        document = names.get(each["source"], each["source"])
        parts.append(phrase("figure.stated_before", document=document, figure=stated))
    return ", ".join(parts)


def change_words(row: Row, year: int) -> str:
    """Return how a figure of `year` changed since the year before; empty if that is not known."""
    change, percent = row["change_shown"], row["pct_shown"]
    is_assumed = row.get("previous_assumed", False) and not row["assumed"]
    kind = "revised" if row.get("previous_revised") else ""
    kind = "assumed" if is_assumed else kind
    before = phrase(f"change.before_{kind}" if kind else "change.before", year=year - 1)
    if row["break_reason"]:
        if isnan(row["value"]):
            return ""
        return phrase("change.not_comparable", before=before)
    if not change and percent:  # the relative change tells more than a change that rounds to 0
        change = None
    moved = percent if change is None else change
    if moved is None:
        return _direction(row, before)
    if moved == 0:
        if row["change_qualifier"] and (words := _direction(row, before)):
            return words
        kind = "about_none" if row["change_qualifier"] else "none"
        return phrase(f"change.{kind}", before=before)
    kind = "rose" if rises_in_words(moved, row["scale"]) else "fell"
    words = phrase(f"change.{kind}", size=_change_size(row, change), before=before)
    return f"{phrase('direction.steady')}, {words}" if row["direction"] == "steady" else words


def _change_size(row: Row, change: Decimal | None) -> str:
    """Return the size of a change in its unit and in percent, as far as they are known."""
    percent, sizes = row["pct_shown"], []
    if change is not None:
        size = labels.quantity(abs(change), labels.change_unit(row["unit"]))
        sizes.append(labels.qualified(size, row["change_qualifier"]))
    if percent or (percent is not None and not sizes):
        size = labels.quantity(abs(percent), PERCENT)
        sizes.append(labels.qualified(size, row["pct_qualifier"]))
    return sizes[0] if len(sizes) == 1 else f"{sizes[0]} ({sizes[1]})"


def _direction(row: Row, before: str) -> str:
    """Return a change of which only the sign is known; empty if the source's own words tell it."""
    direction = row.get("direction", "")
    if not direction:
        return ""
    verb = phrase(f"direction.{direction}")
    words = row["words"].lower()
    if words.startswith(verb) and not words.startswith(phrase("direction.no_rise")):
        return ""
    return phrase("change.direction", direction=verb, before=before)


def rises_in_words(change: Decimal | float, scale: str) -> bool:
    """Return whether a change is called a rise: a rank rises when its number falls."""
    return (change < 0) if scale == "rank" else (change > 0)


def movement(row: Row) -> int:
    """Return 1 if the figure of a row rose in words, -1 if it fell, 0 if that is not known."""
    if change := row["pct_shown"] or row["change_shown"]:
        return 1 if rises_in_words(change, row["scale"]) else -1
    return {"up": 1, "down": -1}.get(row["direction"], 0)


def outcome(row: Row) -> str:
    """Return whether a row changed for better or worse, as `good` or `bad`; empty if neither."""
    better = {"higher": 1, "lower": 1 if row["scale"] == "rank" else -1}.get(row["better"], 0)
    return {1: "good", -1: "bad"}.get(better * movement(row), "")


def reason(row: Row) -> str:
    """Return why a row is not comparable with the years before, as it stands in a sentence."""
    return labels.inside(str(row["break_reason"])).rstrip(".")


def share_of_plan(row: Row) -> str:
    """Return the share of the plan that a source states, in words; empty without one."""
    if isnan(row["pct_of_plan"]) or row["hidden"]:
        return ""
    return phrase("figure.of_plan", share=attained(row))


def attained(row: Row) -> str:
    """Return the share of the plan that is stated, or else follows, with its qualifier."""
    return labels.qualified(labels.quantity(row["share_shown"], PERCENT), row["share_qualifier"])


def _judgement(row: Row) -> str:
    status, distance = status_of(row), gap(row)
    if not status.verdict:
        return ""
    if status is STATUSES["disputed"]:
        return phrase("target.disputed", target=target_words(row))
    verdict, target = status.words.lower(), target_words(row)
    if distance.startswith(verdict):
        return phrase("target.beyond_target", gap=distance, target=target)
    kind = "undecided" if status.verdict == "open" else "judged"
    judged = phrase(f"target.{kind}", status=verdict, target=target)
    return ", ".join(filter(None, (judged, distance)))


def target_words(row: Row) -> str:
    """Return the target of a row as an interval in words; empty without bounds."""
    bounds = row["lower_shown"], row["upper_shown"]
    return targets.target_words(*bounds, row["closed"], row["of"], row["unit"])


def gap(row: Row) -> str:
    """Return in words how far a result misses its target, or lies beyond a bound it exceeded."""
    value, qualifier, unit = _judged(row)
    if value is None or not QUALIFIERS[qualifier].is_bounded:
        return ""
    lower, upper, is_rank = row["lower_shown"], row["upper_shown"], row["scale"] == "rank"
    if row["status"] == "missed":
        is_under = target_of(row).below(float(value))
        kind = "short" if is_under else "under" if is_rank else "over"
        bound = lower if is_under else upper
    elif row["status"] == "exceeded":
        is_under = isnan(lower) or value <= lower
        kind = "beyond" if not is_under else "over" if is_rank else "under"
        bound = lower if is_under or isnan(upper) else upper
    else:
        return ""
    if not (size := distance(value, bound)):
        return ""
    words = about(labels.quantity(size, unit), qualifier, is_above=not is_under)
    return phrase(f"target.{kind}", size=words)


def _judged(row: Row) -> tuple[Decimal | None, str, str]:
    """Return the number that is compared with the target, its qualifier, and the unit of a gap."""
    points = labels.change_unit(PERCENT)
    if row["of"] == CHANGE:
        unit = labels.change_unit(row["unit"])
        return row["change_shown"], row["change_qualifier"], unit
    if row["of"] == PCT_CHANGE:
        return row["pct_shown"], row["pct_qualifier"], points
    if row["of"] == PCT_OF_PLAN:
        return row["share_shown"], row["share_qualifier"], points
    return row["shown"], row["qualifier"], labels.change_unit(row["unit"])


def distance(shown: Decimal, bound: Decimal) -> Decimal:
    """Return the distance of a figure from a bound, with the digits that the figure has.

    >>> distance(Decimal("18.6e9"), Decimal("19.25e9")), distance(Decimal(97), Decimal("97.5"))
    (Decimal('7E+8'), Decimal('0.5'))
    """
    exact, place = abs(bound - shown), int(shown.as_tuple().exponent)
    return (at_place(Fraction(exact), place) if place > 0 else exact) or exact


def about(words: str, qualifier: str, *, is_above: bool) -> str:
    """Return the distance of a figure from a bound, as approximate as the figure.

    `is_above`: the figure is above the bound; one that is called almost 70 lies below 70.

    >>> about("5 ha", "estimate", is_above=True), about("5 ha", "almost", is_above=False)
    ('khoảng 5 ha', 'trên 5 ha')
    """
    if qualifier == "almost":
        return labels.qualified(words, "almost" if is_above else "over")
    return labels.qualified(words, "about" if qualifier else "")


def target_of(row: Row) -> Target:
    """Return the target of a row."""
    return Target(row["lower"], row["upper"], row["closed"], "", row["of"] or VALUE)


def summary(card: pd.DataFrame) -> list[str]:
    """Return how many targets of a year have each status, then each that was compared."""
    year = card.attrs["year"]
    has_target = card["status"].map(lambda code: STATUSES[code].has_target).astype(bool)
    if not has_target.any():
        return [phrase("target.none_in_year", year=year)]
    order = list(STATUSES)
    rows = sorted(records(card[has_target]), key=lambda row: order.index(row["status"]))
    counts = Counter(status_of(row).words.lower() for row in rows)
    aims = {
        section
        for sections in (card["section"], card["target_section"])
        for section in sections
        if section.startswith(MAIN_AIMS)
    }
    codes = (with_verdict("reached"), with_verdict("missed"), with_verdict("open"))
    judged = [card[card["status"].isin(each)] for each in codes]
    return [
        phrase(
            "target.main_counts" if aims else "target.counts",
            year=year,
            aims=len(aims),
            count=int(has_target.sum()),
            counts=", ".join(f"{count} {words}" for words, count in counts.items()),
        ),
        *(result(row, card.attrs) for row in records(pd.concat(judged))),
    ]


def missing(card: pd.DataFrame, subject: str) -> list[str]:
    """Return a sentence on the missing figures; an empty list if there are none.

    `subject` is the topic of the rows, in Vietnamese.
    """
    year, counted = card.attrs["year"], card[card["unit"] != ""]
    unknown = counted[~have_results(counted)]
    if unknown.empty:
        return []
    if len(unknown) == len(counted):
        return [phrase("missing.all", year=year, subject=subject)]
    if len(unknown) > NAMED:
        return [phrase("missing.many", year=year, count=len(unknown))]
    return [phrase("missing.some", year=year, names="; ".join(unknown["label"]))]
