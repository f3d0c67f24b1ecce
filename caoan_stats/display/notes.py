"""Notes below figures: remarks, contradictions, derivations and sources.

The frames `observations`, `notes`, `audit` and `sources` are those of a `Dataset`.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import nan
from typing import Any

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import PREVIOUS, formulas
from caoan_stats.display import audit_tables, sentences
from caoan_stats.display.target_words import target_words
from caoan_stats.relations.audit import ASSUMED

CHANGES = formulas(PREVIOUS)


def figure_notes(
    card: pd.DataFrame,
    observations: pd.DataFrame,
    notes: pd.DataFrame,
    audit: pd.DataFrame,
    sources: pd.DataFrame,
) -> list[str]:
    """Return notes, contradictions, derivations and sources of a year and the year before.

    They are those of the indicators in `card`, which holds rows of `Dataset.scorecard`.
    """
    names, year = card["label"].to_dict(), card.attrs["year"]
    noted, audited, observed = (
        [row for row in records(frame) if row["year"] in (year - 1, year)]
        for frame in (notes, audit, observations)
    )
    lines = [
        phrase("note.figure", label=names[row["indicator"]], year=row["year"], note=row["note"])
        for row in noted
        if row["indicator"] in names
    ]
    lines += [
        contradiction(row)
        for row in audited
        if row["status"] == "broken"
        and any(code in names for code in row["indicators"].split(", "))
    ]
    lines += _derivations(
        [row for row in audited if row["status"] == "derived" and row["left"] in names], names
    )
    lines += [line for row in records(card) for line in _of_row(row, card.attrs)]
    lines += _breaks(card)
    used = [row["source"] for row in observed if row["indicator"] in names]
    lines += source_lines(sources, [*used, *_documents(card)])
    return lines or [phrase("note.no_source", year=year)]


def _documents(card: pd.DataFrame) -> Iterator[str]:
    """Yield the documents of figures, changes and targets, also of those that are not used."""
    for column in ("source", "target_source", "change_source"):
        yield from card[column]
    for column in ("revised", "previous_revised", "other_targets"):
        yield from (row["source"] for rows in card[column] for row in rows)


def _of_row(row: Row, attrs: Mapping[Any, Any]) -> Iterator[str]:
    """Yield what is to be known of a row: a revised figure of last year, and of its targets."""
    year = attrs["year"]
    if row["previous_revised"] and not row["previous_hidden"]:
        statements = sentences.older_statements(row, row["previous_revised"], attrs)
        yield phrase("note.revised", label=row["label"], year=year - 1, statements=statements)
    yield from target_notes(row, attrs)


def target_notes(row: Row, attrs: Mapping[Any, Any]) -> Iterator[str]:
    """Yield the note of the target of a row that has bounds too, and its other targets."""
    year, names, label = attrs["year"], attrs.get("documents", {}), labels.inside(row["label"])
    words, note = sentences.target_words(row), str(row["note"]).rstrip(".")
    before = phrase("change.before", year=year - 1)
    repeats = note.casefold().replace(before, phrase("change.last_year")) == words.casefold()
    if words and note and not repeats:
        yield phrase("note.target", label=label, year=year, note=note)
    for each in row["other_targets"]:
        lower, upper = (nan if each[side] is None else each[side] for side in ("lower", "upper"))
        words = target_words(lower, upper, each["closed"] or "both", each["of"], row["unit"])
        yield phrase(
            "note.other_target",
            label=label,
            year=year,
            target=words or each["note"],
            document=names.get(each["source"], each["source"]),
            section=each["section"],
        )


def _breaks(card: pd.DataFrame) -> Iterator[str]:
    """Yield a sentence for each reason why figures are not comparable with those before."""
    broken: dict[str, list[str]] = {}
    for row in records(card):
        if row["break_reason"]:
            broken.setdefault(sentences.reason(row), []).append(row["label"])
    for reason, names in broken.items():
        of_all = "_of_all" if len(names) == len(card) else ""
        details = {"year": card.attrs["year"], "reason": reason, "labels": "; ".join(names)}
        yield phrase(f"note.break{of_all}", **details)


def source_lines(sources: pd.DataFrame, codes: Iterable[str]) -> list[str]:
    """Return a line for each document: title, issuer and date.

    The lines are in the order of `codes`, which can be empty or repeated.
    """
    used = sources.loc[[code for code in dict.fromkeys(codes) if code]]
    return [
        phrase(
            "note.source", title=row["title"], issuer=row["issuer"], date=labels.date(row["date"])
        )
        for row in records(used)
    ]


def contradiction(row: Row) -> str:
    """Return a sentence with both values, and the reason if the contradiction is acknowledged."""
    sentence = phrase(
        "note.contradiction",
        year=row["year"],
        relation=row["label"],
        stated=audit_tables.stated(row),
        computed=audit_tables.computed(row),
    )
    return f"{sentence} {row['acknowledged']}".strip()


def _derivations(rows: Iterable[Row], names: Mapping[Any, str]) -> Iterator[str]:
    """Yield a sentence for all figures derived from changes, then one for each relation."""
    changed: list[str] = []
    years: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        year = phrase("date.year", date=row["year"])
        if row["right"] in CHANGES:
            changed.append(f"{names[row['left']]} ({year})")
        else:
            basis = "assumption" if row["reason"] == ASSUMED else "relation"
            years.setdefault((basis, row["label"]), []).append(year)
    if changed:
        yield phrase("note.from_changes", figures="; ".join(changed))
    for (basis, label), when in years.items():
        yield phrase(f"note.from_{basis}", relation=label, years=", ".join(when))


def audit_summary(audit: pd.DataFrame) -> list[str]:
    """Return sentences that count the relations of a year by status."""
    year = audit.attrs["year"]
    if audit.empty:
        return [phrase("audit.nothing", year=year)]
    counts = audit["status"].value_counts()
    holds, broken, derived, unchecked = (
        int(counts.get(status, 0)) for status in ("holds", "broken", "derived", "not_checkable")
    )
    sentences = [phrase("audit.checked", year=year, count=holds + broken, holds=holds)]
    if broken:
        seen = int((audit["acknowledged"] != "").sum())
        sentences.append(phrase("audit.broken", count=broken, acknowledged=seen))
    if derived:
        sentences.append(phrase("audit.derived", count=derived))
    if unchecked:
        is_hidden = (audit["reason"] == "hidden").any()
        reason = phrase("audit.because_hidden" if is_hidden else "audit.because")
        sentences.append(phrase("audit.unchecked", count=unchecked, reason=reason))
    return sentences
