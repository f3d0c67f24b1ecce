"""Words and numbers as Vietnamese official statistics write them; Babel knows the locale."""

import math
from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction

from babel.numbers import format_compact_decimal, format_decimal

from caoan_stats.common.numerals import round_to

LOCALE = "vi"
PERCENT = "%"
PERCENTAGE_POINTS = "điểm %"
ORDINAL = "thứ hạng"

PRECISION = 2000  # more than any product of figures has

Number = float | Decimal

QUALIFIERS: Mapping[str, str] = {
    "": "",
    "estimate": "ước",
    "about": "khoảng",
    "over": "trên",
    "under": "dưới",
}
STATUSES: Mapping[str, str] = {
    "exceeded": "▲ Vượt",
    "met": "✓ Đạt",
    "missed": "✗ Chưa đạt",
    "no_data": "… Chưa có số liệu",
    "no_target": "– Không có mục tiêu",
    "in_words": "○ Không định lượng",
    "hidden": "◌ Không công bố",
}
OUTLOOKS: Mapping[str, str] = {
    "on_track": "đúng tiến độ",
    "fair": "khá",
    "slow": "chậm",
    "moving_away": "đi ngược hướng",
}


def number(value: Number, locale: str = LOCALE) -> str:
    """Write a number with grouped thousands and all its decimals, up to six.

    Examples
    --------
    >>> number(18619139193)
    '18.619.139.193'
    >>> number(462.56)
    '462,56'
    """
    return _formatted(value, "#,##0.######;−#,##0.######", locale)


def signed(value: Number, locale: str = LOCALE) -> str:
    """Write a change with its sign.

    Examples
    --------
    >>> signed(-15.7), signed(22)
    ('−15,7', '+22')
    """
    return _formatted(value, "+#,##0.######;−#,##0.######", locale)


def percent(ratio: Number) -> str:
    """Write a ratio as a percentage with at most two decimals.

    Examples
    --------
    >>> percent(0.9714)
    '97,14%'
    """
    return _formatted(100 * ratio, "#,##0.##", LOCALE) + PERCENT


def quantity(value: Number, unit: str, locale: str = LOCALE) -> str:
    """Write a number with the label of its unit.

    Examples
    --------
    >>> quantity(97.14, "%"), quantity(462.56, "ha"), quantity(1, "thứ hạng")
    ('97,14%', '462,56 ha', 'thứ hạng 1')
    """
    return _with_unit(number(value, locale), unit)


def beside(value: Number, stated: Number) -> Decimal:
    """Round a computed number for reading beside a stated one.

    To the decimals of the stated number, and below a thousand to two at least; not at all where
    nothing would be left.

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
    """Write the right side of a relation with its operator.

    Examples
    --------
    >>> compared(36, "người", "="), compared(102, "trẻ", "<=")
    ('36 người', 'không quá 102 trẻ')
    """
    words = quantity(value, unit)
    return f"không quá {words}" if operator == "<=" else words


def qualified(words: str, qualifier: str) -> str:
    """Put the qualifier of a figure before it.

    Examples
    --------
    >>> qualified("115 tạ/ha", "estimate")
    'ước 115 tạ/ha'
    """
    return f"{QUALIFIERS[qualifier]} {words}".strip()


def compact(value: Number, unit: str = "") -> str:
    """Write a quantity shortly: whole thousands in nghìn, from a million on in triệu or tỷ.

    Nothing below a million is rounded; above, two decimals are left.

    Examples
    --------
    >>> compact(18619139193, "đồng"), compact(105000, "con"), compact(53195, "tạ")
    ('18,62 tỷ đồng', '105 nghìn con', '53.195 tạ')
    """
    size = abs(float(value))
    if size < 10_000 or (size < 1_000_000 and size % 1000):
        return quantity(value, unit)
    with localcontext(prec=PRECISION):
        short = format_compact_decimal(value, format_type="long", locale=LOCALE, fraction_digits=2)
    return _with_unit(short, unit)


def change(value: Number, unit: str) -> str:
    """Write a change with its sign and unit; that of a percentage is in percentage points.

    Examples
    --------
    >>> change(-0.08, "%"), change(-15.7, "ha")
    ('−0,08 điểm %', '−15,7 ha')
    """
    return f"{signed(value)} {change_unit(unit)}"


def change_unit(unit: str) -> str:
    """Give the unit of a change in a figure of some unit.

    Examples
    --------
    >>> change_unit("%")
    'điểm %'
    """
    return PERCENTAGE_POINTS if unit == PERCENT else unit


def interval(lower: float, upper: float, closed: str, unit: str) -> str:
    """Write a target as the report words one; empty where neither bound is a number.

    Parameters
    ----------
    lower, upper
        Bounds, NaN where there is none.
    closed
        `both`, `left`, `right` or `neither`, as in `pandas.Interval`.

    Examples
    --------
    >>> interval(100, 150, "both", "người")
    'từ 100 đến 150 người'
    >>> interval(96, float("nan"), "neither", "%")
    'trên 96%'
    """
    has_left, has_right = closed in ("both", "left"), closed in ("both", "right")
    if not math.isnan(lower) and lower == upper:
        return quantity(lower, unit)
    if math.isnan(lower) and math.isnan(upper):
        return ""
    if math.isnan(upper):
        least = quantity(lower, unit)
        return f"từ {least} trở lên" if has_left else f"trên {least}"
    most = quantity(upper, unit)
    if math.isnan(lower):
        return f"không quá {most}" if has_right else f"dưới {most}"
    start, end = "từ" if has_left else "trên", "đến" if has_right else "đến dưới"
    return f"{start} {number(lower)} {end} {most}"


def bounds(lower: float, upper: float, closed: str) -> str:
    """Write a target with signs, for where there is little room; empty without a bound.

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
    """Write an ISO 8601 date, as precise as it is.

    Examples
    --------
    >>> date("2023-12"), date("2023-12-31")
    ('tháng 12/2023', 'ngày 31/12/2023')
    """
    words = {1: "năm ", 2: "tháng ", 3: "ngày "}
    parts = iso.split("-")
    return words[len(parts)] + "/".join(reversed(parts))


def _with_unit(text: str, unit: str) -> str:
    if unit == ORDINAL:
        return f"{unit} {text}"
    return f"{text}{unit}" if unit == PERCENT else f"{text} {unit}".rstrip()


def _formatted(value: Number, pattern: str, locale: str) -> str:
    with localcontext(prec=PRECISION):
        return str(format_decimal(value, format=pattern, locale=locale))
