"""Content of the yearly workbook before it is filled in: one row for each indicator."""

from dataclasses import dataclass, replace
from decimal import Decimal

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.datafolder import package
from caoan_stats.dataset import Dataset


@dataclass(frozen=True)
class Prefilled:
    """Content of the row of one indicator before it is filled in; labels are Vietnamese."""

    indicator: str
    label: str
    unit: str
    decimals: int  # the most that a figure can have
    target: str = ""  # this year's, in words; empty without one
    previous: Decimal | None = None  # last year's figure; None where it is unknown
    number_format: str = "General"  # of `previous`; shows its qualifier too
    is_derived: bool = False  # `previous` is not stated by a source
    section: str = ""  # where the report states `previous`


def prefill(ds: Dataset, year: int) -> dict[str, list[Prefilled]]:
    """Return the rows of each table's sheet for the figures of a year, before it is filled in.

    Tables are in the order of the descriptor, indicators in the order of the catalogue, without
    those that have no unit.
    """
    previous = {
        row["indicator"]: row
        for row in records(ds.tables["observations"])
        if row["year"] == year - 1 and row["value"] is not None
    }
    targets = {row["indicator"]: row for row in records(ds.targets) if row["year"] == year}
    tables: dict[str, list[Prefilled]] = {
        name: [] for name in package.load_package(ds.folder).observation_tables
    }
    for row in records(ds.indicators.reset_index()):
        if row["unit"]:
            code = row["indicator"]
            tables[row["table"]].append(_prefilled(row, previous.get(code), targets.get(code)))
    return tables


def _prefilled(indicator: Row, previous: Row | None, target: Row | None) -> Prefilled:
    unit, decimals = indicator["unit_label"], int(indicator["decimals"])
    row = Prefilled(indicator["indicator"], indicator["label"], unit, decimals)
    if target:
        closed = target["closed"] or "both"
        words = labels.interval(target["lower"], target["upper"], closed, unit)
        row = replace(row, target=words or str(target["note"]))
    if previous is None:
        return row
    digits = f"#,##0{'.' if decimals else ''}{'#' * decimals}"
    qualifier = QUALIFIERS[previous["qualifier"]].word
    return replace(
        row,
        previous=previous["value"],
        number_format=f'"{qualifier} "{digits}' if qualifier else digits,
        is_derived=previous["status"] == "derived",
        section=previous["section"],
    )
