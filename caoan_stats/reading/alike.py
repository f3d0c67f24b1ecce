"""Sentences of last year's report as patterns: reports are written by changing last year's.

A sentence of a report whose figures are in the data tells which indicator each of its numbers is
of. A sentence of this year's that is like it has the same ones at the same places.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from caoan_stats.documents.document import Document
from caoan_stats.reading.amounts import Amount
from caoan_stats.reading.catalogue import Catalogue
from caoan_stats.reading.numbers import read_number
from caoan_stats.reading.paragraphs import paragraphs, sentences
from caoan_stats.reading.tokens import tokenize

ALIKE = 0.72  # of the words of both sentences
NEAR = 2  # words on each side of a number that have to be the same
AMOUNT = "#"


@dataclass(frozen=True)
class Pattern:
    """The words of a sentence with a sign for each number, and the indicator of each."""

    words: tuple[str, ...]
    indicators: tuple[str, ...]  # empty for a number that the data does not have


def patterns(document: Document, known: Catalogue, year: int) -> tuple[Pattern, ...]:
    """Return the patterns of the report of a year whose figures are in the data."""
    return tuple(_patterns(document, known, year))


def _patterns(document: Document, known: Catalogue, year: int) -> Iterator[Pattern]:
    for paragraph in paragraphs(document):
        for _, sentence in sentences(paragraph.text):
            amounts = known.amounts.find(sentence)
            codes = tuple(_stated(each, known, year, paragraph.section) for each in amounts)
            if any(codes):
                yield Pattern(_words(sentence, amounts), codes)


def _stated(amount: Amount, known: Catalogue, year: int, section: str) -> str:
    """Return the only indicator with this number and section; empty without one."""
    codes = [
        code
        for (code, each), value in known.latest.items()
        if each == year
        and known.sections[code, each] == section
        and (number := read_number(amount, known.measures[code], value))
        and Decimal(number.digits or "NaN") == value
    ]
    return codes[0] if len(codes) == 1 else ""


def indicators_like(
    sentence: str, amounts: Sequence[Amount], learned: Sequence[Pattern]
) -> Mapping[int, str]:
    """Return the indicator of each amount, by its start, that a pattern like the sentence tells."""
    if not learned or not amounts:
        return {}
    words = _words(sentence, amounts)
    best = max(learned, key=lambda each: _likeness(each.words, words), default=None)
    if best is None or _likeness(best.words, words) < ALIKE:
        return {}
    matcher = SequenceMatcher(None, best.words, words, autojunk=False)
    places = [place for place, word in enumerate(words) if word == AMOUNT]
    before = [place for place, word in enumerate(best.words) if word == AMOUNT]
    found = {}
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            own, other = block.b + step, block.a + step
            if own in places and other in before and best.indicators[before.index(other)]:
                found[amounts[places.index(own)].start] = best.indicators[before.index(other)]
    return found


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


def _words(sentence: str, amounts: Sequence[Amount]) -> tuple[str, ...]:
    words: list[str] = []
    starts = {each.start: each.end for each in amounts}
    end = 0
    for token in tokenize(sentence):
        if token.start in starts:
            words.append(AMOUNT)
            end = starts[token.start]
        elif token.start >= end and token.is_word:
            words.append(token.word)
    return tuple(words)
