"""A figure as a person types it, “khoảng 97.000 con” or “28,05 tỷ”, read where it means one thing.

A raw table has plain numbers alone (`numerals`); whoever fills in a form types words beside them.
What a grouping sign means is decided by what the indicator can be: where it has no decimals, the
dot of `97.000` can only group thousands; where it has, the text is refused with both readings.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caoan_stats.common import numerals
from caoan_stats.labels import PERCENT, PERCENTAGE_POINTS

QUALIFYING: Mapping[str, str] = {
    "ước": "estimate", "ước đạt": "estimate", "ước tính": "estimate", "ước thực hiện": "estimate",
    "khoảng": "about", "trên": "over", "hơn": "over", "dưới": "under", "đạt": "",
}  # fmt: skip
TURNING: Mapping[str, str] = {"tăng": "", "giảm": "-"}  # words before a change
POWERS: Mapping[str, int] = {
    "trăm": 2,
    "nghìn": 3,
    "ngàn": 3,
    "triệu": 6,
    "tr": 6,
    "tỷ": 9,
    "tỉ": 9,
}  # fmt: skip - of ten
SAME: Mapping[str, str] = {
    "đ": "đồng", "vnđ": "đồng", "vnd": "đồng", "phần trăm": PERCENT, "hecta": "ha",
    PERCENTAGE_POINTS: PERCENT, "điểm phần trăm": PERCENT,
}  # fmt: skip
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_PARTS = re.compile(r"(?P<before>[^0-9+-]*)(?P<number>[+-]? ?[0-9][0-9., ]*(?<=[0-9]))(?P<unit>.*)")

_WORDS = re.compile(r"[^\W\d_][^0-9]*|%|")


class UnclearError(ValueError):
    """What was typed is no figure, or could be two; `kind` and `details` as of a `DataError`."""

    def __init__(self, kind: str, **details: object) -> None:
        self.kind, self.details = kind, details
        super().__init__(kind)


@dataclass(frozen=True)
class Measure:
    """What a figure can be.

    Parameters
    ----------
    unit
        The Vietnamese label of its unit.
    decimals
        The most that it can have.
    mark
        The decimal mark of the file that it stands in; empty where any could be meant.
    """

    unit: str
    decimals: int
    mark: str = ""

    @property
    def can_be_negative(self) -> bool:
        """Whether less than 0 means something: of a rate or a balance, not of what is there."""
        return self.unit == PERCENT or "đồng" in self.unit

    def written(self, number: str) -> str:
        """Write a plain number as it is to be typed."""
        return number.replace(".", self.mark or ",")


@dataclass(frozen=True)
class Quantity:
    """What a figure was read as.

    Parameters
    ----------
    number
        Plain, with a decimal point.
    qualifier
        A code such as `about`; empty without one.
    rounded
        Whether a word such as “tỷ” stood for zeros, in a number that has to be written out.
    """

    number: str
    qualifier: str = ""
    rounded: bool = False


def parse_quantity(text: str, measure: Measure, *, turning: bool = False) -> Quantity:
    """Read a figure that was typed as text.

    Parameters
    ----------
    text
        What was typed.
    measure
        What the figure can be.
    turning
        Whether it is a change, which words such as “giảm” turn, and which no other word is kept of.

    Raises
    ------
    UnclearError
        It is no number, could be two, has another unit, or has too many decimals or digits.

    Examples
    --------
    >>> parse_quantity("khoảng 97.000 con", Measure("con", 0))
    Quantity(number='97000', qualifier='about', rounded=False)
    >>> parse_quantity("28,05 tỷ", Measure("đồng", 0))
    Quantity(number='28050000000', qualifier='', rounded=True)
    >>> parse_quantity("giảm 15,7 ha", Measure("ha", 2), turning=True).number
    '-15.7'
    """
    words = " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())
    parts = _PARTS.fullmatch(words)
    if not parts:
        raise _no_number(text, measure)
    qualifier, sign = _lead(parts["before"], text, measure, turning=turning)
    power = _power(parts["unit"], text, measure)
    written = sign + parts["number"].replace("+ ", "").replace("- ", "-").removeprefix("+")
    numbers = _possible(written, power, measure)
    if not numbers:
        raise _no_number(text, measure)
    if len(numbers) > 1:
        raise _ambiguous(numbers, written, text, measure)
    return Quantity(_fitting(numbers[0], text, measure), qualifier, rounded=power > 0)


def quantity_of_number(value: float, measure: Measure, *, as_percentage: bool = False) -> Quantity:
    """Read a figure that is a number already, as a cell of a spreadsheet is.

    Parameters
    ----------
    value
        The number; a spreadsheet keeps 15 digits of it.
    measure
        What the figure can be.
    as_percentage
        Whether the cell shows 0.9714 as 97.14 %.

    Raises
    ------
    UnclearError
        It has too many decimals or digits, or shows a percentage where none can be.

    Examples
    --------
    >>> quantity_of_number(0.9714, Measure("%", 2), as_percentage=True).number
    '97.14'
    """
    exact = Decimal(format(value, f".{numerals.DIGIT_LIMIT}g"))
    if as_percentage and measure.unit != PERCENT:
        found = f"{_plain(100 * exact)}%"
        raise UnclearError("other_unit", found=found, given=PERCENT, unit=measure.unit)
    number = _plain(100 * exact if as_percentage else exact)
    text = measure.written(number)
    if (
        numerals.count_decimals(number) == 3 > measure.decimals
    ):  # 53,195 where a comma groups thousands
        details = {"whole": number.replace(".", ""), "fraction": text, "sign": measure.written(".")}
        raise UnclearError("grouped_number", found=text, decimals=measure.decimals, **details)
    return Quantity(_fitting(number, text, measure))


def _lead(before: str, text: str, measure: Measure, *, turning: bool) -> tuple[str, str]:
    """Give the qualifier and the sign that the words before a number say."""
    known, qualifier, sign = before.casefold().strip(), "", ""
    if turning:
        for word in (word for word in TURNING if re.match(rf"{word}\b", known)):
            sign, known = TURNING[word], known.removeprefix(word).strip()
    if known != measure.unit.casefold():  # “thứ hạng 7”
        if known and known not in QUALIFYING:
            raise _no_number(text, measure)
        qualifier = QUALIFYING.get(known, "")
    if turning and qualifier:
        raise _no_number(text, measure)
    return qualifier, sign


def _power(words: str, text: str, measure: Measure) -> int:
    """Give the power of ten by which the words behind a number are larger than the unit."""
    (given, power), (needed, own) = _unit(words), _unit(measure.unit)
    if given != needed and not _WORDS.fullmatch(given):  # “125-135”, “1 tỷ 200 triệu”, “12,”
        raise _no_number(text, measure)
    if given != needed and (given or (power and needed == PERCENT)):
        raise UnclearError("other_unit", found=text, given=words.strip(), unit=measure.unit)
    return power - own if given or power else 0


def _unit(words: str) -> tuple[str, int]:
    """Split “triệu đồng/ha” into “đồng/ha” and 6."""
    known, power = unicodedata.normalize("NFKC", words).casefold().strip(" ."), 0
    while step := re.match(rf"({'|'.join(POWERS)})(?![^\W\d_])", known):
        power += POWERS[step[0]]
        known = known[step.end() :].strip(" .")
    return SAME.get(known, known), power


def _possible(written: str, power: int, measure: Measure) -> list[str]:
    """List what a number can mean, in the unit that is needed."""
    own = numerals.parse_plain(written, measure.mark) if measure.mark and not power else None
    if own is not None and 0 < numerals.count_decimals(own) <= measure.decimals:
        return [own]
    readings = numerals.readings(written)
    if not power and not measure.decimals:
        readings = tuple(each for each in readings if "." not in each) or readings
    return list(dict.fromkeys(_scaled(each, power) for each in readings))


def _scaled(number: str, power: int) -> str:
    exact = Decimal(number)
    if not exact:
        exact = abs(exact)
    return _plain(exact.scaleb(power)) if power else f"{exact:f}"


def _fitting(number: str, text: str, measure: Measure) -> str:
    """Give a number without zeros that the indicator has no place for, if it can have the rest."""
    surplus = numerals.count_decimals(number) - measure.decimals
    if surplus > 0 and number.endswith("0" * surplus):
        number = number[:-surplus].removesuffix(".")
    if not numerals.is_short(number):
        raise UnclearError("long_number", found=text, limit=numerals.DIGIT_LIMIT)
    if numerals.count_decimals(number) > measure.decimals:
        raise UnclearError("too_many_decimals", found=text, decimals=measure.decimals)
    return number


def _plain(value: Decimal) -> str:
    """Write a number without an exponent and without zeros at the end of its decimals."""
    return f"{value.normalize():f}" if value else "0"


def _ambiguous(numbers: list[str], written: str, text: str, measure: Measure) -> UnclearError:
    """Say both readings; whether the one with decimals is one that the indicator can have."""
    whole, fraction = map(measure.written, numbers)
    details = {"whole": whole, "fraction": fraction, "sign": "." if "." in written else ","}
    if numerals.count_decimals(numbers[1]) > measure.decimals:
        details["decimals"] = str(measure.decimals)
        return UnclearError("grouped_number", found=text, **details)
    return UnclearError("ambiguous_number", found=text, **details)


def _no_number(text: str, measure: Measure) -> UnclearError:
    example = measure.written("79.5") if measure.decimals else "2023"
    return UnclearError("not_a_number", found=text, example=example)
