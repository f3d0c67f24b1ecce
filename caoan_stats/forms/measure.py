"""The measure of an indicator: what is needed to read a figure of it as people type it."""

import re
from dataclasses import dataclass, field

from caoan_stats.common.frames import records
from caoan_stats.concepts.scales import SCALES
from caoan_stats.concepts.units import (
    PERCENT,
    Words,
    can_be_negative,
    is_large,
    make_words,
    power_between,
)
from caoan_stats.dataset import Dataset
from caoan_stats.relations.derive import make_catalogue
from caoan_stats.relations.relation import wholes_of_parts

LABEL_WORDS = 6  # of a label that are looked for after a number


@dataclass(frozen=True)
class Measure:
    """Unit and precision of an indicator's figures."""

    unit: str  # Vietnamese label
    decimals: int  # the most that a figure usually has
    mark: str = ""  # decimal mark of the CSV file; empty for a workbook, where it can be either
    is_exact: bool = False  # the unit counts things, or is đồng: a figure has no more decimals
    label: str = ""  # of the indicator
    plan: str = ""  # the bound of a target that its plan is; empty if it has none
    is_part: bool = False  # a relation says that it is part of a whole
    words: Words = field(default_factory=dict, repr=False, compare=False)

    @property
    def can_be_negative(self) -> bool:
        """Whether a figure below 0 means something: a rate or a balance, not a count."""
        return can_be_negative(self.unit)

    @property
    def is_percent(self) -> bool:
        """Whether figures are percentages."""
        return self.unit == PERCENT

    def format(self, number: str) -> str:
        """Return a plain number with the decimal mark to type: that of the file, or a comma."""
        return number.replace(".", self.mark or ",")

    def power_of(self, typed: str) -> int | None:
        """Return the power of ten of the unit that one of a typed unit is; None if it is another.

        Words at its end that are in the label of the indicator tell nothing more; of what is
        counted, they may stand alone.

        >>> pigs = Measure("con", 0, is_exact=True, label="Đàn lợn thịt")
        >>> pigs.power_of("nghìn con lợn"), pigs.power_of("lợn"), pigs.power_of("con gà")
        (3, 0, None)
        """
        power, words = power_between(typed, self.unit, self.words), typed.split()
        for place in reversed(range(len(words))[-LABEL_WORDS:]):
            if power is not None:
                break
            unit, rest = " ".join(words[:place]), " ".join(words[place:])
            is_counted = self.is_exact and not is_large(self.unit)
            if self._names(rest) and (unit or is_counted):
                known = power_between(unit, self.unit, self.words)
                is_other = self._names(words[place - 1]) and not self._names(typed)
                power = None if unit and is_other else known
        return power

    def _names(self, words: str) -> bool:
        """Return whether words are in the label."""
        return bool(re.search(rf"\b{re.escape(words)}\b", self.label, re.IGNORECASE))


def measures(ds: Dataset, mark: str = "") -> dict[str, Measure | None]:
    """Return the measure of each indicator of the catalogue; None for one without a unit."""
    catalogue = make_catalogue(ds.tables)
    labels = {row["unit"]: row["label_vi"] for row in records(ds.tables["units"])}
    words = make_words(
        (row["word"], labels[row["unit"]], row["factor"])
        for row in records(ds.tables["unit_words"])
    )
    wholes = wholes_of_parts(records(ds.tables["relations"]))
    return {
        code: Measure(
            labels[row["unit"]],
            int(row["decimals"]),
            mark,
            bool(row["exact"]),
            row["label_vi"],
            _plan(row["scale"], row["better"]),
            code in wholes,
            words,
        )
        if row["unit"]
        else None
        for code, row in catalogue.items()
    }


def _plan(scale: str, better: str) -> str:
    if not SCALES[scale].has_ratio:
        return ""
    return "upper" if better == "lower" else "lower"
