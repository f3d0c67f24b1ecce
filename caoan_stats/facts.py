"""Figures, changes and bounds of targets in words, with the file and line where each stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType

import pandas as pd

from caoan_stats import formulas, labels
from caoan_stats.figures import Key
from caoan_stats.frames import Row, records
from caoan_stats.messages import Language
from caoan_stats.phrases import SAID

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Fact:
    """One figure: its label, its value with the unit, and its file and line."""

    label: str
    amount: str
    place: str

    def __str__(self) -> str:
        return f"{self.label}: {self.amount} ({self.place})"


@dataclass(frozen=True)
class Lexicon:
    """The words of one language for the tables of a data folder; made by `lexicon`.

    Parameters
    ----------
    language
        `vi` or `en`.
    indicators, units
        Labels by code.
    facts
        By indicator and year; `visits.change` is a stated change, `visits.lower` a bound.
    """

    language: Language
    indicators: Mapping[str, str]
    units: Mapping[str, str]
    facts: Mapping[Key, Fact]

    def say(self, what: str, **details: object) -> str:
        """Fill a sentence of `caoan_stats.phrases.SAID`."""
        return SAID[what][self.language].format(**details)

    def amount(self, value: labels.Number, unit: str) -> str:
        """Write a number with its unit, which is given by its code."""
        return labels.quantity(value, self.units[unit], self.language)


def lexicon(
    tables: Tables,
    observations: pd.DataFrame,
    language: Language,
    places: Mapping[str, str] = MappingProxyType({}),
) -> Lexicon:
    """Word the tables of a data folder.

    Parameters
    ----------
    tables
        As `caoan_stats.raw.read` gives them.
    observations
        The derived table of that name.
    language
        `vi` or `en`.
    places
        Where figures stand that are not in their files yet, by file and line as in `rice.csv:3`.
    """
    label = f"label_{language}"
    indicators = {row["indicator"]: row[label] for row in records(tables["indicators"])}
    units = {row["unit"]: row[label] for row in records(tables["units"])}
    bare = Lexicon(language, indicators, units, {})
    facts = [
        *_figures(tables, observations, bare),
        *_named(tables, tables["indicators"]["table"].unique(), ("change",), bare),
        *_named(tables, ("targets",), formulas.BOUNDS, bare),
    ]
    known = {key: replace(fact, place=places.get(fact.place, fact.place)) for key, fact in facts}
    return Lexicon(language, indicators, units, known)


def lines(table: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    """Give each row of a table of `caoan_stats.raw.read` with the line of its file."""
    return zip(table.index.tolist(), records(table), strict=True)


def _figures(
    tables: Tables, observations: pd.DataFrame, bare: Lexicon
) -> Iterator[tuple[Key, Fact]]:
    places = {
        (row["indicator"], row["year"]): f"{name}.csv:{line}"
        for name in tables["indicators"]["table"].unique()
        for line, row in lines(tables[name])
    }
    for row in records(observations[observations["value"].notna()]):
        key = (row["indicator"], row["year"])
        place = bare.say("derived") if row["status"] == "derived" else places[key]
        yield key, Fact(bare.indicators[key[0]], bare.amount(row["value"], row["unit"]), place)


def _named(
    tables: Tables, names: Iterable[str], columns: Iterable[str], bare: Lexicon
) -> Iterator[tuple[Key, Fact]]:
    """Word the changes of observations or the bounds of targets."""
    units = {row["indicator"]: row["unit"] for row in records(tables["indicators"])}
    for name, column in product(names, columns):
        for line, row in lines(tables[name]):
            if row[column] is not None:
                code, kind = row["indicator"], "change" if column == "change" else "target"
                label = f"{bare.indicators[code]}, {bare.say(kind)}"
                amount = bare.amount(row[column], units[code])
                yield (f"{code}.{column}", row["year"]), Fact(label, amount, f"{name}.csv:{line}")
