"""Notes below figures: remarks, contradictions, derivations and sources.

The frames `observations`, `notes`, `audit` and `sources` are those of a `Dataset`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from math import nan
from typing import Any, NamedTuple

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import PREVIOUS, formulas
from caoan_stats.display import audit_tables, sentences
from caoan_stats.display.target_words import target_words
from caoan_stats.relations.audit import ASSUMED

CHANGES = formulas(PREVIOUS)


class Note(NamedTuple):
    """A sentence, and the indicators whose figures it is about."""

    text: str
    about: tuple[str, ...] = ()


def figure_notes(
    cards: Sequence[pd.DataFrame],
    observations: pd.DataFrame,
    notes: pd.DataFrame,
    audit: pd.DataFrame,
    sources: pd.DataFrame,
) -> list[Note]:
    """Return notes, contradictions, derivations and sources of figures.

    They are those of the rows in `cards`, parts of `Dataset.scorecard`, in the year of each card
    and the year before.
    """
    names = {code: label for card in cards for code, label in card["label"].items()}
    shown = {(code, year) for card in cards for code in card.index for year in _years(card)}
    noted, observed = (
        [row for row in records(frame) if (row["indicator"], row["year"]) in shown]
        for frame in (notes, observations)
    )
    derived, broken = (records(audit[audit["status"] == each]) for each in ("derived", "broken"))
    cited = [row["source"] for row in observed]
    cited += [source for card in cards for source in _documents(card)]
    found = dict.fromkeys(
        [
            *_of_figures(noted, names),
            *_contradictions(broken, shown),
            *_derivations([row for row in derived if (row["left"], row["year"]) in shown], names),
            *(note for card in cards for row in records(card) for note in _of_row(row, card.attrs)),
            *(note for card in cards for note in _breaks(card)),
            *map(Note, source_lines(sources, cited)),
        ]
    )
    return [*found] or [Note(phrase("note.no_source", year=cards[0].attrs["year"]))]


def _years(card: pd.DataFrame) -> tuple[int, int]:
    year = int(card.attrs["year"])
    return year - 1, year


def _documents(card: pd.DataFrame) -> Iterator[str]:
    """Yield the documents of figures, changes and targets, also of those that are not used."""
    for column in ("source", "target_source", "change_source"):
        yield from card[column]
    for column in ("revised", "previous_revised", "other_targets"):
        yield from (row["source"] for rows in card[column] for row in rows)


def _of_figures(rows: Iterable[Row], names: Mapping[Any, str]) -> Iterator[Note]:
    """Yield each note of a year once, with the labels of all figures that have it.

    Of many that follow each other, the first and the last are named.
    """
    places = {code: place for place, code in enumerate(names)}
    noted: dict[tuple[int, str], list[str]] = {}
    for row in rows:
        noted.setdefault((row["year"], row["note"]), []).append(row["indicator"])
    for (year, note), codes in noted.items():
        codes.sort(key=lambda code: places[code])
        first, last = codes[0], codes[-1]
        if len(codes) > sentences.NAMED and places[last] - places[first] == len(codes) - 1:
            span = {"first": labels.inside(names[first]), "last": labels.inside(names[last])}
            label = phrase("note.figures", count=len(codes), **span)
        else:
            label = "; ".join(names[code] for code in codes)
        yield Note(phrase("note.figure", label=label, year=year, note=note), (*codes,))


def _contradictions(rows: Iterable[Row], shown: Set[tuple[Any, int]]) -> Iterator[Note]:
    for row in rows:
        codes = row["indicators"].split(", ")
        if about := tuple(code for code in codes if (code, row["year"]) in shown):
            yield Note(contradiction(row), about)


def _of_row(row: Row, attrs: Mapping[Any, Any]) -> Iterator[Note]:
    """Yield what is to be known of a row: revised figures of both years, and its targets."""
    for year, which in ((attrs["year"] - 1, "previous_"), (attrs["year"], "")):
        if row[f"{which}revised"] and not row[f"{which}hidden"]:
            statements = sentences.older_statements(row, row[f"{which}revised"], attrs)
            words = phrase("note.revised", label=row["label"], year=year, statements=statements)
            yield Note(words, (row["indicator"],))
    yield from map(Note, _of_target(row, attrs))


def _of_target(row: Row, attrs: Mapping[Any, Any]) -> Iterator[str]:
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


def _breaks(card: pd.DataFrame) -> Iterator[Note]:
    """Yield a sentence for each reason why figures are not comparable with those before."""
    broken: dict[str, list[str]] = {}
    for row in records(card):
        if row["break_reason"]:
            broken.setdefault(sentences.reason(row), []).append(row["label"])
    for reason, names in broken.items():
        of_all = "_of_all" if len(names) == len(card) else ""
        details = {"year": card.attrs["year"], "reason": reason, "labels": "; ".join(names)}
        yield Note(phrase(f"note.break{of_all}", **details))


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


def _derivations(rows: Iterable[Row], names: Mapping[Any, str]) -> Iterator[Note]:
    """Yield a note for all figures derived from changes, then one for each relation."""
    changed: dict[str, str] = {}
    years: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        year = phrase("date.year", date=row["year"])
        if row["right"] in CHANGES:
            changed[row["left"]] = f"{names[row['left']]} ({year})"
        else:
            basis = "assumption" if row["reason"] == ASSUMED else "relation"
            years.setdefault((basis, row["label"], row["left"]), []).append(year)
    if changed:
        yield Note(phrase("note.from_changes", figures="; ".join(changed.values())), (*changed,))
    for (basis, label, code), when in years.items():
        yield Note(phrase(f"note.from_{basis}", relation=label, years=", ".join(when)), (code,))


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
