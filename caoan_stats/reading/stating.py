"""Statements of one number: the result or the aim that it is, and the changes that follow it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from caoan_stats.common import numerals
from caoan_stats.concepts.facts import CHANGE, PCT_CHANGE, PCT_OF_PLAN, VALUE
from caoan_stats.concepts.units import unit_of
from caoan_stats.reading import doubts
from caoan_stats.reading.amounts import NUMBER
from caoan_stats.reading.choosing import Named, bounds_of, is_aim
from caoan_stats.reading.numbers import read_number, signed
from caoan_stats.reading.passage import Passage
from caoan_stats.reading.roles import Spot
from caoan_stats.reading.statement import Statement

FAR = Decimal("1.6")  # times: an average is seldom that far from last year's
WHOLE = 100  # percent
_BOUND = re.compile(  # a word or a sign of an aim
    r"phấn đấu|mục tiêu|chỉ tiêu|kế hoạch|đạt|giảm|tăng|nâng|trên|dưới|không quá|trở (?:lên|xuống)|"
    r"ít nhất|tối thiểu|tối đa|từ|còn|tạo|duy trì|giữ|hoàn thành|:|[-–>≥<≤]",
    re.IGNORECASE,
)
_NEAR = 40  # signs after a number
_PLAN_AFTER = re.compile(r"kế hoạch|\bkh\b|chỉ tiêu|dự toán", re.IGNORECASE)
_ESTIMATE = re.compile(r"(?:^|[;:]\s*|\bvà )(?:dự )?ước (?!mơ|muốn|vọng)[^;:,]*$", re.IGNORECASE)
WAYS: Mapping[str, str] = {"+": "up", "-": "down", "": ""}


@dataclass(frozen=True)
class Draft:
    """A statement with the places of its amounts in the sentence."""

    statement: Statement
    spans: tuple[tuple[int, int], ...] = ()

    def stating(self, facts: Mapping[str, str], spot: Spot | None = None) -> "Draft":
        """Return the draft with more facts, which a spot states."""
        spans = (*self.spans, span(spot)) if spot else self.spans
        return Draft(self.statement.stating(facts), spans)


def span(spot: Spot) -> tuple[int, int]:
    """Return the place of a spot in its sentence."""
    return spot.amount.start, spot.amount.end


def draft_of(
    passage: Passage, spot: Spot, code: str, *, doubt: str = "", others: Sequence[str] = ()
) -> Draft:
    """Return a draft that states nothing yet of an indicator."""
    statement = Statement(
        passage.line_at(spot.amount.start),
        code,
        passage.year_of(spot),
        section=passage.paragraph.section,
        certainty="unsure" if doubt else "certain",
        doubt=doubt,
        others=tuple(others),
        quote=passage.quote(spot),
    )
    return Draft(statement, (span(spot),))


def value_drafts(passage: Passage, named: Named) -> Iterator[Draft]:
    """Yield what a named number states: a result, an aim, or with a slash both."""
    spot = named.spot
    if is_aim(passage, spot, named.indicator):
        yield from _aim_drafts(passage, named)
        return
    doubt = named.doubt or _far(passage, named.number.digits, named.indicator)
    year = passage.year_of(spot)
    if year != passage.year and not doubt:
        before = passage.known.latest.get((named.indicator, year))
        doubt = "" if before == Decimal(named.number.digits) else doubts.OTHER_YEAR
    limit = passage.known.limits.get(named.indicator)
    if limit is not None and Decimal(named.number.digits) > limit:
        doubt = doubt or doubts.TOO_LARGE
    draft = draft_of(passage, spot, named.indicator, doubt=doubt, others=named.others)
    is_over = spot.after.lstrip().startswith("trở lên")
    said = "over" if is_over else "estimate" if _ESTIMATE.search(spot.before) else ""
    qualifier = spot.amount.qualifier or spot.qualifier or said
    value = {VALUE: named.number.digits, "qualifier": qualifier, "direction": WAYS[spot.sign]}
    yield draft.stating(value)
    if spot.amount.second and spot.amount.kind != "range":
        yield from _second(passage, named if named.doubt else replace(named, doubt=doubt))


def _second(passage: Passage, named: Named) -> Iterator[Draft]:
    """Yield what the second number of `31/46 lô` states: the whole, or the plan."""
    spot, known = named.spot, passage.known
    first, second = (_roughly(each) for each in (spot.amount.text, spot.amount.second))
    whole = known.whole_of(named.indicator) if first <= second else ""
    code = whole or named.indicator
    if not whole and not _is_of_plan(passage, spot, known.limits.get(code)):
        return
    text = f"{spot.amount.second} {spot.amount.unit}".strip()
    number = read_number(replace(spot.amount, text=text, kind="number"), known.measures[code])
    if number is None:
        return
    is_told = code != known.denominators.get(named.indicator)
    doubt = named.doubt or ("" if is_told else doubts.FROM_AFAR)
    draft = draft_of(passage, spot, code, doubt=doubt, others=named.others)
    side = "upper" if known.better.get(code) == "lower" else "lower"
    plan = {"of": VALUE, "closed": "both", side: number.digits}
    yield draft.stating({VALUE: number.digits} if whole else plan)


def _is_of_plan(passage: Passage, spot: Spot, limit: Decimal | None) -> bool:
    """Return whether the second number is a plan: exceeded, or said to be one."""
    first, second = (_roughly(each) for each in (spot.amount.text, spot.amount.second))
    is_said = _PLAN_AFTER.search(passage.text[spot.amount.end :].partition(";")[0][:_NEAR])
    return second != limit and (first > second or bool(is_said))


def _roughly(text: str) -> Decimal:
    found = re.match(NUMBER, text)
    readings = numerals.readings(found[0]) if found else ()
    return Decimal(readings[0]) if readings else Decimal(0)


def _aim_drafts(passage: Passage, named: Named) -> Iterator[Draft]:
    code = passage.known.planned.get(named.indicator, named.indicator)
    read = bounds_of(passage, named.spot, code)
    if read is None:
        return
    bounds, doubt = read
    number = bounds.lower or bounds.upper if bounds.of == VALUE else ""
    is_bare = passage.known.measures[code].is_exact and not _BOUND.search(passage.text)
    doubt = doubt or ("" if named.spot.is_plan or not is_bare else doubts.NO_BOUND)
    doubt = named.doubt or doubt or _far(passage, number, code)
    draft = draft_of(passage, named.spot, code, doubt=doubt, others=named.others)
    ends = {"lower": bounds.lower.upper(), "upper": bounds.upper.upper()}
    yield draft.stating({**ends, "closed": bounds.closed or "both", "of": bounds.of})


def tail_facts(passage: Passage, spot: Spot, code: str) -> tuple[dict[str, str], str]:
    """Return the facts that a change or a share states of an indicator, and a doubt about them."""
    measure = passage.known.measures.get(code)
    if measure is None:
        return {}, ""
    is_points = spot.fact == PCT_CHANGE and measure.is_percent
    fact = CHANGE if is_points else spot.fact
    number = read_number(spot.amount, measure, None, fact)
    if number is None or (is_points and spot.sign == "="):
        return {}, ""
    facts = _facts(fact, number.digits, spot.sign)
    if fact == CHANGE and unit_of(measure.unit).is_before:  # a rank rises when its number falls
        facts[CHANGE] = signed(number.digits, {"+": "-", "-": "+"}.get(spot.sign, ""))
    return facts, number.doubt


def _facts(fact: str, digits: str, sign: str) -> dict[str, str]:
    if fact == PCT_OF_PLAN:
        more = {"+": WHOLE, "-": WHOLE}.get(sign, 0)
        return {fact: _plus(signed(digits, sign), more) if more else digits}
    if sign == "=":  # “bằng 108% năm trước”
        change = _plus(digits, -WHOLE)
        way = "steady" if not Decimal(change) else "down" if Decimal(change) < 0 else "up"
        return {fact: change, "direction": way}
    return {fact: signed(digits, sign), "direction": WAYS[sign]}


def with_tail(draft: Draft, facts: Mapping[str, str], spot: Spot, doubt: str = "") -> Draft:
    """Return a draft with the facts of a tail; one that states another of the same is doubted."""
    statement = draft.statement
    if any(getattr(statement, name) not in ("", fact) for name, fact in facts.items()):
        return draft.stating({"certainty": "unsure", "doubt": doubts.TWO_FACTS})
    unsure = {"certainty": "unsure", "doubt": doubt} if doubt else {}
    return draft.stating({**facts, **unsure}, spot)


def _far(passage: Passage, number: str, code: str) -> str:
    """Return the doubt about an average, such as a yield, that is far from last year's."""
    before = passage.known.before(code, passage.year)
    if not number or not before or "/" not in passage.known.measures[code].unit:
        return ""
    return "" if 1 / FAR < Decimal(number) / before < FAR else doubts.FAR_FROM_LAST_YEAR


def _plus(number: str, more: int) -> str:
    return f"{Decimal(number) + more:f}"
