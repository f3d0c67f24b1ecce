"""What the report of a year states, from a `Dataset`: facts, aims, gaps, and doubts about them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import FACTS, VALUE
from caoan_stats.dataset import Dataset
from caoan_stats.display import sentences as of_cards
from caoan_stats.display.notes import contradiction
from caoan_stats.relations import documents
from caoan_stats.relations.derive import make_catalogue
from caoan_stats.writing import sentences
from caoan_stats.writing.outline import Statement

Key = tuple[str, int]


def report_sources(ds: Dataset, year: int) -> list[str]:
    """Return the documents that are the report of a year: those that have facts and belong to it."""
    facts, targets = records(ds.tables["facts"]), records(ds.tables["targets"])
    dates = documents.dates_of(records(ds.tables["sources"]))
    known, before = (documents.known_until(last, facts, targets, dates) for last in (year, year - 1))
    stated = dict.fromkeys(row["source"] for row in facts)
    return [source for source in stated if source in known - before]


def statements_of(ds: Dataset, year: int) -> list[Statement]:
    """Return all statements of the report of a year, gaps last; empty if it has no report."""
    sources = report_sources(ds, year)
    if not sources:
        return []
    comments = _comments(ds, sources)
    rows, aims = list(_rows(ds, sources)), list(_aims(ds, sources, year))
    of_year: dict[tuple[str, str], Row] = {
        (row["indicator"], row["section"]): row for row in aims if row["year"] == year
    }
    made = []
    for row in rows:
        key = (row["indicator"], row["year"])
        aim = of_year.pop((row["indicator"], row["section"]), None) if row["year"] == year else None
        parts = [sentences.facts_in_words(row), sentences.aim_in_words(aim, year) if aim else ""]
        words = "; ".join(filter(None, parts))
        made.append(_statement(row, sentences.label_of(row, year), words, comments.get(key, ())))
    for row in aims:
        if row["year"] != year or row is of_year.get((row["indicator"], row["section"])):
            remark = [row["note"]] if row["note"] and sentences.bounds_in_words(row) else []
            words = sentences.aim_in_words(row, year)
            made.append(_statement(row, str(row["label"]), words, remark))
    return [*made, *_gaps(ds, year, {row["indicator"] for row in rows})]


def _statement(row: Row, label: str, words: str, comments: Iterable[str]) -> Statement:
    return Statement(
        row["indicator"], row["table"], row["section"], label, words, tuple(comments)
    )


def _rows(ds: Dataset, sources: Sequence[str]) -> Iterator[Row]:
    """Yield what documents state of each indicator in each year, also what is not public."""
    facts: dict[tuple[str, int, str, str], dict[str, Any]] = defaultdict(dict)
    for row in records(ds.tables["facts"]):
        if row["source"] in sources:
            key = (row["indicator"], row["year"], row["source"], row["section"])
            stated = row["value"] if FACTS[row["fact"]].is_number else row["text"]
            facts[key] |= {row["fact"]: stated}
            if row["fact"] == VALUE or VALUE not in facts[key]:
                facts[key]["qualifier"] = row["qualifier"] or facts[key].get("qualifier", "")
    for row in records(ds.tables["observations"]):
        if row.get("hidden") and row["source"] in sources:
            key = (row["indicator"], row["year"], row["source"], row["section"])
            facts[key] |= {"hidden": row["hidden"]}
    catalogue = _catalogue(ds)
    place = {code: number for number, code in enumerate(catalogue)}
    for (code, year, _, section), stated in sorted(facts.items(), key=lambda it: place[it[0][0]]):
        entry = catalogue[code]
        row = sentences.make_row(entry["label"], entry["unit_label"], year, entry["scale"], **stated)
        yield {**row, "indicator": code, "table": entry["table"], "section": section}


def _aims(ds: Dataset, sources: Sequence[str], year: int) -> Iterator[Row]:
    """Yield the targets that documents set for a year and for those after it."""
    catalogue = _catalogue(ds)
    for row in records(ds.tables["targets"]):
        if row["source"] in sources and row["year"] >= year:
            entry = catalogue[row["indicator"]]
            named = {"label": entry["label"], "unit": entry["unit_label"], "table": entry["table"]}
            yield {**row, **named}


def _gaps(ds: Dataset, year: int, stated: set[str]) -> Iterator[Statement]:
    """Yield a bracket for each indicator of the last report that this one does not state."""
    catalogue = _catalogue(ds)
    before = report_sources(ds, year - 1)
    shown = {
        row["indicator"] for row in records(ds.tables["observations"])
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
