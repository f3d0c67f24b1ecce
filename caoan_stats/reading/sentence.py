"""The statements of one sentence: its amounts with their roles, named and put together."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from caoan_stats.concepts.facts import CHANGE, PCT_CHANGE, PCT_OF_PLAN, VALUE
from caoan_stats.forms.bounds import Bounds
from caoan_stats.reading.aims import read_bounds
from caoan_stats.reading.alike import Pattern, indicators_like
from caoan_stats.reading.amounts import Amount
from caoan_stats.reading.catalogue import Catalogue
from caoan_stats.reading.naming import MARGIN, Candidate, Text, candidates, make_text, named_within, zones
from caoan_stats.reading.numbers import Number, read_number, signed
from caoan_stats.reading.paragraphs import Paragraph
from caoan_stats.reading.roles import OTHER, Spot, spots
from caoan_stats.reading.scopes import scope_at, scopes
from caoan_stats.reading.statement import Statement
from caoan_stats.reading.trends import Trend, aimed, trends

_FUTURE = re.compile(r"(?i)phấn đấu|mục tiêu đến|dự kiến năm|đến năm (?:20[0-9]{2})|(?:mục tiêu|nhiệm vụ) năm")
_RESULT = re.compile(r"(?i)kết quả|\bđã\b|so với kế hoạch|thực hiện được")
_FIRST_YEAR = re.compile(
    r"(?i)^[\W\d]*(?:(?:trong|đến|bước sang|sang|kế hoạch|mục tiêu|chỉ tiêu) )*(?:năm|giai đoạn) (20[0-9]{2})\b"
)
_YEAR = re.compile(
    r"(?<!so với )(?<!so )(?<!với )(?<!hơn )(?<!bằng )(?<!kém )(?<!cùng kỳ )(?<!trước )\bnăm ((?:19|20)[0-9]{2})\b"
    r"(?! ?[-–] ?(?:19|20))",
    re.IGNORECASE,
)
_RATE_GAP = re.compile(
    r"^[\s,(–-]*(?:[^.;,()]{0,30}?[,(]?\s*)?(?:chiếm|đạt|bằng|tương đương|=|là)?\s*(?:tỷ lệ|tỉ lệ)?\s*$",
    re.IGNORECASE,
)
SHARING = 0.8  # of the score of the first of two indicators that one number is of
_GAP = 45  # signs between a value and a direction that is of it
TIE, FROM_AFAR, OTHER_YEAR, BARE, ANOTHER_UNIT = "tie", "from_afar", "other_year", "bare", "another_unit"
TWO_FACTS = "two_facts"
FAR_FROM_LAST_YEAR = "far_from_last_year"
FAR = Decimal("1.6")  # times


@dataclass(frozen=True)
class Named:
    """A spot with the indicator that it is of, and why that may be another."""

    spot: Spot
    indicator: str
    number: Number
    doubt: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A statement with the places of its amounts in the sentence."""

    statement: Statement
    spans: tuple[tuple[int, int], ...]


def read_sentence(  # noqa: PLR0913, PLR0917 - a sentence and what stands around it
    sentence: str,
    start: int,
    paragraph: Paragraph,
    earlier: Sequence[str],
    year: int,
    known: Catalogue,
    learned: Sequence[Pattern] = (),
) -> tuple[list[Draft], list[Amount]]:
    """Return what a sentence states, and its amounts that were not read."""
    amounts = known.amounts.find(sentence)
    moves = trends(sentence, year)
    if not amounts and not moves and not aimed(sentence, year):
        return [], []
    like = indicators_like(sentence, amounts, learned) if amounts and learned else {}
    reader = _Reader(sentence, start, paragraph, tuple(earlier), year, known, like)
    drafts = reader.drafts(amounts, moves)
    read = {span for draft in drafts for span in draft.spans}
    return drafts, [each for each in amounts if (each.start, each.end) not in read and each.kind != "zero"]


@dataclass(frozen=True)
class _State:
    """What was read in a sentence so far."""

    drafts: tuple[Draft, ...] = ()
    last: int = -1  # the draft that a tail is of; -1 for none
    named: Named | None = None  # the value before
    end: int = 0  # of the last amount


@dataclass(frozen=True)
class _Reader:
    sentence: str
    start: int  # in the paragraph
    paragraph: Paragraph
    earlier: tuple[str, ...]
    year: int
    known: Catalogue
    like: Mapping[int, str]  # indicators that a sentence of last year's tells, by start of the amount

    def drafts(self, amounts: Sequence[Amount], moves: Sequence[Trend]) -> list[Draft]:
        """Return the drafts of a sentence, in the order of its amounts and directions."""
        text = make_text(self.known.phrases, self.sentence, self.earlier, self.paragraph.headings)
        roles = {spot.amount.start: spot for spot in spots(self.sentence, amounts, self.year)}
        ends = {each.start: each.end for each in (*moves, *amounts)}
        spans = sorted(ends.items())
        around = zones(text, spans)
        outside = scopes(self.sentence, self.known.commune)
        at_trend = {each.start: each for each in moves}
        state = _State()
        for (start, _), zone in zip(spans, around, strict=True):
            options = candidates(self.known.phrases, text, zone)
            scope = scope_at(outside, start)
            if start in roles:
                state = self._after_spot(roles[start], options, scope, state)
            elif not scope:
                state = self._after_trend(at_trend[start], options, state)
        return [*state.drafts, *self._aimed_trends(text)]

    def _aimed_trends(self, text: Text) -> Iterator[Draft]:
        """Yield the aims of a direction: “Giảm số hộ nghèo, hộ cận nghèo so với năm 2024”."""
        for move in aimed(self.sentence, self.year):
            bound = {"upper": "0"} if move.direction == "down" else {"lower": "0"}
            place = Spot(Amount(move.start, move.end, "", ""), "", "")
            for code in named_within(self.known.phrases, text, move.start, move.end):
                if code in self.known.measures and not self.known.is_percent(code):
                    statement = self._statement(place, code, self.year + 1, "", ())
                    yield Draft(replace(statement, closed="neither", of=CHANGE, **bound), ())

    def _after_spot(
        self, spot: Spot, options: Sequence[Candidate], scope: str, state: "_State"
    ) -> "_State":
        if self._is_aim(spot) or spot.fact == VALUE:
            named = self._name(spot, options, state.named, scope)
            both = [named, *self._sharing(named, options)] if named else []
            new = tuple(draft for each in both for draft in self._value_drafts(each))
            return _State((*state.drafts, *new), len(state.drafts) if new else -1, named, spot.amount.end)
        if spot.fact == OTHER or scope:
            return state
        drafts, last = self._with_tail(spot, options, list(state.drafts), state.last)
        return replace(state, drafts=tuple(drafts), last=last, end=spot.amount.end)

    def _after_trend(self, move: Trend, options: Sequence[Candidate], state: "_State") -> "_State":
        """Return the state after a direction: of the value before it, or of what its words name."""
        own = next((each for each in options if each.is_near and each.is_direct), None)
        gap = self.sentence[state.end : move.start]
        facts = {"direction": move.direction} | ({CHANGE: "0"} if move.is_equal else {})
        if own is None and state.last >= 0 and len(gap) < _GAP:
            draft = state.drafts[state.last]
            statement = draft.statement
            if statement.is_aim or statement.direction or statement.year != self.year:
                return state
            new = replace(draft, statement=replace(statement, **facts))
            return replace(
                state, drafts=(*state.drafts[: state.last], new, *state.drafts[state.last + 1 :])
            )
        if own is None or self.paragraph.is_aim or (len(options) > 1 and options[1].score * MARGIN > own.score):
            return state
        place = Amount(move.start, move.end, "", "")
        statement = self._statement(Spot(place, "", ""), own.indicator, self.year, "", ())
        draft = Draft(replace(statement, **facts), ())
        return replace(state, drafts=(*state.drafts, draft), end=move.end)

    # -- naming -------------------------------------------------------------------------------

    def _name(self, spot: Spot, options: Sequence[Candidate], last: Named | None, scope: str) -> Named | None:
        if scope == "season":
            options = [each for each in options if "vụ" in self.known.measures[each.indicator].label]
        elif scope:
            return None
        code = self.like.get(spot.amount.start, "")
        if code and (number := self._number(spot, code)):
            return Named(spot, code, number, number.doubt, number.others)
        if not self._is_aim(spot) and (rate := self._rate_of(spot, last)) is not None:
            return rate
        if last is not None and (spot.is_plan or (last.spot.is_previous and spot.sign)):
            number = self._number(spot, last.indicator)
            return Named(spot, last.indicator, number, last.doubt) if number else None
        fitting = [
            (each, number)
            for each in options
            if (number := self._number(spot, each.indicator)) and self._is_of_nothing(spot, each)
        ]
        if not fitting:
            return self._in_another_unit(spot, options)
        if spot.amount.kind == "fraction":
            fitting = self._parts_first(fitting)
        if not spot.amount.unit and any(not self.known.is_percent(each.indicator) for each, _ in fitting):
            fitting = [pair for pair in fitting if not self.known.is_percent(pair[0].indicator)]
        best, number = fitting[0]
        rivals = [each for each, _ in fitting[1:] if each.score * MARGIN > best.score]
        if rivals and rivals[0].score >= best.score * 0.98:
            return None
        doubt = TIE if rivals else "" if best.is_near and best.is_direct else FROM_AFAR
        others = tuple(each.indicator for each in rivals)
        return Named(spot, best.indicator, number, doubt or number.doubt, others or number.others)

    def _parts_first(
        self, fitting: list[tuple[Candidate, Number]]
    ) -> list[tuple[Candidate, Number]]:
        """Return candidates of `4/17` without the whole that is named as well as its part."""
        best = fitting[0][0]
        part = next((pair for pair in fitting if self.known.whole_of(pair[0].indicator) == best.indicator), None)
        if part is None or part[0].score * MARGIN < best.score:
            whole = self.known.whole_of(best.indicator)
            return [pair for pair in fitting if pair[0].indicator != whole]
        return [part, *(pair for pair in fitting if pair not in (part, fitting[0]))]

    def _in_another_unit(self, spot: Spot, options: Sequence[Candidate]) -> Named | None:
        """Return a count whose words are plain though its unit is another: “cho 115 hộ” of dossiers."""
        best = next(iter(options), None)
        measure = self.known.measures.get(best.indicator) if best else None
        is_plain = best is not None and best.is_near and best.is_direct and spot.amount.kind == "number"
        if best is None or measure is None or not is_plain or not measure.is_exact or self._is_aim(spot):
            return None
        is_counted = spot.amount.unit and not re.search(r"%|đồng|đ\b|tỷ|triệu", spot.amount.unit)
        if len(options) > 1 and options[1].score * MARGIN > best.score or not is_counted:
            return None
        bare = replace(spot.amount, text=spot.amount.text.removesuffix(spot.amount.unit), unit="")
        number = read_number(bare, measure)
        return Named(spot, best.indicator, number, ANOTHER_UNIT) if number else None

    def _sharing(self, named: Named, options: Sequence[Candidate]) -> Iterator[Named]:
        """Yield what else a share is of: “100% trẻ mầm non và học sinh tiểu học …”."""
        if not named.spot.amount.is_percent or " và " not in named.spot.after:
            return
        best = next((each for each in options if each.indicator == named.indicator), None)
        for other in options:
            is_like = best is not None and other.score > SHARING * best.score and other.is_after
            if is_like and other.indicator != named.indicator and other.is_near:
                if number := self._number(named.spot, other.indicator):
                    yield Named(named.spot, other.indicator, number, TIE)

    def _rate_of(self, spot: Spot, last: Named | None) -> Named | None:
        """Return a percentage right after a count as the rate that a relation computes from it."""
        if last is None or not spot.amount.is_percent or not _RATE_GAP.match(spot.before):
            return None
        rate = self.known.rates.get(last.indicator)
        number = self._number(spot, rate) if rate else None
        return Named(spot, rate, number, last.doubt) if rate and number else None

    @staticmethod
    def _is_of_nothing(spot: Spot, candidate: Candidate) -> bool:
        """Return whether “không có” can be of a candidate: of what follows, or else precedes it."""
        is_last = not re.match(r"\s*[^\W\d_]", spot.after)
        return spot.amount.kind != "zero" or candidate.is_after or is_last

    def _bounds(self, spot: Spot, code: str) -> tuple[Bounds, str] | None:
        year = self.year if spot.is_plan else self._year_of(spot)[0]
        if re.match(r"^\s*so (?:với )?(?!(?:năm \S+|cùng kỳ|(?:chỉ tiêu )?kế hoạch|kh\b|dự toán|chỉ tiêu))", spot.after):
            return None
        return read_bounds(spot, self.known.measures[code], self.known.better.get(code, ""), year)

    def _number(self, spot: Spot, code: str, fact: str = VALUE) -> Number | None:
        measure = self.known.measures.get(code)
        if measure is None:
            return None
        amount = spot.amount
        if spot.is_plan or self._is_aim(spot):
            read = self._bounds(spot, code)
            return Number("", read[1]) if read else None
        if amount.kind == "range":
            return None
        return read_number(amount, measure, self.known.before(code, self.year), fact)

    # -- statements ---------------------------------------------------------------------------

    def _value_drafts(self, named: Named) -> Iterator[Draft]:
        spot, code = named.spot, named.indicator
        if spot.is_plan or self._is_aim(spot):
            yield from self._aim_drafts(named)
            return
        year, is_other = self._year_of(spot)
        doubt = named.doubt or (OTHER_YEAR if is_other and year > self.year else "")
        doubt = doubt or self._far(named.number.digits, code)
        statement = self._statement(spot, code, year, doubt, named.others)
        direction = {"+": "up", "-": "down"}.get(spot.sign, "")
        yield self._draft(replace(statement, value=named.number.digits, qualifier=spot.amount.qualifier or spot.qualifier or self._over(spot), direction=direction), spot)
        if spot.amount.kind == "fraction":
            yield from self._second(named, year)

    def _far(self, number: str, code: str) -> str:
        """Return a doubt about an average or a share of area that is far from last year's."""
        before = self.known.before(code, self.year)
        measure = self.known.measures[code]
        if not number or not before or "/" not in measure.unit:
            return ""
        ratio = Decimal(number) / before
        return "" if 1 / FAR < ratio < FAR else FAR_FROM_LAST_YEAR

    def _second(self, named: Named, year: int) -> Iterator[Draft]:
        """Yield what the second number of `31/46 lô` states: the whole, or the plan."""
        spot, code = named.spot, named.indicator
        second = replace(spot.amount, text=f"{spot.amount.second} {spot.amount.unit}".strip(), kind="number")
        whole = self.known.whole_of(code)
        target = whole or code
        if whole and not spot.amount.unit:
            second = replace(second, text=spot.amount.second)
        number = read_number(second, self.known.measures[target])
        if number is None:
            return
        statement = self._statement(spot, target, year, named.doubt, named.others)
        if whole:
            yield self._draft(replace(statement, value=number.digits), spot)
            return
        side = "upper" if self.known.better.get(code) == "lower" else "lower"
        yield self._draft(replace(statement, of=VALUE, closed="both", **{side: number.digits}), spot)

    def _aim_drafts(self, named: Named) -> Iterator[Draft]:
        spot, code = named.spot, named.indicator
        year = self._year_of(spot)[0] if not spot.is_plan else self.year
        read = self._bounds(spot, code)
        if read is None:
            return
        bounds, doubt = read
        doubt = doubt or self._far(bounds.lower or bounds.upper if bounds.of == VALUE else "", code)
        statement = self._statement(spot, code, year, named.doubt or doubt, named.others)
        yield self._draft(
            replace(
                statement,
                lower=bounds.lower.upper(),
                upper=bounds.upper.upper(),
                closed=bounds.closed or "both",
                of=bounds.of,
            ),
            spot,
        )

    def _with_tail(
        self, spot: Spot, options: Sequence[Candidate], drafts: list[Draft], last: int
    ) -> tuple[list[Draft], int]:
        """Return the drafts with a change or a share added to the value before it, or by itself."""
        own = next((each for each in options if each.is_near), None)
        code = drafts[last].statement.indicator if 0 <= last < len(drafts) else ""
        names_last = any(each.indicator == code for each in options)
        if not code or (own and own.indicator != code and own.score > 1.3 and not names_last):
            return self._tail_alone(spot, own, drafts, last)
        facts = self._facts(spot, code)
        if not facts or drafts[last].statement.is_aim:
            return drafts, last
        draft = drafts[last]
        if any(getattr(draft.statement, name) not in ("", fact) for name, fact in facts.items()):
            return [*drafts[:last], _doubted(draft), *drafts[last + 1 :]], last
        new = Draft(replace(draft.statement, **facts), (*draft.spans, (spot.amount.start, spot.amount.end)))
        return [*drafts[:last], new, *drafts[last + 1 :]], last

    def _tail_alone(
        self, spot: Spot, own: Candidate | None, drafts: list[Draft], last: int
    ) -> tuple[list[Draft], int]:
        facts = self._facts(spot, own.indicator) if own else {}
        if own is None or not facts:
            return drafts, last
        doubt = "" if own.is_direct else FROM_AFAR
        statement = replace(self._statement(spot, own.indicator, self.year, doubt, ()), **facts)
        return [*drafts, self._draft(statement, spot)], len(drafts)

    def _facts(self, spot: Spot, code: str) -> dict[str, str]:
        """Return the facts that a tail states of an indicator, by name."""
        measure = self.known.measures.get(code)
        if measure is None:
            return {}
        fact = spot.fact
        if fact == PCT_CHANGE and measure.is_percent:
            fact = CHANGE
        if spot.sign == "=" and fact == CHANGE:
            return {}
        number = read_number(spot.amount, measure, None, fact)
        if number is None or number.doubt:
            return {}
        if fact == PCT_OF_PLAN:
            return {PCT_OF_PLAN: _plus(number.digits, 100) if spot.sign == "+" else number.digits}
        if spot.sign == "=":
            change = _plus(number.digits, -100)
            way = "down" if change.startswith("-") else "up" if float(change) else "steady"
            return {PCT_CHANGE: change, "direction": way}
        return {fact: signed(number.digits, spot.sign), "direction": "up" if spot.sign == "+" else "down"}

    # -- around -------------------------------------------------------------------------------

    def _is_aim(self, spot: Spot) -> bool:
        """Return whether a number is aimed at: by the headings, a year to come, or words of aims."""
        if self.paragraph.is_aim:
            return True
        said = self.sentence[: spot.amount.start]
        words = list(_FUTURE.finditer(said))
        if words and not _RESULT.search(said[words[-1].end() :]):
            return True
        first = _FIRST_YEAR.match(self.sentence)
        is_later = first is not None and int(first[1]) > self.year
        return is_later or bool(re.search(rf"(?i)so với (?:năm )?{self.year}\b", self.sentence))

    def _year_of(self, spot: Spot) -> tuple[int, bool]:
        """Return the year that a value is of, and whether the sentence names it."""
        said = self.sentence[: spot.amount.start]
        if spot.is_previous:
            return self.year - 1, True
        years = [int(each[1]) for each in _YEAR.finditer(said)]
        if self._is_aim(spot):
            later = [each for each in years if each > self.year]
            return (later[-1] if later else self.year + 1), True
        if spot.sign and re.search(r"(?i)xuống|lên|còn", spot.before):
            return self.year, False  # “từ 28 hộ năm 2023 giảm xuống còn 24 hộ”
        clause = [each for each in map(int, _YEAR.findall(spot.before.rpartition(";")[2])) if each <= self.year]
        return (clause[-1], True) if clause else (self.year, False)

    def _over(self, spot: Spot) -> str:
        return "over" if re.match(r"^\s*trở lên\b", spot.after) else ""

    def _statement(
        self, spot: Spot, code: str, year: int, doubt: str, others: Sequence[str]
    ) -> Statement:
        return Statement(
            self.paragraph.line_at(self.start + spot.amount.start),
            code,
            year,
            section=self.paragraph.section,
            certainty="unsure" if doubt else "certain",
            doubt=doubt,
            others=tuple(others),
            quote=self._quote(spot),
        )

    def _quote(self, spot: Spot) -> str:
        begin = max(0, spot.amount.start - 120)
        return self.sentence[begin : spot.amount.end + 60].strip()

    def _draft(self, statement: Statement, spot: Spot) -> Draft:
        return Draft(statement, ((spot.amount.start, spot.amount.end),))


def _doubted(draft: Draft) -> Draft:
    """Return a draft of which a sentence states two changes or two shares of a plan."""
    return replace(draft, statement=replace(draft.statement, certainty="unsure", doubt=TWO_FACTS))


def _plus(number: str, more: int) -> str:
    return f"{Decimal(number) + more:f}"
