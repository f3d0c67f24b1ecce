"""What a reader knows of a data folder: indicators, units, phrases, and the stated figures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from caoan_stats.common.frames import records
from caoan_stats.concepts.facts import PLAN
from caoan_stats.concepts.units import PERCENT
from caoan_stats.dataset import Dataset
from caoan_stats.forms.measure import Measure, measures
from caoan_stats.reading.amounts import AmountPattern
from caoan_stats.reading.phrases import PhraseTable, make_phrases
from caoan_stats.reading.tokens import words_of
from caoan_stats.relations.derive import make_catalogue
from caoan_stats.relations.formulas import indicator_of
from caoan_stats.relations.relation import AT_MOST, Relation, parse_relations, wholes_of_parts

_BESIDE_LABEL = re.compile(r"^[\s+•*-]*(?:[0-9.]+[.)-]\s)?|\s+năm (?:19|20)[0-9]{2}\s*$")


@dataclass(frozen=True)
class Catalogue:
    """The catalogue of a data folder as its reports are read with it."""

    phrases: PhraseTable
    measures: Mapping[str, Measure]  # of indicators with a unit
    amounts: AmountPattern
    relations: tuple[Relation, ...]
    better: Mapping[str, str]
    tables: Mapping[str, str]  # table of each indicator
    wholes: Mapping[str, frozenset[str]]
    latest: Mapping[tuple[str, int], Decimal]  # stated values by indicator and year
    sections: Mapping[tuple[str, int], str]  # where these are stated
    labels: Mapping[tuple[str, ...], str]  # indicators by the words of their labels
    commune: str  # name without “xã”; empty if the data does not tell it

    @cached_property
    def rates(self) -> Mapping[str, str]:
        """The rate that a relation computes from each count: `100 * count / …`."""
        found: dict[str, str] = {}
        for relation in self.relations:
            names = relation.right.names
            rate = relation.fills
            if rate and self.is_percent(rate) and names and not self.is_percent(names[0]):
                found.setdefault(names[0], rate)
        return found

    @cached_property
    def denominators(self) -> Mapping[str, str]:
        """What the rate of each count divides it by: `100 * count / whole`."""
        pairs = (
            relation.right.names for relation in self.relations if self.is_percent(relation.fills)
        )
        return {names[0]: names[1] for names in pairs if len(names) == 2 and names[0] in self.rates}

    @cached_property
    def planned(self) -> Mapping[str, str]:
        """The indicator whose plan an indicator is: `plan = indicator.plan`."""
        rights = {each.fills: each.right.text for each in self.relations if each.fills}
        names = {code: indicator_of(text) for code, text in rights.items()}
        return {code: name for code, name in names.items() if rights[code] == f"{name}.{PLAN}"}

    @cached_property
    def limits(self) -> Mapping[str, Decimal]:
        """The number that a relation says an indicator is at most, as 19 criteria."""
        return {
            relation.left.single_name: Decimal(relation.right.text)
            for relation in self.relations
            if relation.left.single_name
            and not relation.right.names
            and relation.operator == AT_MOST
        }

    def labelled(self, sentence: str) -> str:
        """Return the indicator whose label stands before a colon; empty without one.

        A list's number and a year beside the label count nothing.
        """
        before, colon, _ = sentence.partition(":")
        words = words_of(_BESIDE_LABEL.sub(" ", before)) if colon else ()
        return self.labels.get(words, "")

    def is_percent(self, code: str) -> bool:
        """Return whether an indicator is a percentage."""
        measure = self.measures.get(code)
        return measure is not None and measure.unit == PERCENT

    def whole_of(self, code: str) -> str:
        """Return the whole of which an indicator is a part in its own table; empty without one.

        It is what its rate divides by, or else the nearest whole.
        """
        if code in self.denominators:
            return self.denominators[code]
        wholes = [
            each for each in self.wholes.get(code, ()) if self.tables.get(each) == self.tables[code]
        ]
        return max(wholes, key=lambda each: (len(self.wholes.get(each, ())), each), default="")

    def before(self, code: str, year: int) -> Decimal | None:
        """Return the last value that is stated of an indicator before a year; None without one."""
        years = [each for indicator, each in self.latest if indicator == code and each < year]
        return self.latest[code, max(years)] if years else None


def make_reader_catalogue(ds: Dataset) -> Catalogue:
    """Return what a reader has to know of a data folder."""
    rows = make_catalogue(ds.tables)
    measured = {code: each for code, each in measures(ds).items() if each is not None}
    words = [row["label_vi"] for row in records(ds.tables["units"])]
    words += [row["word"] for row in records(ds.tables["unit_words"])]
    facts = records(ds.tables["observations"])
    stated = {
        (row["indicator"], row["year"]): row
        for row in facts
        if row["value"] is not None and row["status"] == "stated"
    }
    return Catalogue(
        make_phrases(records(ds.tables["phrases"])),
        measured,
        AmountPattern(tuple(words)),
        parse_relations(records(ds.tables["relations"])),
        {code: row["better"] for code, row in rows.items()},
        {code: row["table"] for code, row in rows.items()},
        wholes_of_parts(records(ds.tables["relations"])),
        {key: Decimal(row["value"]) for key, row in stated.items()},
        {key: row["section"] for key, row in stated.items()},
        {words_of(row["label_vi"]): code for code, row in rows.items()},
        _commune(ds),
    )


def _commune(ds: Dataset) -> str:
    issuers = [row["issuer"] for row in records(ds.tables["sources"]) if row["issuer"]]
    words = issuers[-1].split() if issuers else []
    names = [place for place, word in enumerate(words) if word.casefold() in ("xã", "phường")]
    return " ".join(words[names[-1] + 1 :]) if names else ""
