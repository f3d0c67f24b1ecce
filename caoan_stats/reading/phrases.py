"""Phrases: how reports name each indicator, from `data/phrases.csv`, found in a text.

A row has groups of words, alternatives within a group. The groups of `must` stand near the figure,
those of `context` anywhere before it, and none of `must_not` near it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from caoan_stats.common.frames import Row
from caoan_stats.reading.tokens import Token, tokenize

COMMA = ","
PASSED = frozenset("-–/&“”\"'")  # signs between the words of a phrase
Words = tuple[str, ...]
Group = tuple[Words, ...]  # alternatives


@dataclass(frozen=True)
class Phrase:
    """One way in which reports name an indicator."""

    indicator: str
    must: tuple[Group, ...]
    context: tuple[Group, ...]
    must_not: tuple[Group, ...]


@dataclass(frozen=True)
class Found:
    """Words of a phrase in a text: the places of its first and its last token."""

    words: Words
    first: int
    last: int


@dataclass(frozen=True)
class PhraseTable:
    """The phrases of a catalogue, and how to find their words in one pass over a text."""

    phrases: tuple[Phrase, ...]
    by_first: Mapping[str, tuple[Words, ...]]  # alternatives by their first word, longest first

    def find(self, tokens: Sequence[Token]) -> tuple[Found, ...]:
        """Return all words of phrases in the tokens of a text.

        Dashes and quotation marks between words are passed over, a comma only where the phrase
        has one too: “trâu, bò” is also “trâu bò”.
        """
        return tuple(self._find(tokens))

    def _find(self, tokens: Sequence[Token]) -> Iterator[Found]:
        for place, token in enumerate(tokens):
            for words in self.by_first.get(token.word, ()):
                if (last := _end(tokens, place, words)) is not None:
                    yield Found(words, place, last)


def make_phrases(rows: Iterable[Row]) -> PhraseTable:
    """Return the phrases of the rows of `phrases.csv`.

    >>> table = make_phrases([{"indicator": "pigs", "must": "lợn|heo"}])
    >>> table.phrases[0].must
    ((('lơn5',), ('heo',)),)
    """
    phrases = tuple(
        Phrase(
            row["indicator"], *(_groups(row.get(name)) for name in ("must", "context", "must_not"))
        )
        for row in rows
    )
    known = {
        words: None
        for each in phrases
        for groups in (each.must, each.context, each.must_not)
        for group in groups
        for words in group
    }
    by_first: dict[str, tuple[Words, ...]] = {}
    for words in sorted(known, key=len, reverse=True):
        by_first[words[0]] = (*by_first.get(words[0], ()), words)
    return PhraseTable(phrases, by_first)


def _groups(cell: str | None) -> tuple[Group, ...]:
    groups = (
        tuple(filter(None, map(_words, group.split("|")))) for group in (cell or "").split(";")
    )
    return tuple(group for group in groups if group)


def _words(text: str) -> Words:
    """Return the words of a phrase, and its commas."""
    return tuple(token.word for token in tokenize(text) if token.is_word or token.word == COMMA)


def _end(tokens: Sequence[Token], place: int, words: Words) -> int | None:
    """Return the place of the last of some words that begin at a place; None if they do not."""
    for word in words[1:]:
        if word == COMMA:
            place += place + 1 < len(tokens) and tokens[place + 1].word == COMMA
            continue
        place += 1
        while place < len(tokens) and tokens[place].word in PASSED:
            place += 1
        if place >= len(tokens) or tokens[place].word != word:
            return None
    return place
