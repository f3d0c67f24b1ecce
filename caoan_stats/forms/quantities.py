"""Figures as people type them, “khoảng 97.000 con” or “28,05 tỷ”, read if they mean one number.

A raw table has plain numbers only (`numerals`); in a workbook, words may stand around a number.
“28,05 tỷ” states four digits, so it is written as `28.05e9`.
The decimals of the indicator decide what a separator means: without decimals, the dot in `97.000`
groups thousands; with decimals, both readings are possible and the text is refused.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from caoan_stats.common import numerals
from caoan_stats.common.words import Phrase
from caoan_stats.concepts.comparisons import is_level, take_base, take_sign
from caoan_stats.concepts.facts import CHANGE, FACTS, PCT_CHANGE, PLAN, PREVIOUS, VALUE
from caoan_stats.concepts.qualifiers import code_of
from caoan_stats.concepts.units import PERCENT, split_unit, unit_of
from caoan_stats.forms.measure import Measure

POINTS = "điểm"  # before a percent sign: a difference of two percentages
_PARTS = re.compile(
    r"(?P<before>[^0-9+-]*)(?P<number>[+-]? ?[0-9][0-9., ]*(?<=[0-9]))"
    rf"(?P<exponent>(?:{numerals.EXPONENT.pattern}(?![0-9]))?)(?P<unit>.*)"
)
_WORDS = re.compile(r"[^\W\d_][^0-9]*([23]\b[^0-9]*)?|%|")  # m2, m3
_COMPARED = re.compile(r"\bso\b|% ?\w|\bnăm [0-9]{4}")  # “so với đầu năm”, “% kế hoạch quý”
_RANGE = re.compile(r"[0-9][^0-9]*(?<!e)(-|÷|~|\bđến\b|\btới\b) ?[0-9]", re.IGNORECASE)
_FRACTION = re.compile(r"[0-9][^0-9/]*/(?!1 ?[^\W\d])[0-9]")  # not “tạ/1 ha”
_PIECES = re.compile(",? (?:và |lẻ )?(?=[0-9])")  # between “5 tỷ” and “137 triệu”
_PIECE = re.compile("([0-9][0-9.,]*) ?(.*)")


class UnclearError(ValueError):
    """A typed text is not one figure; `kind` and `details` are those of a `DataError`."""

    def __init__(self, kind: str, **details: object) -> None:
        self.kind, self.details = kind, details
        super().__init__(kind)


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


def plain(text: str) -> str:
    """Return typed words with one space between them, and none around a slash."""
    spaced = unicodedata.normalize("NFKC", text).translate(numerals.DASHES)
    return re.sub(" ?/ ?", "/", " ".join(spaced.split()))


def parse_quantity(text: str, measure: Measure, fact: str = VALUE, year: int = 0) -> Quantity:
    """Return the figure that was typed as text: a number with words around it.

    The words are a qualifier; the sign of a change (“giảm”); powers of ten; the unit, or one that
    converts to it; and what a comparison is made with. There may be several numbers in falling
    units. `fact` is the code of the fact that is stated, `year` its year. Raises `UnclearError` if
    the text is not a number, has two readings, another unit or base, or too many digits, or if a
    count has decimals.

    >>> parse_quantity("khoảng 97.000 con", Measure("con", 0))
    Quantity(number='97000', qualifier='about', is_worded=True)
    >>> parse_quantity("5 tỷ 137 triệu", Measure("đồng", 0)).number
    '5137e6'
    >>> parse_quantity("giảm 15,7 ha so với năm 2022", Measure("ha", 2), "change", 2023).number
    '-15.7'
    """
    words, base = take_base(plain(text), fact, year)
    for kind, pattern in {"range": _RANGE, "fraction": _FRACTION}.items():
        if pattern.search(words):
            raise UnclearError(kind, found=text)
    if not (parts := _PARTS.fullmatch(words)):
        raise _not_a_number(text, measure)
    before, typed_unit = _with_words_after(parts["before"], parts["unit"])
    if _COMPARED.search(typed_unit):
        raise UnclearError("other_base", found=text)
    has_sign = parts["number"][0] in "+-"
    qualifier, sign, excess = _words_before(before, base, measure, fact, has_sign=has_sign)
    if qualifier is None:
        raise _unclear(text, measure, fact)
    if fact == CHANGE and unit_of(measure.unit).is_before:
        typed_unit, sign = _places(typed_unit, sign, text, measure)
    if fact != CHANGE and typed_unit.casefold().startswith(POINTS):
        raise UnclearError("other_unit", found=text, given=typed_unit, unit=measure.unit)
    digits = (sign + re.sub("(?<=[+-]) ", "", parts["number"])).removeprefix("+")
    number, is_scaled = _number(digits, parts["exponent"], typed_unit, text, measure)
    if excess:  # “bằng 108% cùng kỳ”
        number = f"{Decimal(number) - 100:f}"
    is_worded = bool((before and before != measure.unit) or base or sign) or is_scaled
    return Quantity(_fit(number, text, measure), qualifier, is_worded)


def _with_words_after(before: str, unit: str) -> tuple[str, str]:
    """Return the words around a number, “từ … trở lên” and “… (ước)” among those before it."""
    before, unit = before.strip().casefold(), re.sub(r"(?<=[^\W\d_]|%)[.;,]+$", "", unit.strip())
    after = re.search(r" ?(?:\((?P<aside>[^0-9)]*)\)|\btrở (?:lên|xuống))$", unit, re.IGNORECASE)
    if not after:
        return before, unit
    words = [re.sub(r"\btừ\b", "", before), after["aside"] or after[0]]
    return " ".join(" ".join(words).casefold().split()), unit[: after.start()]


def _words_before(
    before: str, base: str, measure: Measure, fact: str, *, has_sign: bool
) -> tuple[str | None, str, bool]:
    """Return what words before a number mean: its qualifier, its sign, whether it exceeds 100 %.

    The qualifier is None if they do not fit the fact.
    """
    spec, sign = FACTS[fact], ""
    if spec.base == PREVIOUS:
        before, sign = take_sign(before)
    unsigned = not has_sign and not sign
    exceeds = fact == PCT_CHANGE and unsigned and bool(base) and is_level(before)
    # “bằng 105%”, “105% so với năm trước”: not a change by 105 %
    is_no_change = not exceeds and (is_level(before) or (unsigned and bool(base)))
    is_unclear = (spec.base == PREVIOUS and is_no_change) or (spec.base == PLAN and has_sign)
    if is_unclear or (sign and has_sign):
        return None, sign, exceeds
    is_unit = before in (measure.unit.casefold(), *unit_of(measure.unit).typed)  # “thứ hạng 7”
    return "" if is_unit else code_of(before), sign, exceeds


def _unclear(text: str, measure: Measure, fact: str) -> UnclearError:
    if FACTS[fact].base:
        return UnclearError("unclear_comparison", found=text)
    return _not_a_number(text, measure)


def _number(digits: str, exponent: str, unit: str, text: str, measure: Measure) -> tuple[str, bool]:
    """Return the number that digits state, in the indicator's unit, and if another is typed."""
    first, *others = _PIECES.split(unit) if not exponent else [unit]
    if others:
        return _sum(digits, first, others, text, measure), True
    power = _power_of_ten(unit, text, measure)
    if exponent:  # the form of a file, in which nothing groups thousands
        numbers = _in_the_form_of_a_file(digits, int(exponent[1:]) + power)
    else:
        numbers = _readings(digits, power, measure)
    if not numbers:
        raise _not_a_number(text, measure)
    if len(numbers) > 1:
        raise _ambiguous(numbers, digits, text, measure)
    is_own = not unit or unit.strip(" .").casefold() == plain(measure.unit).casefold()
    return numbers[0], bool(power or exponent) or not is_own


def _sum(digits: str, unit: str, others: Sequence[str], text: str, measure: Measure) -> str:
    """Return the sum of numbers in falling units, each less than one of the unit before it.

    Only the last may have decimals.
    """
    pieces = [match.groups() for each in others if (match := _PIECE.fullmatch(each))]
    pieces = [(digits.removeprefix("-"), unit), *pieces]
    noun, _ = split_unit(pieces[-1][1])  # “5 nghìn 48 tấn”
    pieces = [
        (each, typed if split_unit(typed)[0] else f"{typed} {noun}") for each, typed in pieces
    ]
    numbers: list[Decimal] = []
    limit = Decimal("Infinity")
    for place, (number, typed) in enumerate(pieces, 1):
        power = _power_of_ten(typed, text, measure)
        readings = _readings(number, power, measure)
        if place < len(pieces):
            readings = [
                _scaled(each, power) for each in numerals.readings(number) if "." not in each
            ]
        readings = [each for each in readings if Decimal(each) < limit]
        if len(readings) != 1 or not typed.strip() or Decimal(10) ** power >= limit:
            raise UnclearError("disordered_parts", found=text)
        numbers.append(Decimal(readings[0]))
        limit = Decimal(10) ** power
    total = sum(numbers[1:], numbers[0])
    exponent = int(total.as_tuple().exponent)
    number = f"{total.scaleb(-exponent):f}e{exponent}" if exponent > 0 else f"{total:f}"
    return f"-{number}" if digits.startswith("-") else number


def _places(typed: str, sign: str, text: str, measure: Measure) -> tuple[str, str]:
    """Return unit and sign of the move of a rank: “tăng 2 bậc” is a number that falls by 2."""
    unit = typed.strip(" .").casefold()
    if unit not in ("", unit_of(measure.unit).change, measure.unit):
        return typed, sign
    if not sign and (unit or text.casefold().strip().startswith(measure.unit)):  # no move
        raise UnclearError("unclear_comparison", found=text)
    return "", {"+": "-", "-": "+"}.get(sign, sign)


def is_percentage(text: str, year: int) -> bool:
    """Return whether a change of a year has a percent sign; not if it is percentage points.

    >>> is_percentage("tăng 13,6 % so với năm 2022", 2023), is_percentage("tăng 0,5 điểm %", 2023)
    (True, False)
    """
    parts = _PARTS.fullmatch(take_base(plain(text), CHANGE, year)[0])
    unit = parts["unit"].strip(" .,;") if parts else ""
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
    if numerals.count_decimals(number) == 3 and not measure.decimals:
        raise _ambiguous([number.replace(".", ""), number], text, text, measure)
    return Quantity(_fit(number, text, measure))


def _power_of_ten(words: str, text: str, measure: Measure) -> int:
    """Return the power of ten between the words after a number and the unit of the indicator."""
    power = measure.power_of(words)
    if power is None and not _WORDS.fullmatch(words):  # “12,”
        raise _not_a_number(text, measure)
    if power is None or (power and measure.is_percent):
        raise UnclearError("other_unit", found=text, given=words, unit=measure.unit)
    return power


def _readings(digits: str, power: int, measure: Measure) -> list[str]:
    """Return every number that typed digits can mean, in the unit of the indicator."""
    plain_number = (
        numerals.parse_plain(digits, measure.mark) if measure.mark and not power else None
    )
    if plain_number is not None and 0 < numerals.count_decimals(plain_number) <= measure.decimals:
        return [plain_number]
    readings = numerals.readings(digits, unit_of(measure.unit).limit)
    usual = max(0, measure.decimals + power)  # decimals in the typed unit
    can_group = measure.is_exact or (measure.mark or ",") not in digits
    if can_group and not (measure.decimals and usual):
        fitting = (each for each in readings if numerals.count_decimals(each) <= usual)
        readings = tuple(fitting) or readings
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
    """Return a number without surplus zeros, in a form with one reading; raise if it is no figure.

    Three decimals where fewer are usual would be read in two ways: `53195e-3`.
    """
    while numerals.count_decimals(number) > measure.decimals and number.endswith("0"):
        number = number[:-1].removesuffix(".")
    if not numerals.is_short(number):
        raise UnclearError("long_number", found=text, limit=numerals.DIGIT_LIMIT)
    surplus = numerals.count_decimals(number) - measure.decimals
    if surplus > 0 and measure.is_exact:
        details = {"decimals": measure.decimals, "unit": measure.unit}
        raise UnclearError("too_many_decimals", found=text, **details)
    if surplus > 0 and len(numerals.readings(number, unit_of(measure.unit).limit)) > 1:
        return numerals.thousandths(number)
    return number


def _plain(value: Decimal) -> str:
    """Return a number without exponent and without zeros at the end of its decimals."""
    return f"{value.normalize():f}" if value else "0"


def _ambiguous(numbers: list[str], digits: str, text: str, measure: Measure) -> UnclearError:
    """Return the error of two readings; its kind depends on whether both are usual."""
    whole, fraction = map(measure.format, numbers)
    details: dict[str, object] = {
        "whole": whole,
        "fraction": fraction,
        "sign": "." if "." in digits else ",",
    }
    if numerals.count_decimals(numbers[1]) > measure.decimals:
        exact = {"exact": numerals.thousandths(numbers[1])}
        then = "" if measure.is_exact else Phrase("then_write", exact)
        details = {**details, "decimals": measure.decimals, "then": then}
        return UnclearError("grouped_number", found=text, **details)
    return UnclearError("ambiguous_number", found=text, **details)


def _not_a_number(text: str, measure: Measure) -> UnclearError:
    example = measure.format("79.5") if measure.decimals else "2023"
    return UnclearError("not_a_number", found=text, example=example)
