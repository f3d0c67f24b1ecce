"""Units with a grammar of their own, by Vietnamese label.

To add a unit, add a row to `data/units.csv`; where it is written, typed or compared unlike
`462,56 ha`, add a row to `UNITS` too.
"""

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
    is_share: bool = False  # itself a share: its changes are not also stated in percent
    can_be_negative: bool = False  # as a rate or a balance can, but not a count


PLAIN = Unit()
UNITS: Mapping[str, Unit] = {
    PERCENT: Unit(
        typed=("phần trăm", "điểm %", "điểm phần trăm"),
        change="điểm %",
        is_joined=True,
        is_share=True,
        can_be_negative=True,
    ),
    "thứ hạng": Unit(is_before=True),
    "đồng": Unit(typed=("đ", "vnđ", "vnd"), can_be_negative=True),
    "ha": Unit(typed=("hecta",)),
}
MULTIPLES: Mapping[str, int] = {  # words for powers of ten, before a unit
    "trăm": 2, "nghìn": 3, "ngàn": 3, "triệu": 6, "tr": 6, "tỷ": 9, "tỉ": 9,
}  # fmt: skip


def unit_of(label: str) -> Unit:
    """Return the grammar of a unit; `PLAIN` for one without a row in `UNITS`."""
    return UNITS.get(label, PLAIN)


def labels_by_typed_word() -> dict[str, str]:
    """Return the label of a unit by each other spelling of it, such as `đồng` by `vnđ`."""
    return {word: label for label, unit in UNITS.items() for word in unit.typed}
