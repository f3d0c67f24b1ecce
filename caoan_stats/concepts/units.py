"""Units with a grammar of their own, by Vietnamese label, and the units that people type.

To add a unit, add a row to `data/units.csv`; where it is written or compared unlike `462,56 ha`,
add a row to `UNITS` too. What people type for a unit, and units that convert to it by a power of
ten, are rows of `data/unit_words.csv`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

PERCENT = "%"
YEARLY = "năm"  # every figure is one of a year: `triệu đồng/ha/năm` is `triệu đồng/ha`

Words = Mapping[str, Mapping[str, int]]  # power of ten by typed unit, by label of the unit


@dataclass(frozen=True)
class Unit:
    """How a unit is written, typed and compared."""

    typed: tuple[str, ...] = ()  # other spellings that people type for it
    change: str = ""  # unit of a change; empty if it is the unit itself
    moves: tuple[str, ...] = ()  # other words that people type for that
    is_joined: bool = False  # follows a number without a space: `97,14%`
    is_before: bool = False  # stands before its number: `thứ hạng 7`
    can_be_negative: bool = False  # as a rate or a balance can, but not a count
    is_large: bool = False  # a commune has billions of it
    least: int = 0  # what a commune has of it in a year is seldom less, unless it is 0
    most: int = 10**9  # nor more
    limit: int = 0  # of two readings of a number, the one above it is none: 103,309 %; 0: no limit


PLAIN = Unit()
UNITS: Mapping[str, Unit] = {
    PERCENT: Unit(
        typed=("phần trăm", "điểm %", "điểm phần trăm", "điểm"),
        change="điểm %",
        is_joined=True,
        can_be_negative=True,
        most=1000,
        limit=10_000,
    ),
    "thứ hạng": Unit(
        typed=("hạng", "thứ", "xếp hạng", "xếp thứ", "đứng thứ", "vị trí thứ"),
        change="bậc",
        moves=("hạng", "thứ hạng", "xếp hạng", "bậc xếp hạng", "thứ bậc", "vị trí"),
        is_before=True,
    ),
    "đồng": Unit(can_be_negative=True, is_large=True, least=10**6, most=10**13),
    "hộ": Unit(most=50_000),
    "con": Unit(most=3_000_000),  # of poultry
    "ha": Unit(most=30_000),
    **dict.fromkeys(("m", "m2", "m²", "m3", "m³", "kg"), Unit(most=10**8)),
    **dict.fromkeys(("người", "trẻ", "học sinh", "trường hợp", "lượt"), Unit(most=200_000)),
    **dict.fromkeys(("ca sinh", "cặp", "vụ", "cột", "đơn"), Unit(most=20_000)),
    **dict.fromkeys(
        ("sản phẩm", "hợp đồng", "đợt", "buổi", "lô", "dự án", "thôn", "trường"), Unit(most=5_000)
    ),
}
SYNONYMS: Mapping[str, str] = {"thóc": "lúa", "gieo cấy": "gieo trồng"}  # for words of labels
MULTIPLES: Mapping[str, int] = {  # words for powers of ten, before a unit
    "chục": 1, "trăm": 2, "nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tr": 6, "tỷ": 9, "tỉ": 9,
}  # fmt: skip
USUAL_MULTIPLES = ((0, ""), (3, "nghìn"), (6, "triệu"), (9, "tỷ"))


def unit_of(label: str) -> Unit:
    """Return the grammar of a unit; `PLAIN` for one without a row in `UNITS`."""
    return UNITS.get(label, PLAIN)


def split_unit(words: str) -> tuple[str, int]:
    """Return a unit without the words for powers of ten before it, and the power.

    >>> split_unit("triệu đồng / ha"), split_unit("tr.đ")
    (('đồng/ha', 6), ('đ', 6))
    """
    unit, power = _plain(words), 0
    while multiple := re.match(rf"({'|'.join(MULTIPLES)})(?![^\W\d_])", unit):
        power += MULTIPLES[multiple[0]]
        unit = unit[multiple.end() :].strip(" .")
    return _typed_words().get(unit, unit), power


def power_between(typed: str, label: str, words: Words) -> int | None:
    """Return the power of ten of the unit `label` that one of a typed unit is; None if it is none.

    Parts around a slash are converted one by one. The unit may be left out, but not its power.

    >>> words = {"tạ": {"tấn": 1}, "triệu đồng": {"đồng/người": -6}}
    >>> power_between("nghìn tấn", "tạ", words), power_between("tấn/ha", "tạ/ha", words)
    (4, 1)
    >>> power_between("triệu đồng/người/năm", "triệu đồng", words), power_between("con", "tạ", {})
    (0, None)
    """
    (unit, power), (own, own_power) = split_unit(typed), split_unit(label)
    if not unit:
        return power - own_power if power else 0
    parts, own_parts = unit.split("/"), own.split("/")
    parts = [part for part in parts if part != YEARLY or YEARLY in own_parts]
    whole = words.get(_plain(label), {}).get("/".join(parts))
    if whole is not None:
        return power + whole
    if power and not parts[0]:  # “triệu/ha”
        parts[0] = own_parts[0]
    if len(parts) != len(own_parts):
        return None
    pairs = zip(own_parts, parts, strict=True)
    powers = [0 if one == two else words.get(one, {}).get(two) for one, two in pairs]
    known = [each for each in powers if each is not None]
    return power - own_power + 2 * known[0] - sum(known) if len(known) == len(powers) else None


def make_words(rows: Iterable[tuple[str, str, Decimal]]) -> Words:
    """Return the typed units of rows with a typed unit, the label of a unit, and its multiple.

    >>> make_words([("Tấn", "tạ", Decimal(10)), ("m²", "ha", Decimal("0.0001"))])
    {'tạ': {'tấn': 1}, 'ha': {'m2': -4}}
    """
    words: dict[str, dict[str, int]] = {}
    for typed, label, factor in rows:
        words.setdefault(_plain(label), {})[_plain(typed)] = factor.adjusted()
    return words


def can_be_negative(label: str) -> bool:
    """Return whether a figure below 0 means something: a rate or a balance, not a count."""
    return unit_of(split_unit(label)[0].partition("/")[0]).can_be_negative


def is_large(label: str) -> bool:
    """Return whether a commune has billions of a unit, as it has of đồng."""
    return unit_of(label).is_large


def _plain(words: str) -> str:
    """Return a unit in lower case, without spaces around a slash or a number after it."""
    spaced = unicodedata.normalize("NFKC", words).casefold().strip(" .")
    return re.sub(r" ?/ ?(1 ?(?=[^0-9]))?", "/", spaced)


def _typed_words() -> dict[str, str]:
    """Return the label of a unit by each spelling in `UNITS`, such as `%` by `phần trăm`."""
    return {word: label for label, unit in UNITS.items() for word in unit.typed}
