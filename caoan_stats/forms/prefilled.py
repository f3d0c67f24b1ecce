"""Content of the yearly workbook before it is filled in: one row for each indicator."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.concepts.facts import FACTS
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.concepts.scales import SCALES, scale_of
from caoan_stats.concepts.units import is_large
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
    better: str = ""  # `higher`, `lower` or empty
    scale: str = "amount"  # code of `SCALES`: which facts it can have
    definition: str = ""
    target: str = ""  # this year's, in words; empty without one
    previous: Decimal | None = None  # last year's figure; None where it is unknown
    qualifier: str = ""  # word of `previous`
    number_format: str = "General"  # of `previous`; shows its qualifier too
    is_derived: bool = False  # `previous` is not stated by a source
    section: str = ""  # where the report states `previous`

    @property
    def decimals(self) -> int:
        """The most decimals that a figure can have."""
        return self.measure.decimals if self.measure else 0

    @property
    def figure(self) -> str:
        """Last year's figure in words; empty where it is unknown."""
        if self.previous is None:
            return ""
        return f"{self.qualifier} {labels.quantity(self.previous, self.unit)}".strip()

    @property
    def example(self) -> str:
        """A number as it can be typed: like last year's."""
        if not self.measure:
            return ""
        if self.previous is None:
            return self.measure.format("79.5" if self.decimals else "25")
        typed = self.measure.format(f"{self.previous:f}")
        return labels.compact(self.previous) if is_large(self.unit) else typed

    def is_open(self, column: Column) -> bool:
        """Return whether a column is to be filled in: of numbers only what has a meaning."""
        is_number = column.field in FACTS and FACTS[column.field].is_number
        if is_number and column.field not in SCALES[self.scale].facts:
            return False
        return column.is_typed and (bool(self.measure) or column.field not in UNIT_FIELDS)


def prefill(
    ds: Dataset, year: int, *, every: bool = False, also: Collection[str] = ()
) -> dict[str, list[Prefilled]]:
    """Return the rows of each table's sheet for the figures of a year, before it is filled in.

    Tables are in the order of the descriptor, indicators in the order of the catalogue. Those that
    have neither a figure nor a target in any year are left out, except the codes in `also`, unless
    `every` one is asked for or the data has no figures yet.
    """
    tables: dict[str, list[Prefilled]] = {
        name: [] for name in package.load_package(ds.folder).observation_tables
    }
    stated = {
        row["indicator"]
        for row in records(ds.tables["observations"])
        if row["year"] == year - 1 and row["status"] == "stated"
    }
    scales = {row["unit"]: row["scale"] for row in records(ds.tables["units"])}
    card = {row["indicator"]: row for row in records(ds.scorecard(year, list(tables)))}
    of_code = measures(ds)
    has_row = ds.indicators["has_figures"] | ds.indicators.index.isin(list(also))
    is_first = not ds.indicators["has_figures"].any()
    for entry in records(ds.indicators if every or is_first else ds.indicators[has_row]):
        code, scale = entry["indicator"], scale_of(entry["unit"], scales.get(entry["unit"]))
        row = _prefilled(entry, scale, of_code[code])
        if code in card:
            row = _with_past(row, card[code], is_derived=code not in stated)
        tables[entry["table"]].append(row)
    return tables


def _prefilled(entry: Row, scale: str, measure: Measure | None) -> Prefilled:
    """Return the row of an indicator that has no figures yet, from its row of the catalogue."""
    return Prefilled(
        entry["indicator"],
        entry["label"],
        entry["unit_label"],
        measure,
        better=entry["better"],
        scale=scale,
        definition=entry["definition"],
    )


def _with_past(row: Prefilled, card: Row, *, is_derived: bool) -> Prefilled:
    """Return a row with this year's target and last year's figure, from a row of the scorecard."""
    row = replace(row, target=target_words(card) or card["note"])
    if card["previous_shown"] is None:
        return row
    digits = f"#,##0{'.' if row.decimals else ''}{'#' * row.decimals}"
    qualifier = QUALIFIERS[card["previous_qualifier"]].word
    return replace(
        row,
        previous=card["previous_shown"],
        qualifier=qualifier,
        number_format=f'"{qualifier} "{digits}' if qualifier else digits,
        is_derived=is_derived,
        section=card["previous_section"],
    )
