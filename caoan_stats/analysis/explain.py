"""Explanations: what each part of an indicator contributes to its change."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import nan
from typing import Any

import pandas as pd

from caoan_stats.common.frames import Row
from caoan_stats.relations import figures
from caoan_stats.relations.effects import effects
from caoan_stats.relations.figures import Figure, Known
from caoan_stats.relations.formulas import Formula, indicator_of
from caoan_stats.relations.intervals import Interval
from caoan_stats.relations.measures import Series
from caoan_stats.relations.relation import Relation

COLUMNS = (
    "part", "label", "unit", "value", "previous", "change", "growth", "effect", "lower", "upper",
    "share_of_change", "share", "method",
)  # fmt: skip

Catalogue = Mapping[str, Row]  # by indicator, with `label` and the label of the unit as `unit`


def explain(series: Series, labelled: Catalogue, relation: Relation, year: int) -> pd.DataFrame:
    """Return what the parts of a relation contribute to the change of its left side.

    Parameters
    ----------
    series
        Figures, as `caoan_stats.relations.derive.make_series` returns them.
    labelled
        The catalogue by indicator, with `label` and the Vietnamese label of the unit as `unit`.
    relation
        Relation whose left side is one indicator.
    year
        Year of the change, from the year before.

    Returns
    -------
    DataFrame
        A row for each part, in the order of the relation; columns `COLUMNS`.

        - `part`, `label`, `unit`: an indicator, or the bound or plan of its target.
        - `value`, `previous`, `change`: in `unit`; `growth` is value / previous. NaN for none.
        - `effect`: contribution to the change of the left side, in its unit; the effects add up to
          the change. `lower` and `upper` are the ends of the interval of the effect.
        - `share_of_change`: effect / change, a fraction of 1.
        - `share`: of a sum, value / sum; of a difference, value / first part; else NaN.
        - `method`: `sum` where the order of the parts makes no difference, else `chain`
          (`caoan_stats.relations.effects`).

        `.attrs` has `indicator`, `label` and `unit` of the left side, `formula`, `year`; its
        `value`, `previous` and `change` as the formula gives them from the figures as written; its
        `share` as of a part; and `break_reason`, why the years are not comparable. Effects and
        `previous` are NaN across a break.
    """
    formula, code = relation.right, relation.fills
    reason = series.stated.break_reason(code, year)
    current = _known(series.known, formula, year)
    before = {} if reason else _known(series.known, formula, year - 1)
    exact, ranges = _effects(formula, before, current)
    values = {name: Fraction(figure.value) for name, figure in current.items()}
    whole = _whole(formula, values)
    totals = _totals(formula, current, before)
    rows = [
        {
            "part": name,
            **_named(labelled, name),
            **_compared(current.get(name), before.get(name)),
            **_ends(ranges.get(name)),
            "effect": _float(exact.get(name)),
            "share_of_change": _ratio(_float(exact.get(name)), totals["change"]),
            "share": _ratio(_float(values.get(name)), whole),
            "method": "sum" if formula.signs else "chain",
        }
        for name in formula.names
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    attrs: dict[Any, Any] = {
        "indicator": code,
        "formula": formula.text,
        "year": year,
        "break_reason": reason,
    }
    attrs |= {**_named(labelled, code), **totals, "share": _ratio(totals["value"], whole)}
    frame.attrs = attrs
    return frame


def explaining(relations: Iterable[Relation], indicator: str, year: int) -> Relation | None:
    """Return the relation that explains an indicator in a year; None if there is none.

    It is the first equation that gives the indicator from others; an assumption explains nothing.
    """
    return next(
        (
            each
            for each in relations
            if each.fills == indicator and len(each.right.names) > 1
            if each.applies(year) and not each.is_assumption
        ),
        None,
    )


def _effects(
    formula: Formula, before: Mapping[str, Figure], current: Mapping[str, Figure]
) -> tuple[dict[str, Fraction], dict[str, Interval]]:
    """Return the effects of the figures as written, and their intervals; none if one is missing."""
    if not {*formula.names} <= before.keys() & current.keys():
        return {}, {}
    points = [
        {name: Interval.point(figure.value) for name, figure in each.items()}
        for each in (before, current)
    ]
    ranges = [
        {name: figure.interval for name, figure in each.items()} for each in (before, current)
    ]
    try:
        exact, found = effects(formula, *points), effects(formula, *ranges)
    except ZeroDivisionError:
        return {}, {}
    return {name: Fraction(each.lower) for name, each in exact.items()}, found


def _whole(formula: Formula, values: Mapping[str, Fraction]) -> float:
    """Return what shares are fractions of: the sum of the parts that are added; NaN for none."""
    added = [name for name, sign in formula.signs.items() if sign > 0]
    if not added or not {*added} <= values.keys():
        return nan
    return float(sum(values[name] for name in added))


def _totals(
    formula: Formula, current: Mapping[str, Figure], before: Mapping[str, Figure]
) -> dict[str, float]:
    """Return the result of a formula in both years, and its change."""
    total, previous = (_at_face_value(formula, each) for each in (current, before))
    change = nan if total is None or previous is None else float(total - previous)
    return {"value": _float(total), "previous": _float(previous), "change": change}


def _named(labelled: Catalogue, name: str) -> Row:
    entry = labelled[indicator_of(name)]
    return {"label": entry["label"], "unit": entry["unit"]}


def _compared(current: Figure | None, before: Figure | None) -> Row:
    value, previous = (
        nan if figure is None else float(figure.value) for figure in (current, before)
    )
    exact = None if None in (current, before) else current.value - before.value  # type: ignore[union-attr]
    return {
        "value": value,
        "previous": previous,
        "change": _float(exact),
        "growth": _ratio(value, previous),
    }


def _ends(interval: Interval | None) -> Row:
    if interval is None:
        return {"lower": nan, "upper": nan}
    return {"lower": float(interval.lower), "upper": float(interval.upper)}


def _known(known: Known, formula: Formula, year: int) -> dict[str, Figure]:
    return {name: known[name, year] for name in formula.names if (name, year) in known}


def _at_face_value(formula: Formula, used: Mapping[str, Figure]) -> Fraction | None:
    if not {*formula.names} <= used.keys():
        return None
    try:
        return figures.at_face_value(formula, used)
    except ArithmeticError:
        return None


def _float(number: Fraction | Decimal | None) -> float:
    return nan if number is None else float(number)


def _ratio(dividend: float, divisor: float) -> float:
    return dividend / divisor if divisor else nan
