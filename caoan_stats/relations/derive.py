"""Tables derived from those that people write: all figures, their notes, and the audit."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from caoan_stats.common.frames import make_frame, records
from caoan_stats.concepts import qualifiers
from caoan_stats.relations import audit, figures, filling
from caoan_stats.relations.figures import Statement
from caoan_stats.relations.relation import parse_relations

SCHEMAS = Path(__file__).with_name("derived.schema.json")


def derive(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return `observations`, `notes` and `audit`, with the columns that `derived_schemas` declares.

    `tables` are valid, as `caoan_stats.datafolder.raw.read_tables` returns them.
    """
    stated = read_statement(tables)
    relations = parse_relations(records(tables["relations"]))
    known = filling.fill(stated, relations, figures.target_bounds(tables["targets"]))
    reasons = audit.acknowledged_reasons(records(tables["acknowledged"]))
    observations = filling.list_observations(stated, known)
    rows = [{**stated.catalogue[row["indicator"]], **row} for row in observations]
    checks = audit.audit_relations(stated, relations, known, reasons)
    schemas = derived_schemas()
    return {
        "observations": make_frame(schemas["observations"], rows),
        "notes": make_frame(schemas["notes"], [row for row in rows if row["note"]]),
        "audit": make_frame(schemas["audit"], checks),
    }


def read_statement(tables: Mapping[str, pd.DataFrame]) -> Statement:
    """Return the observations of all tables, and the catalogue with the column `exact`."""
    catalogue = tables["indicators"]
    observations = pd.concat([tables[name] for name in catalogue["table"].unique()])
    exact = tables["units"].set_index("unit")["exact"].to_dict()
    is_exact = [exact.get(unit, False) for unit in catalogue["unit"]]
    return figures.make_statement(observations, catalogue.assign(exact=is_exact))


@cache
def derived_schemas() -> Mapping[str, Mapping[str, Any]]:
    """Return the Table Schema of each derived table, by resource name."""
    content: Mapping[str, Mapping[str, Any]] = json.loads(SCHEMAS.read_bytes())
    for field in content["observations"]["fields"]:
        if field["name"] == "qualifier":
            field["description"] = qualifiers.description()
            field["constraints"] = {"enum": qualifiers.codes()}
    return content
