"""Words of a comparison: what a figure is compared with, and whether it is more, less or equal.

“giảm 5 ha so với năm trước” and “nhiều hơn cùng kỳ 9 em” are changes; “bằng năm 2023” is a change
by 0; “bằng 108% cùng kỳ” is a level, 8 % more.
"""

import re
from collections.abc import Mapping

from caoan_stats.concepts.facts import CHANGE, FACTS, PLAN, PREVIOUS
from caoan_stats.concepts.qualifiers import LEVELS

DIRECTIONS: Mapping[str, tuple[str, ...]] = {  # words for each; the first is the one to choose
    "up": ("tăng",),
    "down": ("giảm",),
    "steady": ("ổn định", "giữ ổn định", "giữ vững", "duy trì", "tương đương"),
}
_SIGNS: Mapping[str, re.Pattern[str]] = {  # of a change, by the words before it
    "+": re.compile(r"\b(tăng( thêm| lên)?|(cao|nhiều|lớn) hơn)\b"),
    "-": re.compile(r"\b(giảm( bớt| đi| xuống)?|(thấp|ít|kém) hơn|kém)\b"),
}
_LAST_YEAR = "(năm )?(trước|ngoái|rồi|liền trước|liền kề|{before})"
BASES: Mapping[str, str] = {  # words for each base of a year, before or after a number
    PREVIOUS: rf"(so (với )?|với )((cùng kỳ |ck )?(thực hiện |kết quả )?{_LAST_YEAR}|cùng kỳ|ck)"
    rf"|cùng kỳ( {_LAST_YEAR})?|năm (trước|ngoái|{{before}})",
    PLAN: "(so (với )?|theo |của )?((chỉ tiêu )?(kế hoạch|kh|dự toán)|chỉ tiêu)"
    "( (cả )?năm)?( {year})?( (được |((hđnd|ubnd) )?(tỉnh|huyện|xã|cấp trên) )?giao| đề ra)?",
}
_EQUAL = (
    r"(bằng|như|ngang|giữ nguyên)( với)? ({base})"
    r"|(không (thay )?đổi|không tăng,?( cũng)? không giảm|không tăng,? giảm|giữ nguyên|như cũ)"
    r"( ({base}))?"
)


def take_base(words: str, fact: str, year: int) -> tuple[str, str]:
    """Return words without those that name the base of a fact of a year, and these.

    >>> take_base("so với cùng kỳ giảm 2%", "change", 2024)
    ('giảm 2%', 'so với cùng kỳ')
    >>> take_base("giảm 2% so với năm 2020", "change", 2024)
    ('giảm 2% so với năm 2020', '')
    """
    pattern = _base(FACTS[fact].base, year)
    found = pattern and re.search(
        rf"[(]?(?<!\w)({pattern})(?!\w| (năm )?(19|20)[0-9]{{2}}\b)[)]?( là\b|:|,)?",
        words,
        re.IGNORECASE,
    )
    if not found:
        return words, ""
    return " ".join(f"{words[: found.start()]} {words[found.end() :]}".split()), found[1]


def take_sign(words: str) -> tuple[str, str]:
    """Return words without the one that tells the sign of a change, and the sign.

    >>> take_sign("giảm khoảng"), take_sign("nhiều hơn"), take_sign("hơn")
    (('khoảng', '-'), ('', '+'), ('hơn', ''))
    """
    for sign, pattern in _SIGNS.items():
        if pattern.search(words):
            return " ".join(pattern.sub("", words, count=1).split()), sign
    return words, ""


def is_level(words: str) -> bool:
    """Return whether a word before a number says that it is a level, and so no change."""
    return not {*LEVELS}.isdisjoint(words.split())


def is_equal(words: str, year: int) -> bool:
    """Return whether words say that a figure of a year is that of the year before.

    >>> is_equal("Bằng cùng kỳ", 2024), is_equal("bằng năm 2023", 2024), is_equal("bằng", 2024)
    (True, True, False)
    """
    pattern = _EQUAL.format(base=_base(PREVIOUS, year))
    return bool(re.fullmatch(pattern, words.strip(" .").casefold()))


def direction_of(words: str, year: int) -> str:
    """Return the code of a direction, typed as a word or as the code; empty if it is none.

    >>> direction_of("Tăng so với cùng kỳ", 2024), direction_of("giảm 5", 2024)
    ('up', '')
    """
    bare, _ = take_base(words, CHANGE, year)
    choices = {word: code for code, each in DIRECTIONS.items() for word in (code, *each)}
    return choices.get(bare.strip(" .").casefold(), "")


def _base(base: str, year: int) -> str:
    return BASES.get(base, "").format(year=year, before=year - 1)
