"""Qualifiers: how precise a source calls a figure. To add one, add a row to `QUALIFIERS`.

The field `qualifier` in `data/observations.schema.json` repeats the codes for other programs; a
test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Reach = Literal["nothing", "digit", "zeros", "open"]
LEVELS = ("đạt", "bằng", "còn")  # words before a level, which is no change
FILLERS = (  # words before a figure that tell nothing of its precision
    *LEVELS, "giảm còn", "giảm xuống còn", "có", "là", "được", "chỉ", "mức", "ở mức", "thực hiện",
    "hiện có", "hiện nay", "hiện", "cả năm", "toàn xã", "tổng số", "tổng cộng", "tổng", "tất cả",
    "đã", "chiếm", "tỷ lệ", "tỉ lệ", "số lượng",
)  # fmt: skip
PHRASE = 4  # words of the longest phrase
# other words that people type for a qualifier
_ABOUT = (
    "xấp xỉ", "xấp xỉ bằng", "sấp xỉ", "xấp sỉ", "vào khoảng", "khoảng chừng", "ước chừng",
    "áng chừng", "chừng", "tầm", "cỡ", "trên dưới", "~", "≈",
)  # fmt: skip
_OVER = (
    "hơn", "quá", "không dưới", "không ít hơn", "ít nhất", "tối thiểu", "trở lên", ">", ">=", "≥",
)  # fmt: skip
_UNDER = (
    "không quá", "không vượt quá", "không trên", "không đến", "không tới", "không đầy",
    "chưa đến", "chưa tới", "chưa đầy", "nhiều nhất", "tối đa", "trở xuống", "<", "<=", "≤",
)  # fmt: skip


@dataclass(frozen=True)
class Qualifier:
    """One qualifier, and how far the true value can lie `below` and `above` the written figure.

    `nothing`: it cannot; `digit`: half a unit of the last digit; `zeros`: half a unit of the last
    digit that is not zero, as final zeros are rounded too; `open`: without limit.
    """

    word: str  # Vietnamese word written before a figure
    english: str = ""  # English word
    typed: tuple[str, ...] = ()  # other words that people type for it
    below: Reach = "digit"
    above: Reach = "digit"
    passes_on: str = ""  # qualifier of a figure that is computed from one with this qualifier

    @property
    def is_centred(self) -> bool:
        """Whether the true figure can lie on both sides of the written one."""
        return "nothing" not in (self.below, self.above)

    @property
    def is_bounded(self) -> bool:
        """Whether the distance of a figure from another one is known."""
        return "open" not in (self.below, self.above)


QUALIFIERS: Mapping[str, Qualifier] = {
    "": Qualifier(""),
    "estimate": Qualifier(
        "ước",
        "estimated",
        typed=("ước tính", "ước thực hiện", "ước th", "ưth", "dự ước", "dự kiến"),
        below="zeros",
        above="zeros",
        passes_on="estimate",
    ),
    "about": Qualifier(
        "khoảng",
        "about",
        typed=_ABOUT,
        below="zeros",
        above="zeros",
        passes_on="about",
    ),
    "over": Qualifier(
        "trên",
        "over",
        typed=_OVER,
        below="nothing",
        above="open",
    ),
    "under": Qualifier(
        "dưới",
        "under",
        typed=_UNDER,
        below="open",
        above="nothing",
    ),
    "almost": Qualifier(
        "gần",
        "almost",
        typed=("gần đến", "gần tới", "gần bằng", "ngót", "ngót nghét", "non", "suýt soát"),
        below="zeros",
        above="nothing",
        passes_on="about",
    ),
}


def codes() -> list[str]:
    """Return the codes of all qualifiers, without the empty one."""
    return [code for code in QUALIFIERS if code]


def words() -> list[str]:
    """Return the Vietnamese words of all qualifiers, for a person to choose from."""
    return [row.word for code, row in QUALIFIERS.items() if code]


def description() -> str:
    """Return the description of a qualifier field in a Table Schema, in Vietnamese and English."""
    rows = ", ".join(f"{code} ({row.word})" for code, row in QUALIFIERS.items() if code)
    return f"{rows} hoặc để trống / or empty"


def code_of(words: str) -> str | None:
    """Return the code of words typed before a figure; None for words that are no qualifier.

    Of two, the one that gives an end counts, or else `about`.

    >>> code_of("Ước đạt"), code_of("đạt trên"), code_of("đạt"), code_of("quãng")
    ('estimate', 'over', '', None)
    >>> code_of("ước khoảng"), code_of("trên dưới"), code_of("ước trên dưới"), code_of("gần trên")
    ('about', 'about', 'about', None)
    """
    typed = dict.fromkeys(FILLERS, "") | {
        word: code for code, row in QUALIFIERS.items() for word in (row.word, *row.typed) if word
    }
    found, rest = set(), words.casefold().split()
    while rest:
        heads = [" ".join(rest[:count]) for count in range(PHRASE, 0, -1)]
        head = next((head for head in heads if head in typed), None)
        if head is None:
            return None
        found.add(typed[head])
        rest = rest[len(head.split()) :]
    for code in ("", "estimate", "about"):  # from the least telling
        if len(found) > 1:
            found.discard(code)
    return found.pop() if len(found) == 1 else None if found else ""
