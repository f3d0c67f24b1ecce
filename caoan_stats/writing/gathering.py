"""What the report of a year states, from a `Dataset`: facts, aims, gaps, and doubts about them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import FACTS, VALUE
from caoan_stats.concepts.statuses import STATUSES, with_verdict
from caoan_stats.dataset import Dataset
from caoan_stats.display import sentences as of_cards
from caoan_stats.display.notes import contradiction
from caoan_stats.relations import documents
from caoan_stats.relations.derive import make_catalogue
from caoan_stats.writing import sentences
from caoan_stats.writing.outline import Statement

Key = tuple[str, int]


def report_sources(ds: Dataset, year: int) -> list[str]:
    """Return the documents that have facts and are the report of a year."""
    facts, targets = records(ds.tables["facts"]), records(ds.tables["targets"])
    dates = documents.dates_of(records(ds.tables["sources"]))
    known, before = (
        documents.known_until(last, facts, targets, dates) for last in (year, year - 1)
    )
    stated = dict.fromkeys(row["source"] for row in facts)
    return [source for source in stated if source in known - before]


def statements_of(ds: Dataset, year: int) -> list[Statement]:
    """Return all statements of the report of a year, gaps last; empty if it has no report."""
    sources = report_sources(ds, year)
    if not sources:
        return []
    comments = _comments(ds, sources)
    rows, aims = [*_rows(ds, sources)], [*_aims(ds, sources, year)]
    set_for = groupby(sorted(aims, key=_place), key=_place)
    beside = {place: [*own] for place, own in set_for}
    stated = {_place(row) for row in rows}
    made = [
        _statement(row, year, beside.get(_place(row), []), comments.get(_place(row)[:2], []))
        for row in rows
    ]
    alone = [_statement(None, year, [aim], []) for aim in aims if _place(aim) not in stated]
    return [*made, *alone, *_gaps(ds, year, {row["indicator"] for row in rows})]


def _place(row: Row) -> tuple[str, int, str]:
    return row["indicator"], row["year"], row["section"]


def _statement(
    row: Row | None, year: int, aims: Sequence[Row], comments: Sequence[str]
) -> Statement:
    """Return what a section says of an indicator: facts, if any, and aims."""
    first = row or {**aims[0], "year": year}  # an aim says its own year
    words = [sentences.facts_in_words(row)] if row else []
    words += [sentences.aim_in_words(aim, year) for aim in aims]
    notes = filter(None, map(sentences.note_of_aim, aims))
    return Statement(
        first["indicator"],
        first["table"],
        first["section"],
        sentences.label_of(first, year),
        "; ".join(words),
        (*comments, *notes),
    )


def _rows(ds: Dataset, sources: Sequence[str]) -> Iterator[Row]:
    """Yield what documents state of each indicator in each year, also what is not public."""
    found: dict[tuple[str, int, str, str], dict[str, Any]] = defaultdict(dict)
    for row in records(ds.tables["facts"]):
        if row["source"] in sources:
            stated = found[row["indicator"], row["year"], row["source"], row["section"]]
            stated[row["fact"]] = row["value"] if FACTS[row["fact"]].is_number else row["text"]
            stated["qualifier"] = stated.get("qualifier") or row["qualifier"]
    for row in records(ds.tables["observations"]):
        if row.get("hidden") and row["source"] in sources:
            key = row["indicator"], row["year"], row["source"], row["section"]
            found[key]["hidden"] = row["hidden"]
    catalogue = _catalogue(ds)
    order = {code: place for place, code in enumerate(catalogue)}
    for (code, year, _, section), stated in sorted(found.items(), key=lambda it: order[it[0][0]]):
        entry = catalogue[code]
        unit, scale = entry["unit_label"], entry["scale"]
        given = sentences.make_row(entry["label"], unit, year, scale, **stated)
        yield {**given, "indicator": code, "table": entry["table"], "section": section}


def _aims(ds: Dataset, sources: Sequence[str], year: int) -> Iterator[Row]:
    """Yield the targets that documents set for a year and for those after it."""
    catalogue, verdicts = _catalogue(ds), _verdicts(ds, year)
    for row in records(ds.tables["targets"]):
        if row["source"] in sources and row["year"] >= year:
            entry = catalogue[row["indicator"]]
            named = {"label": entry["label"], "unit": entry["unit_label"], "table": entry["table"]}
            target = row["indicator"], row["year"], row["source"], row["of"] or VALUE
            yield {**row, **named, "verdict": verdicts.get(target, "")}


def _verdicts(ds: Dataset, year: int) -> Mapping[tuple[str, int, str, str], str]:
    """Return in a word how the results of a year compare with targets, where that is certain."""
    judged = [*with_verdict("reached"), *with_verdict("missed")]
    return {
        (row["indicator"], year, row["target_source"], row["of"]): STATUSES[row["status"]].words
        for row in records(ds.scorecard(year, [*ds.titles]))
        if row["status"] in judged and not row["assumed"]
    }


def _gaps(ds: Dataset, year: int, stated: set[str]) -> Iterator[Statement]:
    """Yield a bracket for each indicator of the last report that this one does not state."""
    catalogue = _catalogue(ds)
    before = report_sources(ds, year - 1)
    shown = {
        row["indicator"]
        for row in records(ds.tables["observations"])
        if row.get("hidden") and row["year"] == year
    }
    rows = {row["indicator"]: row for row in _rows(ds, before) if row["year"] == year - 1}
    for code, row in rows.items():
        if code not in stated | shown and catalogue[code]["unit"]:
            gap = phrase("report.gap", unit=row["unit"])
            yield Statement(code, row["table"], row["section"], row["label"], gap, is_gap=True)


def _comments(ds: Dataset, sources: Sequence[str]) -> Mapping[Key, list[str]]:
    """Return what is doubtful or to be known of each figure: contradictions, breaks, notes."""
    found: dict[Key, list[str]] = defaultdict(list)
    audit = ds.audit()
    for row in records(audit[audit["status"] == "broken"]):
        for code in row["indicators"].split(", ")[:1]:
            found[code, row["year"]].append(contradiction(row))
    for row in records(ds.tables["breaks"]):
        reason = of_cards.reason({"break_reason": row["reason"]})
        words = phrase("note.break_of_all", year=row["year"], reason=reason)
        found[row["indicator"], row["year"]].append(words)
    for row in records(ds.notes):
        if row["source"] in sources:
            found[row["indicator"], row["year"]].append(row["note"])
    return found


def _catalogue(ds: Dataset) -> Mapping[str, Row]:
    """Return the catalogue by indicator, with its labels and the scale of its unit."""
    scales = make_catalogue(ds.tables)
    return {
        row["indicator"]: {**row, "scale": scales[row["indicator"]]["scale"]}
        for row in records(ds.indicators)
    }
