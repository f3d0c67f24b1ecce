"""Tables of the public edition: without small sensitive counts and figures that disclose them."""

from collections.abc import Collection, Mapping
from fractions import Fraction

import pandas as pd

from caoan_stats.common.frames import Row, records
from caoan_stats.disclosure.suppression import Year, choose_marks
from caoan_stats.relations import figures
from caoan_stats.relations.figures import BACKWARDS, FORWARDS
from caoan_stats.relations.intervals import Interval, around
from caoan_stats.relations.relation import parse_relations, relation_key

LOWEST_THRESHOLD = 3  # with 2, `<2` would disclose 1
HIDDEN = "hidden"

Tables = Mapping[str, pd.DataFrame]
Hidden = Mapping[tuple[str, int], str]  # mark by indicator and year


def conceal(tables: Tables, below: int) -> Tables:
    """Return the tables of the public edition, without sensitive counts from 1 to under `below`.

    `tables` are those of `caoan_stats.datafolder.processed.load_tables`. A hidden figure of
    `observations` has the value None, and its mark in the new column `hidden`: `<5`, or `ẩn` for a
    secondary suppression; "" where it is shown. `notes` lacks the notes of hidden figures and of
    figures in a relation with one. A relation with a hidden figure has the status `not_checkable`
    in `audit`, and no numbers. Raises `ValueError` if `below` is less than 3.
    """
    if below < LOWEST_THRESHOLD:
        lowest = f"the lowest threshold of a public edition is {LOWEST_THRESHOLD}"
        raise ValueError(f"{lowest}, not {below}")
    hidden = {
        (code, year): mark
        for year in sorted(set(tables["observations"]["year"]))
        for code, mark in choose_marks(_read_year(tables, year, below)).items()
    }
    return {
        **tables,
        "observations": _observations(tables["observations"], hidden),
        "notes": _notes(tables, hidden),
        "audit": _audit(tables["audit"], hidden),
    }


def _read_year(tables: Tables, year: int, threshold: int) -> Year:
    exact = tables["units"].set_index("unit")["exact"].to_dict()
    catalogue = {row["indicator"]: row for row in records(tables["indicators"])}
    observations, checks = (
        [row for row in records(tables[name]) if row["year"] == year]
        for name in ("observations", "audit")
    )
    rows = [row for row in observations if row["value"] is not None]
    counts = {code for code, entry in catalogue.items() if exact.get(entry["unit"], False)}
    intervals = {row["indicator"]: _interval(row, catalogue, counts) for row in rows}
    bounds = figures.target_bounds(tables["targets"])
    intervals |= {name: bound.interval for (name, when), bound in bounds.items() if when == year}
    broken = {relation_key(row) for row in checks if row["status"] == "broken"}
    holding = [row for row in records(tables["relations"]) if relation_key(row) not in broken]
    values = {row["indicator"]: row["value"] for row in rows}
    sensitive = {code for code, entry in catalogue.items() if entry["sensitive"]}
    return Year(values, intervals, counts, sensitive, parse_relations(holding), threshold)


def _interval(row: Row, catalogue: Mapping[str, Row], counts: Collection[str]) -> Interval:
    """Return the interval of a figure; a derived one is rounded to its indicator's decimals."""
    code, value = row["indicator"], row["value"]
    if row["status"] != "derived" or code in counts:
        return around(value, row["qualifier"], exact=code in counts)
    half = Fraction(10) ** -(catalogue[code]["decimals"] or 0) / 2
    return Interval(Fraction(value) - half, Fraction(value) + half)


def _observations(observations: pd.DataFrame, hidden: Hidden) -> pd.DataFrame:
    keys = zip(observations["indicator"], observations["year"], strict=True)
    marks = pd.Series([hidden.get(key, "") for key in keys], index=observations.index, dtype="str")
    is_shown = marks == ""
    return observations.assign(
        value=observations["value"].where(is_shown, None),
        qualifier=observations["qualifier"].where(is_shown, ""),
        hidden=marks,
    )


def _notes(tables: Tables, hidden: Hidden) -> pd.DataFrame:
    """Return the notes without those of hidden figures and of figures in a relation with one."""
    notes, relations = tables["notes"], parse_relations(records(tables["relations"]))
    related = {
        (name, year)
        for code, year in hidden
        for relation in relations
        if code in relation.names
        for name in relation.names
    }
    keys = zip(notes["indicator"], notes["year"], strict=True)
    return notes[[key not in related and key not in hidden for key in keys]]


def _audit(audit: pd.DataFrame, hidden: Hidden) -> pd.DataFrame:
    """Return the audit with every check of a hidden figure as not checkable, without numbers."""
    numbers = dict.fromkeys(("stated", "computed", "lower", "upper", "gap"))
    concealed = {**numbers, "status": "not_checkable", "reason": HIDDEN, "acknowledged": ""}
    rows = [{**row, **concealed} if _uses(row, hidden) else row for row in records(audit)]
    return pd.DataFrame(rows, columns=audit.columns).astype(audit.dtypes.to_dict())


def _uses(row: Row, hidden: Hidden) -> bool:
    """Return whether a check uses a hidden figure; a stated change uses those of two years."""
    steps = (0, -1, 1) if row["right"] in (FORWARDS, BACKWARDS) else (0,)
    codes = row["indicators"].split(", ")
    return any((code, row["year"] + step) in hidden for code in codes for step in steps)
