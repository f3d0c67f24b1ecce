"""Targets as people type them, “trên 96%” or “130 - 150”, read as the bounds of one fact.

Words tell which side of a number is meant, and which fact: “giảm 5 hộ” bounds the change. The
number itself is read by `quantities`. What could bound two sides or two facts is refused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from caoan_stats.common import numerals
from caoan_stats.concepts.comparisons import BASES
from caoan_stats.concepts.facts import CHANGE, FACTS, PCT_CHANGE, PCT_OF_PLAN, PLAN, PREVIOUS, VALUE
from caoan_stats.concepts.tables import LOWER, UPPER
from caoan_stats.concepts.units import PERCENT, unit_of
from caoan_stats.forms.entries import PERCENT_DECIMALS
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.quantities import WHOLE, UnclearError, parse_quantity, refuse_unreadable

OPPOSITE: Mapping[str, str] = {LOWER: UPPER, UPPER: LOWER}


class Side(NamedTuple):
    """Side of a number on which a target lies."""

    bound: str
    is_open: bool = False  # whether the number itself does not reach the target


AT_LEAST, ABOVE = Side(LOWER), Side(LOWER, is_open=True)
AT_MOST, BELOW = Side(UPPER), Side(UPPER, is_open=True)
SIGNS = ("tăng", "giảm")  # words for a change
NUMBER_ERRORS = (  # others are told as an unclear target
    "ambiguous_number", "grouped_number", "long_number", "other_unit", "too_many_decimals",
)  # fmt: skip
EXCEEDS = "vượt"  # “vượt 10% kế hoạch” is 110 % of it
NOT_BELOW = "không (?:thấp|ít|nhỏ|kém) hơn|không dưới"
_BEFORE: Mapping[str, Side] = {  # by the words before a number; an earlier row wins
    NOT_BELOW: AT_LEAST,
    "không (?:cao|nhiều|lớn) hơn|không (?:vượt )?quá|không (?:vượt|trên|hơn)": AT_MOST,
    "tối thiểu|ít nhất": AT_LEAST,
    "tối đa|nhiều nhất": AT_MOST,
    "(?:cao|lớn|nhiều) hơn|trên|hơn": ABOVE,
    EXCEEDS: ABOVE,
    "(?:thấp|nhỏ|ít) hơn|dưới": BELOW,
    ">=|=>|≥": AT_LEAST,
    "<=|=<|≤": AT_MOST,
    ">": ABOVE,
    "<": BELOW,
}
_AFTER: Mapping[str, Side] = {"trở lên": AT_LEAST, "trở (?:xuống|lại)": AT_MOST}
_OF_RANKS: Mapping[str, Side] = {  # the better rank has the lower number
    "trở lên": AT_MOST, "tối thiểu|ít nhất": AT_MOST,
    **{pattern: side for pattern, side in _BEFORE.items() if pattern[0] in "<>"},
}  # fmt: skip
_WORD = re.compile(  # before a number
    rf"(?:(?P<side>{'|'.join(_BEFORE)})|(?P<start>từ)"
    r"|(?P<rise>(?:(?:tăng|nâng|đưa) )?lên)|(?P<fall>(?:giảm )?(?:xuống )?còn|(?:giảm )?xuống)"
    rf"|(?P<sign>{'|'.join(SIGNS)})(?: (?:trưởng|thêm|bớt))?"
    r"|(?P<reach>phấn đấu|tỷ lệ|tỉ lệ|bảo đảm|đảm bảo"
    r"|giữ vững|giữ|duy trì|trong khoảng|ở mức|mức|đạt|bằng|=))"
    r"(?: |(?=[0-9+-]))|"
)
_LEVELS = frozenset({"rise", "fall"})  # to a value, as in “giảm còn 2%”
_NUMBER = r"[+-]? ?[0-9][0-9., ]*"
_RANGE = re.compile(rf"({_NUMBER}[^0-9-]*?) ?(?:-|~|\bđến\b|\btới\b) ?({_NUMBER}.*)")
_TWO_SIDES = re.compile(  # “trên 96% - dưới 98%”
    rf"(.*[0-9].*?),? ?(?:-|và|nhưng|\bđến\b|\btới\b)? ?((?:{'|'.join(_BEFORE)}) ?[0-9][^-]*)"
)
_TREND: Mapping[str, Side] = {  # of the change from 0, by words without a number
    "giảm": BELOW, "giảm dần": BELOW, "không tăng": AT_MOST,
    "tăng": ABOVE, "tăng dần": ABOVE, "không giảm": AT_LEAST,
}  # fmt: skip


@dataclass(frozen=True)
class Bounds:
    """Bounds of one fact as plain numbers, empty for none; `closed` as in `pandas.Interval`.

    `closed` is empty for `both`. `of` is the fact that was chosen or that the words name.
    """

    lower: str = ""
    upper: str = ""
    closed: str = ""
    of: str = VALUE

    @property
    def only(self) -> str:
        """The only bound; empty if there are both."""
        return "" if self.lower and self.upper else LOWER if self.lower else UPPER

    def joined(self, other: "Bounds") -> "Bounds":
        """Return the bounds of a lower and an upper one."""
        closed = {(True, False): "right", (False, True): "left", (True, True): "neither"}
        is_open = bool(self.closed), bool(other.closed)
        return replace(self, upper=other.upper, closed=closed.get(is_open, ""))


class _Parts(NamedTuple):
    """Parts of a typed target."""

    sides: tuple[str, ...]  # words of `_BEFORE` and `_AFTER`, by their patterns
    kinds: frozenset[str]  # of all words before the amount: names of the groups of `_WORD`
    sign: str  # word of `SIGNS`
    amounts: tuple[str, ...]  # the rest: one number or two, each with its unit and base


def parse_bounds(  # noqa: PLR0913 - what a cell and its row tell
    text: str, measure: Measure, *, better: str = "", of: str = "", year: int = 0, side: str = ""
) -> Bounds:
    """Return the bounds that a typed target states.

    Parameters
    ----------
    text
        One number or two, with words around them.
    measure
        Unit and precision of the indicator.
    better
        `higher`, `lower` or empty. A number that is to be reached (“đạt 96%”) is the upper bound
        where lower is better, else the lower one.
    of
        Fact that was chosen for the target; empty if none was.
    year
        Year of the target.
    side
        Bound that a number without any words is; empty: it is to be reached. As `bound_of`.

    Raises
    ------
    UnclearError
        The text is no target in numbers, or has two readings.

    Examples
    --------
    >>> parse_bounds("trên 96%", Measure("%", 2))
    Bounds(lower='96', upper='', closed='neither', of='value')
    >>> parse_bounds("125-135 triệu", Measure("đồng", 0))
    Bounds(lower='125e6', upper='135e6', closed='', of='value')
    >>> parse_bounds("giảm ít nhất 5 hộ", Measure("hộ", 0))
    Bounds(lower='', upper='-5', closed='', of='change')
    """
    refuse_unreadable(text)
    plain = re.sub("^(đến|tới) ", "", _plain(text)) if side == UPPER else _plain(text)
    before = BASES[PREVIOUS].format(year=year, before=year - 1)
    if trend := _TREND.get(re.sub(rf" ?(?:{before})?$", "", plain)):
        if of not in ("", CHANGE):
            raise UnclearError("other_target", found=text)
        bound = OPPOSITE[trend.bound] if unit_of(measure.unit).is_before else trend.bound
        return _one(Side(bound, trend.is_open), "0", CHANGE)
    if both := _TWO_SIDES.fullmatch(plain):
        return _between(both.groups(), text, measure, of=of, year=year)
    parts = _divide(_with_plan_last(plain, year))
    fact = _fact(parts, measure, of, text, year)
    if FACTS[fact].is_percent:
        measure = replace(measure, unit=PERCENT, decimals=PERCENT_DECIMALS)
    signed = (f"{parts.sign} {amount}" for amount in parts.amounts)
    number, *others = (_number(each, measure, fact, text, year) for each in signed)
    if fact == PCT_OF_PLAN and EXCEEDS in parts.sides:
        parts, (number, *others) = _exceeded(parts, (number, *others), text)
    if others:
        if parts.sides:  # “trên 5 - 7”
            raise UnclearError("unclear_target", found=text)
        is_fall = parts.sign and number.startswith("-")
        lower, upper = sorted((number, *others), key=Decimal) if is_fall else (number, *others)
        return Bounds(lower, upper, of=fact)
    if typed := _side(parts, measure, fact, text):
        is_fall = bool(parts.sign) and number.startswith("-")  # “giảm ít nhất 5”: at most -5
        bound = OPPOSITE[typed.bound] if is_fall else typed.bound
        return _one(Side(bound, typed.is_open), number, fact)
    if side and not parts.kinds:
        return bound_of(number, side, fact, better, text)
    return _one(_reached(parts, number, fact, better, measure), number, fact)


def _with_plan_last(plain: str, year: int) -> str:
    """Return “vượt kế hoạch 10%” as “vượt 10% kế hoạch”."""
    plan = BASES[PLAN].format(year=year, before=year - 1)
    found = re.fullmatch(rf"([^0-9]*?)\b({plan})\b( [^0-9]*[0-9].*)", plain)
    last = found[found.re.groups] if found else ""
    return " ".join(f"{found[1]} {last} {found[2]}".split()) if found else plain


def _exceeded(parts: _Parts, numbers: Sequence[str], text: str) -> tuple[_Parts, Sequence[str]]:
    """Return a share of the plan for what is above it: “vượt trên 10%” is more than 110 %."""
    if any(Decimal(number) >= WHOLE for number in numbers):  # “vượt 110%” can mean 110 %
        raise UnclearError("unclear_target", found=text)
    sides = tuple(each for each in parts.sides if each != EXCEEDS)
    usual = () if len(numbers) > 1 else (NOT_BELOW,)
    shares = [f"{Decimal(number) + WHOLE:f}" for number in numbers]
    return parts._replace(sides=sides or usual), shares


def _between(texts: Sequence[str], text: str, measure: Measure, *, of: str, year: int) -> Bounds:
    """Return the bounds of two texts, “trên 96%” and “dưới 98%”, one of each side."""
    first, last = (parse_bounds(each, measure, of=of, year=year) for each in texts)
    if (first.only, last.only) != (LOWER, UPPER) or first.of != last.of:
        raise UnclearError("unclear_target", found=text)
    return first.joined(last)


def bound_of(number: str, side: str, fact: str, better: str, text: str) -> Bounds:
    """Return the bounds with one number on a side.

    Raises `UnclearError` if this alone makes the worse values a success: what was typed as “from 3”
    for a rate of poor households can mean “3”.
    """
    worse = {"lower": LOWER, "higher": UPPER}.get(better)
    if side == worse and FACTS[fact].base != PREVIOUS:
        raise UnclearError("least_or_most" if side == LOWER else "most_or_least", found=text)
    return _one(Side(side), number, fact)


def _plain(text: str) -> str:
    words = numerals.folded(text).translate(numerals.DASHES).casefold()
    words = re.sub(r"(?<=[^\W\d_]) ?:", " ", words)  # “giảm: 5 hộ”
    return " ".join(words.split()).strip(" .;")


def _one(side: Side, number: str, fact: str) -> Bounds:
    closed = "neither" if side.is_open else ""
    return Bounds(**{side.bound: number}, closed=closed, of=fact)


def _divide(plain: str) -> _Parts:
    """Return the parts of a target; its words may stand in any order before the amount."""
    sides, kinds, sign, rest = [], set(), "", plain
    for pattern in _AFTER:
        if match := re.search(rf"\b{pattern}\b", rest):
            sides.append(pattern)
            rest = " ".join((rest[: match.start()] + rest[match.end() :]).split())
    while (match := _WORD.match(rest)) and match.lastgroup:
        kind, word = match.lastgroup, match[match.lastgroup]
        sides += [pattern for pattern in _BEFORE if kind == "side" and re.fullmatch(pattern, word)]
        sign = sign or (word if kind == "sign" else "")
        kinds.add(kind)
        rest = rest[match.end() :]
    return _Parts(tuple(sides), frozenset(kinds), sign, _amounts(rest))


def _reached(parts: _Parts, number: str, fact: str, better: str, measure: Measure) -> Side:
    """Return the side on which a number is reached; a rank that rises has a lower number."""
    levels = _LEVELS & parts.kinds
    if fact == VALUE and unit_of(measure.unit).is_before:
        return AT_MOST
    if levels:
        return AT_MOST if "fall" in levels else AT_LEAST
    is_most = number.startswith("-") if FACTS[fact].base == PREVIOUS else better == "lower"
    return AT_MOST if is_most else AT_LEAST


def _amounts(typed: str) -> tuple[str, ...]:
    """Return one amount or the two of a range, each with its unit.

    >>> _amounts("125-135 triệu"), _amounts("900 nghìn đến 1,2 triệu")
    (('125 triệu', '135 triệu'), ('900 nghìn', '1,2 triệu'))
    """
    if not (found := _RANGE.fullmatch(typed)):
        return (typed,)
    first, last = found.groups()
    number = re.match(_NUMBER, last)
    has_unit = re.search(r"[^0-9., +-]", first)
    shared = "" if has_unit or not number else f" {last[number.end() :]}"
    return f"{first}{shared}".strip(), last


def _fact(parts: _Parts, measure: Measure, of: str, text: str, year: int) -> str:
    """Return the fact that the words of a target name, or else the chosen one."""
    unit = re.sub(rf"^{_NUMBER}", "", parts.amounts[-1])
    is_share = bool(re.match("%|phần trăm", unit)) and not measure.is_percent
    plan = BASES[PLAN].format(year=year, before=year - 1)
    if re.fullmatch(f"(?:%|phần trăm) ?{plan}", unit):
        named = PCT_OF_PLAN
    elif parts.sign:
        named = PCT_CHANGE if is_share or (of == PCT_CHANGE and not unit) else CHANGE
    else:
        named = VALUE if _LEVELS & parts.kinds else ""
    if named and of and named != of:
        raise UnclearError("other_target", found=text)
    fact = named or of or VALUE
    if is_share and fact == VALUE:
        raise UnclearError("share_of_what", found=text, unit=measure.unit)
    if parts.sign and (fact == PCT_OF_PLAN or _LEVELS & parts.kinds):
        raise UnclearError("unclear_target", found=text)
    return fact


def _number(amount: str, measure: Measure, fact: str, text: str, year: int) -> str:
    """Return the number of one bound; raise UnclearError unless it is stated exactly."""
    is_move = fact == CHANGE and unit_of(measure.unit).is_before  # of a rank, up or down
    is_unsigned = amount.startswith(" ") and amount.strip()[:1] not in "+-"
    if re.search(r"[0-9] ?/ ?[0-9]", amount) or (is_move and is_unsigned):  # “13/14”, “2 bậc”
        raise UnclearError("unclear_target", found=text)
    try:
        quantity = parse_quantity(amount.strip(), measure, fact, year)
    except UnclearError as error:
        kind = error.kind if error.kind in NUMBER_ERRORS else "unclear_target"
        raise UnclearError(kind, **{**error.details, "found": text}) from None
    if quantity.qualifier:
        raise UnclearError("unclear_target", found=text)
    return quantity.number


def _side(parts: _Parts, measure: Measure, fact: str, text: str) -> Side | None:
    """Return the side that the words of a target name; None if they name none."""
    is_rank = fact == VALUE and unit_of(measure.unit).is_before
    known = _OF_RANKS if is_rank else {**_BEFORE, **_AFTER}
    if is_rank and not parts.amounts[0][:1].isdigit():  # “không dưới hạng 5”, but “không dưới 5”
        known = {**known, NOT_BELOW: AT_MOST}
    sides = {known.get(pattern) for pattern in parts.sides}
    starts = "start" in parts.kinds
    if not sides:
        sides = {None if is_rank else AT_LEAST} if starts else set()
    elif starts and sides == {AT_MOST} and parts.sides[0] not in _AFTER:  # “từ tối đa 5”
        sides.add(AT_LEAST)
    if len(sides) > 1 or None in sides or (is_rank and "fall" in parts.kinds):
        raise UnclearError("unclear_target", found=text)
    return next(iter(sides), None)
