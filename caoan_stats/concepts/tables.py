"""Tables of a data folder and the fields that the program reads. To add one, add a row to `TABLES`.

A table of the report (rice, livestock, ...) needs no row here: it is a CSV in `data/raw/` and an
entry in `data/datapackage.json`; `observations` has the fields that all of them share.
"""

from collections.abc import Mapping
from typing import NamedTuple

REPORT = "observations"  # stands for every table of the report


class TableSpec(NamedTuple):
    """One table; the descriptor of a data folder may declare more fields."""

    fields: Mapping[str, str]  # Table Schema type of each
    is_shared: bool = False  # all communes have the same rows; a new data folder starts with them
    is_processed: bool = False  # it is copied to `processed/` unchanged


TABLES: Mapping[str, TableSpec] = {
    REPORT: TableSpec({
        "indicator": "string", "year": "integer", "value": "number", "change": "number",
        "qualifier": "string", "source": "string", "section": "string", "note": "string",
    }),
    "targets": TableSpec({
        "indicator": "string", "year": "integer", "lower": "number", "upper": "number",
        "closed": "string", "source": "string", "section": "string", "note": "string",
    }, is_processed=True),
    "indicators": TableSpec({
        "indicator": "string", "table": "string", "label_vi": "string", "label_en": "string",
        "unit": "string", "better": "string", "decimals": "integer", "sensitive": "boolean",
    }, is_shared=True, is_processed=True),
    "units": TableSpec({
        "unit": "string", "label_vi": "string", "label_en": "string", "exact": "boolean",
    }, is_shared=True, is_processed=True),
    "sources": TableSpec({
        "source": "string", "title": "string", "issuer": "string", "date": "string",
    }, is_processed=True),
    "relations": TableSpec({
        "left": "string", "operator": "string", "right": "string", "label_vi": "string",
    }, is_shared=True, is_processed=True),
    "acknowledged": TableSpec({
        "left": "string", "operator": "string", "right": "string", "year": "integer",
        "reason": "string",
    }),
}  # fmt: skip
