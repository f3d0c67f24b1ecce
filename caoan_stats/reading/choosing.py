"""The indicator that a number is of: the best that its words name and its unit allows.

A near tie is refused. A percentage right after a count is its rate, where a relation computes it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from caoan_stats.concepts.facts import VALUE
from caoan_stats.forms.bounds import Bounds
from caoan_stats.reading import doubts
from caoan_stats.reading.aims import read_bounds
from caoan_stats.reading.naming import MARGIN, Candidate
from caoan_stats.reading.numbers import Number, read_number
from caoan_stats.reading.passage import Passage
from caoan_stats.reading.roles import Spot

SAME = 0.98  # of the score of the best: then it is refused
SHARING = 0.8  # of the score of the first of two indicators that one number is of
_RATE_GAP = re.compile(  # between a count and its rate: “ (”, “, đạt tỷ lệ ”
    r"^[\s,(–-]*(?:[^.;,()]{0,30}?[,(]?\s*)?(?:chiếm|đạt|bằng|tương đương|=|là)?\s*"
    r"(?:tỷ lệ|tỉ lệ)?\s*$",
    re.IGNORECASE,
)
_OTHER_BASE = re.compile(
    r"^\s*so (?:với |(?!với ))(?!năm \S+|cùng kỳ|(?:chỉ tiêu )?kế hoạch|kh\b|dự toán|chỉ tiêu)",
    re.IGNORECASE,
)
_CONNECTORS = re.compile(  # words before a number that name nothing
    r"(?:[\s,;:()–-]|\b(?:còn|đạt|là|xuống|lên|năm (?:20[0-9]{2}|nay|trước|qua)|sang|riêng|hiện|"
    r"chỉ|trong đó|ước|khoảng|trên|gần|thực hiện|kết quả|phấn đấu|nâng|tỷ lệ|tỉ lệ|chiếm|bằng|"
    r"đến|giảm|tăng|cả năm|được|từ|"
    r"nay|so|với|cùng kỳ|và|hạ|trở|ở mức|mức)\b)*",
    re.IGNORECASE,
)
_FOLLOWERS = frozenset([  # words after a bare number that are no noun which it counts
    "và", "là", "được", "đạt", "tăng", "giảm", "so", "trong", "của", "cho", "ở", "tại", "chiếm",
    "bằng", "còn", "đã", "nhiều", "ít", "cao", "thấp", "với", "thì", "do", "vào", "trên", "tương",
    "nhưng", "nên", "để", "từ", "đến", "lên", "xuống", "gồm", "có", "không", "chưa", "vượt",
    "hoàn", "riêng", "theo", "qua", "ước",
])  # fmt: skip
_OF_ALL = re.compile(r"\b(?:trong|trên) tổng (?:số )?$", re.IGNORECASE)
_TO_LEVEL = re.compile(r"\b(?:xuống|lên|còn)\b", re.IGNORECASE)
_MONEY = re.compile(r"%|đồng|đ\b|tỷ|triệu", re.IGNORECASE)
Fitting = list[tuple[Candidate, Number]]


@dataclass(frozen=True)
class Named:
    """A spot with the indicator that it is of, and why that may be another."""

    spot: Spot
    indicator: str
    number: Number
    doubt: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Before:
    """What a sentence says before a number."""

    named: Named | None = None  # the value right before it
    topic: str = ""  # the indicator that was named last, whatever was stated of it
    stated: frozenset[tuple[str, int]] = frozenset()  # indicators and years with a value


def choose(
    passage: Passage, spot: Spot, options: Sequence[Candidate], before: Before
) -> Named | None:
    """Return the indicator of a number; None if its words do not tell one."""
    named = _choose(passage, spot, options, before)
    if _OF_ALL.search(spot.before):
        part = before.named if before.named and ";" not in spot.before else named
        whole = _whole(passage, spot, part)
        return whole or (named if named and part and named.indicator != part.indicator else None)
    is_part = named and not spot.is_plan and is_in_brackets(passage.text, spot.amount.start)
    if named and is_part and (named.indicator, passage.year_of(spot)) in before.stated:
        return None  # “96 hồ sơ (62 chuyển nhượng, …)”
    return named


def _whole(passage: Passage, spot: Spot, part: Named | None) -> Named | None:
    """Return a number as that of the whole of a part: “bán được 5 lô trong tổng số 12 lô”."""
    whole = passage.known.whole_of(part.indicator) if part else ""
    number = number_of(passage, spot, whole) if whole else None
    return Named(spot, whole, number, number.doubt) if number else None


def is_in_brackets(text: str, place: int) -> bool:
    """Return whether a place of a text is within brackets."""
    return text.count("(", 0, place) > text.count(")", 0, place)


def _choose(
    passage: Passage, spot: Spot, options: Sequence[Candidate], before: Before
) -> Named | None:
    if known := _known_before(passage, spot, options, before.named):
        return known
    fitting = [
        (each, number)
        for each in options
        if _fits(spot, each) and (number := number_of(passage, spot, each.indicator))
    ]
    is_near = any(each.is_near for each, _ in fitting)
    is_silent = not is_near and _CONNECTORS.fullmatch(spot.before)
    if is_silent and (named := _of_topic(passage, spot, before)):
        return named
    if not fitting:
        return _in_another_unit(passage, spot, options)
    return _best(spot, _preferred(passage, spot, fitting))


def _of_topic(passage: Passage, spot: Spot, before: Before) -> Named | None:
    """Return a number without words of its own as of what was named last, in another year."""
    is_new = (before.topic, passage.year_of(spot)) not in before.stated
    number = number_of(passage, spot, before.topic) if before.topic and is_new else None
    is_of_it = number and (spot.amount.unit or not passage.known.is_percent(before.topic))
    return Named(spot, before.topic, number, number.doubt) if number and is_of_it else None


def _known_before(
    passage: Passage, spot: Spot, options: Sequence[Candidate], last: Named | None
) -> Named | None:
    """Return the indicator that last year's sentence or the number before tells; None without."""
    is_named = any(  # “5 hộ cận nghèo, 96% hộ đạt gia đình văn hóa”
        each.is_near and each.is_after and passage.known.is_percent(each.indicator)
        for each in (options if spot.before.rstrip().endswith(",") else ())
    )
    code = passage.like.get(spot.amount.start, "")
    if code and (number := number_of(passage, spot, code)):
        return Named(spot, code, number, number.doubt, number.others)
    if last is None:
        return None
    if not passage.is_aim(spot) and not is_named and (rate := _rate_of(passage, spot, last)):
        return rate
    if spot.is_plan or (last.spot.is_previous and _TO_LEVEL.search(spot.before)):
        number = number_of(passage, spot, last.indicator)
        return Named(spot, last.indicator, number, last.doubt) if number else None
    return None


def _rate_of(passage: Passage, spot: Spot, last: Named) -> Named | None:
    if not spot.amount.is_percent or not _RATE_GAP.match(spot.before):
        return None
    rate = passage.known.rates.get(last.indicator)
    number = number_of(passage, spot, rate) if rate else None
    return Named(spot, rate, number, last.doubt) if rate and number else None


def _preferred(passage: Passage, spot: Spot, fitting: Fitting) -> Fitting:
    """Return counts before percentages for a bare number, and parts before their wholes."""
    known = passage.known
    if not spot.amount.unit:
        counts = [pair for pair in fitting if not known.is_percent(pair[0].indicator)]
        fitting = counts or fitting
    if spot.amount.kind not in ("fraction", "rank"):
        return fitting
    best = fitting[0][0]
    parts = [pair for pair in fitting if known.whole_of(pair[0].indicator) == best.indicator]
    if parts and parts[0][0].score * MARGIN > best.score:
        return [parts[0], *(pair for pair in fitting[1:] if pair is not parts[0])]
    return [pair for pair in fitting if pair[0].indicator != known.whole_of(best.indicator)]


def _best(spot: Spot, fitting: Fitting) -> Named | None:
    best, number = fitting[0]
    rivals = [each for each, _ in fitting[1:] if each.score * MARGIN > best.score]
    if rivals and rivals[0].score >= best.score * SAME:
        return None
    is_plain = best.is_near and best.is_direct
    doubt = doubts.TIE if rivals else "" if is_plain else doubts.FROM_AFAR
    others = tuple(each.indicator for each in rivals)
    return Named(spot, best.indicator, number, doubt or number.doubt, others or number.others)


def _in_another_unit(passage: Passage, spot: Spot, options: Sequence[Candidate]) -> Named | None:
    """Return a count whose words are plain though its unit is another: dossiers “cho 115 hộ”."""
    amount = spot.amount
    is_counted = amount.kind == "number" and amount.unit and not _MONEY.search(amount.unit)
    if not options or not is_counted:
        return None
    best, *rivals = options
    measure = passage.known.measures.get(best.indicator)
    is_clear = best.is_near and best.is_direct
    if measure is None or not measure.is_exact or not is_clear:
        return None
    if rivals and rivals[0].score * MARGIN > best.score:
        return None
    spot = bare(spot)
    number = number_of(passage, spot, best.indicator)
    return Named(spot, best.indicator, number, doubts.ANOTHER_UNIT) if number else None


def bare(spot: Spot) -> Spot:
    """Return a spot whose amount has no unit."""
    amount = spot.amount
    text = amount.text.removesuffix(amount.unit).strip()
    return replace(spot, amount=replace(amount, text=text, unit=""))


def sharing(passage: Passage, named: Named, options: Sequence[Candidate]) -> Iterator[Named]:
    """Yield what else a share is of: “100% trẻ mầm non và học sinh tiểu học …”."""
    spot = named.spot
    best = next((each for each in options if each.indicator == named.indicator), None)
    if best is None or not spot.amount.is_percent or " và " not in spot.after:
        return
    for other in options:
        is_like = other.is_near and other.is_after and other.score > SHARING * best.score
        number = number_of(passage, spot, other.indicator) if is_like else None
        if number and other is not best:
            yield Named(spot, other.indicator, number, doubts.TIE)


def number_of(passage: Passage, spot: Spot, code: str, fact: str = VALUE) -> Number | None:
    """Return the number of a spot in the unit of an indicator; empty digits for an aim."""
    measure = passage.known.measures.get(code)
    if measure is None:
        return None
    if is_aim(passage, spot, code):
        read = bounds_of(passage, spot, code)
        return Number("", read[1]) if read else None
    if spot.amount.kind == "range":
        return None
    return read_number(spot.amount, measure, passage.known.before(code, passage.year), fact)


def is_aim(passage: Passage, spot: Spot, code: str) -> bool:
    """Return whether a spot states an aim; the plan of the year is the value of a plan."""
    return passage.is_aim(spot) or (spot.is_plan and code not in passage.known.planned)


def bounds_of(passage: Passage, spot: Spot, code: str) -> tuple[Bounds, str] | None:
    """Return the bounds that a spot states of an indicator, and a doubt; None if it states none."""
    if _OTHER_BASE.match(spot.after):
        return None
    known = passage.known
    return read_bounds(
        spot, known.measures[code], known.better.get(code, ""), passage.year_of(spot)
    )


def _fits(spot: Spot, candidate: Candidate) -> bool:
    """Return whether a number can be of a candidate by what follows it.

    “Không có” is of what follows, or else precedes it; a bare number before a noun, such as
    “36 cơ sở”, is only of that.
    """
    amount = spot.amount
    if amount.kind == "zero":
        return candidate.is_after or not re.match(r"\s*[^\W\d_]", spot.after)
    noun = re.match(r"\s*([^\W\d_]+)", spot.after)
    if noun is None or amount.unit or amount.kind not in ("number", "fraction"):
        return True
    return noun[1].casefold() in _FOLLOWERS or candidate.is_next
