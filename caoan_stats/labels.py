"""Numbers, units, targets and dates in the notation of Vietnamese official statistics."""

import math
import re
from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from babel.numbers import format_compact_decimal, format_decimal

from caoan_stats.common.numerals import round_to
from caoan_stats.common.words import phrase
from caoan_stats.concepts import units
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.concepts.units import PERCENT, unit_of

LOCALE = "vi"
MULTIPLES = {  # of thousands; `vạn` is read, but not written
    10**power: word for word, power in reversed([*units.MULTIPLES.items()]) if power % 3 == 0
}
UNKNOWN_PLACES = 2  # digits before the point that are not known, for a number in multiples
MOST_DECIMALS = 6
PRECISION = 2000  # significant digits; more than any product of figures has

Number = float | Decimal


def number(value: Number, locale: str = LOCALE) -> str:
    """Return a number with grouped thousands and all its decimals, up to six.

    A `decimal.Decimal` keeps its final zeros. One whose last digits are not known, by its exponent,
    is in thousands, millions or billions; in another language than Vietnamese it is written out.

    Examples
    --------
    >>> number(18619139193), number(462.56), number(Decimal("24.0"))
    ('18.619.139.193', '462,56', '24,0')
    >>> number(Decimal("19167E6")), number(Decimal("120E8"))
    ('19,167 tỷ', '12,0 tỷ')
    """
    return _in_multiples(value, "#,##0.{decimals};−#,##0.{decimals}", locale)


def signed(value: Number, locale: str = LOCALE) -> str:
    """Return a number with its sign, `+` or `−`; zero has none.

    Examples
    --------
    >>> signed(-15.7), signed(22), signed(0)
    ('−15,7', '+22', '0')
    """
    if not value:
        return number(0, locale)
    return _in_multiples(value, "+#,##0.{decimals};−#,##0.{decimals}", locale)


def percent(ratio: Number) -> str:
    """Return a ratio as a percentage with at most two decimals.

    Examples
    --------
    >>> percent(0.9714), percent(-0.29)
    ('97,14%', '−29%')
    """
    return _formatted(100 * ratio, "#,##0.##;−#,##0.##", LOCALE) + PERCENT


def quantity(value: Number, unit: str, locale: str = LOCALE) -> str:
    """Return a number with the label of its unit.

    Examples
    --------
    >>> quantity(97.14, "%"), quantity(462.56, "ha"), quantity(1, "thứ hạng")
    ('97,14%', '462,56 ha', 'thứ hạng 1')
    """
    return with_unit(number(value, locale), unit)


def beside(value: Number, stated: Number) -> Decimal:
    """Return a computed number rounded to the decimals of a stated one.

    Below a thousand it keeps at least two decimals; it is not rounded to zero.

    Examples
    --------
    >>> beside(10.136356, 10.2), beside(53426.2575, 53195), beside(-0.0012, 3)
    (Decimal('10.14'), Decimal('53426'), Decimal('-0.0012'))
    """
    exact, like = Decimal(str(value)), Decimal(str(stated)).normalize()
    decimals = -int(like.as_tuple().exponent)
    least = 2 if abs(exact) < 1000 else 0
    return round_to(Fraction(exact), max(decimals, least)) or exact


def compared(value: Number, unit: str, operator: str) -> str:
    """Return the right side of a relation, after `<=` as an upper bound.

    Examples
    --------
    >>> compared(36, "người", "="), compared(102, "trẻ", "<=")
    ('36 người', 'không quá 102 trẻ')
    """
    words = quantity(value, unit)
    return phrase("interval.at_most", most=words) if operator == "<=" else words


def qualified(words: str, qualifier: str) -> str:
    """Return a figure after the Vietnamese word of its qualifier.

    Parameters
    ----------
    words
        The figure in words, as `quantity` or `compact` returns it.
    qualifier
        Code of `caoan_stats.concepts.qualifiers.QUALIFIERS`; empty for none.

    Examples
    --------
    >>> qualified("115 tạ/ha", "estimate")
    'ước 115 tạ/ha'
    """
    return f"{QUALIFIERS[qualifier].word} {words}".strip()


def compact(value: Number, unit: str = "") -> str:
    """Return a short quantity: whole thousands from 10,000 in nghìn, millions in triệu or tỷ.

    From a million it is rounded to two decimals; below, it is exact.

    Examples
    --------
    >>> compact(18619139193, "đồng"), compact(105000, "con"), compact(53195, "tạ")
    ('18,62 tỷ đồng', '105 nghìn con', '53.195 tạ')
    """
    size = abs(float(value))
    if _is_rounded(value):
        return quantity(value, unit)
    if size < 10_000 or (size < 1_000_000 and size % 1000):
        return quantity(value, unit)
    with localcontext(prec=PRECISION):
        short = format_compact_decimal(value, format_type="long", locale=LOCALE, fraction_digits=2)
    return with_unit(short, unit)


def alike(values: Sequence[Number], unit: str = "") -> list[str]:
    """Return short quantities of one form: all in nghìn, triệu or tỷ, or all written out.

    Examples
    --------
    >>> alike([97000, 8000], "con"), alike([12353118000, 558943213], "đồng")
    (['97.000 con', '8.000 con'], ['12,35 tỷ đồng', '0,56 tỷ đồng'])
    """
    sizes = [abs(float(value)) for value in values]
    if max(sizes) < 1_000_000:
        is_short = min(sizes) >= 10_000 and not any(size % 1000 for size in sizes)
        return [(compact if is_short else quantity)(value, unit) for value in values]
    multiple = max(size for size in MULTIPLES if size <= max(sizes))
    short = (number(float(round(Decimal(str(value)) / multiple, 2))) for value in values)
    return [with_unit(f"{text} {MULTIPLES[multiple]}", unit) for text in short]


def change(value: Number, unit: str) -> str:
    """Return a change with its sign and unit; a change in percent is in percentage points.

    Examples
    --------
    >>> change(-0.08, "%"), change(-15.7, "ha")
    ('−0,08 điểm %', '−15,7 ha')
    """
    return f"{signed(value)} {change_unit(unit)}"


def change_unit(unit: str) -> str:
    """Return the unit of a change in a figure.

    Examples
    --------
    >>> change_unit("%"), change_unit("ha")
    ('điểm %', 'ha')
    """
    return unit_of(unit).change or unit


def interval(lower: Number, upper: Number, closed: str, unit: str) -> str:
    """Return a target in the Vietnamese words of official reports.

    Parameters
    ----------
    lower, upper
        Bounds in the unit; NaN for none.
    closed
        `both`, `left`, `right` or `neither`, as in `pandas.Interval`.
    unit
        Label of the unit of both bounds.

    Returns
    -------
    str
        Empty if both bounds are NaN.

    Examples
    --------
    >>> interval(100, 150, "both", "người")
    'từ 100 đến 150 người'
    >>> interval(96, float("nan"), "neither", "%")
    'trên 96%'
    """
    if math.isnan(lower) and math.isnan(upper):
        return ""
    if math.isnan(upper):
        kind = "at_least" if closed in ("both", "left") else "above"
        return phrase(f"interval.{kind}", least=quantity(lower, unit))
    most = quantity(upper, unit)
    if lower == upper:
        return most
    if math.isnan(lower):
        return phrase(
            "interval.at_most" if closed in ("both", "right") else "interval.below", most=most
        )
    return phrase(f"interval.{closed}", least=number(lower), most=most)


def bounds(lower: float, upper: float, closed: str) -> str:
    """Return a target with mathematical signs, for charts; empty if both bounds are NaN.

    Examples
    --------
    >>> bounds(100, 150, "both"), bounds(float("nan"), 1, "neither")
    ('100–150', '< 1')
    """
    if not math.isnan(lower) and not math.isnan(upper):
        return number(lower) if lower == upper else f"{compact(lower)}–{compact(upper)}"
    if not math.isnan(lower):
        return f"{'≥' if closed in ('both', 'left') else '>'} {compact(lower)}"
    if not math.isnan(upper):
        return f"{'≤' if closed in ('both', 'right') else '<'} {compact(upper)}"
    return ""


def date(iso: str) -> str:
    """Return an ISO 8601 date (a day, month or year) in Vietnamese.

    Examples
    --------
    >>> date("2023-12"), date("2023-12-31")
    ('tháng 12/2023', 'ngày 31/12/2023')
    """
    parts = iso.split("-")
    kind = ("year", "month", "day")[len(parts) - 1]
    return phrase(f"date.{kind}", date="/".join(reversed(parts)))


def document(title: str, date: str) -> str:
    """Return the short name of a document: its kind, and its year or years.

    Examples
    --------
    >>> document("Báo cáo kết quả thực hiện kế hoạch năm 2023 và nhiệm vụ năm 2024", "2023-12")
    'báo cáo 2023'
    >>> document("Nghị quyết về kế hoạch 5 năm 2021-2025", "2020-08")
    'nghị quyết 2021–2025'
    """
    years = re.search("([12][0-9]{3})(?: ?[-–] ?([12][0-9]{3}))?", title)
    kind = " ".join(title.split()[:2]).lower()
    return f"{kind} {'–'.join(filter(None, years.groups())) if years else date[:4]}"


def inside(words: str) -> str:
    """Return words as they stand inside a sentence: in lower case, unless an abbreviation is first.

    Examples
    --------
    >>> inside("Hộ nghèo"), inside("BHYT hộ gia đình")
    ('hộ nghèo', 'BHYT hộ gia đình')
    """
    return words if words[:2].isupper() else f"{words[:1].lower()}{words[1:]}"


def _is_rounded(value: Number) -> bool:
    """Return whether the last hundreds of a number are not known."""
    return (
        isinstance(value, Decimal)
        and int(value.as_tuple().exponent) >= UNKNOWN_PLACES
        and abs(value) >= min(MULTIPLES)
    )


def _in_multiples(value: Number, pattern: str, locale: str) -> str:
    place = int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    multiple = 1
    if locale == LOCALE and _is_rounded(value):
        multiple = max(size for size in MULTIPLES if abs(float(value)) >= size)
        value = Decimal(value) / multiple
    decimals = "0" * min(len(str(multiple)) - 1 - place, MOST_DECIMALS)
    pattern = pattern.format(decimals=decimals.ljust(MOST_DECIMALS, "#"))
    return f"{_formatted(value, pattern, locale)} {MULTIPLES.get(multiple, '')}".rstrip()


def with_unit(text: str, unit: str) -> str:
    """Return a number in words with the label of its unit, which stands before or after it."""
    row = unit_of(unit)
    if row.is_before:
        return f"{unit} {text}"
    return f"{text}{unit}" if row.is_joined else f"{text} {unit}".rstrip()


def _formatted(value: Number, pattern: str, locale: str) -> str:
    with localcontext(prec=PRECISION):
        return str(format_decimal(value, format=pattern, locale=locale))
