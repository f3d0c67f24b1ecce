"""The statements of one sentence: its numbers and directions, read from left to right."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from caoan_stats.concepts.comparisons import DIRECTIONS
from caoan_stats.concepts.facts import CHANGE, PCT_OF_PLAN, VALUE
from caoan_stats.reading import doubts
from caoan_stats.reading.amounts import Amount
from caoan_stats.reading.catalogue import Catalogue
from caoan_stats.reading.choosing import (
    Before,
    Named,
    bare,
    choose,
    is_in_brackets,
    number_of,
    sharing,
)
from caoan_stats.reading.lists import list_zones
from caoan_stats.reading.merging import merged
from caoan_stats.reading.naming import (
    MARGIN,
    Candidate,
    Text,
    Zone,
    candidates,
    make_text,
    named_within,
    zones,
)
from caoan_stats.reading.numbers import read_number
from caoan_stats.reading.passage import Passage
from caoan_stats.reading.roles import OTHER, Spot, spots
from caoan_stats.reading.scopes import COMMUNE, scope_at, scopes
from caoan_stats.reading.stating import Draft, draft_of, tail_facts, value_drafts, with_tail
from caoan_stats.reading.trends import Trend, aimed, labelled, trends
from caoan_stats.relations.intervals import around

AIMED_WAYS: Mapping[str, Mapping[str, str]] = {  # bounds of a change, by the direction aimed at
    "down": {"upper": "0", "closed": "neither"},
    "up": {"lower": "0", "closed": "neither"},
    "not_up": {"upper": "0", "closed": "both"},
    "not_down": {"lower": "0", "closed": "both"},
}
LABELLED = 100.0  # score of an indicator whose label begins the sentence
LISTED = 50.0  # of one in a list that has one number: “tiêm lao, tiêm sởi đều đạt 84 cháu”
TELLING = 1.3  # score of a change's own words from which on it is of what they name
_OPENS = re.compile(r"\s*[(,]\s*(?:tăng|giảm)", re.IGNORECASE)  # a change right after its value
_RATE = re.compile(r"\b(?:tỷ|tỉ) lệ\b", re.IGNORECASE)
_AIMED = re.compile(
    r"\b(?:mục tiêu|phấn đấu|kế hoạch)(?: năm 20[0-9]{2})?(?: là)? *$", re.IGNORECASE
)
_SUM = re.compile(r"\btổng (?:số )?(?:tiền|kinh phí|trị giá)[^;:,]*$", re.IGNORECASE)
_TWO = re.compile(r"[0-9]+[^;0-9]*\bvà\b[^;0-9]*[0-9]+[^;0-9]*$", re.IGNORECASE)
_EACH = re.compile(r"\b(?:cùng|đều)(?: (?:đạt|là|có|ước|được|bằng|giữ))*\s*$", re.IGNORECASE)
_GAP = 45  # signs between a value and a direction that is of it


@dataclass(frozen=True)
class _State:
    """What was read in a sentence so far."""

    drafts: tuple[Draft, ...] = ()
    last: int = -1  # the draft that a change is of; -1 for none
    named: Named | None = None  # the value right before
    topic: str = ""  # the indicator that was named last
    end: int = 0  # of the last amount
    waiting: tuple[Spot, ...] = ()  # changes whose value is still to come

    def with_last(self, draft: Draft, end: int) -> "_State":
        """Return the state with the draft that a change is of replaced."""
        drafts = (*self.drafts[: self.last], draft, *self.drafts[self.last + 1 :])
        return replace(self, drafts=drafts, end=end)

    def with_new(self, draft: Draft, end: int) -> "_State":
        """Return the state with a draft more, that a change can be of."""
        topic = draft.statement.indicator
        drafts = (*self.drafts, draft)
        return replace(self, drafts=drafts, last=len(self.drafts), topic=topic, end=end)

    def at_result(self, code: str) -> "_State":
        """Return the state whose last draft is a result of an indicator, not its plan."""
        results = [
            place
            for place, draft in enumerate(self.drafts)
            if draft.statement.indicator == code and not draft.statement.is_aim
        ]
        return replace(self, last=results[-1] if results else -1)

    def at_rate(self, passage: Passage, spot: Spot) -> "_State":
        """Return the state whose last draft is the rate, where a change is of “tỷ lệ này”."""
        if self.last < 0 or not (spot.amount.is_percent and _RATE.search(spot.before)):
            return self
        rate = passage.known.rates.get(self.drafts[self.last].statement.indicator, "")
        return (
            self.at_result(rate) if rate in {d.statement.indicator for d in self.drafts} else self
        )

    def out_of_brackets(self, text: str) -> "_State":
        """Return the state whose last draft is not within brackets that have ended."""
        last = self.last
        while (
            last > 0
            and self.drafts[last].spans
            and is_in_brackets(text, self.drafts[last].spans[0][0])
        ):
            last -= 1
        return replace(self, last=last)

    @property
    def before(self) -> Before:
        """What it says to the next number."""
        stated = (each.statement for each in self.drafts if each.statement.value)
        return Before(self.named, self.topic, frozenset((s.indicator, s.year) for s in stated))


def read_passage(passage: Passage, amounts: Sequence[Amount]) -> tuple[list[Draft], list[Amount]]:
    """Return what a sentence states, and which of its amounts were not read."""
    moves: Sequence[Trend] = trends(passage.text, passage.year)
    moves = moves or (labelled(passage.text) if passage.label else [])
    aims = aimed(passage.text, passage.year)
    if not (amounts or moves or aims):
        return [], []
    text = make_text(
        passage.known.phrases, passage.text, passage.earlier, passage.paragraph.headings
    )
    drafts = [*_drafts(passage, text, amounts, moves), *_aims(passage, text, aims)]
    read = {span for draft in drafts for span in draft.spans}
    left = [each for each in amounts if (each.start, each.end) not in read and each.kind != "zero"]
    return drafts, left


def _drafts(
    passage: Passage, text: Text, amounts: Sequence[Amount], moves: Sequence[Trend]
) -> tuple[Draft, ...]:
    roles = {spot.amount.start: spot for spot in spots(passage.text, amounts, passage.year)}
    trend_at = {each.start: each for each in moves}
    ends = {each.start: each.end for each in moves} | {each.start: each.end for each in amounts}
    spans = sorted(ends.items())
    outside = [] if passage.label else scopes(passage.text, passage.known.commune)
    state = _State()
    zeros = {amount.start for amount in amounts if amount.kind == "zero"}
    places = {span[0]: zone for span, zone in zip(spans, zones(text, spans), strict=True)}
    places |= list_zones(passage.text, text, amounts, places)
    for start, around_it in places.items():
        zone = replace(around_it, is_zero=start in zeros)
        options = _options(passage, text, zone, roles.get(start), state)
        scope = scope_at(outside, start)
        if start in roles:
            state = _after_spot(passage, roles[start], options, scope, state)
        elif not scope:
            state = _after_trend(passage, trend_at[start], options, state)
    return state.drafts


def _options(
    passage: Passage, text: Text, zone: Zone, spot: Spot | None, state: _State
) -> Sequence[Candidate]:
    """Return the indicators that an amount may be of; until another is named, that of the label."""
    is_first = not state.topic or spot is None or spot.fact != VALUE or spot.is_plan
    if passage.label and is_first and state.topic in ("", passage.label):
        return [Candidate(passage.label, LABELLED, *[True] * 4)]
    if spot and _EACH.search(spot.before):
        start = spot.amount.start - len(spot.before)
        codes = named_within(passage.known.phrases, text, start, spot.amount.start)
        if len(codes) > 1:
            return [Candidate(code, LISTED, *[True] * 4) for code in codes]
    named = candidates(text, zone)
    is_listed = spot is None or text.tokens[zone.own].start != spot.amount.start
    if named and spot and spot.fact == VALUE and not is_listed:
        both = [each for each in merged(text, zone) if number_of(passage, spot, each)]
        if len(both) > 1 and named[0].indicator in both and not _is_part(passage.known, *both):
            return []
    return named


def _is_part(known: Catalogue, one: str, other: str) -> bool:
    return one in known.wholes.get(other, ()) or other in known.wholes.get(one, ())


def _after_spot(
    passage: Passage, spot: Spot, options: Sequence[Candidate], scope: str, state: _State
) -> _State:
    if not (passage.is_aim(spot) or spot.fact == VALUE):
        is_left = scope not in ("", COMMUNE) or spot.fact == OTHER
        return state if is_left else _after_tail(passage, spot, options, state)
    if spot.fact == VALUE and _is_share_of_plan(passage, spot, state):
        return _after_tail(passage, replace(spot, fact=PCT_OF_PLAN), (), state)
    if scope == "season":
        measures = passage.known.measures
        options = [each for each in options if "vụ" in measures[each.indicator].label]
    named = choose(passage, spot, options, state.before)
    if _is_sum(passage, spot):
        named = None
    if named is None and is_in_brackets(passage.text, spot.amount.start):
        return replace(state, end=spot.amount.end)
    near = options[0].indicator if options and options[0].is_near else state.topic
    topic = named.indicator if named else near
    topic = passage.known.planned.get(topic, topic)
    if named and scope == COMMUNE:
        named = replace(named, doubt=named.doubt or doubts.OTHER_COMMUNE)
    if scope not in ("", COMMUNE) and not (scope == "season" and options):
        return _State(state.drafts, -1, None, topic, spot.amount.end)
    both = [named, *sharing(passage, named, options)] if named else []
    both = _each_of_list(passage, spot, options) or both
    new = tuple(draft for each in both for draft in value_drafts(passage, each))
    last = len(state.drafts) if new else -1
    told = _State((*state.drafts, *new), last, named, topic, spot.amount.end)
    waiting = [
        each
        for each in state.waiting
        if ";" not in passage.text[each.amount.end : spot.amount.start]
    ]
    for each in waiting if new else ():
        told = _after_tail(passage, each, (), told)
    return replace(told, end=spot.amount.end)


def _is_sum(passage: Passage, spot: Spot) -> bool:
    """Return whether a number is for two before it: “4 vụ … và 3 vụ …, tổng tiền phạt …”."""
    before = passage.text[: spot.amount.start - len(spot.before)]
    return bool(_SUM.search(spot.before) and _TWO.search(before))


def _each_of_list(passage: Passage, spot: Spot, options: Sequence[Candidate]) -> list[Named]:
    """Return a number as that of each indicator of a list, where it is of one."""
    codes = [each.indicator for each in options if each.score == LISTED]
    numbers = ((code, number_of(passage, spot, code)) for code in codes)
    return [Named(spot, code, number, number.doubt) for code, number in numbers if number]


def _is_share_of_plan(passage: Passage, spot: Spot, state: _State) -> bool:
    """Return whether a percentage is the share that the value before it is of its plan."""
    named = state.named
    if named is None or not spot.amount.is_percent or passage.known.is_percent(named.indicator):
        return False
    stated = [
        each.statement for each in state.drafts if each.statement.indicator == named.indicator
    ]
    plans = [Decimal(each.lower or each.upper) for each in stated if each.of == VALUE]
    values = [Decimal(each.value) for each in stated if each.value]
    share = read_number(spot.amount, passage.known.measures[named.indicator], None, PCT_OF_PLAN)
    if not plans or not values or not plans[-1] or share is None:
        return False
    computed = around(100 * values[-1] / plans[-1])
    return around(Decimal(share.digits)).meets(computed)


def _after_tail(
    passage: Passage, spot: Spot, options: Sequence[Candidate], state: _State
) -> _State:
    """Return the state after a change or a share: of the value before it, or of its own words."""
    own = next((each for each in options if each.is_near), None)
    state = (
        state
        if is_in_brackets(passage.text, spot.amount.start)
        else state.out_of_brackets(passage.text)
    )
    state = state.at_rate(passage, spot)
    code = state.drafts[state.last].statement.indicator if state.last >= 0 else ""
    names_last = any(each.indicator == code and each.is_near for each in options)
    is_apart = own and own.indicator != code and own.score > TELLING and not names_last
    is_apart = is_apart and not _OPENS.match(spot.before)
    if code and not is_apart:
        facts, doubt = _facts_of_last(passage, spot, state)
        if not facts:
            code, facts = _facts_of_earlier(passage, spot, state)
        told = state.at_result(code)
        if not facts or told.last < 0:
            return state
        draft = with_tail(told.drafts[told.last], facts, spot, doubt)
        return told.with_last(draft, spot.amount.end)
    if own is None:
        is_first = not state.end or ";" in passage.text[state.end : spot.amount.start]
        return replace(state, waiting=(*state.waiting, spot)) if is_first else state
    facts, doubt = tail_facts(passage, spot, own.indicator)
    if not facts:
        return state
    doubt = doubt or ("" if own.is_direct else doubts.FROM_AFAR)
    return state.with_new(
        draft_of(passage, spot, own.indicator, doubt=doubt).stating(facts), spot.amount.end
    )


def _facts_of_last(passage: Passage, spot: Spot, state: _State) -> tuple[Mapping[str, str], str]:
    """Return what a change states of the value before it, which may be in another unit."""
    statement = state.drafts[state.last].statement
    facts, doubt = tail_facts(passage, spot, statement.indicator)
    if not facts and statement.doubt == doubts.ANOTHER_UNIT and not spot.amount.is_percent:
        return tail_facts(passage, bare(spot), statement.indicator)
    return facts, doubt


def _facts_of_earlier(passage: Passage, spot: Spot, state: _State) -> tuple[str, Mapping[str, str]]:
    """Return what a change states of an earlier value, by its unit: “tăng 2 vụ, 5 đối tượng”."""
    for draft in state.drafts[::-1] if spot.fact == CHANGE and spot.amount.unit else ():
        code = draft.statement.indicator
        facts, _ = tail_facts(passage, spot, code)
        if facts and draft.statement.value:
            return code, facts
    return "", {}


def _after_trend(
    passage: Passage, move: Trend, options: Sequence[Candidate], state: _State
) -> _State:
    """Return the state after a direction: of the value before it, or of what its words name."""
    own = next((each for each in options if each.is_near and each.is_direct), None)
    way = move.direction if move.direction in DIRECTIONS else ""
    facts = {"direction": way} | ({CHANGE: "0"} if move.is_equal else {})
    if own is None:
        is_far = move.start - state.end >= _GAP or state.last < 0
        statement = state.drafts[state.last].statement if not is_far else None
        if statement is None or statement.is_aim or statement.direction or not way:
            return state
        return state.with_last(state.drafts[state.last].stating(facts), state.end)
    is_tied = len(options) > 1 and options[1].score * MARGIN > own.score
    if not is_tied and _AIMED.search(passage.text[: move.start]):
        return _after_aimed(passage, move, own.indicator, state)
    if passage.paragraph.is_aim or is_tied or not way:
        return state
    draft = draft_of(passage, _spot_of(move), own.indicator).stating(facts)
    return replace(state, drafts=(*state.drafts, draft), end=move.end)


def _after_aimed(passage: Passage, move: Trend, code: str, state: _State) -> _State:
    """Return the state after an aim of a direction: “mục tiêu là giảm so với năm trước”."""
    bound = AIMED_WAYS.get(move.direction)
    spot = replace(_spot_of(move), is_plan=not passage.paragraph.is_aim)
    if bound is None:
        return state
    draft = draft_of(passage, spot, code).stating({**bound, "of": CHANGE})
    return replace(state, drafts=(*state.drafts, draft), end=move.end)


def _aims(passage: Passage, text: Text, aims: Sequence[Trend]) -> Iterator[Draft]:
    """Yield the aims of a direction: “Giảm số hộ nghèo, hộ cận nghèo so với năm 2024”."""
    known = passage.known
    for move in aims:
        bound = {"upper": "0"} if move.direction == "down" else {"lower": "0"}
        for code in named_within(known.phrases, text, move.start, move.end):
            if code in known.measures and not known.is_percent(code):
                draft = draft_of(passage, _spot_of(move), code)
                yield draft.stating({**bound, "closed": "neither", "of": CHANGE})


def _spot_of(move: Trend) -> Spot:
    return Spot(Amount(move.start, move.end, "", ""), "", "")
