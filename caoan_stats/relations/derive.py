"""All that follows from the tables that people write: every figure, its notes, and the audit."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from caoan_stats.common.frames import make_frame, records
from caoan_stats.relations import audit, figures, filling
from caoan_stats.relations.figures import Statement
from caoan_stats.relations.relation import parse_relations

SCHEMAS = Path(__file__).with_name("derived.schema.json")


def derive(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Derive figures and judge them.

    Parameters
    ----------
    tables
        The valid tables of a data folder by name (`caoan_stats.datafolder.raw.read_tables`).

    Returns
    -------
    dict of DataFrame
        `observations`, `notes` and `audit`, as `schemas` declares them.
    """
    stated = read_statement(tables)
    truths = parse_relations(records(tables["relations"]))
    known = filling.fill(stated, truths, figures.target_bounds(tables["targets"]))
    reasons = audit.acknowledged_reasons(records(tables["acknowledged"]))
    rows = [
        {**stated.catalogue[row["indicator"]], **row}
        for row in filling.list_observations(stated, known)
    ]
    return {
        "observations": make_frame(derived_schemas()["observations"], rows),
        "notes": make_frame(derived_schemas()["notes"], [row for row in rows if row["note"]]),
        "audit": make_frame(
            derived_schemas()["audit"], audit.audit_relations(stated, truths, known, reasons)
        ),
    }


def read_statement(tables: Mapping[str, pd.DataFrame]) -> Statement:
    """Take what the sources state, and what the catalogue says of it.

    Parameters
    ----------
    tables
        As for `derive`.
    """
    catalogue = tables["indicators"]
    observations = pd.concat([tables[name] for name in catalogue["table"].unique()])
    exact = tables["units"].set_index("unit")["exact"].to_dict()
    kinds = [exact.get(unit, False) for unit in catalogue["unit"]]
    return figures.make_statement(observations, catalogue.assign(exact=kinds))


@cache
def derived_schemas() -> Mapping[str, Mapping[str, Any]]:
    """Give the Table Schema of each derived table."""
    content: Mapping[str, Mapping[str, Any]] = json.loads(SCHEMAS.read_bytes())
    return content
