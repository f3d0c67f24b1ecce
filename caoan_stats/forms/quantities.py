"""Figures as people type them, “khoảng 97.000 con” or “28,05 tỷ”, read if they mean one number.

A raw table has plain numbers only (`numerals`); in a workbook, words may stand around a number.
“28,05 tỷ” states four digits, so it is written as `28.05e9`.
The decimals of the indicator decide what a separator means: without decimals, the dot in `97.000`
groups thousands; with decimals, both readings are possible and the text is refused.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caoan_stats.common import numerals
from caoan_stats.common.frames import Row
from caoan_stats.concepts.facts import CHANGE, FACTS, PLAN, PREVIOUS, VALUE
from caoan_stats.concepts.qualifiers import FILLERS, code_of
from caoan_stats.concepts.units import PERCENT, can_be_negative, split_unit, unit_of

SIGNS: Mapping[str, str] = {"tăng": "+", "giảm": "-"}  # of a change, by the word before it
DIRECTIONS: Mapping[str, tuple[str, ...]] = {  # words for each; the first is the one to choose
    "up": ("tăng",),
    "down": ("giảm",),
    "steady": ("ổn định", "giữ ổn định", "giữ vững"),
}
BASES: Mapping[str, str] = {  # words after a comparison with each base of a year
    "": "",
    PREVIOUS: "so( với)? (cùng kỳ|(cùng kỳ )?(năm )?(trước|ngoái|{before}))",
    PLAN: "(so( với)? )?(chỉ tiêu|(chỉ tiêu )?(kế hoạch|kh|dự toán))( (cả )?năm)?( {year})?"
    "( (được )?giao| đề ra)?",
}
POINTS = "điểm"  # before a percent sign: a difference of two percentages
_PARTS = re.compile(
    r"(?P<before>[^0-9+-]*)(?P<number>[+-]? ?[0-9][0-9., ]*(?<=[0-9]))"
    rf"(?P<exponent>(?:{numerals.EXPONENT.pattern}(?![0-9]))?)(?P<unit>.*)"
)
_WORDS = re.compile(r"[^\W\d_][^0-9]*|%|")
_COMPARED = re.compile(r"\bso\b|% ?\w")  # after a number: “so với đầu năm”, “% kế hoạch quý”


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
        return can_be_negative(self.unit)

    @property
    def is_percent(self) -> bool:
        """Whether figures are percentages."""
        return self.unit == PERCENT

    def format(self, number: str) -> str:
        """Return a plain number with the decimal mark to type: that of the file, or a comma."""
        return number.replace(".", self.mark or ",")


def measure_of(indicator: Row, mark: str = "") -> Measure | None:
    """Return the measure of a row of `Dataset.indicators`; None without a unit."""
    if not indicator["unit"]:
        return None
    return Measure(indicator["unit_label"], int(indicator["decimals"]), mark)


@dataclass(frozen=True)
class Quantity:
    """A figure that was read."""

    number: str  # plain, with a decimal point; `28.05e9` where only the first digits are stated
    qualifier: str = ""  # code such as `about`; empty without one
    is_worded: bool = False  # typed with more than its digits and its unit

    @property
    def has_exponent(self) -> bool:
        """Whether only the first digits are stated."""
        return "e" in self.number


def parse_quantity(text: str, measure: Measure, fact: str = VALUE, year: int = 0) -> Quantity:
    """Return the figure that was typed as text: a number with words around it.

    The words are a qualifier; the sign of a change (“giảm”); powers of ten; the unit; and what a
    comparison is made with. `fact` is the code of the fact that it states, `year` its year.
    Raises `UnclearError` if the text is not a number, has two readings, another unit or base, or
    too many decimals or digits.

    >>> parse_quantity("khoảng 97.000 con", Measure("con", 0))
    Quantity(number='97000', qualifier='about', is_worded=True)
    >>> parse_quantity("28,05 tỷ", Measure("đồng", 0)).number
    '28.05e9'
    >>> parse_quantity("giảm 15,7 ha so với năm 2022", Measure("ha", 2), "change", 2023).number
    '-15.7'
    """
    parts = _split(text)
    if not parts:
        raise _not_a_number(text, measure)
    typed_unit, base = _unit_and_base(parts["unit"], text, fact, year)
    qualifier, sign = _qualifier_and_sign(parts, base, measure, fact)
    is_worded = bool(qualifier or sign or base)
    if fact == CHANGE and unit_of(measure.unit).is_before:
        typed_unit, sign = _places(typed_unit, sign, text, measure)
    if fact != CHANGE and typed_unit.strip().casefold().startswith(POINTS):
        raise UnclearError("other_unit", found=text, given=typed_unit.strip(), unit=measure.unit)
    power = _power_of_ten(typed_unit, text, measure)
    digits = (sign + re.sub("(?<=[+-]) ", "", parts["number"])).removeprefix("+")
    if exponent := parts["exponent"]:  # the form of a file, in which nothing groups thousands
        numbers = _in_the_form_of_a_file(digits, int(exponent[1:]) + power)
    else:
        numbers = _readings(digits, power, measure)
    if not numbers:
        raise _not_a_number(text, measure)
    if len(numbers) > 1:
        raise _ambiguous(numbers, digits, text, measure)
    number = _fit(numbers[0], text, measure)
    return Quantity(number, qualifier, is_worded or bool(power or exponent))


def _split(text: str) -> re.Match[str] | None:
    """Return the words before and after the first number of a text, and the number."""
    words = unicodedata.normalize("NFKC", text).translate(numerals.DASHES).split()
    return _PARTS.fullmatch(" ".join(words))


def _places(typed: str, sign: str, text: str, measure: Measure) -> tuple[str, str]:
    """Return unit and sign of the move of a rank: “tăng 2 bậc” is a number that falls by 2."""
    unit = typed.strip(" .").casefold()
    if unit not in ("", unit_of(measure.unit).change, measure.unit):
        return typed, sign
    if not sign and (unit or text.casefold().strip().startswith(measure.unit)):  # no move
        raise UnclearError("unclear_comparison", found=text)
    return "", {"+": "-", "-": "+"}.get(sign, sign)


def is_percentage(text: str) -> bool:
    """Return whether a number has a percent sign after it; not for percentage points.

    >>> is_percentage("tăng 13,6 % so với năm 2022"), is_percentage("tăng 0,5 điểm %")
    (True, False)
    """
    parts = _split(text)
    unit = re.split(r"\bso\b", parts["unit"])[0].strip() if parts else ""
    return split_unit(unit)[0] == PERCENT and not unit.startswith(POINTS)


def quantity_of_number(value: float, measure: Measure, *, as_percentage: bool = False) -> Quantity:
    """Return the figure in a cell that holds a number; a spreadsheet stores 15 digits of it.

    With `as_percentage`, its number format shows 0.9714 as 97.14 %. Raises `UnclearError` if the
    number has too many decimals or digits, or is shown as a percentage but the unit is no share.

    >>> quantity_of_number(0.9714, Measure("%", 2), as_percentage=True).number
    '97.14'
    """
    exact = Decimal(format(value, f".{numerals.DIGIT_LIMIT}g"))
    if as_percentage and not measure.is_percent:
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
    parts: re.Match[str], base: str, measure: Measure, fact: str
) -> tuple[str, str]:
    """Return the qualifier and the sign that the words before a number stand for."""
    words, sign = parts["before"].casefold().split(), ""
    is_change, has_sign = FACTS[fact].base == PREVIOUS, parts["number"][0] in SIGNS.values()
    if is_change and (word := next((word for word in words if word in SIGNS), "")):
        sign = SIGNS[word]
        words.remove(word)
    typed = " ".join(words)
    qualifier = "" if typed == measure.unit.casefold() else code_of(typed)  # “thứ hạng 7”
    # “bằng 105%”, “105% so với năm trước”: not a change by 105 %
    is_level = is_change and not has_sign and not sign and (base or FILLERS.intersection(words))
    if qualifier is None and not FACTS[fact].base:
        raise _not_a_number(parts.string, measure)
    is_signed_share = FACTS[fact].base == PLAN and has_sign
    if qualifier is None or is_level or is_signed_share or (sign and has_sign):
        raise UnclearError("unclear_comparison", found=parts.string)
    return qualifier, sign


def _unit_and_base(words: str, text: str, fact: str, year: int) -> tuple[str, str]:
    """Return the words after a number as its unit, and what the number is compared with."""
    base = BASES[FACTS[fact].base].format(year=year, before=year - 1)
    unit = re.sub(rf" ?({base})?\.?$", "", words, flags=re.IGNORECASE)
    if _COMPARED.search(unit):
        raise UnclearError("other_base", found=text)
    return unit, words[len(unit) :].strip(" .")


def _power_of_ten(words: str, text: str, measure: Measure) -> int:
    """Return the power of ten between the words after a number and the unit of the indicator."""
    (typed, typed_power), (unit, unit_power) = split_unit(words), split_unit(measure.unit)
    if typed != unit and not _WORDS.fullmatch(typed):  # “125-135”, “1 tỷ 200 triệu”, “12,”
        raise _not_a_number(text, measure)
    if typed != unit and (typed or (typed_power and measure.is_percent)):
        raise UnclearError("other_unit", found=text, given=words.strip(), unit=measure.unit)
    return typed_power - unit_power if typed or typed_power else 0


def _readings(digits: str, power: int, measure: Measure) -> list[str]:
    """Return every number that typed digits can mean, in the unit of the indicator."""
    plain = numerals.parse_plain(digits, measure.mark) if measure.mark and not power else None
    if plain is not None and 0 < numerals.count_decimals(plain) <= measure.decimals:
        return [plain]
    readings = numerals.readings(digits)
    if not power and not measure.decimals:
        readings = tuple(number for number in readings if "." not in number) or readings
    return list(dict.fromkeys(_scaled(number, power) for number in readings))


def _in_the_form_of_a_file(digits: str, power: int) -> list[str]:
    marked = digits.replace(",", ".")
    number = numerals.parse_plain(marked, ".")
    return [] if number is None else [_scaled(number, power)]


def _scaled(number: str, power: int) -> str:
    """Return a number times a power of ten, without digits that it does not state.

    >>> _scaled("18.60", 9), _scaled("12.345", 3), _scaled("0", 9)
    ('18.60e9', '12345', '0')
    """
    exact = Decimal(number)
    scaled = exact.scaleb(power) if exact else abs(exact)  # no -0
    return f"{exact:f}e{power}" if int(scaled.as_tuple().exponent) > 0 else f"{scaled:f}"


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
