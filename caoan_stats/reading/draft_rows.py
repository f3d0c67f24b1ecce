"""The row of an indicator in a draft: what statements of its results type into which cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from caoan_stats.common.frames import Row
from caoan_stats.common.words import phrase
from caoan_stats.concepts.comparisons import DIRECTIONS
from caoan_stats.concepts.facts import CHANGE, DIRECTION, PCT_CHANGE, PCT_OF_PLAN, VALUE
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.forms.as_typed import cell_of, text_of
from caoan_stats.forms.drafted import DraftedCell, DraftedRow
from caoan_stats.forms.layout import RESTATED
from caoan_stats.forms.measure import Measure
from caoan_stats.reading.draft_words import Told, doubt_words, other_labels, place_of, words_of
from caoan_stats.reading.statement import Statement

FACTS = (VALUE, CHANGE, PCT_CHANGE, PCT_OF_PLAN)
NUMBER = re.compile(r"[+-]?[0-9]+(?:[.][0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")


class _Typed(NamedTuple):
    """A cell of the row, and why it is to be looked at."""

    field: str
    cell: DraftedCell
    doubt: str = ""


def drafted_row(
    told: Sequence[Told], measure: Measure | None, year: int, catalogue: Mapping[str, Row]
) -> tuple[DraftedRow | None, list[Told]]:
    """Return the row of an indicator, None if nothing has a cell; and what has none.

    `told` are its statements but for next year's aims. The form has cells for the results of its
    year, for last year's value, and for the plan after a value.
    """
    used = [each for each in told if _has_cell(each.statement, told, year, measure)]
    left = [each for each in told if not any(each is one for one in used)]
    statements = [each.statement for each in used]
    typed = [*_cells(statements, measure, year)]
    if not typed:
        return None, list(told)
    doubts = [*(each.doubt for each in typed), *map(doubt_words, statements)]
    doubts = [each for each in doubts if each]
    cells = {each.field: each.cell for each in typed}
    if section := next((each.section for each in statements if each.section), ""):
        cells["section"] = DraftedCell(section)
    quote = words_of(statements, doubts, other_labels(statements, catalogue))
    places = "\n".join(dict.fromkeys(map(place_of, used)))
    return DraftedRow(cells, "unsure" if doubts else "certain", quote, places), left


def _has_cell(
    statement: Statement, told: Sequence[Told], year: int, measure: Measure | None
) -> bool:
    if not measure:
        return not statement.is_aim and statement.year == year and bool(statement.direction)
    if statement.is_aim:
        values = [
            each.statement for each in told if each.statement.value and each.statement.year == year
        ]
        is_clear = len(values) == 1 and values[0].certainty == statement.certainty == "certain"
        return is_clear and _is_plan(statement, year, measure)
    others = (statement.change, statement.pct_change, statement.pct_of_plan)
    is_restated = statement.year == year - 1 and bool(statement.value) and not any(others)
    return statement.year == year or is_restated


def _is_plan(statement: Statement, year: int, measure: Measure) -> bool:
    """Return whether an aim is the plan of the year: the one bound that is one, of the value."""
    bounds = {"lower": statement.lower, "upper": statement.upper}
    is_alone = [side for side, number in bounds.items() if number] == [measure.plan]
    is_closed = statement.closed in ("", "both")
    return is_alone and is_closed and statement.of == VALUE and statement.year == year


def _cells(statements: Sequence[Statement], measure: Measure | None, year: int) -> Iterator[_Typed]:
    """Yield the cells that statements type: numbers, qualifier, trend, last year's value."""
    results = [each for each in statements if not each.is_aim and each.year == year]
    before = [each for each in statements if not each.is_aim and each.year == year - 1]
    plans = [each.lower or each.upper for each in statements if each.is_aim]
    for fact in FACTS:
        if measure and any(getattr(each, fact) for each in results):
            typed = _number(fact, results, measure)
            yield _with_plan(typed, plans[0], measure) if plans and fact == VALUE else typed
    if measure:
        yield from _qualifier(results)
    if not any(each.change or each.pct_change for each in results):
        yield from _trend(results)
    if before and measure:
        yield _restated(before, measure)


def _restated(before: Sequence[Statement], measure: Measure) -> _Typed:
    """Return the cell of last year's value, which has no other one for its qualifier."""
    typed = _number(VALUE, before, measure)
    kept = _distinct(before, VALUE)[0]
    if kept.qualifier and not typed.cell.choices:
        typed = _Typed(VALUE, DraftedCell(_qualified(kept.value, kept, VALUE, measure)))
    return typed._replace(field=RESTATED)


def _number(fact: str, results: Sequence[Statement], measure: Measure) -> _Typed:
    """Return the cell of a number: with choices where statements differ, or one is unsure.

    Of a statement that is unsure, the first number is to be chosen.
    """
    stated = [each for each in results if getattr(each, fact)]
    kept = _distinct(stated, fact)
    unsure = [each for each in stated if each.certainty == "unsure" and _first(each) == fact]
    if len(kept) == 1 and not unsure:
        return _Typed(fact, DraftedCell(cell_of(getattr(kept[0], fact), measure, fact)))
    texts = [_qualified(getattr(each, fact), each, fact, measure) for each in kept]
    texts += [
        _qualified(number, each, fact, measure)
        for each in unsure
        for number in each.others
        if NUMBER.fullmatch(number)
    ]
    doubt = phrase("doubt.two_values") if len(kept) > 1 else ""
    return _Typed(fact, DraftedCell(texts[0], tuple(dict.fromkeys(texts))), doubt)


def _qualified(number: str, statement: Statement, fact: str, measure: Measure) -> str:
    """Return a choice for a number; that for a value has its qualifier."""
    word = QUALIFIERS[statement.qualifier].word if fact == VALUE and statement.qualifier else ""
    return f"{word} {text_of(number, measure, fact)}".strip()


def _qualifier(results: Sequence[Statement]) -> Iterator[_Typed]:
    """Yield the cell of the qualifier, unless choices have their own."""
    stated = [each for each in results if each.value]
    kept = _distinct(stated, VALUE) if stated else results
    is_chosen = len(kept) > 1 or any(each.certainty == "unsure" for each in stated)
    codes = [each.qualifier for each in kept if each.qualifier]
    if codes and not (stated and is_chosen):
        yield _Typed("qualifier", DraftedCell(QUALIFIERS[codes[0]].word))


def _trend(results: Sequence[Statement]) -> Iterator[_Typed]:
    """Yield the cell of the trend, if one is stated."""
    stated = [each for each in results if each.direction]
    words = list(dict.fromkeys(DIRECTIONS[each.direction][0] for each in stated))
    is_unsure = any(each.certainty == "unsure" and not _first(each) for each in stated)
    doubt = phrase("doubt.two_values") if len(words) > 1 else ""
    if words:
        choices = tuple(words) if doubt or is_unsure else ()
        yield _Typed(DIRECTION, DraftedCell(words[0], choices), doubt)


def _with_plan(typed: _Typed, plan: str, measure: Measure) -> _Typed:
    """Return the cell of a value with the plan after it: “13/14 kế hoạch”."""
    done = typed.cell.content
    text = text_of(f"{done:f}", measure) if isinstance(done, Decimal) else str(done)
    words = phrase("draft.with_plan", done=text, plan=text_of(plan, measure))
    return typed._replace(cell=replace(typed.cell, content=words))


def _first(statement: Statement) -> str:
    """Return the first number that a statement has; empty for one of a trend alone."""
    return next((fact for fact in FACTS if getattr(statement, fact)), "")


def _distinct(stated: Sequence[Statement], fact: str) -> list[Statement]:
    """Return the statements of different numbers, without those that round another one."""
    by_number = {Decimal(getattr(each, fact)).as_tuple(): each for each in reversed(stated)}
    numbers = [Decimal(getattr(each, fact)) for each in stated]
    return [
        each
        for each in reversed(by_number.values())
        if not any(is_rounded(Decimal(getattr(each, fact)), other) for other in numbers)
    ]


def is_rounded(number: Decimal, other: Decimal) -> bool:
    """Return whether a number is another one with fewer digits.

    >>> is_rounded(Decimal("18.6E9"), Decimal(18619139193)), is_rounded(Decimal(97), Decimal(97))
    (True, False)
    """
    place, finer = (int(each.as_tuple().exponent) for each in (number, other))
    return place > finer and 2 * abs(number - other) <= Decimal(1).scaleb(place)
