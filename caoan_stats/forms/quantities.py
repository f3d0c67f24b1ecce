"""Figures as people type them, “khoảng 97.000 con” or “28,05 tỷ”, read if they mean one number.

A raw table has plain numbers only (`numerals`); in a workbook, words may stand around a number.
“28,05 tỷ” states four digits, so it is written as `28.05e9`.
The decimals of the indicator decide what a separator means: without decimals, the dot in `97.000`
groups thousands; with decimals, both readings are possible and the text is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from caoan_stats.common import numerals
from caoan_stats.common.words import Phrase
from caoan_stats.concepts.comparisons import is_level, take_base, take_sign
from caoan_stats.concepts.facts import CHANGE, FACTS, PCT_CHANGE, PLAN, PREVIOUS, VALUE
from caoan_stats.concepts.qualifiers import code_of
from caoan_stats.concepts.units import PERCENT, is_large, split_unit, unit_of
from caoan_stats.forms.measure import Measure, names

LONGEST = 300  # characters of a typed figure; longer texts are slow to search
_AVERAGE = "bình quân; trung bình"  # before a figure that is one anyway
WHOLE = 100  # %
POINTS = "điểm"  # before a percent sign: a difference of two percentages
_PARTS = re.compile(
    r"(?P<before>[^0-9+-]*)(?P<number>[+-]? ?[0-9][0-9., ]*(?<=[0-9]))"
    rf"(?P<exponent>(?:{numerals.EXPONENT.pattern}(?![0-9]))?)(?P<unit>.*)"
)
_WORDS = re.compile(r"[^\W\d_][^0-9]*([23]\b[^0-9]*)?|%|")  # m2, m3
_COMPARED = re.compile(r"\bso\b|% ?\w|\bnăm [0-9]{4}")  # “so với đầu năm”, “% kế hoạch quý”
_RANGE = re.compile(r"[0-9][^0-9]*(?<!e)(-|÷|~|\bđến\b|\btới\b) ?[0-9]", re.IGNORECASE)
_FRACTION = re.compile(r"[0-9][^0-9/]*/(?!1 ?[^\W\d])[0-9]")  # not “tạ/1 ha”
_RANKED = re.compile(  # “thứ 5/18 xã”: 18 is no part of the rank
    r"(?P<rank>[0-9]+) ?(?:/|trên|trong)(?: ?tổng)?(?: ?số)? ?(?P<of>[0-9]+)"
    r"(?: (?:xã|phường|thị trấn|huyện|trường|đơn vị|địa phương)\b[^0-9]*)?$",
    re.IGNORECASE,
)
_EXCEEDS = re.compile(r"^((hoàn thành|thực hiện) )?vượt( mức| quá)?\b")
_NOTHING = re.compile(  # a dash is a zero in the tables of the statistics office
    r"-|không( (có|còn|xảy ra|phát sinh|để xảy ra))?( (?!đạt)(?P<noun>[^0-9]*?))??"
    r"( nào)?( (xảy ra|phát sinh))?[.]?"
)
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
    """Return typed words with one space between them, none around a slash, and without colons."""
    spaced = numerals.folded(text).translate(numerals.DASHES)
    spaced = re.sub(r"(?<=[^\W\d_]) ?:", " ", spaced)  # “ước: 80”
    return re.sub(" ?/ ?", "/", " ".join(spaced.split()))


def refuse_unreadable(text: str) -> None:
    """Raise `UnclearError` for a text with the sign of a footnote, or as long as a paragraph."""
    if sign := numerals.note_sign(text):
        raise UnclearError("note_sign", found=text, sign=sign)
    if len(text) > LONGEST:
        raise UnclearError("not_a_number", found=text, example="79,5")


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
    refuse_unreadable(text)
    words, base = take_base(plain(text), fact, year)
    is_ranked = False
    if fact == VALUE and unit_of(measure.unit).is_before:
        words, is_ranked = _without_the_ranked(words)
    for kind, pattern in {"range": _RANGE, "fraction": _FRACTION}.items():
        if pattern.search(words):
            raise UnclearError(kind, found=text)
    if fact == VALUE and _is_zero(words, measure):
        return Quantity("0", is_worded=True)
    parts = _PARTS.fullmatch(words)
    if not parts or (parts["unit"] and names(measure.label, parts["number"] + parts["unit"])):
        raise _not_a_number(text, measure)  # “từ đủ 80 tuổi” is in the label
    before, typed_unit = _with_words_after(parts["before"], parts["unit"])
    if "(" in typed_unit:
        raise UnclearError("bracket", found=text, rest=plain(text).partition("(")[0].strip())
    if _COMPARED.search(typed_unit):
        raise UnclearError("other_base", found=text)
    has_sign = parts["number"][0] in "+-"
    qualifier, sign, more = _words_before(before, base, measure, fact, has_sign=has_sign)
    if qualifier is None:
        raise _unclear(text, measure, fact)
    if fact == CHANGE and unit_of(measure.unit).is_before:
        typed_unit, sign = _places(before, typed_unit, sign, text, measure)
    if fact != CHANGE and typed_unit.casefold().startswith(POINTS):
        raise UnclearError("other_unit", found=text, given=typed_unit, unit=measure.unit)
    digits = (sign + re.sub("(?<=[+-]) ", "", parts["number"])).removeprefix("+")
    number, is_scaled = _number(digits, parts["exponent"], typed_unit, text, measure)
    if more > 0 and Decimal(number) >= WHOLE:  # “vượt 108%” can mean 108 %
        raise UnclearError("unclear_comparison", found=text)
    if more:
        number = f"{Decimal(number) + more:f}"
    is_worded = bool((before and before != measure.unit) or base or sign or is_ranked) or is_scaled
    return Quantity(_fit(number, text, measure), qualifier, is_worded)


def _without_the_ranked(words: str) -> tuple[str, bool]:
    """Return the words of a rank without how many there are, and whether they name that."""
    found = _RANKED.search(words)
    if not found or int(found["rank"]) > int(found["of"]):
        return words, False
    return words[: found.end("rank")], True


def _is_zero(words: str, measure: Measure) -> bool:
    """Return whether words say that there is nothing of what is counted: “không có vụ nào”."""
    is_counted = measure.is_exact and bool(measure.plan) and not is_large(measure.unit)
    found = _NOTHING.fullmatch(words.casefold()) if is_counted else None
    return found is not None and measure.power_of(found["noun"] or "") == 0


def _with_words_after(before: str, unit: str) -> tuple[str, str]:
    """Return the words around a number, “từ … trở lên” and “… (ước)” among those before it."""
    before, unit = before.strip().casefold(), re.sub(r"(?<=[^\W\d_]|%)[.;,]+$", "", unit.strip())
    after = re.search(r" ?(?:\((?P<aside>[^0-9)]*)\)|\btrở (?:lên|xuống))$", unit, re.IGNORECASE)
    if not after or (after["aside"] and code_of(after["aside"]) is None):
        return before, unit
    words = [re.sub(r"\btừ\b", "", before), after["aside"] or after[0]]
    return " ".join(" ".join(words).casefold().split()), unit[: after.start()]


def _words_before(
    before: str, base: str, measure: Measure, fact: str, *, has_sign: bool
) -> tuple[str | None, str, int]:
    """Return what words before a number mean: its qualifier, its sign, what is to be added to it.

    The qualifier is None if they do not fit the fact. Of “bằng 108% cùng kỳ”, the change is 8 %; of
    “vượt 8% kế hoạch”, the share is 108 %.
    """
    spec, sign = FACTS[fact], ""
    bare = _EXCEEDS.sub("", before) if spec.base == PLAN else before
    more = WHOLE if bare != before else 0
    before = bare.strip()
    if spec.base == PREVIOUS:
        before, sign = take_sign(before)
    unsigned = not has_sign and not sign
    exceeds = fact == PCT_CHANGE and unsigned and bool(base) and is_level(before)
    # “bằng 105%”, “105% so với năm trước”: not a change by 105 %
    is_no_change = not exceeds and (is_level(before) or (unsigned and bool(base)))
    is_unclear = (spec.base == PREVIOUS and is_no_change) or (spec.base == PLAN and has_sign)
    more -= WHOLE if exceeds else 0
    if is_unclear or (sign and has_sign):
        return None, sign, more
    is_unit = before in (measure.unit.casefold(), *unit_of(measure.unit).typed)  # “thứ hạng 7”
    return "" if is_unit else _code_of(before, measure), sign, more


def _code_of(before: str, measure: Measure) -> str | None:
    """Return the qualifier before a number; words of the label of its indicator tell nothing.

    Those for a change do, also there: “Tỷ lệ tăng dân số”.
    """
    code, words = code_of(before), before.split()
    if code is not None:
        return code
    label = f"{measure.label}; {_AVERAGE}" if measure.is_ratio else measure.label
    spans = ((start, end) for end in range(len(words), 0, -1) for start in range(end))
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        phrase = " ".join(words[start:end])
        if not take_sign(phrase)[1] and names(label, phrase):
            return code_of(" ".join(words[:start] + words[end:]))
    return None


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


def _places(before: str, typed: str, sign: str, text: str, measure: Measure) -> tuple[str, str]:
    """Return unit and sign of the move of a rank: “tăng 2 bậc” is a number that falls by 2."""
    unit, rank = typed.strip(" .").casefold(), unit_of(measure.unit)
    if unit not in ("", rank.change, *rank.moves):
        raise UnclearError("other_unit", found=text, given=typed, unit=rank.change)
    is_rank = not unit and re.search(rf"\b({'|'.join(rank.typed)})\b", before)  # “lên hạng 3”
    if is_rank or (unit and not sign):  # no move
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
    whole, fraction = map(measure.to_type, numbers)
    details: dict[str, object] = {
        "whole": whole,
        "fraction": fraction,
        "sign": "." if "." in digits else ",",
    }
    if numerals.count_decimals(numbers[1]) > measure.decimals:
        exact = {"exact": numerals.thousandths(numbers[1]) if measure.mark else fraction}
        then = "" if measure.is_exact else Phrase("then_write", exact)
        shown = measure.format(numbers[1])
        details = {**details, "fraction": shown, "decimals": measure.decimals, "then": then}
        return UnclearError("grouped_number", found=text, **details)
    return UnclearError("ambiguous_number", found=text, **details)


def _not_a_number(text: str, measure: Measure) -> UnclearError:
    example = measure.format("79.5") if measure.decimals else "2023"
    return UnclearError("not_a_number", found=text, example=example)
