"""All that follows from the tables that people write: every figure, its notes, and the audit."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from caoan_stats import audit, figures, filling, relations
from caoan_stats.figures import Statement
from caoan_stats.frames import frame, records

SCHEMAS = Path(__file__).with_suffix(".json")


def derive(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Derive figures and judge them.

    Parameters
    ----------
    tables
        The valid tables of a data folder by name, as `caoan_stats.raw.read` gives them.

    Returns
    -------
    dict of DataFrame
        `observations`, `notes` and `audit`, as `schemas` declares them.
    """
    stated = statement(tables)
    truths = relations.read(records(tables["relations"]))
    known = filling.fill(stated, truths, figures.bounds(tables["targets"]))
    reasons = audit.acknowledged(records(tables["acknowledged"]))
    rows = [
        {**stated.catalogue[row["indicator"]], **row} for row in filling.observations(stated, known)
    ]
    return {
        "observations": frame(schemas()["observations"], rows),
        "notes": frame(schemas()["notes"], [row for row in rows if row["note"]]),
        "audit": frame(schemas()["audit"], audit.check(stated, truths, known, reasons)),
    }


def statement(tables: Mapping[str, pd.DataFrame]) -> Statement:
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
    return figures.statement(observations, catalogue.assign(exact=kinds))


@cache
def schemas() -> Mapping[str, Mapping[str, Any]]:
    """Give the Table Schema of each derived table."""
    content: Mapping[str, Mapping[str, Any]] = json.loads(SCHEMAS.read_bytes())
    return content
