"""The texts of a data folder in the language of the command: labels, and figures with places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import DEFAULT, say
from caoan_stats.concepts.facts import CHANGE, FACTS, PLAN, PREVIOUS, VALUE
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.concepts.scales import turned
from caoan_stats.concepts.tables import TARGETS
from caoan_stats.concepts.units import PERCENT
from caoan_stats.relations.audit import Acknowledged, acknowledged_rows
from caoan_stats.relations.derive import make_catalogue
from caoan_stats.relations.figures import Key

Tables = Mapping[str, pd.DataFrame]
Place = tuple[bool, str, int, str]  # of a target or not; indicator, year and source


@dataclass(frozen=True)
class Fact:
    """A figure as text: its label, its value with the unit, and its file and line."""

    label: str
    amount: str
    place: str
    is_stated: bool = True  # else the place says how it is known

    def __str__(self) -> str:
        return f"{self.label}: {self.amount} ({self.place})"


@dataclass(frozen=True)
class Lexicon:
    """The texts of one language for the tables of a data folder."""

    language: str
    indicators: Mapping[str, str]  # labels by code
    units: Mapping[str, str]  # labels by code
    catalogue: Mapping[str, Row]  # by indicator, as `make_catalogue` returns it
    facts: Mapping[Key, Fact]  # `visits.change` is a stated change, `visits.lower` a bound
    acknowledged: Acknowledged  # with the `line` of each row
    columns: Sequence[str]  # header of `acknowledged.csv`; empty to suggest no lines for it

    def say(self, event: str, **details: object) -> str:
        """Return a sentence of the section `events`, with `details` filled in."""
        return say(self.language, "events", event, **details)

    def finding(self, part: str, **details: object) -> str:
        """Return a sentence of the section `finding`, with `details` filled in."""
        return say(self.language, "finding", part, **details)

    def amount(self, value: labels.Number, unit: str, qualifier: str = "") -> str:
        """Return a number with its qualifier and the label of its unit; both are codes."""
        return self._qualified(labels.quantity(value, self.units[unit], self.language), qualifier)

    def figure(self, row: Row) -> str:
        """Return the value of a row with its qualifier and unit."""
        return self.amount(row["value"], self.catalogue[row["indicator"]]["unit"], row["qualifier"])

    def fact(self, row: Row) -> str:
        """Return a fact of a row; the qualifier of a change is that of its size."""
        spec, value, entry = FACTS[row["fact"]], row["value"], self.catalogue[row["indicator"]]
        if not spec.is_number:
            return self.say(row["text"])
        unit = PERCENT if spec.is_percent else self.units[entry["unit"]]
        if row["fact"] == CHANGE:
            unit = self.change_unit(entry["unit"])
        if not row["qualifier"] or not value or spec.base != PREVIOUS:
            return self._qualified(labels.quantity(value, unit, self.language), row["qualifier"])
        direction = turned("up" if value > 0 else "down", entry["scale"])
        size = labels.quantity(abs(value), unit, self.language)
        return f"{self.say(direction)} {self._qualified(size, row['qualifier'])}"

    def change_unit(self, unit: str) -> str:
        """Return the label of the unit of a change; `unit` is the code of that of the figures."""
        label = self.units[unit]
        return self.say("points") if label == PERCENT else labels.change_unit(label)

    def number(self, value: labels.Number) -> str:
        """Return a number."""
        return labels.number(value, self.language)

    def _qualified(self, words: str, qualifier: str) -> str:
        row = QUALIFIERS[qualifier]
        return f"{row.word if self.language == DEFAULT else row.english} {words}".strip()


def make_lexicon(
    tables: Tables,
    derived: Tables,
    language: str,
    origins: Mapping[str, str] = {},
    columns: Sequence[str] = (),
) -> Lexicon:
    """Return the texts of a data folder; `tables` and `derived` are as for `print_audit`.

    For figures not yet in their files, `origins` has the place where they were typed, by file and
    line: `{"rice.csv:3": "Lúa!F3", "rice.csv:3 change": "Lúa!G3"}`; the key "" stands for all
    others.
    No lines for `acknowledged.csv` are suggested without its
    `columns`.
    """
    lines = ({**row, "line": line} for line, row in numbered_rows(tables["acknowledged"]))
    bare = replace(
        make_labels(tables, language), columns=columns, acknowledged=acknowledged_rows(lines)
    )
    places = {
        (name == TARGETS, row["indicator"], row["year"], row["source"]): f"{name}.csv:{line}"
        for name in (*tables["indicators"]["table"].unique(), TARGETS)
        for line, row in numbered_rows(tables[name])
        if (row.get("of") or VALUE) == VALUE
    }
    of_facts = {
        (*key, fact): origins.get(f"{place} {fact}", origins.get(place, origins.get("", place)))
        for key, place in places.items()
        for fact in FACTS
    }
    places = {key[:-1]: place for key, place in of_facts.items() if key[-1] == VALUE}
    facts = dict(_figures(derived["figures"], places, bare))
    facts |= dict(_facts(derived["facts"], of_facts, bare))
    return replace(bare, facts=facts)


def make_labels(tables: Tables, language: str) -> Lexicon:
    """Return the texts of a catalogue and its units, without facts."""
    indicators = labels_by_code(tables["indicators"], "indicator", language)
    units = {"": PERCENT, **labels_by_code(tables["units"], "unit", language)}  # "": of a rate
    return Lexicon(language, indicators, units, make_catalogue(tables), {}, {}, ())


def _figures(
    figures: pd.DataFrame, places: Mapping[Place, str], bare: Lexicon
) -> Iterator[tuple[Key, Fact]]:
    """Yield the fact of each figure, bound and plan, stated or derived."""
    for row in records(figures):
        name, status = row["indicator"], row["status"]
        code, _, bound = name.partition(".")
        label = bare.indicators[code]
        if bound:
            label += f", {bare.say('plan' if bound == PLAN else 'target')}"
        is_stated = status == "stated"
        key = (bool(bound), code, row["year"], row["source"])
        place = places[key] if is_stated else bare.say(status)
        amount = bare.figure({**row, "indicator": code})
        yield (name, row["year"]), Fact(label, amount, place, is_stated)


def _facts(
    stated: pd.DataFrame, places: Mapping[tuple[bool, str, int, str, str], str], bare: Lexicon
) -> Iterator[tuple[Key, Fact]]:
    """Yield each fact that is compared with the value."""
    for row in records(stated):
        code, fact, year = row["indicator"], row["fact"], row["year"]
        if FACTS[fact].base:
            place = places[False, code, year, row["source"], fact]
            label = f"{bare.indicators[code]}, {bare.say(fact)}"
            yield (f"{code}.{fact}", year), Fact(label, bare.fact(row), place)


def labels_by_code(table: pd.DataFrame, key: str, language: str) -> dict[str, str]:
    """Return the labels of a table by the codes in the column `key`.

    They are in Vietnamese if the table has none in the language.

    Examples
    --------
    >>> table = pd.DataFrame({"unit": ["day"], "label_vi": ["ngày"], "label_en": ["days"]})
    >>> labels_by_code(table, "unit", "en"), labels_by_code(table, "unit", "sv")
    ({'day': 'days'}, {'day': 'ngày'})
    """
    column = f"label_{language}"
    texts = table[column if column in table else "label_vi"]
    return dict(zip(table[key], texts, strict=True))


def numbered_rows(table: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a table, each with its line in the file, which is its index."""
    return zip(table.index.tolist(), records(table.reset_index(drop=True)), strict=True)
