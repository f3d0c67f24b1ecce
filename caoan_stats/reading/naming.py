"""Which indicator an amount is of: the phrases near it, weighed by how near their words stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from caoan_stats.reading.phrases import Found, Group, Phrase, PhraseTable, Words
from caoan_stats.reading.tokens import Token, tokenize

LEFT, RIGHT, BEHIND = 1.0, 0.9, 0.45  # weights of words before, after, and before a break
IN_SENTENCE, EARLIER, HEADING = 0.35, 0.2, 0.15  # weights of context
FADING = 0.9  # of context, for each amount between
BREAKS = frozenset(",;:(")
HARD_BREAKS = frozenset(";.")
RIGHT_BREAKS = frozenset(",;:()")
MARGIN = 1.15  # the best is that many times better than the second


@dataclass(frozen=True)
class Candidate:
    """An indicator that an amount may be of."""

    indicator: str
    score: float
    is_near: bool  # all words that it must have stand directly before or after
    is_direct: bool  # nothing but context-free words: no context was needed from afar


@dataclass(frozen=True)
class Text:
    """A sentence with the places of the words of phrases, and what was said before it."""

    tokens: Sequence[Token]
    found: Mapping[Words, Sequence[Found]]
    earlier: frozenset[Words]  # words of phrases in the sentences before
    headings: frozenset[Words]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the sentence."""
        return tuple(token.word for token in self.tokens)


def make_text(table: PhraseTable, sentence: str, earlier: Sequence[str], headings: Sequence[str]) -> Text:
    """Return a sentence and what was said before it, with the words of phrases in them."""
    tokens = tokenize(sentence)
    found: dict[Words, list[Found]] = {}
    for each in table.find(tokens):
        found.setdefault(each.words, []).append(each)
    said = (
        frozenset(each.words for text in texts for each in table.find(tokenize(text)))
        for texts in (earlier, headings)
    )
    return Text(tokens, found, *said)


@dataclass(frozen=True)
class Zone:
    """The tokens around one amount, by their numbers: `[start, own)` before it, `[own, end)` after."""

    start: int  # after the amount before
    broken: int  # after the last break before it
    own: int  # the amount itself
    end: int  # the break after it, or the amount after
    between: Sequence[int]  # places of the amounts before it


def zones(text: Text, spans: Sequence[tuple[int, int]]) -> list[Zone]:
    """Return the zone of each amount, whose start and end in the sentence are given."""
    tokens = text.tokens
    firsts = [_token_at(tokens, start) for start, _ in spans]
    made = []
    for place, (_, end) in enumerate(spans):
        own = firsts[place]
        after = next((n for n in range(own, len(tokens)) if tokens[n].start >= end), len(tokens))
        previous = _token_at(tokens, spans[place - 1][1]) if place else 0
        broken = max((n + 1 for n in range(previous, own) if tokens[n].word in BREAKS), default=previous)
        if broken >= own or all(not tokens[n].is_word for n in range(broken, own)):
            broken = own  # “( 5 đối tượng”: nothing between the break and the amount
        limit = firsts[place + 1] if place + 1 < len(spans) else len(tokens)
        stop = next((n for n in range(after, limit) if tokens[n].word in RIGHT_BREAKS), limit)
        made.append(Zone(previous, broken, own, stop, tuple(firsts[:place])))
    return made


def candidates(table: PhraseTable, text: Text, zone: Zone) -> list[Candidate]:
    """Return the indicators that the words around an amount name, the best first."""
    best: dict[str, Candidate] = {}
    for phrase in table.phrases:
        if candidate := _match(phrase, text, zone):
            known = best.get(phrase.indicator)
            if known is None or candidate.score > known.score:
                best[phrase.indicator] = candidate
    return sorted(best.values(), key=lambda each: (-each.score, each.indicator))


def _match(phrase: Phrase, text: Text, zone: Zone) -> Candidate | None:
    """Return the candidate of a phrase; None if its words are not there, or others that must not."""
    near = [_near(group, text, zone) for group in phrase.must]
    if not near or not all(near) or any(_is_beside(group, text, zone) for group in phrase.must_not):
        return None
    far = [_context(group, text, zone) for group in phrase.context]
    if not all(far):
        return None
    is_near = all(weight >= RIGHT * _size(group) for weight, group in near)
    is_direct = all(weight >= IN_SENTENCE for weight, _ in far)
    score = sum(weight for weight, _ in near) + sum(weight for weight, _ in far)
    return Candidate(phrase.indicator, score, is_near, is_direct)


def _size(words: Words) -> float:
    return 1 + 0.5 * (len(words) - 1)


def _near(group: Group, text: Text, zone: Zone) -> tuple[float, Words] | None:
    """Return the weight of the best alternative near an amount, with its words; None without one."""
    weights = (
        (weight * _size(words), words)
        for words in group
        for found in text.found.get(words, ())
        if (weight := _weight(found, zone))
    )
    return max(weights, default=None)


def _weight(found: Found, zone: Zone) -> float:
    if zone.broken <= found.first and found.last < zone.own:
        return LEFT
    if zone.own <= found.first and found.last < zone.end:
        return RIGHT
    if zone.start <= found.first < zone.own and found.last < zone.own:
        return BEHIND if zone.between else LEFT - 0.1
    return 0.0


def _is_beside(group: Group, text: Text, zone: Zone) -> bool:
    return any(
        zone.broken <= found.first and found.last < zone.end
        for words in group
        for found in text.found.get(words, ())
    )


def _context(group: Group, text: Text, zone: Zone) -> tuple[float, Words] | None:
    return max(_contexts(group, text, zone), default=None)


def _contexts(group: Group, text: Text, zone: Zone) -> Iterator[tuple[float, Words]]:
    for words in group:
        for found in text.found.get(words, ()):
            if found.first < zone.end:
                between = sum(found.last < place for place in zone.between)
                yield IN_SENTENCE * _size(words) * FADING**between + 0.5 * (between == 0), words
        if words in text.earlier:
            yield EARLIER, words
        if words in text.headings:
            yield HEADING, words


def _token_at(tokens: Sequence[Token], place: int) -> int:
    return next((number for number, token in enumerate(tokens) if token.end > place), len(tokens))

