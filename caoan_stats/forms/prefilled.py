"""Content of the yearly workbook before it is filled in: one row for each indicator."""

from dataclasses import dataclass, replace
from decimal import Decimal

from caoan_stats.common.frames import Row, records
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.datafolder import package
from caoan_stats.dataset import Dataset
from caoan_stats.display.sentences import target_words
from caoan_stats.forms.layout import UNIT_FIELDS, Column
from caoan_stats.forms.measure import Measure, measures


@dataclass(frozen=True)
class Prefilled:
    """Content of the row of one indicator before it is filled in; labels are Vietnamese."""

    indicator: str
    label: str
    unit: str
    measure: Measure | None  # of its figures; None without a unit
    target: str = ""  # this year's, in words; empty without one
    previous: Decimal | None = None  # last year's figure; None where it is unknown
    number_format: str = "General"  # of `previous`; shows its qualifier too
    is_derived: bool = False  # `previous` is not stated by a source
    section: str = ""  # where the report states `previous`

    @property
    def decimals(self) -> int:
        """The most decimals that a figure can have."""
        return self.measure.decimals if self.measure else 0

    def is_open(self, column: Column) -> bool:
        """Return whether a column is to be filled in: one of numbers only if there is a unit."""
        return column.is_typed and (bool(self.measure) or column.field not in UNIT_FIELDS)


def prefill(ds: Dataset, year: int) -> dict[str, list[Prefilled]]:
    """Return the rows of each table's sheet for the figures of a year, before it is filled in.

    Tables are in the order of the descriptor, indicators in the order of the catalogue.
    """
    tables: dict[str, list[Prefilled]] = {
        name: [] for name in package.load_package(ds.folder).observation_tables
    }
    stated = {
        row["indicator"]
        for row in records(ds.tables["observations"])
        if row["year"] == year - 1 and row["status"] == "stated"
    }
    card = records(ds.scorecard(year, list(tables)))
    by_code = {row["indicator"]: row for row in card}
    of_code = measures(ds)
    for entry in records(ds.indicators):
        code = entry["indicator"]
        row = _prefilled(entry, by_code[code], of_code[code], is_derived=code not in stated)
        tables[entry["table"]].append(row)
    return tables


def _prefilled(entry: Row, card: Row, measure: Measure | None, *, is_derived: bool) -> Prefilled:
    """Return the row of an indicator from its rows of the catalogue and of the scorecard."""
    row = Prefilled(
        entry["indicator"],
        entry["label"],
        entry["unit_label"],
        measure,
        target=target_words(card) or card["note"],
    )
    if card["previous_shown"] is None:
        return row
    digits = f"#,##0{'.' if row.decimals else ''}{'#' * row.decimals}"
    qualifier = QUALIFIERS[card["previous_qualifier"]].word
    return replace(
        row,
        previous=card["previous_shown"],
        number_format=f'"{qualifier} "{digits}' if qualifier else digits,
        is_derived=is_derived,
        section=card["previous_section"],
    )
