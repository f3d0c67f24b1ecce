"""Figures as a clerk would type them into a workbook: read back, they are the same digits."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from caoan_stats.concepts.facts import FACTS, VALUE
from caoan_stats.concepts.units import PERCENT, USUAL_MULTIPLES, split_unit, unit_of
from caoan_stats.forms.entries import PERCENT_DECIMALS
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.quantities import UnclearError, parse_quantity, quantity_of_number


def cell_of(number: str, measure: Measure, fact: str = VALUE) -> Decimal | str:
    """Return what to type for a number with a decimal point: a number, or words.

    A spreadsheet forgets zeros at the end and powers of ten, which are typed as text.

    >>> cell_of("462.56", Measure("ha", 2)), cell_of("97.10", Measure("%", 2))
    (Decimal('462.56'), '97,10%')
    >>> cell_of("18.6E9", Measure("đồng", 0)), cell_of("17.852E9", Measure("đồng", 0))
    ('18,6 tỷ đồng', '17852 triệu đồng')
    """
    measure = _of_fact(measure, fact)
    exact = Decimal(number)
    try:
        quantity = quantity_of_number(float(exact), measure)
    except UnclearError:
        return text_of(number, measure, fact)
    is_same = Decimal(quantity.number).as_tuple() == exact.as_tuple()
    return exact if is_same else text_of(number, measure, fact)


def text_of(number: str, measure: Measure, fact: str = VALUE) -> str:
    """Return a number as text with its unit; as in a file if no words state the same digits.

    >>> text_of("462.56", Measure("ha", 2)), text_of("-12E3", Measure("con", 0), "change")
    ('462,56 ha', '-12 nghìn con')
    """
    measure = _of_fact(measure, fact)
    exact = Decimal(number)
    return next(
        (text for text in _texts(exact, measure) if _is_read_as(text, exact, measure, fact)),
        measure.format(number.lower()),
    )


def _of_fact(measure: Measure, fact: str) -> Measure:
    if not FACTS[fact].is_percent:
        return measure
    return replace(measure, unit=PERCENT, decimals=PERCENT_DECIMALS)


def _texts(exact: Decimal, measure: Measure) -> Iterator[str]:
    """Yield forms of a number, the plainest first."""
    exponent = int(exact.as_tuple().exponent)
    if unit_of(measure.unit).is_before:
        yield f"{exact:f}"
    joint = "" if measure.unit == PERCENT else " "
    if exponent <= 0:
        yield _comma(exact) + joint + measure.unit
        return
    base, own = split_unit(measure.unit)
    usual = [(power - own, f"{word} {base}".strip()) for power, word in USUAL_MULTIPLES]
    others = [(power, word) for word, power in measure.words.get(measure.unit, {}).items()]
    units = [each for each in (*usual, *others) if each[0] == exponent]
    for power, word in (*units, *(each for each in usual if each[0] > exponent)):
        yield f"{_comma(exact.scaleb(-power))} {word}"


def _comma(exact: Decimal) -> str:
    return f"{exact:f}".replace(".", ",")


def _is_read_as(text: str, exact: Decimal, measure: Measure, fact: str) -> bool:
    """Return whether a text is read back as a number, with the same digits."""
    try:
        read = parse_quantity(text, measure, fact)
    except UnclearError:
        return False
    return Decimal(read.number).as_tuple() == exact.as_tuple()
