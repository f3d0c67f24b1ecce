"""Number formats of spreadsheets: what a cell shows beside its number."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from caoan_stats.common import numerals

PERCENT = "%"
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].'  # `_x` is a space as wide as x, `*x` fills up
    r"|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<digits>General|Standard|E[+-]|[0-9#?.,@])|(?P<sign>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"\s*(<=|>=|<>|[<>=])\s*([+-]?[0-9]+(?:[.][0-9]+)?)\s*")
_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, "=": operator.eq,
    "<>": operator.ne, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A section of a number format, which applies to some numbers.

    `before` and `after` are what it shows around a number, without a percent sign that multiplies;
    what stands between its digits is part of `after`.
    """

    before: str = ""
    after: str = ""
    is_percent: bool = False  # shows a number times 100
    thousands: int = 0  # how often it divides a number by 1000
    is_text: bool = False  # applies to texts only
    has_digits: bool = True  # else it shows nothing but `before`
    condition: str = ""  # such as `>=1`; empty without one
    without_sign: bool = False  # shows a negative number without a minus of its own

    @property
    def has_percent_sign(self) -> bool:
        """Whether a percent sign follows the number, which it may multiply or not."""
        return self.is_percent or self.after.strip() == PERCENT

    def words(self, number: Decimal) -> str:
        """Return the text that a number is shown as, if a word or a currency is beside it."""
        if not any(sign.isalpha() or sign == "₫" for sign in self.before + self.after):
            return ""
        if not self.has_digits:
            return self.before
        scaled = self.scaled(number)
        digits = f"{abs(scaled) if self.without_sign else scaled:f}"
        if self.thousands and numerals.count_decimals(digits) == 3:
            digits = numerals.thousandths(digits)  # as “140,655 triệu” has two readings
        after = (PERCENT if self.is_percent else "") + self.after
        return " ".join(f"{self.before}{digits.replace('.', ',')}{after}".split())

    def scaled(self, number: Decimal) -> Decimal:
        """Return a number as it is shown, without rounding."""
        shown = number.scaleb(2 * self.is_percent - 3 * self.thousands)
        return shown.normalize() if self.thousands else shown


def section_for(code: str, number: float) -> Section:
    """Return the section of a number format, such as `0.00%;-0.00"%"`, that applies to a number.

    >>> section_for("[>1]0%;0.0%", 97).is_percent, section_for('0.0" %"', 97).after
    (True, ' %')
    >>> section_for('#,##0.0,," tỷ"', 97).thousands
    2
    """
    sections = _sections(code)
    if not sections:
        return Section()
    if any(each.condition for each in sections):
        return next((each for each in sections if _applies(each, number)), sections[-1])
    if number < 0 and len(sections) > 1:
        return replace(sections[1], without_sign=True)
    return sections[2 if number == 0 and len(sections) > 2 else 0]


@lru_cache(1_000)  # as many as a workbook may have
def _sections(code: str) -> list[Section]:
    """Return the sections that apply to numbers."""
    return [each for each in map(_section, _split(code)) if not each.is_text]


def _split(code: str) -> list[list[re.Match[str]]]:
    """Return the tokens of each section."""
    sections: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["sign"] == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return sections


def _section(tokens: Sequence[re.Match[str]]) -> Section:
    digits = [place for place, token in enumerate(tokens) if token["digits"]]
    first = digits[0] if digits else len(tokens)
    brackets = [token["bracket"] or "" for token in tokens]
    condition = next(filter(_CONDITION.fullmatch, brackets), "")
    return Section(
        before=_literal(tokens[:first]),
        after=_literal(tokens[first:]),
        is_percent=any(token["sign"] == PERCENT for token in tokens),
        thousands=_thousands("".join(tokens[place]["digits"] for place in digits)),
        is_text=any(token["digits"] == "@" for token in tokens),
        has_digits=bool(digits),
        condition=condition,
    )


def _thousands(digits: str) -> int:
    """Return how many commas divide by 1000: those with no digit after them before the point.

    >>> _thousands("#,##0,,"), _thousands("#,##0.0,"), _thousands("0,.0,"), _thousands("#,##0")
    (2, 1, 2, 0)
    """
    ends = re.findall("(?<=[0-9#?.]),+$|(?<=[0-9#?]),+(?=[.])", digits)
    return sum(map(len, ends))


def _literal(tokens: Sequence[re.Match[str]]) -> str:
    """Return what tokens show, without a percent sign that multiplies."""
    kinds = ("quoted", "escaped", "currency", "sign")
    shown = [next((token[kind] for kind in kinds if token[kind]), "") for token in tokens]
    pairs = zip(tokens, shown, strict=True)
    return "".join(text for token, text in pairs if token["sign"] != PERCENT)


def _applies(section: Section, number: float) -> bool:
    condition = _CONDITION.fullmatch(section.condition)
    return not condition or _COMPARISONS[condition[1]](number, float(condition[2]))
