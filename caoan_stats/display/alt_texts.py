"""Alternative texts of charts: a summary first, then every figure.

A `card` holds rows of `Dataset.scorecard`, a `row` is one of them, or of `Dataset.trend`, as a
dict.
"""

from collections.abc import Iterator
from math import isnan

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row, Years, records, records_by_year
from caoan_stats.common.words import phrase
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.display.doubts import mark, spoken
from caoan_stats.display.sentences import (
    change_words,
    figure,
    reason,
    results,
    rises_in_words,
    target_words,
)


def trend(frame: pd.DataFrame) -> str:
    """Return the last change of a `Dataset.trend`, then every figure and every target."""
    words = "; ".join(_trend_parts(_years(frame))) or phrase("alt.no_data")
    return f"{frame.attrs['label']}: {words}."


def _years(frame: pd.DataFrame) -> Years:
    attrs = {name: frame.attrs[name] for name in ("indicator", "unit", "scale")}
    rows = records_by_year(frame)
    assumed = {year + 1 for year, row in rows.items() if row["assumed"]}
    return {
        year: {**row, **attrs, "previous_assumed": year in assumed} for year, row in rows.items()
    }


def titles(frame: pd.DataFrame) -> dict[int, str]:
    """Return the figure and the target of each year of a `Dataset.trend`."""
    return {year: ", ".join(_title(row, year)) for year, row in _years(frame).items()}


def _title(row: Row, year: int) -> Iterator[str]:
    yield phrase("table.year", year=year)
    if _has_figure(row):
        yield said(row)
    if words := target_words(row):
        yield labels.inside(phrase("list.target", target=words))


def said(row: Row) -> str:
    """Return a figure in words, with its doubts in parentheses."""
    return spoken(f"{figure(row)}{mark(row)}")


def _has_figure(row: Row) -> bool:
    return bool(row["hidden"]) or not isnan(row["value"])


def _trend_parts(years: Years) -> Iterator[str]:
    changed = [year for year, row in years.items() if row["change_shown"] is not None]
    for year in changed[-1:]:
        yield phrase("alt.in_year", year=year, words=change_words(years[year], year))
    for year, row in years.items():
        if _has_figure(row):
            yield phrase("alt.in_year", year=year, words=said(row))
        elif told := _told(row, "" if year in changed else change_words(row, year)):
            yield phrase("alt.in_year", year=year, words=told)
    for year, row in years.items():
        if row["break_reason"]:
            yield phrase("alt.break", year=year, reason=reason(row))
    for year, row in years.items():
        if target := target_words(row):
            yield phrase("alt.target", year=year, words=target)


def _told(row: Row, change: str) -> str:
    """Return the words of the source, and a change that is known without a figure."""
    return ", ".join(filter(None, (labels.inside(row["words"]), change)))


def comparison(card: pd.DataFrame) -> str:
    """Return the largest of several figures of one unit, then all of them.

    There is no largest one if a figure is not known, or open, such as "over 80".
    """
    are_bounded = card["qualifier"].map(lambda code: QUALIFIERS[code].is_bounded).astype(bool)
    valued = card[card["value"].notna() & are_bounded]
    year, figures = card.attrs["year"], _listed(card)
    if len(valued) < len(card) or valued["value"].nunique() < 2:
        return phrase("alt.figures", year=year, figures=figures)
    return phrase("alt.largest", year=year, largest=_named(_largest(valued)), figures=figures)


def parts_of_wholes(card: pd.DataFrame) -> list[str]:
    """Return a sentence for each figure; that of a part has its share of the smallest whole.

    `card.attrs["wholes"]` has the wholes of each part. Of equal wholes it is the one that is a part
    of the others.
    """
    rows, wholes = {row["indicator"]: row for row in records(card)}, {}
    above = {code: card.attrs["wholes"].get(code, frozenset()) for code in rows}
    for code in rows:
        here = [row for each, row in rows.items() if each in above[code]]
        if known := [row for row in here if row["value"] > 0 and _is_bounded(row)]:
            wholes[code] = min(known, key=lambda row: (row["value"], -len(above[row["indicator"]])))
    told = {whole["indicator"] for whole in wholes.values()} - set(wholes)
    return [_of_whole(row, wholes.get(code)) for code, row in rows.items() if code not in told]


def _of_whole(row: Row, whole: Row | None) -> str:
    if whole is None or isnan(row["value"]) or not _is_bounded(row):
        return f"{row['label']}: {said(row)}."
    share = _share(row, whole["value"])
    return phrase(
        "alt.of_whole", label=row["label"], figure=said(row), share=share, whole=_named(whole)
    )


def _is_bounded(row: Row) -> bool:
    return QUALIFIERS[row["qualifier"]].is_bounded


def composition(total: Row, parts: pd.DataFrame, whole: float) -> str:
    """Return the parts of a total with their shares of `whole`, the largest first.

    All parts have a value.
    """
    largest = _largest(parts)
    total_figure = "" if isnan(total["value"]) else f" {said(total)}"
    return phrase(
        "alt.composition",
        total=f"{total['label']}{total_figure}",
        largest=_named(largest),
        share=_share(largest, whole),
        shares="; ".join(
            f"{row['label']} {said(row)} ({_share(row, whole)})" for row in records(parts)
        ),
    )


def flow(sources: pd.DataFrame, outcomes: pd.DataFrame) -> str:
    """Return the largest outcome with its share, then all of both sides; all have a value."""
    largest = _largest(outcomes)
    return phrase(
        "alt.flow",
        largest=_named(largest),
        share=_share(largest, outcomes["value"].sum()),
        sources=_listed(sources),
        outcomes=_listed(outcomes),
    )


def changes(card: pd.DataFrame) -> str:
    """Return how many figures rose and fell, then each of them."""
    moves = [
        rises_in_words(change, row["scale"])
        for row in records(card)
        if (change := row["pct_shown"] if row["change_shown"] is None else row["change_shown"])
    ]
    rises, falls = moves.count(True), moves.count(False)
    counts = [phrase("alt.rose", count=rises)] * bool(rises)
    counts += [phrase("alt.fell", count=falls)] * bool(falls)
    counted = phrase(
        "alt.compared",
        counts=", ".join(counts) or phrase("alt.unchanged"),
        before=card.attrs["year"] - 1,
    )
    return " ".join([f"{counted[0].upper()}{counted[1:]}", *results(card)])


def _largest(card: pd.DataFrame) -> Row:
    return records(card)[int(card["value"].to_numpy().argmax())]


def _share(row: Row, whole: float) -> str:
    return labels.percent(round(row["value"] / whole, 3))


def _listed(card: pd.DataFrame) -> str:
    return "; ".join(f"{row['label']} {said(row)}" for row in records(card))


def _named(row: Row) -> str:
    """Return a figure after its label, which starts in lower case unless it is an abbreviation."""
    return f"{labels.inside(row['label'])} ({said(row)})"
