"""Qualifiers: how precise a source calls a figure. To add one, add a row to `QUALIFIERS`.

The field `qualifier` in `data/observations.schema.json` repeats the codes for other programs; a
test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Reach = Literal["nothing", "digit", "zeros", "open"]
FILLERS = frozenset({"đạt", "bằng"})  # words before a figure that tell nothing of its precision


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
        typed=("ước tính", "ước thực hiện"),
        below="zeros",
        above="zeros",
        passes_on="estimate",
    ),
    "about": Qualifier("khoảng", "about", below="zeros", above="zeros", passes_on="about"),
    "over": Qualifier("trên", "over", typed=("hơn",), below="nothing", above="open"),
    "under": Qualifier("dưới", "under", below="open", above="nothing"),
    "almost": Qualifier(
        "gần",
        "almost",
        typed=("xấp xỉ",),
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

    >>> code_of("Ước đạt"), code_of("đạt trên"), code_of("đạt"), code_of("quãng")
    ('estimate', 'over', '', None)
    """
    bare = " ".join(word for word in words.casefold().split() if word not in FILLERS)
    typed = {word: code for code, row in QUALIFIERS.items() for word in (row.word, *row.typed)}
    return typed.get(bare)
