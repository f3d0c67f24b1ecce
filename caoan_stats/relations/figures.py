"""Figures with their intervals, and the statements of the sources from which they come."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from caoan_stats.common.frames import Row, records
from caoan_stats.relations.formulas import BOUNDS, Formula
from caoan_stats.relations.intervals import Interval, around

Key = tuple[str, int]  # an indicator, or a bound of its target, and a year
FORWARDS = "previous + change"
BACKWARDS = "next - change"


@dataclass(frozen=True)
class Figure:
    """An indicator, or a bound of its target, in one year.

    `row` is the observation or target, with `value` (`decimal.Decimal`, in the unit of the
    indicator), `qualifier`, `source` and `section`. `origin` is how the figure is derived:
    `FORWARDS`, `BACKWARDS` or the right side of a relation; it is empty for a stated figure.
    """

    row: Row
    interval: Interval  # in which the true figure lies
    origin: str = ""

    @property
    def value(self) -> Decimal:
        """The figure as it is written."""
        value: Decimal = self.row["value"]
        return value


Known = Mapping[Key, Figure]


@dataclass(frozen=True)
class Statement:
    """Observations of the sources, and the catalogue of indicators.

    A row of the catalogue has `exact` (whether the unit counts things or is đồng), `decimals` (the
    most that a figure has, or None), and the other columns of the catalogue.
    """

    rows: Mapping[Key, Row]  # `value` and `change` are `decimal.Decimal` or None
    catalogue: Mapping[str, Row]  # by indicator

    def interval(self, indicator: str, value: Decimal, qualifier: str = "") -> Interval:
        """Return the interval of a stated figure or change, as `intervals.around` defines it."""
        return around(value, qualifier, exact=self.catalogue[indicator]["exact"])

    @property
    def changes(self) -> Iterator[tuple[Key, Interval]]:
        """Intervals of the stated changes, each value(year) - value(year - 1)."""
        for (indicator, year), row in self.rows.items():
            if row["change"] is not None:
                yield (indicator, year), self.interval(indicator, row["change"])


def make_statement(observations: pd.DataFrame, catalogue: pd.DataFrame) -> Statement:
    """Return the statement of all observations and of the catalogue with its column `exact`."""
    return Statement(
        {(row["indicator"], row["year"]): row for row in records(observations)},
        {row["indicator"]: row for row in records(catalogue)},
    )


def target_bounds(targets: pd.DataFrame) -> Known:
    """Return the bounds of targets as exact figures: `jobs.lower` is the target's lowest value."""
    return {
        (f"{row['indicator']}.{bound}", row["year"]): Figure(
            {"value": row[bound], "qualifier": "", **row}, Interval.point(row[bound])
        )
        for row in records(targets)
        for bound in BOUNDS
        if row[bound] is not None
    }


def known_years(names: Iterable[str], known: Known) -> list[int]:
    """Return the years that have a figure of at least one of the names, ascending."""
    wanted = set(names)
    return sorted({year for name, year in known if name in wanted})


def missing_names(names: Iterable[str], known: Known, year: int) -> list[str]:
    """Return the names that have no figure in a year."""
    return [name for name in names if (name, year) not in known]


def intervals_of(names: Iterable[str], known: Known, year: int) -> dict[str, Interval]:
    """Return the interval of each name in a year; each must have a figure."""
    return {name: known[name, year].interval for name in names}


def at_face_value(formula: Formula, known: Known, year: int) -> Fraction:
    """Return the value of a formula for the figures as written; raise the errors of `evaluate`."""
    points = {name: Interval.point(known[name, year].value) for name in formula.names}
    return Fraction(formula.evaluate(points).lower)


def sections_of(figures: Iterable[Figure]) -> list[str]:
    """Return the sections of the sources from which figures come, each once."""
    return list(dict.fromkeys(part for each in figures for part in each.row["section"].split("; ")))
