"""Relations and last year's figures as judges of a reading: which of two readings adds up.

A number that can be read in two ways is the one with which a relation holds; a figure whose
indicator is in doubt is certain where it adds up with others, or with last year's by its change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from caoan_stats.reading.catalogue import Catalogue
from caoan_stats.reading.statement import Statement
from caoan_stats.relations.intervals import Interval, around
from caoan_stats.relations.relation import EQUAL, Relation

TELLING = 10  # a smaller number adds up by chance too often
PARTS = 3  # figures of a relation, at least, that can confirm each other


def judged(statements: Sequence[Statement], known: Catalogue, year: int) -> tuple[Statement, ...]:
    """Return statements of a year whose doubts relations and last year's figures have settled."""
    stated = _values(statements, known, year)
    return tuple(_judged(each, stated, known, year) for each in statements)


def _judged(
    each: Statement, stated: Mapping[str, Interval], known: Catalogue, year: int
) -> Statement:
    if each.certainty == "certain" or not each.value or each.is_aim or each.year != year:
        return each
    readings = [each.value, *(other for other in each.others if _is_number(other))]
    holding = [
        number for number in readings if _adds_up(replace(each, value=number), stated, known)
    ]
    if len(holding) == 1 and abs(Decimal(holding[0])) >= TELLING:
        return replace(each, value=holding[0], certainty="certain", doubt="", others=())
    return each


def _adds_up(each: Statement, stated: Mapping[str, Interval], known: Catalogue) -> bool:
    """Return whether a value confirms relations, and contradicts none."""
    with_it = {**stated, each.indicator: _interval(each, known)}
    verdicts = [
        *_verdicts(each.indicator, with_it, known.relations, each.year),
        *_of_change(each, known),
    ]
    return bool(verdicts) and all(verdicts)


def _verdicts(
    code: str, stated: Mapping[str, Interval], relations: Sequence[Relation], year: int
) -> Iterator[bool]:
    """Yield whether each equation between an indicator and other stated ones holds."""
    for relation in relations:
        is_telling = relation.operator == EQUAL and not relation.is_assumption
        names = relation.names
        if not (is_telling and code in names and relation.applies(year) and len(names) >= PARTS):
            continue
        if any(name not in stated for name in names):
            continue
        try:
            yield relation.left.evaluate(stated).meets(relation.right.evaluate(stated))
        except ArithmeticError:
            continue


def _of_change(each: Statement, known: Catalogue) -> Iterator[bool]:
    """Yield whether a value and its change give last year's figure, where that is stated."""
    before = known.latest.get((each.indicator, each.year - 1))
    if each.change and before is not None and Decimal(each.change):
        computed = _interval(each, known) + -around(Decimal(each.change))
        yield computed.meets(around(before))


def _values(statements: Sequence[Statement], known: Catalogue, year: int) -> dict[str, Interval]:
    """Return the certain value of each indicator, of which a year's report states one."""
    return {
        each.indicator: _interval(each, known)
        for each in statements
        if each.value and each.year == year and not each.is_aim and each.certainty == "certain"
    }


def _interval(each: Statement, known: Catalogue) -> Interval:
    is_exact = known.measures[each.indicator].is_exact
    return around(Decimal(each.value), each.qualifier, exact=is_exact)


def _is_number(text: str) -> bool:
    return text[:1].isdigit()
