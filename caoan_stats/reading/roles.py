"""What each amount of a sentence is: a value, a change, a share of the plan, or an aim.

The words before and after a number tell it: “tăng 5 ha so với năm trước”, “bằng 103% kế hoạch”.
What is compared with anything but last year or the plan is left alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from caoan_stats.concepts.comparisons import BASES
from caoan_stats.concepts.facts import CHANGE, PCT_CHANGE, PCT_OF_PLAN, PLAN, PREVIOUS, VALUE
from caoan_stats.concepts.qualifiers import PHRASE, code_of
from caoan_stats.reading.amounts import Amount

OTHER = "other"  # compared with something that the data does not have
BREAKS = ",;:()"
_SIGN = re.compile(
    r"(?<!gia )(?<!tốc độ )(?<!được )\b(?:(?P<up>tăng(?! trưởng| cường)(?: thêm)?|vượt|thêm"
    r"|nhích(?: thêm| lên)?"
    r"|(?:cao|nhiều|lớn) hơn|hơn(?= (?:năm|cùng|ck\b)))"
    r"|(?P<down>giảm(?: bớt| đi)?|thu hẹp|sụt(?: giảm)?|(?:ít|thấp|kém) hơn|kém|hụt))\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(_SIGN.pattern.replace("|vượt|thêm", "|vượt"), re.IGNORECASE)
_LEVEL = re.compile(r"\b(?:còn|xuống|lên|đến|tới|đạt)\b", re.IGNORECASE)
_ADJACENT = 5  # words before a sign that can name its base
_BETWEEN = 9  # words between the sign and the number, with a base among them
_FILLERS = re.compile(
    r"(?:được|thêm|là|ở mức|khoảng|trên|hơn|gần|dưới|chừng|tới|ước|:|bình quân|từ|ít nhất|mất|"
    r"tối thiểu|không quá|xấp xỉ)"
)
_PLAN = r"(?:chỉ tiêu|kế hoạch|k[eế] ho[aạ]ch|kh\b|dự toán|nghị quyết|nq\b|mục tiêu)"
_PLANNED_FIRST = (
    rf"^\W*(?:theo )?(?:{_PLAN}) (?:đề ra |giao )?(?:năm {{year}}\b|đề ra|giao|được giao)"
    r"(?:(?!(?<!phải )\bđạt\b|thực hiện|kết quả)[^;:])*$"
    rf"|^\W*{_PLAN}(?: [^\s,;:]+){{{{0,4}}}}? (?:đề ra|giao|đặt ra|xác định) [^,;:]*$"
)
_OF_PLAN = re.compile(
    rf"^[\s,]*(?:so (?:với )?|của |trên )?(?:cả )?(?:chỉ tiêu )?{_PLAN}", re.IGNORECASE
)
_TO_BASE = re.compile(r"^[\s,(]*(?:so (?:với )?|với )", re.IGNORECASE)
_LACKS = re.compile(r"\b(?:thiếu|còn thiếu|hụt|trượt)$", re.IGNORECASE)
_PLANNED = re.compile(
    rf"{_PLAN}(?: (?!(?:đạt|đã|thực)\b)[^\s,;()]+){{0,5}}\s*[:(]?\s*$", re.IGNORECASE
)
_NAMES = re.compile(r"\btrở$|\bmầm non\W*$", re.IGNORECASE)  # “con thứ 3 trở lên”
_AND = re.compile(r"\s*(?:,|và|, và)\s*")
_FROM = re.compile(r"\btừ$", re.IGNORECASE)
_TO_LEVEL = re.compile(r"\b(?:xuống|lên|còn|đến)(?: còn| đến| tới)?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Spot:
    """An amount in its sentence."""

    amount: Amount
    before: str  # words since the amount before it, or since the sentence began
    after: str  # words up to the next amount
    fact: str = VALUE  # of which it states a number; `OTHER` for what is left alone
    sign: str = ""  # `+` or `-` of a change; of a value, the direction in which it came to it
    qualifier: str = ""
    is_plan: bool = False  # a plan of the year: a bound of its target
    is_previous: bool = False  # the value of the year before


def spots(text: str, amounts: Sequence[Amount], year: int) -> list[Spot]:
    """Return each amount of a sentence with its role."""
    ends = [0, *(amount.end for amount in amounts)]
    starts = [*(amount.start for amount in amounts), len(text)]
    found: list[Spot] = []
    for place, amount in enumerate(amounts):
        before = text[ends[place] : amount.start]
        if found and found[-1].fact in (CHANGE, PCT_CHANGE):  # the base of the change before
            before = re.sub(rf"^[\s,(]*{_last_year(year)}", "", before, flags=re.IGNORECASE)
        after = text[amount.end : starts[place + 1]]
        found.append(_spot(amount, before, after, year, found[-1] if found else None))
    return found


def _spot(  # noqa: PLR0911 - one for each role
    amount: Amount, before: str, after: str, year: int, last: Spot | None
) -> Spot:
    qualifier, lead = split_qualifier(before)
    spot = Spot(amount, before, after, qualifier=qualifier)
    if last is not None and last.fact == CHANGE and _AND.fullmatch(before):
        return _as(spot, CHANGE, last.sign) if _base_after(after, year) == PREVIOUS else spot
    clause = re.split(rf"[{BREAKS}]", before)[-1] if not before.rstrip().endswith("(") else ""
    sign = _sign_before(clause, year)
    if _LACKS.search(lead):
        return _as(spot, OTHER)
    if _FROM.search(before.rstrip()) and _TO_LEVEL.search(after):
        return _as(spot, VALUE, is_previous=True)
    is_planned = _is_planned(spot, last, year)
    if amount.is_percent and not is_planned:
        return _of_percent(spot, clause, sign, year, last)
    if is_planned and (amount.kind == "range" or not _sign_word(clause)):
        return _as(spot, VALUE, is_plan=True)
    if sign:
        base = _base_after(after, year) or _base_of_sign(clause, year, is_first=last is None)
        if base != PREVIOUS and not _CHANGES.search(clause):  # “thêm 5 ha”
            return _as(spot, VALUE)
        return _as(spot, CHANGE if base in ("", PREVIOUS) else OTHER, sign)
    direction = _direction(clause)
    return _as(spot, VALUE, direction)


def _is_planned(spot: Spot, last: Spot | None, year: int) -> bool:
    """Return whether the words before a number say that it is a plan.

    A percentage is one only where the value before it is a percentage too: “8,7% (KH 8,5%)”.
    """
    before, is_percent = spot.before, spot.amount.is_percent
    first = (
        re.match(_PLANNED_FIRST.format(year=year), before, re.IGNORECASE) if last is None else None
    )
    is_second = last is not None and before.strip() == "/" and last.amount.unit == spot.amount.unit
    is_bound = bool(_PLANNED.search(before) or first) or is_second
    if not is_percent or not is_bound:
        return is_bound
    is_share = _OF_PLAN.match(spot.after) or re.search(r"đạt|bằng|=", before)
    return last is not None and last.amount.is_percent and not is_share


def _of_percent(  # noqa: PLR0911 - one for each role
    spot: Spot, clause: str, sign: str, year: int, last: Spot | None
) -> Spot:
    """Return the role of a percentage: a value, a change, or a share of the plan."""
    if last is not None and last.fact == CHANGE and spot.before.strip() == "(":
        return _as(spot, PCT_CHANGE, last.sign)  # “giảm 5 hộ (15,6%)”
    after_plan = bool(_OF_PLAN.match(spot.after))
    before_plan = bool(
        re.search(rf"{_PLAN}(?: (?:năm|đề ra|giao|là|được giao))*\s*$", clause, re.IGNORECASE)
    )
    exceeds = bool(re.search(r"\bvượt\b", clause, re.IGNORECASE))
    if exceeds and (after_plan or before_plan or not sign):
        return _as(spot, PCT_OF_PLAN, "+")
    base = _base_after(spot.after, year)
    if not base and sign:
        base = _base_of_sign(clause, year, is_first=last is None)
    elif not base and re.search(r"\bso (?:với )?", clause, re.IGNORECASE):
        base = _base_before(clause, year)
    if sign:
        if base == PLAN:
            return _as(spot, PCT_OF_PLAN, sign)
        is_of_plan = last is not None and last.amount.kind == "fraction" and not base
        if base == OTHER or is_of_plan:
            return _as(spot, OTHER)
        return _as(spot, PCT_CHANGE, sign)
    if after_plan or (before_plan and not _sign_word(clause)):
        return _as(spot, PCT_OF_PLAN)
    if base == PREVIOUS and re.search(r"(?:\bbằng\b|\bđạt\b|=)", clause, re.IGNORECASE):
        return _as(spot, PCT_CHANGE, "=")
    if base == OTHER:
        return _as(spot, OTHER)
    return _as(spot, VALUE, _direction(clause))


def _as(
    spot: Spot, fact: str, sign: str = "", *, is_plan: bool = False, is_previous: bool = False
) -> Spot:
    return Spot(
        spot.amount, spot.before, spot.after, fact, sign, spot.qualifier, is_plan, is_previous
    )


def split_qualifier(before: str) -> tuple[str, str]:
    """Return the code of the qualifier that ends some words, and the words before it.

    >>> split_qualifier("Đàn lợn ước đạt trên")
    ('over', 'Đàn lợn')
    """
    words = before.split()
    best = ("", before)
    for count in range(1, min(2 * PHRASE, len(words)) + 1):
        code = code_of(" ".join(words[-count:]).strip(" ,(:").replace(":", ""))
        is_name = _NAMES.search(" ".join(words[: len(words) - count + 1]))
        if code is None or is_name:
            continue
        best = (code, " ".join(words[:-count]))
    return best


def _sign_before(clause: str, year: int) -> str:
    """Return the sign of a change whose number follows; empty if what follows is a level.

    Between the sign and the number stand only fillers, or the base and what changed.
    """
    matches = list(_SIGN.finditer(clause))
    if not matches:
        return ""
    last = matches[-1]
    sign = "+" if last["up"] else "-"
    rest = clause[last.end() :]
    if _LEVEL.search(re.sub(r"\b(?:đạt được|đến nay)\b", "", rest)) and not re.search(
        r"so với", rest
    ):
        return ""
    words = _FILLERS.sub(" ", rest).split()
    if not words:
        return sign
    has_base = bool(_base_before(rest, year))
    return sign if has_base and len(words) <= _BETWEEN else ""


def _sign_word(clause: str) -> bool:
    return bool(_SIGN.search(clause))


def _direction(clause: str) -> str:
    """Return the direction in which a value came to its level: “giảm xuống còn 24 hộ”."""
    match = list(_SIGN.finditer(clause))
    if not match:
        return ""
    rest = clause[match[-1].end() :]
    return ("+" if match[-1]["up"] else "-") if _LEVEL.match(rest.strip()) else ""


def _base_after(after: str, year: int) -> str:
    """Return what the words after a number compare it with; empty if they do not compare."""
    if re.match(rf"^[\s,(]*{_last_year(year)}", after, re.IGNORECASE):
        return PREVIOUS
    if _OF_PLAN.match(after):
        return PLAN
    return OTHER if _TO_BASE.match(after) or re.match(r"^\s*(?:/năm|mỗi năm)", after) else ""


def _base_of_sign(clause: str, year: int, *, is_first: bool) -> str:
    """Return what a change is compared with by the words after its sign, or right before it."""
    last = list(_SIGN.finditer(clause))[-1]
    before = clause[: last.start()]
    if not is_first:  # the words right after an amount compare that one
        before = " ".join(before.split()[-_ADJACENT:])
    return _base_before(clause[last.end() :], year) or _base_before(before, year)


def _base_before(clause: str, year: int) -> str:
    if re.search(_last_year(year), clause, re.IGNORECASE):
        return PREVIOUS
    if re.search(rf"\bso (?:với )?(?:chỉ tiêu )?{_PLAN}", clause, re.IGNORECASE):
        return PLAN
    other = rf"\bso với\b|\bnăm (?!{year}\b)(?:19|20)[0-9]{{2}}\b"
    if re.search(other, clause, re.IGNORECASE):
        return OTHER
    return ""


@cache
def _last_year(year: int) -> str:
    named = BASES[PREVIOUS].format(year=year, before=year - 1)
    last = rf"(?:so (?:sánh )?(?:với )?|với )?(?:cuối )?(?:{named}|{year - 1}\b)"
    return rf"(?:{last})(?! (?:năm )?(?:19|20)[0-9]{{2}})"
