"""Every figure with the interval in which it lies: stated, or derived from what is stated.

A figure that no source states follows from a stated change against the year before, or from a
relation. A change comes first, for it is said of that figure alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isinf

import pandas as pd

from caoan_stats.formulas import Formula
from caoan_stats.frames import Row, records
from caoan_stats.intervals import Interval, around, rounded
from caoan_stats.relations import Relation, ordered

FORWARDS = "previous + change"
BACKWARDS = "next - change"

Key = tuple[str, int]


@dataclass(frozen=True)
class Figure:
    """What is known of one indicator, or of one bound of its target, in one year.

    Parameters
    ----------
    row
        The observation, with its `value` as `decimal.Decimal`.
    interval
        Where the figure lies.
    origin
        How it was derived: `previous + change`, `next - change`, or the right side of a relation;
        empty where it is stated.
    """

    row: Row
    interval: Interval
    origin: str = ""

    @property
    def value(self) -> Decimal:
        """The figure itself."""
        value: Decimal = self.row["value"]
        return value


Known = Mapping[Key, Figure]


@dataclass(frozen=True)
class Statement:
    """What the sources say, and what the catalogue says of it.

    Parameters
    ----------
    rows
        Observations by indicator and year; value and change as `decimal.Decimal` or None.
    catalogue
        By indicator: `exact` (whether its unit is one of counts or đồng), `decimals` (the most that
        a figure of it can have), and what else is told of it.
    """

    rows: Mapping[Key, Row]
    catalogue: Mapping[str, Row]

    def interval(self, indicator: str, value: Decimal, qualifier: str = "") -> Interval:
        """Give the interval in which a stated figure or change lies."""
        return around(value, qualifier, exact=self.catalogue[indicator]["exact"])

    @property
    def changes(self) -> Iterator[tuple[Key, Interval]]:
        """Every stated change against the year before, with the interval in which it lies."""
        for (indicator, year), row in self.rows.items():
            if row["change"] is not None:
                yield (indicator, year), self.interval(indicator, row["change"])


def statement(observations: pd.DataFrame, catalogue: pd.DataFrame) -> Statement:
    """Take observations as their sources state them.

    Parameters
    ----------
    observations
        Columns indicator, year, value, change, qualifier, source and section, and any others.
    catalogue
        Columns indicator, exact (bool) and decimals (int or None), and any others.
    """
    return Statement(
        {(row["indicator"], row["year"]): row for row in records(observations)},
        {row["indicator"]: row for row in records(catalogue)},
    )


def bounds(targets: pd.DataFrame) -> Known:
    """Take the bounds of targets as exact figures: `jobs.lower` is what `jobs` is to reach.

    Parameters
    ----------
    targets
        Columns indicator, year, lower, upper, source and section.
    """
    return {
        (f"{row['indicator']}.{bound}", row["year"]): Figure(
            {"value": row[bound], "qualifier": "", **row}, Interval.point(row[bound])
        )
        for row in records(targets)
        for bound in ("lower", "upper")
        if row[bound] is not None
    }


def fill(
    stated: Statement, relations: Sequence[Relation] = (), given: Known | None = None
) -> Known:
    """Derive all that the statements imply; a stated figure is never replaced.

    Parameters
    ----------
    stated
        What the sources say.
    relations
        What is true of the indicators, in any order.
    given
        Bounds of targets.

    Raises
    ------
    graphlib.CycleError
        The relations fill each other in a circle.
    """
    fillers = [relation for relation in ordered(relations) if relation.fills]
    known = {
        key: Figure(row, stated.interval(key[0], row["value"], row["qualifier"]))
        for key, row in stated.rows.items()
        if row["value"] is not None
    }
    known |= given or {}
    while True:
        derived = dict(_from_changes(stated, known)) or dict(
            _from_relations(stated, fillers, known)
        )
        if not derived:
            return known
        known |= derived


def observations(stated: Statement, known: Known) -> list[Row]:
    """List every figure of an indicator as an observation, with its `status`.

    Returns
    -------
    list of dict
        The stated rows and the derived ones, in the order of the catalogue, then by year; `status`
        is `stated` or `derived`. A change that leads to no figure stays without a value.
    """
    found = {key: {**figure.row, "status": _status(figure)} for key, figure in known.items()}
    rows = {key: {**row, "status": "stated"} for key, row in stated.rows.items()} | found
    rank = {indicator: place for place, indicator in enumerate(stated.catalogue)}
    keys = sorted((key for key in rows if key[0] in rank), key=lambda key: (rank[key[0]], key[1]))
    return [rows[key] for key in keys]


def _status(figure: Figure) -> str:
    return "derived" if figure.origin else "stated"


def _from_changes(stated: Statement, known: Known) -> Iterator[tuple[Key, Figure]]:
    """A change says value(year) - value(year - 1), so either value follows from the other."""
    for (indicator, year), change in stated.changes:
        row = stated.rows[indicator, year]
        now, before = known.get((indicator, year)), known.get((indicator, year - 1))
        if now is None and before is not None:
            value = before.value + row["change"]
            interval = before.interval + change
            yield (indicator, year), Figure({**row, "value": value}, interval, FORWARDS)
        if now is not None and before is None:
            origin = {**row, "year": year - 1, "change": None, "note": ""}
            origin = {**stated.rows.get((indicator, year - 1), origin)}
            value = now.value - row["change"]
            interval = now.interval - change
            yield (indicator, year - 1), Figure({**origin, "value": value}, interval, BACKWARDS)


def _from_relations(
    stated: Statement, relations: Iterable[Relation], known: Known
) -> Iterator[tuple[Key, Figure]]:
    found = dict(known)
    for relation in relations:
        for year in years(relation.right.names, known):
            key = (relation.fills, year)
            if key not in found and (figure := _computed(stated, relation, found, year)):
                found[key] = figure
                yield key, figure


def _computed(stated: Statement, relation: Relation, known: Known, year: int) -> Figure | None:
    """Derive the left side of a relation; None where a figure is missing or a divisor can be 0."""
    if missing(relation.right.names, known, year):
        return None
    used = [known[name, year] for name in relation.right.names]
    try:
        interval = relation.right.evaluate(intervals(relation.right.names, known, year))
        exact = at_face_value(relation.right, known, year)
    except ZeroDivisionError:
        return None
    code = relation.fills
    decimals = stated.catalogue[code]["decimals"] or 0
    row = {
        **stated.rows.get((code, year), {"change": None, "note": ""}),
        "indicator": code,
        "year": year,
        "value": rounded(exact, decimals),
        "qualifier": _qualifier(used, interval, decimals),
        "source": next((figure.row["source"] for figure in used), ""),
        "section": "; ".join(sections(used)),
    }
    return Figure(row, interval, relation.right.text)


def years(names: Iterable[str], known: Known) -> list[int]:
    """List the years in which one of some names is known."""
    wanted = set(names)
    return sorted({year for name, year in known if name in wanted})


def missing(names: Iterable[str], known: Known, year: int) -> list[str]:
    """List the names that are not known in a year."""
    return [name for name in names if (name, year) not in known]


def intervals(names: Iterable[str], known: Known, year: int) -> dict[str, Interval]:
    """Give the interval of each name in a year."""
    return {name: known[name, year].interval for name in names}


def at_face_value(formula: Formula, known: Known, year: int) -> Fraction:
    """Compute a formula from the figures as they are written.

    Raises
    ------
    ZeroDivisionError
        A divisor is zero.
    """
    points = {name: Interval.point(known[name, year].value) for name in formula.names}
    return Fraction(formula.evaluate(points).lower)


def sections(figures: Iterable[Figure]) -> list[str]:
    """List the places of the source that figures are from, each once."""
    return list(dict.fromkeys(part for each in figures for part in each.row["section"].split("; ")))


def _qualifier(used: Sequence[Figure], interval: Interval, decimals: int) -> str:
    """Say of a derived figure what its parts say, and `about` where its last digit is not sure."""
    open_down, open_up = isinf(interval.lower), isinf(interval.upper)
    if open_down != open_up:
        return "over" if open_up else "under"
    said = {figure.row["qualifier"] for figure in used}
    if open_up or "about" in said:
        return "about"
    if "estimate" in said:
        return "estimate"
    sure = interval.upper - interval.lower <= Fraction(10) ** -decimals
    return "" if sure else "about"
