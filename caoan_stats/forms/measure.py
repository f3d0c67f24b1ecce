"""The measure of an indicator: what is needed to read a figure of it as people type it."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from caoan_stats.common.frames import Row, records
from caoan_stats.common.numerals import count_decimals
from caoan_stats.concepts.facts import VALUE
from caoan_stats.concepts.scales import SCALES
from caoan_stats.concepts.units import (
    PERCENT,
    SYNONYMS,
    USUAL_MULTIPLES,
    Words,
    can_be_negative,
    is_large,
    make_words,
    power_between,
    split_unit,
)
from caoan_stats.dataset import Dataset
from caoan_stats.relations.derive import make_catalogue
from caoan_stats.relations.relation import wholes_of_parts

GROUP = 3  # digits
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
    is_wanted: bool = False  # more of it is better
    # the plans that the data has, by year
    planned: Mapping[int, Collection[Decimal]] = field(default_factory=dict, compare=False)
    words: Words = field(default_factory=dict, repr=False, compare=False)

    @property
    def can_be_negative(self) -> bool:
        """Whether a figure below 0 means something: a rate or a balance, not a count."""
        return can_be_negative(self.unit)

    @property
    def is_ratio(self) -> bool:
        """Whether figures are an average or a share."""
        return self.is_percent or "/" in self.unit

    @property
    def is_percent(self) -> bool:
        """Whether figures are percentages."""
        return self.unit == PERCENT

    def format(self, number: str) -> str:
        """Return a plain number with the decimal mark to type: that of the file, or a comma."""
        return number.replace(".", self.mark or ",")

    def to_type(self, number: str) -> str:
        """Return a plain number in the form to type it, so that it has one reading.

        In a workbook, powers of ten are words, and three decimals get a 0 and the unit: as text.

        >>> Measure("đồng", 0).to_type("19.850e6"), Measure("triệu đồng", 2).to_type("12353e3")
        ('19850 nghìn', '12353 tỷ')
        >>> Measure("ha", 2).to_type("1.234"), Measure("ha", 2, mark=",").to_type("1.234")
        ('1,2340 ha', '1,234')
        """
        if self.mark:
            return self.format(number)
        if "e" not in number:
            is_doubtful = count_decimals(number) == GROUP
            return f"{self.format(number)}0 {self.unit}" if is_doubtful else self.format(number)
        exact = Decimal(number)
        own = split_unit(self.unit)[1]  # a power typed without a unit is one of its base
        power = int(exact.as_tuple().exponent) + own
        multiple, word = max(each for each in USUAL_MULTIPLES if each[0] <= power)
        return f"{exact.scaleb(own - multiple):f} {word}".strip()

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
            if names(self.label, rest) and (unit or is_counted):
                known = power_between(unit, self.unit, self.words)
                is_other = names(self.label, words[place - 1]) and not names(self.label, typed)
                power = None if unit and is_other else known
        return power


def names(label: str, words: str) -> bool:
    """Return whether words are in a label, whatever commas are in them.

    >>> names("Đàn trâu bò", "trâu, bò"), names("Sản lượng lúa", "thóc"), names("Đàn gà", "bò")
    (True, True, False)
    """
    plain, sought = label.replace(",", ""), words.replace(",", "")
    same = [sought, *(re.sub(rf"\b{one}\b", other, sought) for one, other in SYNONYMS.items())]
    return any(re.search(rf"\b{re.escape(each)}\b", plain, re.IGNORECASE) for each in same)


def measures(ds: Dataset, mark: str = "") -> dict[str, Measure | None]:
    """Return the measure of each indicator of the catalogue; None for one without a unit."""
    catalogue = make_catalogue(ds.tables)
    labels = {row["unit"]: row["label_vi"] for row in records(ds.tables["units"])}
    words = make_words(
        (row["word"], labels[row["unit"]], row["factor"])
        for row in records(ds.tables["unit_words"])
    )
    targets: dict[str, list[Row]] = {}
    for target in records(ds.tables["targets"]):
        targets.setdefault(target["indicator"], []).append(target)
    wholes = wholes_of_parts(records(ds.tables["relations"]))
    measured: dict[str, Measure | None] = {}
    for code, row in catalogue.items():
        plan = _plan(row["scale"], row["better"])
        measured[code] = None
        if row["unit"]:
            measured[code] = Measure(
                labels[row["unit"]],
                int(row["decimals"]),
                mark=mark,
                is_exact=bool(row["exact"]),
                label=row["label_vi"],
                plan=plan,
                is_part=code in wholes,
                is_wanted=row["better"] == "higher",
                planned=_planned(targets.get(code, ()), plan),
                words=words,
            )
    return measured


def _planned(targets: Iterable[Row], bound: str) -> dict[int, list[Decimal]]:
    """Return the plans that the data has, by year: a bound of each target of the value."""
    planned: dict[int, list[Decimal]] = {}
    for row in targets:
        if bound and row["of"] in ("", VALUE) and row[bound] is not None:
            planned.setdefault(row["year"], []).append(Decimal(row[bound]))
    return planned


def _plan(scale: str, better: str) -> str:
    if not SCALES[scale].has_ratio:
        return ""
    return "upper" if better == "lower" else "lower"
