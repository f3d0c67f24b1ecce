"""Which indicator an amount is of: the phrases near it, weighed by how near their words stand."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from caoan_stats.reading.phrases import COMMA, Found, Group, Phrase, PhraseTable, Words
from caoan_stats.reading.tokens import Token, tokenize

LEFT, RIGHT, RESUMED = 1.0, 0.9, 0.9  # weights of words before, after, and after a bracket
BEHIND, FIRST, AHEAD = (
    0.45,
    0.65,
    0.3,
)  # before the break before, of the first amount, after the one after
IN_SENTENCE, LATER, EARLIER, HEADING = 0.8, 0.25, 0.12, 0.1  # weights of context
FADING = 0.7  # of context, for each amount between
BESIDE = 1.25  # of context in the same clause
CLOSE = 4  # amounts between a figure and its context, at most, in a sentence that is plain
BREAKS = frozenset(",;:(")
HARD_BREAKS = frozenset(";")
FAR = 0.75  # of the weight of all, where some words that there must be are not near
DASHES = frozenset("-–+")
AND = "va1"  # “và”, as `folded` returns it
RIGHT_BREAKS = frozenset(",;:()")
ENDS = frozenset(",;:()0123456789")
MARGIN = 1.15  # the best is that many times better than the second


@dataclass(frozen=True)
class Candidate:
    """An indicator that an amount may be of."""

    indicator: str
    score: float
    is_near: bool  # all words that it must have stand directly before or after
    is_direct: bool  # its context, if it needs one, stands in the same sentence
    is_after: bool  # some of the words that it must have stand after it
    is_next: bool  # these follow it at once


@dataclass(frozen=True)
class Text:
    """A sentence with the places of the words of phrases, and what was said before it."""

    tokens: Sequence[Token]
    found: Mapping[Words, Sequence[Found]]
    earlier: frozenset[Words]  # words of phrases in the sentences before
    headings: frozenset[Words]
    names: frozenset[int]  # tokens that begin with a capital and are no abbreviation
    plausible: tuple[Phrase, ...]  # phrases whose words are all in the sentence


def make_text(
    table: PhraseTable, sentence: str, earlier: Sequence[str], headings: Sequence[str]
) -> Text:
    """Return a sentence and what was said before it, with the words of phrases in them."""
    tokens = _with_lists(tokenize(sentence))
    found: dict[Words, list[Found]] = {}
    for each in table.find(tokens):
        found.setdefault(each.words, []).append(each)
    words = ((number, sentence[token.start : token.end]) for number, token in enumerate(tokens))
    names = frozenset(number for number, word in words if word.istitle())
    plausible = tuple(each for each in table.phrases if _can_be(each, found))
    return Text(tokens, found, _said(table, earlier), _said(table, headings), names, plausible)


def _with_lists(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens with semicolons within brackets as commas: “(52 hộ; 33,4 tỷ đồng)”."""
    depth, listed = 0, []
    for token in tokens:
        depth += (token.word == "(") - (token.word == ")")
        is_within = depth > 0 and token.word == ";"
        listed.append(token._replace(word=",") if is_within else token)
    return listed


def _said(table: PhraseTable, texts: Sequence[str]) -> frozenset[Words]:
    return frozenset(each.words for text in texts for each in table.find(tokenize(text)))


def _can_be(phrase: Phrase, found: Mapping[Words, Sequence[Found]]) -> bool:
    """Return whether a text has a word of each group that a phrase must have."""
    return all(any(words in found for words in group) for group in phrase.must)


@dataclass(frozen=True)
class Zone:
    """The tokens around an amount, by number: `[start, own)` before it, `[own, end)` after."""

    start: int  # after the amount before
    broken: int  # after the last break before it
    own: int  # the amount itself
    after: int  # what follows it
    end: int  # the break after it, or the amount after
    resumed: tuple[int, int]  # what follows brackets that begin or end there
    limit: int  # the amount after, or a hard break
    close: int  # the hard break after it
    between: Sequence[int]  # places of the amounts before it
    is_zero: bool = False  # “không có …”, which is of what follows


def zones(text: Text, spans: Sequence[tuple[int, int]]) -> list[Zone]:
    """Return the zone of each amount, whose start and end in the sentence are given."""
    tokens = text.tokens
    firsts = [token_at(tokens, start) for start, _ in spans]
    made = []
    for place, (_, end) in enumerate(spans):
        own = firsts[place]
        after = next((n for n in range(own, len(tokens)) if tokens[n].start >= end), len(tokens))
        previous = token_at(tokens, spans[place - 1][1]) if place else 0
        broken = _broken(tokens, previous, own)
        limit = firsts[place + 1] if place + 1 < len(spans) else len(tokens)
        stop = _stop(text, after, limit)
        close = next(
            (n for n in range(after, len(tokens)) if tokens[n].word in HARD_BREAKS), len(tokens)
        )
        resumed = _resumed(text, stop, len(tokens))
        made.append(
            Zone(
                previous,
                broken,
                own,
                after,
                stop,
                resumed,
                min(limit, close),
                close,
                tuple(firsts[:place]),
            )
        )
    return made


def _broken(tokens: Sequence[Token], previous: int, own: int) -> int:
    """Return where the words right before an amount begin: after the last break.

    After a semicolon, commas part a list. A colon before the amount parts nothing, “và” does.
    """
    hard = [n for n in range(previous, own) if tokens[n].word in HARD_BREAKS]
    if hard:
        return hard[-1] + 1
    if own > previous and tokens[own - 1].word == AND:
        return own
    opens = own - 1 > previous and tokens[own - 1].word == "(" and tokens[own - 2].is_word
    is_open = opens or (own > previous and tokens[own - 1].word == ":")
    end = own - 1 if is_open else own
    broken = max(
        (n + 1 for n in range(previous, end) if tokens[n].word in BREAKS), default=previous
    )
    return broken if any(tokens[n].is_word for n in range(broken, own)) else own


def _resumed(text: Text, stop: int, last: int) -> tuple[int, int]:
    """Return what follows the bracket at a break: “03 vụ ( 5 đối tượng) sử dụng …”."""
    tokens = text.tokens
    if stop >= last or tokens[stop].word not in "()":
        return (stop, stop)
    close = next((n for n in range(stop, last) if tokens[n].word == ")"), last)
    ends = (n for n in range(close + 1, last) if tokens[n].word == AND or tokens[n].word[0] in ENDS)
    return (close + 1, next(ends, last))


def _stop(text: Text, after: int, limit: int) -> int:
    """Return where the words after an amount end: at a break that is not one of a list of names.

    A dash right after an amount begins the next one of a list.
    """
    if after < limit and text.tokens[after].word in DASHES:
        return after
    for number in range(after, limit):
        word = text.tokens[number].word
        is_list = word == "," and number + 1 in text.names and number - 1 in text.names
        is_end = word in RIGHT_BREAKS or (word == AND and _is_before(text, number, limit))
        if is_end and not is_list:
            return number
    return limit


def _is_before(text: Text, place: int, limit: int) -> bool:
    """Return whether words after a place are of the amount at `limit`, with no break between."""
    is_amount = limit < len(text.tokens)
    return is_amount and not any(text.tokens[n].word in RIGHT_BREAKS for n in range(place, limit))


def named_within(table: PhraseTable, text: Text, start: int, end: int) -> list[str]:
    """Return the indicators whose phrases stand in a part of a sentence, without any context.

    Of words within others, the longer ones count.
    """
    inside = [
        found
        for each in text.found.values()
        for found in each
        if start <= text.tokens[found.first].start and text.tokens[found.last].end <= end
    ]
    widest = {
        found.words
        for found in inside
        if not any(
            other.first <= found.first
            and found.last <= other.last
            and len(other.words) > len(found.words)
            for other in inside
        )
    }
    kept = {found.words: found for found in inside if found.words in widest}
    plain = (
        each
        for each in table.phrases
        if len(each.must) == 1
        and not each.context
        and not any(_is_joined(each, words, kept, inside) for words in each.must[0])
    )
    return list(dict.fromkeys(each.indicator for each in plain if widest & {*each.must[0]}))


def _is_joined(
    phrase: Phrase, words: Words, kept: Mapping[Words, Found], inside: Sequence[Found]
) -> bool:
    """Return whether words that must not be there stand right beside those of a phrase."""
    own = kept.get(words)
    barred = {each for group in phrase.must_not for each in group}
    return own is not None and any(
        other.words in barred and other.first <= own.last + 1 and own.first <= other.last + 1
        for other in inside
    )


def candidates(text: Text, zone: Zone) -> list[Candidate]:
    """Return the indicators that the words around an amount name, the best first."""
    best: dict[str, Candidate] = {}
    for phrase in text.plausible:
        if candidate := _match(phrase, text, zone):
            known = best.get(phrase.indicator)
            if known is None or candidate.score > known.score:
                best[phrase.indicator] = candidate
    return sorted(best.values(), key=lambda each: (-each.score, each.indicator))


def _match(phrase: Phrase, text: Text, zone: Zone) -> Candidate | None:
    """Return the candidate of a phrase; None if its words do not stand as they must."""
    near = [each for group in phrase.must if (each := _near(group, text, zone))]
    beside = replace(zone, start=zone.own, broken=zone.own) if zone.is_zero else zone
    if len(near) < len(phrase.must) or any(
        _is_beside(group, text, beside) for group in phrase.must_not
    ):
        return None
    far = [each for group in phrase.context if (each := _context(group, text, zone))]
    if len(far) < len(phrase.context):
        return None
    is_near = all(weight >= RIGHT * _size(group) for weight, group in near)
    is_direct = all(weight >= IN_SENTENCE * FADING**CLOSE for weight, _ in far)
    context = sum(weight for weight, _ in far) / max(1, len(far))
    score = (sum(weight for weight, _ in near) + context) * (1 if is_near else FAR)
    firsts = [found.first for _, words in near for found in text.found.get(words, ())]
    is_after = any(zone.own <= first < zone.limit for first in firsts)
    is_next = any(zone.own <= first <= zone.after + 1 for first in firsts)
    return Candidate(phrase.indicator, score, is_near, is_direct, is_after, is_next)


def _size(words: Words) -> float:
    return 1 + 0.5 * (len(words) - words.count(COMMA) - 1)


def _near(group: Group, text: Text, zone: Zone) -> tuple[float, Words] | None:
    """Return the weight of the best alternative near an amount, and its words."""
    weights = (
        (weight * _size(words), words)
        for words in group
        for found in text.found.get(words, ())
        if (weight := _weight(found, zone))
    )
    return max(weights, default=None)


def _weight(found: Found, zone: Zone) -> float:
    if zone.start <= found.first and zone.broken <= found.last < zone.own:
        return LEFT
    if zone.own <= found.first < zone.end and found.last < zone.limit:
        return RIGHT
    if zone.resumed[0] <= found.first and found.last < zone.resumed[1]:
        return RESUMED
    if zone.start <= found.first < zone.own and found.last < zone.own:
        return BEHIND if zone.between else FIRST
    if zone.end <= found.first and found.last < zone.limit:
        return AHEAD
    return 0.0


def _is_beside(group: Group, text: Text, zone: Zone) -> bool:
    return any(
        zone.start <= found.first and zone.broken <= found.last < zone.end
        for words in group
        for found in text.found.get(words, ())
    )


def _context(group: Group, text: Text, zone: Zone) -> tuple[float, Words] | None:
    return max(_contexts(group, text, zone), default=None)


def _contexts(group: Group, text: Text, zone: Zone) -> Iterator[tuple[float, Words]]:
    for words in group:
        for found in text.found.get(words, ()):
            if found.first < zone.end or zone.resumed[0] <= found.first < zone.resumed[1]:
                between = sum(found.last < place for place in zone.between)
                beside = BESIDE if zone.broken <= found.first else 1
                yield IN_SENTENCE * FADING**between * beside, words
            elif found.first < zone.close:
                yield LATER, words
        if words in text.earlier:
            yield EARLIER, words
        if words in text.headings:
            yield HEADING, words


def token_at(tokens: Sequence[Token], place: int) -> int:
    """Return the number of the token at a place of the text, or of the first after it."""
    return bisect_right(tokens, place, key=attrgetter("end"))
