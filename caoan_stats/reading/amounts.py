"""Amounts: the numbers of a text that count something, each with its unit."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from caoan_stats.concepts.units import MULTIPLES, UNITS
from caoan_stats.reading.masks import masked
from caoan_stats.reading.number_words import DIGITS, PATTERN, number_of_words

Kind = Literal["number", "range", "fraction", "rank", "zero", "word"]
NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_MULTIPLE = "|".join(sorted(MULTIPLES, key=len, reverse=True))
_POWERS = {"chục": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000}
_HUNDREDS = re.compile(rf"\bhàng (?:{'|'.join(_POWERS)})\b(?! triệu)", re.IGNORECASE)
_ORDINALS = {**DIGITS, "nhất": 1, "nhì": 2, "mười": 10}
_RANK = re.compile(
    r"(?:(?:xếp|đứng|hạng|vị trí)(?: hạng)? thứ|thứ hạng|(?:xếp|đứng) hạng) "
    rf"(?P<first>{'|'.join(_ORDINALS)}|[0-9]+)\b(?! sao)"
    r"(?:(?: ?/ ?| trên | trong )(?:tổng (?:số )?)?(?P<second>[0-9]+))?",
    re.IGNORECASE,
)
_NO_NOUN = ("điểm", "ai", "gì")  # after “không có”, counts nothing
_NOTHING = re.compile(
    r"\b(?:không|chưa)(?: để)?(?: có| còn| xảy ra| phát sinh| ghi nhận| phát hiện| nhận| gây| bị"
    r"| tiếp nhận)(?: được| xảy ra| phát sinh)?\b(?! lý do)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Amount:
    """A number of a text with its unit."""

    start: int
    end: int  # after the unit
    text: str  # with the unit: what a person would type into a cell
    unit: str  # as written; empty for a bare number
    kind: Kind = "number"
    second: str = ""  # of a fraction, the number after the slash
    qualifier: str = ""  # of a number in words: “hàng trăm” is over 100

    @property
    def is_percent(self) -> bool:
        """Whether it is a percentage, or a difference of two."""
        return self.unit.strip().startswith("%") or self.unit.casefold().startswith(
            ("phần trăm", "điểm")
        )


@dataclass(frozen=True)
class AmountPattern:
    """How the amounts of a catalogue look: its units, and what people type for them."""

    units: tuple[str, ...]

    @cached_property
    def unit(self) -> str:
        """Pattern of a unit, with a word for a power of ten before it."""
        typed = {*self.units, *(word for row in UNITS.values() for word in row.typed)}
        known = typed | {unicodedata.normalize("NFKC", word) for word in typed}
        words = sorted(known, key=lambda word: (-len(word), word))
        one = "|".join(
            re.escape(word).replace(r"\ ", r"\s+").replace("/", r"\s?/\s?") for word in words
        )
        per = rf"(?:{one}|năm|vụ|tháng|ngày|hộ|người|tân binh)"
        parts = rf"(?:{one})(?![^\W_])(?:\s?/\s?(?:1\s?)?{per}(?![^\W_]))*"
        return rf"(?:(?:{_MULTIPLE})(?![^\W_])\s?)?(?:{parts})|%|(?:{_MULTIPLE})(?![^\W_])"

    @cached_property
    def pattern(self) -> "re.Pattern[str]":
        """Pattern of a number with its unit, of two with a dash, or with a slash between them."""
        unit = rf"(?:\s?(?P<{{0}}>{self.unit}))?"
        return re.compile(
            rf"(?<![\w.,/])(?P<first>{NUMBER}){unit.format('unit')}"
            rf"(?:(?P<link>\s?[-–÷~/]\s?|\s(?:đến|tới)\s(?:khoảng |dưới )?)(?P<second>{NUMBER})"
            rf"{unit.format('last')})?",
            re.IGNORECASE,
        )

    @cached_property
    def after(self) -> "re.Pattern[str]":
        """Pattern of a unit after words."""
        return re.compile(rf"\s+(?P<unit>{self.unit})", re.IGNORECASE)

    @cached_property
    def none(self) -> "re.Pattern[str]":
        """Pattern of “không” before what there is none of: “không vụ … nào”, “không ai”."""
        return re.compile(
            rf"\bkhông(?= (?:(?:{self.unit})\b[^.;,0-9]*\bnào\b|(?:nơi|điểm|chỗ|nhà) nào\b|ai\b))",
            re.IGNORECASE,
        )

    def find(self, text: str) -> list[Amount]:
        """Return the amounts of a text in order, those in falling units as one."""
        hidden = masked(text)
        ranks = [*_ranks(text)]
        hidden += [(rank.start, rank.end) for rank in ranks]
        words = (each for each in self._in_words(text) if not _overlaps(each, hidden))
        found = [*ranks, *self._numbers(text, hidden), *words, *self._nothing(text)]
        return _joined(sorted(found, key=lambda each: each.start), text)

    def _numbers(self, text: str, hidden: Sequence[tuple[int, int]]) -> Iterator[Amount]:
        for match in self.pattern.finditer(_blanked(text, hidden)):
            unit, last = match["unit"] or "", match["last"] or ""
            if _is_year(match["first"], unit or last) and not match["second"]:
                continue
            if not match["second"]:
                yield Amount(match.start(), match.end(), match[0], unit)
            elif unit and last and unit.casefold() != last.casefold():  # “05 vụ/5 đối tượng”
                yield Amount(
                    match.start(),
                    match.end("unit"),
                    match[0][: match.end("unit") - match.start()],
                    unit,
                )
                start = match.start("second")
                yield Amount(start, match.end(), text[start : match.end()], last)
            else:
                kind: Kind = "fraction" if "/" in match["link"] else "range"
                yield Amount(
                    match.start(), match.end(), match[0], last or unit, kind, match["second"]
                )

    def _nothing(self, text: str) -> Iterator[Amount]:
        """Yield a zero for each “không có …”, with the unit of what there is none of."""
        for match in (*_NOTHING.finditer(text), *self.none.finditer(text)):
            unit = self.after.match(text, match.end())
            noun = unit["unit"] if unit and unit["unit"].casefold() not in _NO_NOUN else ""
            yield Amount(match.start(), match.end(), "0", noun, "zero")

    def _in_words(self, text: str) -> Iterator[Amount]:
        """Yield the numbers in words before a unit."""
        for match in (*_HUNDREDS.finditer(text), *PATTERN.finditer(text)):
            unit = self.after.match(text, match.end())
            if unit is None or (unit["unit"] == "%"):
                continue
            hundreds = _POWERS.get(match[0].casefold().removeprefix("hàng "))
            number = hundreds or number_of_words(match[0])
            shown, qualifier = f"{number} {unit['unit']}", "over" if hundreds else ""
            yield Amount(match.start(), unit.end(), shown, unit["unit"], "word", "", qualifier)


def _is_year(number: str, unit: str) -> bool:
    return not unit and re.fullmatch(r"(?:19|20)[0-9]{2}", number) is not None


def _overlaps(amount: Amount, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < amount.end and amount.start < end for start, end in spans)


def _ranks(text: str) -> Iterator[Amount]:
    """Yield the ranks in a text: “xếp thứ nhất trên 17 xã”."""
    for match in _RANK.finditer(text):
        first, second = match["first"].casefold(), match["second"] or ""
        place = str(_ORDINALS.get(first, first))
        shown = f"{place}/{second}" if second else place
        yield Amount(match.start("first"), match.end(), shown, "", "rank", second)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with the digits of some spans as another sign, at the same places."""
    for start, end in spans:
        text = text[:start] + re.sub("[0-9]", "_", text[start:end]) + text[end:]
    return text


def _joined(amounts: Sequence[Amount], text: str) -> list[Amount]:
    """Return amounts with “21 tỷ 340 triệu đồng” as one."""
    joined: list[Amount] = []
    for amount in amounts:
        before = joined[-1] if joined else None
        if before and amount.start < before.end:  # within it
            continue
        gap = text[before.end : amount.start] if before else ""
        if before and re.fullmatch(r",?\s(?:và |lẻ )?", gap) and _falls(before, amount):
            joined[-1] = replace(
                before,
                end=amount.end,
                text=f"{before.text} {amount.text}",
                unit=amount.unit,
            )
        else:
            joined.append(amount)
    return joined


def _falls(first: Amount, second: Amount) -> bool:
    """Return whether the second of two amounts goes on with the first: “21 tỷ 340 triệu”."""
    is_bare = re.fullmatch(rf"(?:{_MULTIPLE})", first.unit.strip().casefold())
    if first.kind != "number" or second.kind != "number":
        return False
    return bool(is_bare) and _power(first.unit) > _power(second.unit)


def _power(unit: str) -> int:
    found = re.match(_MULTIPLE, unit.strip().casefold())
    return MULTIPLES[found[0]] if found else 0
