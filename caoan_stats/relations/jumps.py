"""Jumps: figures that are far from those of the year before, as a figure in a wrong unit is.

A share of the plan is a jump if it is far from 100 %. Each is a question to people. A row of
`acknowledged.csv` with the right side of the jump answers it; with a gap, only while the two
figures are that far apart.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from caoan_stats.common import numerals
from caoan_stats.common.frames import Row, records
from caoan_stats.concepts.facts import FACTS, PCT_OF_PLAN, PREVIOUS
from caoan_stats.concepts.scales import SCALES
from caoan_stats.relations import audit
from caoan_stats.relations.derive import make_statement
from caoan_stats.relations.relation import EQUAL, relation_key

FACTOR = 8  # a figure typed in a wrong unit is ten times too large or small, but may have grown
WHOLE = Decimal(100)  # a share of the plan that is reached
OF_PLAN = FACTS[PCT_OF_PLAN].value


@dataclass(frozen=True)
class Jump:
    """A figure more than `FACTOR` times that of the year before, or less than 1 / `FACTOR` of it.

    >>> jump = Jump("pigs", 2024, Decimal(30), Decimal(360))
    >>> jump.times, jump.gap
    (12.0, Decimal('-330'))
    """

    indicator: str
    year: int
    value: Decimal
    previous: Decimal
    right: str = PREVIOUS  # or `OF_PLAN`, for a share of the plan

    @property
    def times(self) -> float:
        """Ratio of the larger absolute value to the smaller."""
        small, large = sorted((abs(self.value), abs(self.previous)))
        return float(large / small)

    @property
    def gap(self) -> Decimal:
        """Difference from the year before."""
        return self.value - self.previous

    @property
    def row(self) -> Row:
        """The question in the columns of `acknowledged.csv` and of the audit."""
        sides = {"left": self.indicator, "operator": EQUAL, "right": self.right}
        return {**sides, "year": self.year, "gap": self.gap}

    def is_answered(self, acknowledged: audit.Acknowledged) -> bool:
        """Return whether a row of `acknowledged.csv` answers the question."""
        key = relation_key(self.row)
        row = acknowledged.get((*key, self.year))
        return row is not None and row["gap"] in (None, self.gap)


def find_jumps(tables: Mapping[str, pd.DataFrame]) -> list[Jump]:
    """Return the jumps of all years, where no break is between two figures that are no ranks.

    `tables` are those that people write and those of `caoan_stats.relations.derive.derive`. The
    figure is stated, or follows from a fact that is stated for its year.
    """
    stated = make_statement(tables)
    asked = {(code, year) for code, year, fact in stated.facts if FACTS[fact].is_number}
    figures = dict(_figures(records(tables["observations"])))
    jumps = [
        Jump(code, year, value, figures[code, year - 1])
        for (code, year), value in figures.items()
        if (code, year) in asked
        and (code, year - 1) in figures
        and not SCALES[stated.catalogue[code]["scale"]].better  # but a rank
        and not stated.break_reason(code, year)
    ]
    shares = [
        Jump(code, year, row["value"], WHOLE, OF_PLAN)
        for (code, year, fact), row in stated.facts.items()
        if fact == PCT_OF_PLAN and row["value"]
    ]
    return [jump for jump in [*jumps, *shares] if jump.times > FACTOR]


def open_jumps(tables: Mapping[str, pd.DataFrame]) -> list[Jump]:
    """Return the jumps that `acknowledged.csv` does not answer."""
    answers = audit.acknowledged_rows(records(tables["acknowledged"]))
    return [jump for jump in find_jumps(tables) if not jump.is_answered(answers)]


def answer(row: Row, reason: str) -> dict[str, str]:
    """Return the cells of the row of `acknowledged.csv` for a question, or a row of the audit.

    A gap with too many digits for a number of a file is left out.

    >>> question = Jump("pigs", 2024, Decimal(30), Decimal(360))
    >>> ",".join(answer(question.row, "bán đàn").values())
    'pigs,=,previous,2024,bán đàn,-330'
    """
    cells = {name: str(row[name]) for name in ("left", "operator", "right", "year")}
    gap = f"{row['gap']:f}"
    return {**cells, "reason": reason, "gap": gap if numerals.is_short(gap) else ""}


def _figures(observations: Iterable[Row]) -> Iterator[tuple[tuple[str, int], Decimal]]:
    """Yield each figure that is not 0 and not assumed, by indicator and year."""
    for row in observations:
        if row["value"] and row["status"] != "assumed":
            yield (row["indicator"], row["year"]), row["value"]
