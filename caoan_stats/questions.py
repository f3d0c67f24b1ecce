"""Figures that may be in another unit than they should be: far from those of the year before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from caoan_stats.entries import Entry
from caoan_stats.frames import records

JUMP = 10  # times last year's figure, or a part of it; a unit that is mistaken is 10 off at least


@dataclass(frozen=True)
class Jump:
    """A figure far from that of the year before."""

    entry: Entry
    value: Decimal
    previous: Decimal

    @property
    def times(self) -> float:
        """How many times the larger is the smaller."""
        small, large = sorted((abs(self.value), abs(self.previous)))
        return float(large / small)


def jumps(entries: Iterable[Entry], observations: pd.DataFrame) -> Iterator[Jump]:
    """Find figures that are more than ten times those of the year before, or less than a tenth.

    Parameters
    ----------
    entries
        The rows that are added or changed.
    observations
        The derived table of that name, as it will be with them.
    """
    known = {(row["indicator"], row["year"]): row["value"] for row in records(observations)}
    for entry in entries:
        if entry.cells.get("value"):
            value = Decimal(entry.cells["value"])
            previous = known.get((entry.cells["indicator"], int(entry.cells["year"]) - 1))
            if value and previous and Jump(entry, value, previous).times > JUMP:
                yield Jump(entry, value, previous)
