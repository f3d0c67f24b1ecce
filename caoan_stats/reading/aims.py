"""Aims in a sentence: the bounds that the words around an amount state."""

import re

from caoan_stats.forms.bounds import Bounds, parse_bounds
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.quantities import UnclearError
from caoan_stats.reading.doubts import UNCLEAR_CHANGE
from caoan_stats.reading.roles import Spot

_WORDS = 8  # before a number, at most, that belong to a bound
_LIST_NUMBER = re.compile(r"^\s*[0-9]{1,2}\s?[.)-]\s*(?=[^\W\d_])")
_SHARE_OF_PLAN = re.compile(r"^\s*(?:so với )?(?:chỉ tiêu|kế hoạch|dự toán)", re.IGNORECASE)
_AFTER = re.compile(r"^[^.;,()]{0,60}?\b(?P<end>trở (?:lên|xuống))\b", re.IGNORECASE)
_TO_PLAN = re.compile(
    r"^[^.;()]{0,40}?\bso (?:với )?(?:chỉ tiêu )?(?:kế hoạch|kh\b|dự toán|chỉ tiêu)", re.IGNORECASE
)
_SOFT = re.compile(r"\b(?:khoảng|bình quân|hàng năm|mỗi năm|thêm)\b", re.IGNORECASE)
_OF_PLAN = re.compile(
    r"\b(?:tăng|giảm|thêm|từ|kế hoạch|kh|chỉ tiêu|mục tiêu|dự toán|nghị quyết|nq|đề ra|giao|năm|"
    r"phải|là)\b",
    re.IGNORECASE,
)
_WAY = re.compile(r"\b(?:giảm|tăng)\b", re.IGNORECASE)
_AMBIGUOUS = re.compile(r"\b(?:giảm|tăng) (?:dưới|trên|khoảng)$", re.IGNORECASE)


def read_bounds(spot: Spot, measure: Measure, better: str, year: int) -> tuple[Bounds, str] | None:
    """Return the bounds that a spot states as an aim of a year, and a doubt; None if it is none.

    The longest run of words before the number counts that makes one target with it.
    """
    amount = spot.amount.text.replace("÷", "-")
    if spot.amount.kind == "fraction":
        amount = f"{amount.partition('/')[0].strip()} {spot.amount.unit}".strip()
    if spot.amount.is_percent and _SHARE_OF_PLAN.match(spot.after):
        return _parsed(f"{amount} kế hoạch", measure, better, year, "")
    if _TO_PLAN.match(spot.after) and re.search(r"\b(?:tăng|vượt)\b", spot.before, re.IGNORECASE):
        return _parsed(f"vượt {amount} kế hoạch", measure, better, year, "")
    if spot.amount.is_percent and not measure.is_percent and _TO_PLAN.match(spot.after):
        after = _AFTER.match(spot.after)
        return _parsed(
            f"từ {amount} kế hoạch {after['end']}" if after else f"{amount} kế hoạch",
            measure,
            better,
            year,
            "",
        )
    clause = _LIST_NUMBER.sub("", re.split(r"[,;:()]", spot.before)[-1])
    if re.search(r"\bthêm\b", clause, re.IGNORECASE) and not spot.is_plan:
        least = "ít nhất " if re.search(r"ít nhất|tối thiểu", clause, re.IGNORECASE) else ""
        return _parsed(f"tăng {least}{amount}", measure, better, year, "")
    soft = _SOFT.sub(" ", clause)
    words = (_OF_PLAN.sub(" ", soft) if spot.is_plan else soft).split()
    after = _AFTER.match(spot.after)
    base = re.match(
        r"^\s*so (?:với )?(?:năm (?:[0-9]{4}|trước)|cùng kỳ)",
        spot.after[after.end() :] if after else spot.after,
    )
    tail = f" {after['end']}" if after else ""
    tail += f" {base[0].strip()}" if base else ""
    is_share = spot.amount.is_percent and not measure.is_percent
    doubt = UNCLEAR_CHANGE if _AMBIGUOUS.search(clause.strip()) and not is_share else ""
    if doubt:
        words = words[-1:]
    ways = _WAY.findall(clause)
    for count in range(min(_WORDS, len(words)), -1, -1):
        lead = " ".join(words[len(words) - count :])
        if base and len(ways) == 1 and not _WAY.search(lead):  # “giảm tỷ lệ hộ nghèo từ 0,5%”
            lead = f"{ways[0]} {lead}"
        if found := _parsed(f"{lead} {amount}{tail}".strip(), measure, better, year, doubt):
            return found
    return None


def _parsed(
    text: str, measure: Measure, better: str, year: int, doubt: str
) -> tuple[Bounds, str] | None:
    try:
        return parse_bounds(text, measure, better=better, year=year), doubt
    except UnclearError:
        return None
