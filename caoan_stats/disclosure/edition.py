"""The public edition of the tables: without small sensitive counts, and what would tell them."""

from collections.abc import Collection, Mapping
from fractions import Fraction

import pandas as pd

from caoan_stats.common.frames import Row, records
from caoan_stats.disclosure.suppression import Year, choose_marks
from caoan_stats.relations import figures
from caoan_stats.relations.figures import BACKWARDS, FORWARDS
from caoan_stats.relations.intervals import Interval, around
from caoan_stats.relations.relation import parse_relations, relation_key

LOWEST_THRESHOLD = 3  # the lowest threshold: under it a hidden count could be only one number
HIDDEN = "hidden"

Tables = Mapping[str, pd.DataFrame]
Hidden = Mapping[tuple[str, int], str]  # by indicator and year, what is shown in its place


def conceal(tables: Tables, below: int) -> Tables:
    """Make the tables of the public edition.

    Parameters
    ----------
    tables
        As `caoan_stats.datafolder.processed.load_tables` gives them.
    below
        Sensitive counts from 1 to below this number are not shown; at least 3.

    Returns
    -------
    dict of DataFrame
        The same tables. In `observations` a hidden figure has no value, and `hidden` says what
        stands in its place: `<5`, or `ẩn` for a secondary suppression. Notes that could tell are
        left out, and a relation with a hidden figure is not checkable.

    Raises
    ------
    ValueError
        The threshold is below 3.
    """
    if below < LOWEST_THRESHOLD:
        raise ValueError(
            f"the lowest threshold of a public edition is {LOWEST_THRESHOLD}, not {below}"
        )
    hidden = {
        (code, year): shown
        for year in sorted(set(tables["observations"]["year"]))
        for code, shown in choose_marks(_read(tables, year, below)).items()
    }
    return {
        **tables,
        "observations": _observations(tables["observations"], hidden),
        "notes": _notes(tables, hidden),
        "audit": _audit(tables["audit"], hidden),
    }


def _read(tables: Tables, year: int, below: int) -> Year:
    exact = tables["units"].set_index("unit")["exact"].to_dict()
    catalogue = {row["indicator"]: row for row in records(tables["indicators"])}
    rows = [
        row
        for row in records(tables["observations"])
        if row["year"] == year and row["value"] is not None
    ]
    counts = {code for code, entry in catalogue.items() if exact.get(entry["unit"], False)}
    within = {row["indicator"]: _interval(row, catalogue, counts) for row in rows}
    bounds = figures.target_bounds(tables["targets"])
    within |= {name: figure.interval for (name, when), figure in bounds.items() if when == year}
    broken = {
        relation_key(row)
        for row in records(tables["audit"])
        if row["year"] == year and row["status"] == "broken"
    }
    truths = [row for row in records(tables["relations"]) if relation_key(row) not in broken]
    return Year(
        {row["indicator"]: row["value"] for row in rows},
        within,
        counts,
        {code for code, entry in catalogue.items() if entry["sensitive"]},
        parse_relations(truths),
        below,
    )


def _interval(row: Row, catalogue: Mapping[str, Row], counts: Collection[str]) -> Interval:
    """Give the interval of a figure; that of a derived one by the decimals that it was cut to."""
    code, value = row["indicator"], row["value"]
    if row["status"] != "derived" or code in counts:
        return around(value, row["qualifier"], exact=code in counts)
    half = Fraction(10) ** -(catalogue[code]["decimals"] or 0) / 2
    return Interval(Fraction(value) - half, Fraction(value) + half)


def _observations(observations: pd.DataFrame, hidden: Hidden) -> pd.DataFrame:
    keys = zip(observations["indicator"], observations["year"], strict=True)
    shown = pd.Series([hidden.get(key, "") for key in keys], index=observations.index, dtype="str")
    bare = shown == ""
    return observations.assign(
        value=observations["value"].where(bare, None),
        qualifier=observations["qualifier"].where(bare, ""),
        hidden=shown,
    )


def _notes(tables: Tables, hidden: Hidden) -> pd.DataFrame:
    """Leave out what was noted of hidden figures, and of those that a relation ties to them."""
    notes, truths = tables["notes"], parse_relations(records(tables["relations"]))
    told = {
        (name, year)
        for code, year in hidden
        for relation in truths
        if code in relation.names
        for name in relation.names
    }
    keys = zip(notes["indicator"], notes["year"], strict=True)
    return notes[[key not in told and key not in hidden for key in keys]]


def _audit(audit: pd.DataFrame, hidden: Hidden) -> pd.DataFrame:
    """Say of every check with a hidden figure only that it is not checkable."""
    rows = [_masked(row) if _shows(row, hidden) else row for row in records(audit)]
    return pd.DataFrame(rows, columns=audit.columns).astype(audit.dtypes.to_dict())


def _shows(row: Row, hidden: Hidden) -> bool:
    near = (0, -1, 1) if row["right"] in (FORWARDS, BACKWARDS) else (0,)
    codes = row["indicators"].split(", ")
    return any((code, row["year"] + step) in hidden for code in codes for step in near)


def _masked(row: Row) -> Row:
    numbers = dict.fromkeys(("stated", "computed", "lower", "upper", "gap"))
    said = {"status": "not_checkable", "reason": HIDDEN, "acknowledged": ""}
    return {**row, **numbers, **said}
