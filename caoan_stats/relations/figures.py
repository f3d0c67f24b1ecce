"""Figures with the intervals in which they lie, and what the sources state of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from caoan_stats.common.frames import Row, records
from caoan_stats.relations.formulas import Formula
from caoan_stats.relations.intervals import Interval, around

Key = tuple[str, int]
FORWARDS = "previous + change"
BACKWARDS = "next - change"


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


def make_statement(observations: pd.DataFrame, catalogue: pd.DataFrame) -> Statement:
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


def target_bounds(targets: pd.DataFrame) -> Known:
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


def known_years(names: Iterable[str], known: Known) -> list[int]:
    """List the years in which one of some names is known."""
    wanted = set(names)
    return sorted({year for name, year in known if name in wanted})


def missing_names(names: Iterable[str], known: Known, year: int) -> list[str]:
    """List the names that are not known in a year."""
    return [name for name in names if (name, year) not in known]


def intervals_of(names: Iterable[str], known: Known, year: int) -> dict[str, Interval]:
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


def sections_of(figures: Iterable[Figure]) -> list[str]:
    """List the places of the source that figures are from, each once."""
    return list(dict.fromkeys(part for each in figures for part in each.row["section"].split("; ")))
