"""Figures as people type them, “khoảng 97.000 con” or “28,05 tỷ”, read if they mean one number.

A raw table has plain numbers only (`numerals`); in a workbook, words may stand around a number.
The decimals of the indicator decide what a separator means: without decimals, the dot in `97.000`
groups thousands; with decimals, both readings are possible and the text is refused.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caoan_stats.common import numerals
from caoan_stats.concepts.qualifiers import codes_by_typed_word
from caoan_stats.concepts.units import MULTIPLES, PERCENT, labels_by_typed_word, unit_of

SIGNS: Mapping[str, str] = {"tăng": "", "giảm": "-"}  # of a change, by the word before it
_PARTS = re.compile(r"(?P<before>[^0-9+-]*)(?P<number>[+-]? ?[0-9][0-9., ]*(?<=[0-9]))(?P<unit>.*)")
_WORDS = re.compile(r"[^\W\d_][^0-9]*|%|")


class UnclearError(ValueError):
    """A typed text is not one figure; `kind` and `details` are those of a `DataError`."""

    def __init__(self, kind: str, **details: object) -> None:
        self.kind, self.details = kind, details
        super().__init__(kind)


@dataclass(frozen=True)
class Measure:
    """Unit and precision of an indicator's figures."""

    unit: str  # Vietnamese label
    decimals: int  # the most that a figure can have
    mark: str = ""  # decimal mark of the CSV file; empty for a workbook, where it can be either

    @property
    def can_be_negative(self) -> bool:
        """Whether a figure below 0 means something: a rate or a balance, not a count."""
        base = _split_unit(self.unit)[0].partition("/")[0]
        return unit_of(base).can_be_negative

    def format(self, number: str) -> str:
        """Return a plain number with the decimal mark to type: that of the file, or a comma."""
        return number.replace(".", self.mark or ",")


@dataclass(frozen=True)
class Quantity:
    """A figure that was read."""

    number: str  # plain, with a decimal point
    qualifier: str = ""  # code such as `about`; empty without one
    rounded: bool = False  # whether a word such as “tỷ” stood for zeros of the number


def parse_quantity(text: str, measure: Measure, *, is_change: bool = False) -> Quantity:
    """Return the figure that was typed as text: a number with words around it.

    The words are a qualifier, or for a change its sign (“giảm”); powers of ten; and the unit.
    Raises `UnclearError` if the text is not a number, has two readings, another unit, or too many
    decimals or digits.

    >>> parse_quantity("khoảng 97.000 con", Measure("con", 0))
    Quantity(number='97000', qualifier='about', rounded=False)
    >>> parse_quantity("28,05 tỷ", Measure("đồng", 0))
    Quantity(number='28050000000', qualifier='', rounded=True)
    >>> parse_quantity("giảm 15,7 ha", Measure("ha", 2), is_change=True).number
    '-15.7'
    """
    words = " ".join(unicodedata.normalize("NFKC", text).translate(numerals.DASHES).split())
    parts = _PARTS.fullmatch(words)
    if not parts:
        raise _not_a_number(text, measure)
    qualifier, sign = _qualifier_and_sign(parts["before"], text, measure, is_change=is_change)
    power = _power_of_ten(parts["unit"], text, measure)
    digits = sign + parts["number"].replace("+ ", "").replace("- ", "-").removeprefix("+")
    numbers = _readings(digits, power, measure)
    if not numbers:
        raise _not_a_number(text, measure)
    if len(numbers) > 1:
        raise _ambiguous(numbers, digits, text, measure)
    return Quantity(_fit(numbers[0], text, measure), qualifier, rounded=power > 0)


def quantity_of_number(value: float, measure: Measure, *, as_percentage: bool = False) -> Quantity:
    """Return the figure in a cell that holds a number; a spreadsheet stores 15 digits of it.

    With `as_percentage`, its number format shows 0.9714 as 97.14 %. Raises `UnclearError` if the
    number has too many decimals or digits, or is shown as a percentage but the unit is no share.

    >>> quantity_of_number(0.9714, Measure("%", 2), as_percentage=True).number
    '97.14'
    """
    exact = Decimal(format(value, f".{numerals.DIGIT_LIMIT}g"))
    if as_percentage and not unit_of(measure.unit).is_share:
        found = f"{_plain(100 * exact)}%"
        raise UnclearError("other_unit", found=found, given=PERCENT, unit=measure.unit)
    number = _plain(100 * exact if as_percentage else exact)
    text = measure.format(number)
    # 53,195 typed for 53195 where the regional settings make the comma a decimal mark
    if numerals.count_decimals(number) == 3 > measure.decimals:
        details = {"whole": number.replace(".", ""), "fraction": text, "sign": measure.format(".")}
        raise UnclearError("grouped_number", found=text, decimals=measure.decimals, **details)
    return Quantity(_fit(number, text, measure))


def _qualifier_and_sign(
    before: str, text: str, measure: Measure, *, is_change: bool
) -> tuple[str, str]:
    """Return the qualifier or the sign that the words before a number stand for."""
    words, sign = before.casefold().strip(), ""
    if is_change:
        for word, word_sign in SIGNS.items():
            if re.match(rf"{word}\b", words):
                sign, words = word_sign, words.removeprefix(word).strip()
    if not words or words == measure.unit.casefold():  # “thứ hạng 7”
        return "", sign
    qualifier = codes_by_typed_word().get(words)
    if qualifier is None or (is_change and qualifier):
        raise _not_a_number(text, measure)
    return qualifier, sign


def _power_of_ten(words: str, text: str, measure: Measure) -> int:
    """Return the power of ten between the words after a number and the unit of the indicator."""
    (typed, typed_power), (unit, unit_power) = _split_unit(words), _split_unit(measure.unit)
    if typed != unit and not _WORDS.fullmatch(typed):  # “125-135”, “1 tỷ 200 triệu”, “12,”
        raise _not_a_number(text, measure)
    if typed != unit and (typed or (typed_power and unit_of(unit).is_share)):
        raise UnclearError("other_unit", found=text, given=words.strip(), unit=measure.unit)
    return typed_power - unit_power if typed or typed_power else 0


def _split_unit(words: str) -> tuple[str, int]:
    """Return a unit without the words for powers of ten before it, and the power.

    >>> _split_unit("triệu đồng/ha")
    ('đồng/ha', 6)
    """
    unit, power = unicodedata.normalize("NFKC", words).casefold().strip(" ."), 0
    while multiple := re.match(rf"({'|'.join(MULTIPLES)})(?![^\W\d_])", unit):
        power += MULTIPLES[multiple[0]]
        unit = unit[multiple.end() :].strip(" .")
    return labels_by_typed_word().get(unit, unit), power


def _readings(digits: str, power: int, measure: Measure) -> list[str]:
    """Return every number that typed digits can mean, in the unit of the indicator."""
    plain = numerals.parse_plain(digits, measure.mark) if measure.mark and not power else None
    if plain is not None and 0 < numerals.count_decimals(plain) <= measure.decimals:
        return [plain]
    readings = numerals.readings(digits)
    if not power and not measure.decimals:
        readings = tuple(number for number in readings if "." not in number) or readings
    return list(dict.fromkeys(_scaled(number, power) for number in readings))


def _scaled(number: str, power: int) -> str:
    exact = Decimal(number)
    exact = exact or abs(exact)  # no -0
    return _plain(exact.scaleb(power)) if power else f"{exact:f}"


def _fit(number: str, text: str, measure: Measure) -> str:
    """Return a number without surplus zeros; raise UnclearError if it still does not fit."""
    surplus = numerals.count_decimals(number) - measure.decimals
    if surplus > 0 and number.endswith("0" * surplus):
        number = number[:-surplus].removesuffix(".")
    if not numerals.is_short(number):
        raise UnclearError("long_number", found=text, limit=numerals.DIGIT_LIMIT)
    if numerals.count_decimals(number) > measure.decimals:
        raise UnclearError("too_many_decimals", found=text, decimals=measure.decimals)
    return number


def _plain(value: Decimal) -> str:
    """Return a number without exponent and without zeros at the end of its decimals."""
    return f"{value.normalize():f}" if value else "0"


def _ambiguous(numbers: list[str], digits: str, text: str, measure: Measure) -> UnclearError:
    """Return the error of two readings; its kind depends on whether both fit the indicator."""
    whole, fraction = map(measure.format, numbers)
    details = {"whole": whole, "fraction": fraction, "sign": "." if "." in digits else ","}
    if numerals.count_decimals(numbers[1]) > measure.decimals:
        details["decimals"] = str(measure.decimals)
        return UnclearError("grouped_number", found=text, **details)
    return UnclearError("ambiguous_number", found=text, **details)


def _not_a_number(text: str, measure: Measure) -> UnclearError:
    example = measure.format("79.5") if measure.decimals else "2023"
    return UnclearError("not_a_number", found=text, example=example)
