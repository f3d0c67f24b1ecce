"""The words with which reports name the indicators: `data/phrases.csv`."""

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pytest
from helpers.project import PROJECT

DATA = PROJECT / "data"
GROUPS = ("must", "context", "must_not")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def groups() -> Iterator[tuple[str, list[str]]]:
    """Yield the alternatives of each group of words, with where they stand."""
    for number, row in enumerate(rows("phrases.csv"), 2):
        for name in GROUPS:
            for group in row[name].split(";") if row[name] else ():
                yield f"line {number}, {name}", group.split("|")


def test_every_indicator_with_a_unit_has_a_phrase():
    named = {row["indicator"] for row in rows("phrases.csv")}
    assert [
        row["indicator"]
        for row in rows("indicators.csv")
        if row["unit"] and row["indicator"] not in named
    ] == []


def test_every_phrase_has_words_that_must_stand_near_the_figure():
    assert [row["indicator"] for row in rows("phrases.csv") if not row["must"]] == []


def test_no_words_stand_twice_in_a_group():
    assert {
        place: twice
        for place, words in groups()
        if (twice := [word for word, count in Counter(words).items() if count > 1])
    } == {}


def test_no_phrase_stands_twice():
    counts = Counter(tuple(row.values()) for row in rows("phrases.csv"))
    assert [row for row, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("form", ["lower case", "composed", "spaced by single spaces"])
def test_words_are_in_one_spelling(form):
    spelled = {
        "lower case": str.lower,
        "composed": lambda words: unicodedata.normalize("NFC", words),
        "spaced by single spaces": lambda words: " ".join(words.split()) or "?",
    }[form]
    assert [
        (place, word) for place, words in groups() for word in words if word != spelled(word)
    ] == []


def test_no_words_must_and_must_not_be_there():
    assert [
        (row["indicator"], word)
        for row in rows("phrases.csv")
        for word in row["must"].replace(";", "|").split("|")
        if word in row["must_not"].split("|")
    ] == []
