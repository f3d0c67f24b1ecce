"""Results against targets, and the trend of one indicator.

The three ratios of a plan are those of Vietnamese statistical practice: plan task (nhiệm vụ kế
hoạch) = target / previous year; attainment (hoàn thành kế hoạch) = value / target; growth (tốc độ
phát triển) = value / previous year. So growth = plan task x attainment.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isnan, nan
from typing import Any

import pandas as pd

from caoan_stats.common.frames import records
from caoan_stats.targets import Target, pace

COLUMNS = (
    "value", "previous", "change", "pct_change", "lower", "upper", "closed",
    "plan_task", "attainment", "growth", "status", "pace",
    "label", "unit", "qualifier", "previous_qualifier", "derived", "source", "section", "note",
    "target_section", "hidden", "previous_hidden",
)  # fmt: skip
TREND_COLUMNS = (
    "value", "change", "pct_change", "lower", "upper", "closed", "qualifier", "derived", "hidden",
)  # fmt: skip

Records = Mapping[int, Mapping[str, Any]]


def scorecard(
    observations: pd.DataFrame,
    targets: pd.DataFrame,
    indicators: pd.DataFrame,
    year: int,
    tables: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Compare the figures of a year with the year before and with their targets.

    Parameters
    ----------
    observations
        Columns indicator, year, value (`decimal.Decimal` or None), status, qualifier, source and
        section.
    targets
        Columns indicator, year, lower, upper, closed, source, section and note.
    indicators
        Index indicator; columns table, label, unit (both as they are to be read) and better.
    year
        The year to judge.
    tables
        All indicators of these tables; without them, all that have a target in the year, in the
        order of the targets.

    Returns
    -------
    DataFrame
        Index `indicator`; the columns `COLUMNS`. `change` is in the indicator's unit (percentage
        points for percent); the ratios are fractions of 1, NaN where they mean nothing: a target
        without a lower bound, or of something that should fall, has no attainment. `status` is one
        of `exceeded`, `met`, `missed`, `no_data`, `no_target`, `in_words`, and `hidden` where a
        figure is not public and cannot be judged. `source` and `section` are those of the figure,
        else of the target, else of the year before; `note` and `target_section` are those of the
        target. `pace` stands where there is a target and no figure yet. `hidden` is what is shown
        in place of a figure that is not public, empty elsewhere. `.attrs["year"]` is the year.
    """
    due = {row["indicator"]: row for row in records(targets[targets["year"] == year])}
    inside = indicators["table"].isin(tables or ())
    codes = list(due) if tables is None else list(indicators.index[inside])
    histories, entries = _histories(observations, codes), records(indicators.loc[codes])
    rows = [
        _row(histories[code], due.get(code), entry, year)
        for code, entry in zip(codes, entries, strict=True)
    ]
    index = pd.Index(codes, name="indicator", dtype="str")
    card = pd.DataFrame(rows, index=index, columns=list(COLUMNS))
    card.attrs = {"year": year}
    return card


def _row(
    history: Records, due: Mapping[str, Any] | None, entry: Mapping[str, Any], year: int
) -> dict[str, Any]:
    now, before = history.get(year, {}), history.get(year - 1, {})
    value, previous = _number(now.get("value")), _number(before.get("value"))
    target = Target.of(due, entry["better"])
    source = now or due or before
    known = {past: _number(record["value"]) for past, record in history.items() if past < year}
    concealed = any(record.get("hidden") for record in history.values())
    return {
        "value": value,
        "previous": previous,
        **_changes(history, year),
        "lower": target.lower,
        "upper": target.upper,
        "closed": target.closed,
        "plan_task": _ratio(target.plan, previous),
        "attainment": _ratio(value, target.plan),
        "growth": _ratio(value, previous),
        "status": _status(target, value, now),
        "pace": pace(known, target, year) if isnan(value) and not concealed else nan,
        "label": entry["label"],
        "unit": entry["unit"],
        "qualifier": now.get("qualifier", ""),
        "previous_qualifier": before.get("qualifier", ""),
        "derived": now.get("status") == "derived",
        "source": source.get("source", ""),
        "section": source.get("section", ""),
        "note": (due or {}).get("note", ""),
        "target_section": (due or {}).get("section", ""),
        "hidden": now.get("hidden", ""),
        "previous_hidden": before.get("hidden", ""),
    }


def _status(target: Target, value: float, now: Mapping[str, Any]) -> str:
    status = target.status(value)
    return "hidden" if status == "no_data" and now.get("hidden") else status


def trend(observations: pd.DataFrame, targets: pd.DataFrame, code: str) -> pd.DataFrame:
    """Follow one indicator through the years.

    Parameters
    ----------
    observations, targets
        As for `scorecard`.
    code
        The indicator.

    Returns
    -------
    DataFrame
        Index `year`, every year from the first to the last that has a figure or a target; the
        columns `TREND_COLUMNS`. `change` is in the indicator's unit, `pct_change` a fraction of 1.
    """
    history = _histories(observations, [code])[code]
    due = {row["year"]: row for row in records(targets[targets["indicator"] == code])}
    years = sorted({*history, *due})
    span = range(years[0], years[-1] + 1) if years else range(0)
    rows = []
    for year in span:
        figure, target = history.get(year, {}), Target.of(due.get(year), "")
        rows.append(
            {
                "value": _number(figure.get("value")),
                **_changes(history, year),
                "lower": target.lower,
                "upper": target.upper,
                "closed": target.closed,
                "qualifier": figure.get("qualifier", ""),
                "derived": figure.get("status") == "derived",
                "hidden": figure.get("hidden", ""),
            }
        )
    index = pd.Index(span, name="year", dtype="int64")
    return pd.DataFrame(rows, index=index, columns=list(TREND_COLUMNS))


def _changes(history: Records, year: int) -> dict[str, float]:
    """Change against the year before, exact in its decimals, and as a fraction of that year."""
    value = history.get(year, {}).get("value")
    previous = history.get(year - 1, {}).get("value")
    change = _number(None if value is None or previous is None else value - previous)
    return {"change": change, "pct_change": _ratio(change, _number(previous))}


def _histories(observations: pd.DataFrame, codes: Sequence[str]) -> Mapping[str, Records]:
    """Give the observations of each indicator by year."""
    found: dict[str, dict[int, Mapping[str, Any]]] = {code: {} for code in codes}
    for row in records(observations[observations["indicator"].isin(codes)]):
        found[row["indicator"]][row["year"]] = row
    return found


def _number(value: Decimal | None) -> float:
    return nan if value is None else float(value)


def _ratio(dividend: float, divisor: float) -> float:
    """Divide where it means something: by a number above zero."""
    return dividend / divisor if divisor > 0 else nan
