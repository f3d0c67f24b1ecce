"""Trajectories: how an indicator has moved over all its years, and where that leads."""

from collections.abc import Mapping
from math import nan
from typing import Any

import pandas as pd

from caoan_stats.common.frames import Row
from caoan_stats.concepts.facts import VALUE
from caoan_stats.concepts.scales import SCALES
from caoan_stats.relations.measures import Series

COLUMNS = ("value", "change", "pct_change", "path", "projection")
CHANGES = 5  # yearly changes that a projection takes the mean of
Figures = Mapping[int, float]  # by year, ascending


def trajectory(series: Series, code: str) -> pd.DataFrame:
    """Return the figures of an indicator by year, the path to its plan, and a projection.

    Parameters
    ----------
    series
        Figures and targets, as `caoan_stats.relations.derive.make_series` returns them.
    code
        Code of the indicator.

    Returns
    -------
    DataFrame
        Index `year`, every year from the first figure to the last one, and to the year of a target
        over several years if that is later. Only figures after the last break of the series are
        in it, and none that is open, such as "over 80".

        - `value`, `change` (in the unit), `pct_change` (a fraction of 1, for amounts above 0).
        - `path`: figures on the way from the base year of the target to its bound, at a constant
          rate, or by constant differences where a figure is not above 0; NaN without such a target.
        - `projection`: the last figure plus the mean of the last `CHANGES` yearly changes for each
          later year, as the Federal Statistical Office of Germany extends its indicators of
          sustainable development; NaN without a figure in each of the last `CHANGES` + 1 years.

        `.attrs` has `cagr` (compound annual growth rate, a fraction of 1; NaN for other scales than
        amounts and figures not above 0), `mean_change` (a year, in the unit), `best_year` and
        `worst_year` (the first of equals; None where no side is better, or without two figures).
    """
    figures = _comparable(series, code)
    entry = series.stated.catalogue[code]
    is_amount = SCALES[entry["scale"]].has_ratio
    last = max(figures, default=None)
    target = None if last is None else _planned(series, code, last)
    due = max(filter(None, (last, target and target["year"])), default=None)
    years = range(min(figures), due + 1) if due else range(0)
    values = pd.Series(figures, index=pd.Index(years, name="year", dtype="int64"), dtype="float64")
    frame = pd.DataFrame(
        {
            "value": values,
            "change": values.diff(),
            "pct_change": _growth(values) if is_amount else nan,
            "path": _path(figures, target, years),
            "projection": _projection(figures, years),
        }
    )
    frame.attrs |= _averages(figures, is_amount=is_amount) | _extremes(figures, entry["better"])
    return frame


def _comparable(series: Series, code: str) -> dict[int, float]:
    """Return the figures of an indicator that are comparable with its last one."""
    measures = {
        year: measure
        for year in series.years(code)
        if (measure := series.measure(code, year, VALUE)) and measure.interval.is_bounded
    }
    last = max(measures, default=0)
    return {
        year: float(measure.value)
        for year, measure in measures.items()
        if year == last or not series.stated.break_reason(code, last, year)
    }


def _planned(series: Series, code: str, last: int) -> Row | None:
    """Return the target over several years that is due next after a year, or else was due last."""
    rows = [
        row
        for targets in ([*series.targets.values()], *series.other_targets.values())
        for row in targets
        if row["indicator"] == code and row["base_year"] and (row["of"] or VALUE) == VALUE
    ]
    return min(rows, key=lambda row: (row["year"] < last, abs(row["year"] - last)), default=None)


def _growth(values: pd.Series) -> pd.Series:
    before = values.shift()
    return (values / before - 1).where((values > 0) & (before > 0))


def _path(figures: Figures, target: Row | None, years: range) -> list[float]:
    """Return the figure of each year on the way from a base year to a bound; NaN for none."""
    if target is None or (start := figures.get(target["base_year"])) is None:
        return [nan] * len(years)
    bound = float(target["upper"] if target["lower"] is None else target["lower"])
    first, due = target["base_year"], target["year"]
    shares = [(year - first) / (due - first) for year in years]
    if min(start, bound) > 0:
        path = [start * (bound / start) ** share for share in shares]
    else:
        path = [start + share * (bound - start) for share in shares]
    return [one if 0 <= share <= 1 else nan for one, share in zip(path, shares, strict=True)]


def _projection(figures: Figures, years: range) -> list[float]:
    last = max(figures, default=0)
    first = last - CHANGES
    if not {*range(first, last + 1)} <= figures.keys():
        return [nan] * len(years)
    mean = (figures[last] - figures[first]) / CHANGES
    return [figures[last] + mean * (year - last) if year > last else nan for year in years]


def _averages(figures: Figures, *, is_amount: bool) -> dict[str, Any]:
    if len(figures) < 2:
        return {"cagr": nan, "mean_change": nan}
    first, last = min(figures), max(figures)
    start, end, span = figures[first], figures[last], last - first
    has_rate = is_amount and min(start, end) > 0
    rate = (end / start) ** (1 / span) - 1 if has_rate else nan
    return {"cagr": rate, "mean_change": (end - start) / span}


def _extremes(figures: Figures, better: str) -> dict[str, Any]:
    if not better or len(figures) < 2:
        return {"best_year": None, "worst_year": None}
    highest, lowest = max(figures, key=lambda y: figures[y]), min(figures, key=lambda y: figures[y])
    best, worst = (highest, lowest) if better == "higher" else (lowest, highest)
    return {"best_year": best, "worst_year": worst}
