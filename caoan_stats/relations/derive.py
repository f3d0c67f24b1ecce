"""Tables derived from those that people write: facts, figures, observations, notes, the audit."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import ceil, floor, inf
from pathlib import Path
from typing import Any

import pandas as pd

from caoan_stats.common.frames import Row, field_types, make_frame, records
from caoan_stats.common.numerals import round_to
from caoan_stats.concepts import qualifiers
from caoan_stats.concepts.facts import FACTS, VALUE
from caoan_stats.concepts.scales import SCALES, scale_of
from caoan_stats.relations import audit, documents, figures, filling
from caoan_stats.relations.figures import Figure, Known, Statement
from caoan_stats.relations.intervals import Interval, is_infinite
from caoan_stats.relations.measures import Series
from caoan_stats.relations.relation import Relation, parse_relations, ranked_of

DECIMALS = 12  # of the ends of an interval, rounded outwards
SCHEMAS = Path(__file__).with_name("derived.schema.json")

Tables = Mapping[str, pd.DataFrame]


def derive(tables: Tables) -> dict[str, pd.DataFrame]:
    """Return `facts`, `notes`, `figures`, `observations` and `audit`, as `derived_schemas` says.

    `tables` are valid, as `caoan_stats.datafolder.raw.read_tables` returns them.
    """
    names = tables["indicators"]["table"].unique()
    rows = [row for name in names for row in records(tables[name])]
    stated = documents.oldest_first(rows, _dates(tables))
    facts = [fact for row in stated for fact in _facts_of(row)]
    notes = [row for row in stated if row["note"]]
    schemas = derived_schemas()
    frames = {
        "facts": _frame(schemas["facts"], facts),
        "notes": _frame(schemas["notes"], notes),
    }
    return {**frames, **_complete({**tables, **frames})}


def restrict(tables: Tables, year: int) -> Tables:
    """Return processed tables as the documents that a year knows have them.

    A break of a later year is not known either.
    """
    facts, targets, dates = records(tables["facts"]), records(tables["targets"]), _dates(tables)
    last = documents.horizon(year, facts, dates)
    if last is None:
        return tables
    known = documents.known_until(last, facts, targets, dates)
    kept = {
        name: tables[name][tables[name]["source"].isin(known)]
        for name in ("facts", "notes", "targets")
    }
    kept["breaks"] = tables["breaks"][[of <= last for of in tables["breaks"]["year"]]]
    if all(len(frame) == len(tables[name]) for name, frame in kept.items()):
        return tables
    return {**tables, **kept, **_complete({**tables, **kept})}


def make_statement(tables: Tables) -> Statement:
    """Return the statement of the table `facts`."""
    facts, breaks = records(tables["facts"]), records(tables["breaks"])
    return figures.make_statement(facts, make_catalogue(tables), breaks)


def make_catalogue(tables: Tables) -> dict[str, Row]:
    """Return the catalogue by indicator, with `exact` and `scale` of its unit.

    Where it does not say which figures are `better`, the scale may.
    """
    units = {row["unit"]: row for row in records(tables["units"])}
    catalogue: dict[str, Row] = {}
    for row in records(tables["indicators"]):
        unit = units.get(row["unit"], {})
        scale = scale_of(row["unit"], unit.get("scale"))
        better = row["better"] or SCALES[scale].better
        of_unit = {"exact": unit.get("exact", False), "scale": scale, "better": better}
        catalogue[row["indicator"]] = {**row, **of_unit}
    return catalogue


def revisions(tables: Tables) -> list[Row]:
    """Return every value that a newer document corrects, a row for each document, with its date.

    The rows of a value are in the order of the documents; the last is the statement that is used.
    """
    dates = _dates(tables)
    facts = documents.oldest_first(records(tables["facts"]), dates)
    rows = figures.revisions(facts, make_catalogue(tables))
    return [{**row, "date": dates[row["source"]]} for row in rows]


def make_series(tables: Tables) -> Series:
    """Return what scorecards are computed from; `observations` may have the column `hidden`."""
    stated, (judged, others) = make_statement(tables), _targets(tables)
    revised: dict[figures.Key, list[Row]] = defaultdict(list)
    for row in revisions(tables):
        revised[row["indicator"], row["year"]].append(row)
    observations = records(tables["observations"])
    return Series(
        stated,
        {(row["indicator"], row["year"]): _figure(row) for row in records(tables["figures"])},
        judged,
        others,
        {
            (row["indicator"], row["year"]): row["hidden"]
            for row in observations
            if row.get("hidden")
        },
        {key: rows[:-1] for key, rows in revised.items()},
        _disputed(records(tables["audit"])),
        {(row["indicator"], row["year"]) for row in records(tables["notes"])},
        ranked_of(records(tables["relations"]), stated.catalogue),
    )


def _targets(tables: Tables) -> tuple[Mapping[figures.Key, Row], Mapping[figures.Key, list[Row]]]:
    """Return the targets by which figures are judged, and all other targets."""
    targets, dates = records(tables["targets"]), _dates(tables)
    judged = documents.judged_targets(targets, dates)
    others: dict[figures.Key, list[Row]] = defaultdict(list)
    for row in documents.oldest_first(targets, dates):
        key = (row["indicator"], row["year"])
        if row is not judged[key]:
            others[key].append(row)
    return judged, others


def _disputed(audit: Iterable[Row]) -> set[figures.Key]:
    """Return the figures of contradictions that nobody has acknowledged."""
    return {
        (code, row["year"])
        for row in audit
        if row["status"] == "broken" and not row["acknowledged"]
        for code in row["indicators"].split(", ")
    }


def _figure(row: Row) -> Figure:
    """Return a row of the table `figures` as a figure."""
    lower = -inf if row["lower"] is None else Fraction(row["lower"])
    upper = inf if row["upper"] is None else Fraction(row["upper"])
    origin = "" if row["status"] == "stated" else row["status"]
    return Figure(row, Interval(lower, upper), origin, row["status"] == "assumed")


def _complete(tables: Tables) -> dict[str, pd.DataFrame]:
    """Return the tables that follow from facts, targets and relations."""
    stated, relations = make_statement(tables), parse_relations(records(tables["relations"]))
    known = known_figures(tables, stated, relations)
    reasons = audit.acknowledged_rows(records(tables["acknowledged"]))
    observations = filling.list_observations(stated, known)
    rows = [{**stated.catalogue[row["indicator"]], **row} for row in observations]
    schemas = derived_schemas()
    return {
        "figures": _frame(schemas["figures"], list(_figures(known))),
        "observations": _frame(schemas["observations"], rows),
        "audit": _frame(schemas["audit"], audit.audit_relations(stated, relations, known, reasons)),
    }


def known_figures(tables: Tables, stated: Statement, relations: Sequence[Relation]) -> Known:
    """Return all figures, stated and derived, and the bounds and plans of targets."""
    planned = documents.planned_targets(records(tables["targets"]), _dates(tables)).values()
    return filling.fill(stated, relations, figures.target_figures(planned, stated.catalogue))


def _facts_of(row: Row) -> Iterator[Row]:
    """Yield the facts of a row of a raw table.

    The qualifier is that of the value; in a row without a value, that of its other numbers.
    """
    for fact, spec in FACTS.items():
        if row[fact] in (None, ""):
            continue
        content = (
            {"value": row[fact], "text": ""}
            if spec.is_number
            else {"value": None, "text": row[fact]}
        )
        is_qualified = spec.is_number and (fact == VALUE or row[VALUE] is None)
        yield {
            **row,
            **content,
            "fact": fact,
            "qualifier": row["qualifier"] if is_qualified else "",
        }


def _figures(known: Known) -> Iterator[Row]:
    """Yield the row of each figure; an end of an interval that is infinite is None."""
    for (name, year), figure in known.items():
        lower, upper = figure.interval.lower, figure.interval.upper
        ends = {
            "lower": None if is_infinite(lower) else round_to(Fraction(lower), DECIMALS, floor),
            "upper": None if is_infinite(upper) else round_to(Fraction(upper), DECIMALS, ceil),
        }
        yield {**figure.row, "indicator": name, "year": year, "status": figure.status, **ends}


def _dates(tables: Tables) -> documents.Dates:
    return documents.dates_of(records(tables["sources"]))


def _frame(schema: Mapping[str, Any], rows: Collection[Row]) -> pd.DataFrame:
    return make_frame(field_types(schema), list(rows))


@cache
def derived_schemas() -> Mapping[str, Mapping[str, Any]]:
    """Return the Table Schema of each derived table, by resource name."""
    content: Mapping[str, Mapping[str, Any]] = json.loads(SCHEMAS.read_bytes())
    codes = {"qualifier": qualifiers.codes(), "fact": [*FACTS]}
    for schema in content.values():
        for field in schema["fields"]:
            if field["name"] in codes:
                field["constraints"] = {"enum": codes[field["name"]]}
            if field["name"] == "qualifier":
                field["description"] = qualifiers.description()
    return content
