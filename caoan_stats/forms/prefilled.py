"""What stands in each sheet of a year's workbook before anything is typed in it."""

from dataclasses import dataclass, replace
from decimal import Decimal

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.datafolder import package
from caoan_stats.dataset import Dataset


@dataclass(frozen=True)
class Prefilled:
    """What stands in the row of an indicator before anything is typed.

    Parameters
    ----------
    indicator, label, unit
        Its code, and its Vietnamese label and unit.
    decimals
        The most that a figure of it can have.
    previous
        Last year's figure; None where it is not known.
    format
        The number format in which it is shown, with its qualifier.
    is_derived
        Whether no source states it.
    target
        This year's target in words.
    section
        Where last year's figure stands.
    """

    indicator: str
    label: str
    unit: str
    decimals: int
    previous: Decimal | None = None
    format: str = "General"
    is_derived: bool = False
    target: str = ""
    section: str = ""


def prefill(ds: Dataset, year: int) -> dict[str, list[Prefilled]]:
    """List what stands in each sheet before anything is typed, by table.

    Parameters
    ----------
    ds
        The data folder that is to get the figures.
    year
        The year of the figures.
    """
    before = {
        row["indicator"]: row
        for row in records(ds.tables["observations"])
        if row["year"] == year - 1 and row["value"] is not None
    }
    aims = {row["indicator"]: row for row in records(ds.targets) if row["year"] == year}
    found: dict[str, list[Prefilled]] = {
        name: [] for name in package.load_package(ds.folder).observation_tables
    }
    for row in records(ds.indicators.reset_index()):
        if row["unit"]:
            code = row["indicator"]
            found[row["table"]].append(_given(row, before.get(code), aims.get(code)))
    return found


def _given(entry: Row, before: Row | None, aim: Row | None) -> Prefilled:
    unit, decimals = entry["unit_label"], int(entry["decimals"])
    places = f"#,##0{'.' if decimals else ''}{'#' * decimals}"
    bare = Prefilled(entry["indicator"], entry["label"], unit, decimals)
    told = replace(bare, target=_words(aim, unit)) if aim else bare
    if before is None:
        return told
    lead = labels.QUALIFIERS[before["qualifier"]]
    return replace(
        told,
        previous=before["value"],
        format=f'"{lead} "{places}' if lead else places,
        is_derived=before["status"] == "derived",
        section=before["section"],
    )


def _words(aim: Row, unit: str) -> str:
    bounds = labels.interval(aim["lower"], aim["upper"], aim["closed"] or "both", unit)
    return bounds or str(aim["note"])
