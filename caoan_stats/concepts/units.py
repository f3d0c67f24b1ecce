"""Units with a grammar of their own, by Vietnamese label.

To add a unit, add a row to `data/units.csv`; where it is written, typed or compared unlike
`462,56 ha`, add a row to `UNITS` too.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

PERCENT = "%"


@dataclass(frozen=True)
class Unit:
    """How a unit is written, typed and compared."""

    typed: tuple[str, ...] = ()  # other spellings that people type for it
    change: str = ""  # unit of a change; empty if it is the unit itself
    is_joined: bool = False  # follows a number without a space: `97,14%`
    is_before: bool = False  # stands before its number: `thứ hạng 7`
    can_be_negative: bool = False  # as a rate or a balance can, but not a count
    is_large: bool = False  # a commune has billions of it


PLAIN = Unit()
UNITS: Mapping[str, Unit] = {
    PERCENT: Unit(
        typed=("phần trăm", "điểm %", "điểm phần trăm"),
        change="điểm %",
        is_joined=True,
        can_be_negative=True,
    ),
    "thứ hạng": Unit(change="bậc", is_before=True),
    "đồng": Unit(typed=("đ", "vnđ", "vnd"), can_be_negative=True, is_large=True),
    "ha": Unit(typed=("hecta",)),
}
MULTIPLES: Mapping[str, int] = {  # words for powers of ten, before a unit
    "trăm": 2, "nghìn": 3, "ngàn": 3, "triệu": 6, "tr": 6, "tỷ": 9, "tỉ": 9,
}  # fmt: skip


def unit_of(label: str) -> Unit:
    """Return the grammar of a unit; `PLAIN` for one without a row in `UNITS`."""
    return UNITS.get(label, PLAIN)


def split_unit(words: str) -> tuple[str, int]:
    """Return a unit without the words for powers of ten before it, and the power.

    >>> split_unit("triệu đồng/ha")
    ('đồng/ha', 6)
    """
    unit, power = unicodedata.normalize("NFKC", words).casefold().strip(" ."), 0
    while multiple := re.match(rf"({'|'.join(MULTIPLES)})(?![^\W\d_])", unit):
        power += MULTIPLES[multiple[0]]
        unit = unit[multiple.end() :].strip(" .")
    return labels_by_typed_word().get(unit, unit), power


def can_be_negative(label: str) -> bool:
    """Return whether a figure below 0 means something: a rate or a balance, not a count."""
    return unit_of(split_unit(label)[0].partition("/")[0]).can_be_negative


def is_large(label: str) -> bool:
    """Return whether a commune has billions of a unit, as it has of đồng."""
    return unit_of(label).is_large


def labels_by_typed_word() -> dict[str, str]:
    """Return the label of a unit by each other spelling of it, such as `đồng` by `vnđ`."""
    return {word: label for label, unit in UNITS.items() for word in unit.typed}
