"""Figures that no source states, such as a ratio of two."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from caoan_stats.common.frames import Row
from caoan_stats.concepts.doubts import DOUBTS
from caoan_stats.concepts.units import PERCENT
from caoan_stats.relations import figures
from caoan_stats.relations.figures import Figure
from caoan_stats.relations.formulas import Formula, indicator_of
from caoan_stats.relations.intervals import DECIMALS, Interval, at_place, supported
from caoan_stats.relations.measures import PERCENT_DECIMALS, Series

COLUMNS = (
    "value", "lower", "upper", "shown", "qualifier", "status", "source", "section",
    "doubts",
)  # fmt: skip
PASSED_ON = {"disputed", "assumed"}  # doubts that a result takes over from its figures
SIGNIFICANT = 4  # digits of a ratio of exact figures


def derive(series: Series, name: str, formula: Formula, unit: str) -> pd.DataFrame:
    """Return a formula computed for every year that has all its figures.

    Parameters
    ----------
    series
        Figures, as `caoan_stats.relations.derive.make_series` returns them.
    name
        Name of the result.
    formula
        Formula over indicators and bounds.
    unit
        Label of the unit of the result.

    Returns
    -------
    DataFrame
        Index `year`; columns `COLUMNS`.

        - `value`: from the figures as written; `lower` and `upper`: ends of its interval, infinite
          where it is open.
        - `shown`: `decimal.Decimal` with the digits that the interval supports; of exact figures,
          `SIGNIFICANT` digits, and all before the point; of a percentage, at most two decimals.
        - `qualifier`: `over` or `under` for an open interval, `about` for one that is not a number
          alone, else empty.
        - `status`: `assumed` if it rests on an assumption, else `derived`.
        - `doubts`: `disputed` or `assumed`, if one of its figures is.
        - `source`, `section`: documents and sections of the figures, separated by `; `.

        `.attrs` has `name`, `unit` and `formula`. A year in which a divisor can be 0 is left out.
    """
    rows = {}
    for year in figures.known_years(formula.names, figures.years_by_name(series.known)):
        if not figures.missing_names(formula.names, series.known, year):
            used = figures.of_year(formula.names, series.known, year)
            if row := _result(formula, used, PERCENT_DECIMALS if unit == PERCENT else DECIMALS):
                rows[year] = {**row, "doubts": _doubts(series, formula, year)}
    index = pd.Index(rows, name="year", dtype="int64")
    frame = pd.DataFrame(list(rows.values()), index=index, columns=list(COLUMNS))
    frame.attrs = {"name": name, "unit": unit, "formula": formula.text}
    return frame


def _doubts(series: Series, formula: Formula, year: int) -> tuple[str, ...]:
    """Return the codes of `PASSED_ON` that a figure of a year has."""
    codes = map(indicator_of, formula.names)
    found = {doubt for code in codes for doubt in series.doubts(code, year)}
    return tuple(doubt for doubt in DOUBTS if doubt in found & PASSED_ON)


def _result(formula: Formula, used: Mapping[str, Figure], most: int) -> Row | None:
    """Return the columns of a year, shown with at most `most` decimals.

    None if a divisor can be 0, or the result is too large.
    """
    try:
        face, interval = figures.at_face_value(formula, used), figures.evaluate(formula, used)
    except ArithmeticError:
        return None
    is_assumed = any(figure.is_assumed for figure in used.values())
    sources = dict.fromkeys(figure.row["source"] for figure in used.values())
    return {
        "value": float(face),
        "lower": float(interval.lower),
        "upper": float(interval.upper),
        "shown": _shown(face, interval, most),
        "qualifier": interval.qualifier or ("" if interval.lower == interval.upper else "about"),
        "status": "assumed" if is_assumed else "derived",
        "source": "; ".join(sources),
        "section": "; ".join(figures.sections_of(used.values())),
    }


def _shown(face: Fraction, interval: Interval, most: int) -> Decimal:
    decimals = SIGNIFICANT - 1 - Decimal(float(face)).adjusted()
    short = at_place(face, -max(0, min(decimals, most)) if face else 0)
    return max(supported(face, interval), short, key=lambda number: number.as_tuple().exponent)
