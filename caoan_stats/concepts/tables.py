"""Tables of a data folder and the fields that the program reads. To add one, add a row to `TABLES`.

A table of the report (rice, livestock, ...) needs no row here: it is a CSV in `data/raw/` and an
entry in `data/datapackage.json`; `observations` has the fields that all of them share.
"""

from collections.abc import Mapping
from typing import NamedTuple

REPORT = "observations"  # stands for every table of the report
TARGETS, SOURCES, ACKNOWLEDGED = "targets", "sources", "acknowledged"  # other tables
BOUNDS = LOWER, UPPER = ("lower", "upper")  # columns of a target


class TableSpec(NamedTuple):
    """One table; the descriptor of a data folder may declare more fields."""

    fields: Mapping[str, str]  # Table Schema type of each
    optional: Mapping[str, str] = {}  # fields that a descriptor, or a file, can be without
    is_shared: bool = False  # all communes have the same rows; a new data folder starts with them
    is_processed: bool = False  # it is copied to `processed/` unchanged
    is_optional: bool = False  # a descriptor can be without it; it then has no rows


TABLES: Mapping[str, TableSpec] = {
    REPORT: TableSpec({
        "indicator": "string", "year": "integer", "value": "number", "change": "number",
        "qualifier": "string", "source": "string", "section": "string", "note": "string",
    }, {
        "pct_change": "number", "pct_of_plan": "number", "direction": "string", "words": "string",
    }),
    "targets": TableSpec({
        "indicator": "string", "year": "integer", "lower": "number", "upper": "number",
        "closed": "string", "source": "string", "section": "string", "note": "string",
    }, {"of": "string", "base_year": "integer"}, is_processed=True),
    "indicators": TableSpec({
        "indicator": "string", "table": "string", "label_vi": "string", "label_en": "string",
        "unit": "string", "better": "string", "decimals": "integer", "sensitive": "boolean",
    }, {"definition_vi": "string"}, is_shared=True, is_processed=True),
    "units": TableSpec({
        "unit": "string", "label_vi": "string", "label_en": "string", "exact": "boolean",
    }, {"scale": "string"}, is_shared=True, is_processed=True),
    "unit_words": TableSpec({
        "word": "string", "unit": "string", "factor": "number",
    }, is_shared=True, is_processed=True, is_optional=True),
    "phrases": TableSpec({
        "indicator": "string", "must": "string", "context": "string", "must_not": "string",
    }, is_shared=True, is_processed=True, is_optional=True),
    "sources": TableSpec({
        "source": "string", "title": "string", "issuer": "string", "date": "string",
    }, is_processed=True),
    "relations": TableSpec({
        "left": "string", "operator": "string", "right": "string", "label_vi": "string",
    }, {"kind": "string", "years": "string"}, is_shared=True, is_processed=True),
    "acknowledged": TableSpec({
        "left": "string", "operator": "string", "right": "string", "year": "integer",
        "reason": "string",
    }, {"gap": "number"}, is_processed=True),
    "breaks": TableSpec({
        "indicator": "string", "year": "integer", "reason": "string",
    }, is_processed=True, is_optional=True),
}  # fmt: skip


def fields_of(table: str) -> Mapping[str, str]:
    """Return all fields of a table that the program reads, with the type of each."""
    spec = TABLES.get(table, TABLES[REPORT])
    return {**spec.fields, **spec.optional}
