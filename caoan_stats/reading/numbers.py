"""The numbers of amounts, in the unit of the indicator that they are read as."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from caoan_stats.common import numerals
from caoan_stats.concepts.facts import FACTS, VALUE
from caoan_stats.concepts.units import PERCENT, split_unit, unit_of
from caoan_stats.forms.entries import PERCENT_DECIMALS
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.quantities import UnclearError, parse_quantity
from caoan_stats.reading.amounts import NUMBER, Amount
from caoan_stats.reading.doubts import FAR_FROM_LAST_YEAR, TOO_LARGE, TOO_SMALL, TWO_READINGS

WIDE = 20  # times last year's figure, from which on a figure is doubted
_TELLING = 50
FAR = 5  # times last year's figure, from which on a reading is not likely
_AMBIGUOUS = ("ambiguous_number", "grouped_number")
_POINTS = re.compile(r"\s*điểm(?: (?:%|phần trăm))?", re.IGNORECASE)
_MULTIPLE = re.compile(r"tỷ|tỉ|triệu|tr\b", re.IGNORECASE)
_PER_HEAD = re.compile(r"^(?P<unit>[^/]+)/.*$")


class Number(NamedTuple):
    """A number with the digits that are stated, and why it may be another one."""

    digits: str  # with a decimal point, `18.6E9`
    doubt: str = ""
    others: tuple[str, ...] = ()  # other readings


def read_number(
    amount: Amount, measure: Measure, before: Decimal | None = None, fact: str = VALUE
) -> Number | None:
    """Return the number that an amount states of an indicator; None if its unit is another.

    `before` is the last figure known of the indicator: of two readings, the one near it is right.
    """
    if FACTS[fact].is_percent:
        measure = replace(
            measure, unit=PERCENT, decimals=PERCENT_DECIMALS, label="", is_exact=False
        )
    if measure.is_percent and amount.kind == "fraction":
        return None
    if amount.kind == "zero":
        is_counted = measure.is_exact and not unit_of(measure.unit).is_large
        is_of_it = not amount.unit or measure.power_of(amount.unit) == 0
        return Number("0") if is_counted and is_of_it else None
    if measure.is_percent != amount.is_percent and (
        amount.is_percent or (fact == VALUE and amount.unit)
    ):
        return None
    text = _POINTS.sub("%", _without_second(amount))
    if unit_of(measure.unit).is_before:
        if amount.unit:
            return None
        text = text.split()[0]
    try:
        number = parse_quantity(text, measure, VALUE).number
    except UnclearError as error:
        return _other_number(error, amount, text, measure, before, fact)
    return _plausible(_upper(number), (), measure, before, fact)


def _other_number(  # noqa: PLR0913, PLR0917 - what an amount and its indicator tell
    error: UnclearError,
    amount: Amount,
    text: str,
    measure: Measure,
    before: Decimal | None,
    fact: str,
) -> Number | None:
    if error.kind in _AMBIGUOUS:
        return _of_two(
            text, amount, measure, before, fact, is_usual=error.kind == "ambiguous_number"
        )
    if error.kind == "other_unit" and (per_head := _PER_HEAD.match(amount.unit)):
        whole = text.replace(amount.unit, per_head["unit"].strip())
        return read_number(
            replace(amount, text=whole, unit=per_head["unit"]), measure, before, fact
        )
    return None


def _of_two(  # noqa: PLR0913 - as `_other_number`
    text: str,
    amount: Amount,
    measure: Measure,
    before: Decimal | None,
    fact: str,
    *,
    is_usual: bool,
) -> Number | None:
    """Return the more likely of two readings of a number; certain only if the other one is not."""
    digits = re.search(NUMBER, text)
    power = measure.power_of(amount.unit)
    if digits is None or power is None:
        return None
    both = [_scaled(each, power) for each in numerals.readings(digits[0])]
    likely = [each for each in both if _is_usual(Decimal(each), measure)] or both
    near = [each for each in likely if before and before / FAR < Decimal(each) < before * FAR]
    is_told = fact == VALUE and len(near) == 1
    if is_told and not is_usual and not _MULTIPLE.search(amount.unit):
        return Number(near[0])
    chosen = near[0] if is_told else likely[0]
    return Number(chosen, TWO_READINGS, tuple(each for each in both if each != chosen))


def _plausible(
    number: str, others: tuple[str, ...], measure: Measure, before: Decimal | None, fact: str
) -> Number:
    value = abs(Decimal(number))
    unit = unit_of(measure.unit)
    if fact == VALUE and value and value < unit.least:
        return Number(number, TOO_SMALL, others)
    if fact == VALUE and before and value > _TELLING and not before / WIDE < value < before * WIDE:
        return Number(number, FAR_FROM_LAST_YEAR, others)
    if value > unit.most or (fact == VALUE and measure.is_percent and value > 1000):
        return Number(number, TOO_LARGE, others)
    return Number(number, "", others)


def _is_usual(value: Decimal, measure: Measure) -> bool:
    base, power = split_unit(measure.unit)
    unit = unit_of(base if power else measure.unit)
    return unit.least <= value.scaleb(power) <= unit.most


def _without_second(amount: Amount) -> str:
    """Return what a fraction states as its first number: `31 lô` of `31/46 lô`."""
    if not amount.second or amount.kind == "range":
        return amount.text
    first = re.match(NUMBER, amount.text)
    return f"{first[0] if first else ''} {amount.unit}".strip()


def _scaled(number: str, power: int) -> str:
    exact = Decimal(number)
    scaled = exact.scaleb(power)
    return f"{exact:f}E{power}" if int(scaled.as_tuple().exponent) > 0 else f"{scaled:f}"


def _upper(number: str) -> str:
    return number.upper()


def signed(number: str, sign: str) -> str:
    """Return a number with the sign of a change.

    >>> signed("15.7", "-"), signed("0", "-")
    ('-15.7', '0')
    """
    return f"-{number}" if sign == "-" and Decimal(number) else number


def as_change(number: Number, sign: str) -> Number:
    """Return a number as a change."""
    return number._replace(digits=signed(number.digits, sign))
