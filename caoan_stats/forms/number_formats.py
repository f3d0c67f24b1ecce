"""Number formats of spreadsheets: what a cell shows beside its number."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

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

    `before` and `after` are what it shows around a number, without a percent sign that multiplies.
    """

    before: str = ""
    after: str = ""
    is_percent: bool = False  # shows a number times 100
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
        scaled = number.scaleb(2) if self.is_percent else number
        digits = f"{abs(scaled) if self.without_sign else scaled:f}".replace(".", ",")
        after = (PERCENT if self.is_percent else "") + self.after
        return " ".join(f"{self.before}{digits}{after}".split())


def section_for(code: str, number: float) -> Section:
    """Return the section of a number format, such as `0.00%;-0.00"%"`, that applies to a number.

    >>> section_for("[>1]0%;0.0%", 97).is_percent, section_for('0.0" %"', 97).after
    (True, ' %')
    """
    sections = _sections(code)
    if not sections:
        return Section()
    if any(each.condition for each in sections):
        return next((each for each in sections if _applies(each, number)), sections[-1])
    if number < 0 and len(sections) > 1:
        return replace(sections[1], without_sign=True)
    return sections[2 if number == 0 and len(sections) > 2 else 0]


@lru_cache
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
    first, last = (digits[0], digits[-1]) if digits else (len(tokens), len(tokens))
    brackets = [token["bracket"] or "" for token in tokens]
    condition = next(filter(_CONDITION.fullmatch, brackets), "")
    return Section(
        before=_literal(tokens[:first]),
        after=_literal(tokens[last + 1 :]),
        is_percent=any(token["sign"] == PERCENT for token in tokens),
        is_text=any(token["digits"] == "@" for token in tokens),
        has_digits=bool(digits),
        condition=condition,
    )


def _literal(tokens: Sequence[re.Match[str]]) -> str:
    """Return what tokens show, without a percent sign that multiplies."""
    kinds = ("quoted", "escaped", "currency", "sign")
    shown = [next((token[kind] for kind in kinds if token[kind]), "") for token in tokens]
    pairs = zip(tokens, shown, strict=True)
    return "".join(text for token, text in pairs if token["sign"] != PERCENT)


def _applies(section: Section, number: float) -> bool:
    condition = _CONDITION.fullmatch(section.condition)
    return not condition or _COMPARISONS[condition[1]](number, float(condition[2]))
