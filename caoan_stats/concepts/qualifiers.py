"""Qualifiers: what a source says of a figure's precision. To add one, add a row to `QUALIFIERS`.

The field `qualifier` in `data/observations.schema.json` repeats the codes for other programs; a
test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Reach = Literal["nothing", "digit", "zeros", "open"]


@dataclass(frozen=True)
class Qualifier:
    """One qualifier, and how far a figure with it can lie `below` and `above` what is written.

    That is `nothing`; half a unit of its last `digit`; the same of its last digit that is not zero
    (`zeros` are rounded too); without end (`open`).
    """

    word: str  # Vietnamese word written before a figure
    typed: tuple[str, ...] = ()  # other words that people type for it
    below: Reach = "digit"
    above: Reach = "digit"
    passes_on: str = ""  # qualifier of a figure that is computed from one with this qualifier


QUALIFIERS: Mapping[str, Qualifier] = {
    "": Qualifier("", typed=("đạt",)),
    "estimate": Qualifier(
        "ước", typed=("ước đạt", "ước tính", "ước thực hiện"), passes_on="estimate"
    ),
    "about": Qualifier("khoảng", below="zeros", above="zeros", passes_on="about"),
    "over": Qualifier("trên", typed=("hơn",), below="nothing", above="open"),
    "under": Qualifier("dưới", below="open", above="nothing"),
}


def codes() -> list[str]:
    """Return the codes of all qualifiers, without the empty one."""
    return [code for code in QUALIFIERS if code]


def words() -> list[str]:
    """Return the words of all qualifiers, as a person chooses from them."""
    return [row.word for code, row in QUALIFIERS.items() if code]


def description() -> str:
    """Return what a Table Schema says of a field with qualifiers, in Vietnamese and English."""
    rows = ", ".join(f"{code} ({row.word})" for code, row in QUALIFIERS.items() if code)
    return f"{rows} hoặc để trống / or empty"


def codes_by_typed_word() -> dict[str, str]:
    """Return the code of every word that a person can type before a figure."""
    pairs = ((word, code) for code, row in QUALIFIERS.items() for word in (row.word, *row.typed))
    return {word: code for word, code in pairs if word}
