"""Scorecards (figures of one year against their targets) and trends of one indicator.

The three ratios follow Vietnamese statistical practice: plan task (nhiệm vụ kế hoạch) = target /
previous year; attainment (hoàn thành kế hoạch) = value / target; growth (tốc độ phát triển) = value
/ previous year. So growth = plan task x attainment.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isnan, nan

import pandas as pd

from caoan_stats.common.frames import Row, Years, records
from caoan_stats.targets import Target, pace

SCORECARD_COLUMNS = (
    "value", "previous", "change", "pct_change", "lower", "upper", "closed",
    "plan_task", "attainment", "growth", "status", "pace",
    "label", "unit", "qualifier", "previous_qualifier", "derived", "source", "section", "note",
    "target_section", "hidden", "previous_hidden",
)  # fmt: skip
TREND_COLUMNS = (
    "value", "change", "pct_change", "lower", "upper", "closed", "qualifier", "derived", "hidden",
)  # fmt: skip


def scorecard(
    observations: pd.DataFrame,
    targets: pd.DataFrame,
    indicators: pd.DataFrame,
    year: int,
    tables: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the figures of a year with the year before, their targets and their status.

    Parameters
    ----------
    observations
        Columns indicator, year, value (`decimal.Decimal` or None), status, qualifier, source and
        section; in a public edition also hidden.
    targets
        Columns indicator, year, lower, upper, closed, source, section and note.
    indicators
        Index indicator; columns table, label, unit (its Vietnamese label) and better.
    year
        Year of the figures.
    tables
        Tables whose indicators become rows. None: every indicator that has a target in the year,
        in the order of `targets`.

    Returns
    -------
    DataFrame
        Index `indicator`, columns `SCORECARD_COLUMNS`; `.attrs["year"]` is the year.

        - `change` is in the unit of the indicator, for percent in percentage points.
        - `pct_change`, `plan_task`, `attainment` and `growth` are fractions of 1. They are NaN
          without both numbers or with a divisor of 0 or less. `plan_task` and `attainment` are also
          NaN where a lower figure is better.
        - `status` is a code of `caoan_stats.concepts.statuses.STATUSES`; `hidden` means that the
          figure is not public, so that it cannot be judged.
        - `pace` is as `caoan_stats.targets.pace` returns it; NaN once there is a figure.
        - `source` and `section` are those of the figure, else of the target, else of the year
          before; `note` and `target_section` are those of the target.
        - `hidden` is the text in place of a figure that is not public; otherwise empty.
    """
    target_rows = {row["indicator"]: row for row in records(targets[targets["year"] == year])}
    is_listed = indicators["table"].isin(tables or ())
    codes = list(target_rows) if tables is None else list(indicators.index[is_listed])
    histories, entries = _histories(observations, codes), records(indicators.loc[codes])
    rows = [
        _row(histories[code], target_rows.get(code), entry, year)
        for code, entry in zip(codes, entries, strict=True)
    ]
    index = pd.Index(codes, name="indicator", dtype="str")
    card = pd.DataFrame(rows, index=index, columns=list(SCORECARD_COLUMNS))
    card.attrs = {"year": year}
    return card


def _row(history: Years, target_row: Row | None, entry: Row, year: int) -> Row:
    """Return one row of a scorecard; `entry` is the indicator's row of the catalogue."""
    target, before = Target.of(target_row, entry["better"]), history.get(year - 1, {})
    shared = _shared_columns(history, target, year)
    value, previous = shared["value"], _number(before.get("value"))
    earlier = {past: _number(row["value"]) for past, row in history.items() if past < year}
    is_hidden = any(row.get("hidden") for row in history.values())
    status = target.status(value)
    source = history.get(year) or target_row or before
    return {
        **shared,
        "previous": previous,
        "plan_task": _ratio(target.plan, previous),
        "attainment": _ratio(value, target.plan),
        "growth": _ratio(value, previous),
        "status": "hidden" if status == "no_data" and shared["hidden"] else status,
        "pace": pace(earlier, target, year) if isnan(value) and not is_hidden else nan,
        "label": entry["label"],
        "unit": entry["unit"],
        "previous_qualifier": before.get("qualifier", ""),
        "source": source.get("source", ""),
        "section": source.get("section", ""),
        "note": (target_row or {}).get("note", ""),
        "target_section": (target_row or {}).get("section", ""),
        "previous_hidden": before.get("hidden", ""),
    }


def trend(observations: pd.DataFrame, targets: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the figures and targets of one indicator by year.

    Parameters
    ----------
    observations, targets
        As for `scorecard`.
    code
        Code of the indicator.

    Returns
    -------
    DataFrame
        Index `year`, every year from the first to the last that has a figure or a target; columns
        `TREND_COLUMNS`. `change` is in the unit of the indicator, `pct_change` a fraction of 1.
    """
    history = _histories(observations, [code])[code]
    target_rows = {row["year"]: row for row in records(targets[targets["indicator"] == code])}
    years = sorted({*history, *target_rows})
    span = range(years[0], years[-1] + 1) if years else range(0)
    rows = [_shared_columns(history, Target.of(target_rows.get(year), ""), year) for year in span]
    index = pd.Index(span, name="year", dtype="int64")
    return pd.DataFrame(rows, index=index, columns=list(TREND_COLUMNS))


def _shared_columns(history: Years, target: Target, year: int) -> Row:
    """Return the columns of one year that a scorecard and a trend share: `TREND_COLUMNS`."""
    row, before = history.get(year, {}), history.get(year - 1, {})
    value, previous = row.get("value"), before.get("value")
    # subtracted as decimals, so that 0.3 - 0.1 is 0.2
    change = _number(None if value is None or previous is None else value - previous)
    return {
        "value": _number(value),
        "change": change,
        "pct_change": _ratio(change, _number(previous)),
        "lower": target.lower,
        "upper": target.upper,
        "closed": target.closed,
        "qualifier": row.get("qualifier", ""),
        "derived": row.get("status") == "derived",
        "hidden": row.get("hidden", ""),
    }


def _histories(observations: pd.DataFrame, codes: Sequence[str]) -> Mapping[str, Years]:
    """Return the observations of each indicator by year."""
    histories: dict[str, dict[int, Row]] = {code: {} for code in codes}
    for row in records(observations[observations["indicator"].isin(codes)]):
        histories[row["indicator"]][row["year"]] = row
    return histories


def _number(value: Decimal | None) -> float:
    return nan if value is None else float(value)


def _ratio(dividend: float, divisor: float) -> float:
    """Return a quotient; NaN for a divisor of 0 or less, where a ratio has no meaning."""
    return dividend / divisor if divisor > 0 else nan
