"""Facts: what a source can state of an indicator in a year. To add one, add a row to `FACTS`.

A fact is a column of the tables of the report. A target bounds one of the facts in numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

VALUE, CHANGE, PCT_CHANGE, PCT_OF_PLAN = "value", "change", "pct_change", "pct_of_plan"
DIRECTION, WORDS = "direction", "words"
PREVIOUS, PLAN = "previous", "plan"


@dataclass(frozen=True)
class Fact:
    """One kind of fact, and its relation to the value.

    A fact with a `base` compares the value with it: with the value of the year before, or with the
    plan of the year. The formulas of one in numbers give the value, the base and the fact, each
    from the other two; in the formula of the base, `next` is the value if the base belongs to the
    year before.
    """

    base: str = ""  # `PREVIOUS`, `PLAN` or empty
    value: str = ""
    of_base: str = ""
    computed: str = ""
    is_percent: bool = False  # stated in percent of the base, else in the unit of the indicator
    is_number: bool = True


FACTS: Mapping[str, Fact] = {
    VALUE: Fact(),
    CHANGE: Fact(
        base=PREVIOUS,
        value="previous + change",
        of_base="next - change",
        computed="value - previous",
    ),
    PCT_CHANGE: Fact(
        base=PREVIOUS,
        value="previous * (100 + pct_change) / 100",
        of_base="100 * next / (100 + pct_change)",
        computed="100 * value / previous - 100",
        is_percent=True,
    ),
    PCT_OF_PLAN: Fact(
        base=PLAN,
        value="plan * pct_of_plan / 100",
        of_base="100 * value / pct_of_plan",
        computed="100 * value / plan",
        is_percent=True,
    ),
    DIRECTION: Fact(base=PREVIOUS, is_number=False),
    WORDS: Fact(is_number=False),
}


def formulas(*bases: str) -> set[str]:
    """Return the formulas that give the value, or a base, from a fact that compares with a base.

    >>> sorted(formulas(PLAN))
    ['100 * value / pct_of_plan', 'plan * pct_of_plan / 100']
    """
    facts = [fact for fact in FACTS.values() if fact.value and fact.base in bases]
    return {formula for fact in facts for formula in (fact.value, fact.of_base)}


def numbers() -> list[str]:
    """Return the codes of the facts in numbers."""
    return [code for code, fact in FACTS.items() if fact.is_number]


def compared_years(code: str, year: int) -> tuple[int, ...]:
    """Return the years whose values a fact of a year compares; none if it compares nothing.

    >>> compared_years("change", 2023), compared_years("pct_of_plan", 2023)
    ((2023, 2022), (2023,))
    """
    base = FACTS[code].base
    return (year, year - 1) if base == PREVIOUS else (year,) if base else ()
