"""Scorecards (figures of one year against their targets) and trends of one indicator.

The three ratios follow Vietnamese statistical practice: plan task (nhiệm vụ kế hoạch) = plan /
previous year; attainment (hoàn thành kế hoạch) = value / plan; growth (tốc độ phát triển) = value
/ previous year. So growth = plan task x attainment.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import isnan, nan

import pandas as pd

from caoan_stats.common.frames import Row
from caoan_stats.concepts.facts import (
    CHANGE,
    FACTS,
    PCT_CHANGE,
    PCT_OF_PLAN,
    PLAN,
    VALUE,
    WORDS,
)
from caoan_stats.concepts.scales import SCALES
from caoan_stats.concepts.sections import MAIN_AIMS, TASKS_OF_FIELDS, section_order
from caoan_stats.paces import comparable, pace_break, pace_columns
from caoan_stats.relations.measures import Measure, Series
from caoan_stats.targets import Target

SCORECARD_COLUMNS = (
    "value", "previous", "change", "pct_change", "lower", "upper", "closed",
    "plan_task", "attainment", "growth", "status", "pace", "of", "base_year", "plan", "pct_of_plan",
    "direction", "words", "label", "unit", "scale", "better", "qualifier", "previous_qualifier",
    "change_qualifier", "derived", "assumed", "previous_assumed", "source", "section", "note",
    "target_source", "target_section", "previous_source", "previous_section", "change_source",
    "change_section", "hidden", "previous_hidden", "shown", "previous_shown", "change_shown",
    "pct_shown", "pct_qualifier", "share_shown", "share_qualifier", "task_shown", "task_qualifier",
    "lower_shown", "upper_shown", "break_reason",
    "previous_status", "pace_low", "pace_high", "pace_from", "pace_to", "pace_break",
    "other_targets", "revised", "previous_revised", "doubts", "previous_doubts",
    "out_of",
)  # fmt: skip
TREND_COLUMNS = (
    "value", "change", "pct_change", "lower", "upper", "closed", "of", "qualifier", "derived",
    "assumed", "hidden", "shown", "change_shown", "pct_shown", "change_qualifier", "pct_qualifier",
    "lower_shown", "upper_shown", "direction", "words", "break_reason", "doubts",
    "out_of",
)  # fmt: skip


def scorecard(
    series: Series, labelled: Mapping[str, Row], year: int, codes: Sequence[str]
) -> pd.DataFrame:
    """Return the figures of a year with the year before, their targets and their status.

    Parameters
    ----------
    series
        Figures, facts and targets, as `caoan_stats.relations.derive.make_series` returns them.
    labelled
        The catalogue by indicator, with `label` and the Vietnamese label of the unit as `unit`.
    year
        Year of the figures.
    codes
        Indicators that become rows.

    Returns
    -------
    DataFrame
        Index `indicator`, columns `SCORECARD_COLUMNS`; `.attrs["year"]` is the year.

        - `change` is in the unit of the indicator, for percent in percentage points;
          `pct_change`, `plan_task`, `attainment` and `growth` are fractions of 1. A change or
          relative change is the one that a source states, else computed; `pct_of_plan` is the
          share of the plan that a source states, in percent. They are NaN where the comparison
          means nothing (a break of the series, with its `break_reason`; a percentage of a
          percentage or of a rank; an open figure such as "over 80"; a divisor of 0 or less) or is
          not known.
        - `lower`, `upper` and `closed` bound the fact `of`. `plan` is the lower bound of a target
          of the value, or follows from a stated share of the plan; NaN where a lower figure is
          better.
        - `status` is a code of `caoan_stats.concepts.statuses.STATUSES`; `hidden` means that the
          figure is not public, so that it cannot be judged. A figure that rests on an assumption
          is not judged: `no_data`.
        - `previous_status` is the status that the figure of the year before has against a target
          of the value; one without a qualifier is taken as it is written.
        - `pace` is as `caoan_stats.targets.pace` returns it for the figures as written, `pace_low`
          and `pace_high` are the least and the largest for the ends of the intervals of qualified
          and derived figures. `pace_from` and `pace_to` are the years of the growth that it
          observes. All are NaN once there is a figure; `pace_break` is the reason for a break that
          leaves no two figures to compare.
        - `source` and `section` are those of the figure or of another fact of the year, else of
          the target, else of the year before. The previous figure, the change and the target have
          their own. `note` is that of the target.
        - `shown`, `previous_shown`, `change_shown`, and in percent `pct_shown`, `share_shown` (of
          the plan) and `task_shown` (the plan task) are `decimal.Decimal` with the digits to show,
          or None; `lower_shown` and `upper_shown` are NaN for None.
        - `hidden` is the text in place of a figure that is not public; otherwise empty.
        - `other_targets` has the rows of all other targets of the year; `revised` the older
          statements of the figure, each with its `date`.
        - `out_of` is how many are ranked, for a rank; otherwise None.
        - `doubts` and `previous_doubts` are codes of `caoan_stats.concepts.doubts.DOUBTS`.
    """
    rows = [_row(series, code, labelled[code], year) for code in codes]
    index = pd.Index(list(codes), name="indicator", dtype="str")
    card = pd.DataFrame(rows, index=index, columns=list(SCORECARD_COLUMNS))
    card.attrs = {"year": year}
    return card


def main_codes(series: Series, year: int) -> list[str]:
    """Return the indicators of a year that have a target or are a main aim, in report order.

    A result of a main aim is a fact in a section that begins with `MAIN_AIMS`. A target in words is
    left out if its section begins with `TASKS_OF_FIELDS`.

    Parameters
    ----------
    series
        As for `scorecard`.
    year
        Year of the targets and facts.
    """
    places = {
        code: row["section"]
        for (code, of), row in series.targets.items()
        if of == year and not _is_task_of_field(row)
    }
    for (code, of, _), row in series.stated.facts.items():
        if of == year and row["section"].startswith(MAIN_AIMS):
            places[code] = row["section"]
    rank = {code: place for place, code in enumerate(series.stated.catalogue)}
    return sorted(places, key=lambda code: (section_order(places[code]), rank[code]))


def _is_task_of_field(target: Row) -> bool:
    has_bounds = target["lower"] is not None or target["upper"] is not None
    return not has_bounds and target["section"].startswith(TASKS_OF_FIELDS)


def trend(series: Series, code: str) -> pd.DataFrame:
    """Return the figures and targets of one indicator by year.

    Parameters
    ----------
    series
        As for `scorecard`.
    code
        Code of the indicator.

    Returns
    -------
    DataFrame
        Index `year`, every year from the first to the last that has a figure, a fact or a target;
        columns `TREND_COLUMNS`, as in a scorecard. `break_reason` tells why a year and all after
        it are not comparable with those before.
    """
    years = series.years(code)
    span = range(years[0], years[-1] + 1) if years else range(0)
    rows = [_shared_columns(series, code, year) for year in span]
    index = pd.Index(span, name="year", dtype="int64")
    return pd.DataFrame(rows, index=index, columns=list(TREND_COLUMNS))


def _shared_columns(series: Series, code: str, year: int) -> Row:
    """Return the columns of one year that a scorecard and a trend share: `TREND_COLUMNS`."""
    facts = {fact: series.measure(code, year, fact) for fact in (VALUE, CHANGE, PCT_CHANGE)}
    value, change, percent = facts.values()
    row = series.targets.get((code, year))
    target = Target.of_row(row, "")
    return {
        "value": _number(value),
        "change": _number(change),
        "pct_change": _number(percent) / 100,
        "lower": target.lower,
        "upper": target.upper,
        "lower_shown": _bound(row, "lower"),
        "upper_shown": _bound(row, "upper"),
        "closed": target.closed,
        "of": target.of if target.closed else "",
        "qualifier": value.qualifier if value else "",
        "derived": value is not None and value.status != "stated",
        "assumed": value is not None and value.status == "assumed",
        "hidden": series.hidden.get((code, year), ""),
        "shown": value and value.shown,
        "change_shown": change and change.shown,
        "pct_shown": percent and percent.shown,
        "pct_qualifier": _qualifier(series, code, year, PCT_CHANGE),
        "change_qualifier": change.qualifier if change else "",
        "direction": series.sign(code, year),
        "words": series.text(code, year, WORDS),
        "break_reason": series.stated.break_reason(code, year),
        "doubts": series.doubts(code, year),
        "out_of": series.out_of(code, year),
    }


def _row(series: Series, code: str, entry: Row, year: int) -> Row:
    """Return one row of a scorecard; `entry` is the indicator's row of the catalogue."""
    scale, better = (series.stated.catalogue[code][name] for name in ("scale", "better"))
    target_row = series.targets.get((code, year))
    target, shared = Target.of_row(target_row, better), _shared_columns(series, code, year)
    before = series.measure(code, year - 1, VALUE)
    plan = nan if better == "lower" else _figure(series, f"{code}.{PLAN}", year)
    status = judge(series, code, year, target)
    is_coming = status == "no_data" and isnan(shared["value"])
    known = comparable(series, code, year) if is_coming else {}
    return {
        **shared,
        **_previous(series, code, year),
        **_origins(series, code, year, target_row),
        **_ratios(series, code, year, plan),
        **pace_columns(known, target, year),
        "pace_break": pace_break(series, code, year, known, target) if is_coming else "",
        "status": "hidden" if status == "no_data" and shared["hidden"] else status,
        "previous_status": _status_before(before, target),
        "base_year": target.base_year,
        "plan": plan,
        **_digits("share", series.measure(code, year, PCT_OF_PLAN)),
        **_digits("task", series.plan_task(code, year)),
        "label": entry["label"],
        "unit": entry["unit"],
        "scale": scale,
        "better": better,
        "other_targets": tuple(series.other_targets.get((code, year), ())),
        "revised": tuple(series.revised.get((code, year), ())),
        "previous_revised": tuple(series.revised.get((code, year - 1), ())),
    }


def _ratios(series: Series, code: str, year: int, plan: float) -> Row:
    """Return the ratios of a value to its plan and to the year before, as the scale allows.

    An assumed value is not compared with a plan.
    """
    is_stated = series.fact(code, year, PCT_OF_PLAN) is not None
    stated = series.measure(code, year, PCT_OF_PLAN) if is_stated else None
    columns = {"pct_of_plan": _number(stated), "plan_task": nan, "attainment": nan, "growth": nan}
    if not SCALES[series.stated.catalogue[code]["scale"]].has_ratio:
        return columns
    value, before = (series.measure(code, each, VALUE) for each in (year, year - 1))
    stated_plan = series.known.get((f"{code}.{PLAN}", year))
    attained = _ratio(_compared(value, is_planned=True), plan)
    if isnan(attained) or (stated and stated_plan and stated_plan.origin):
        attained = columns["pct_of_plan"] / 100
    columns["attainment"] = attained
    if not series.stated.break_reason(code, year):
        columns["plan_task"] = _ratio(plan, _compared(before, is_planned=True))
        columns["growth"] = _ratio(_compared(value), _compared(before))
    return columns


def _compared(measure: Measure | None, *, is_planned: bool = False) -> float:
    """Return a number that has a ratio: not one such as "over 80"; to a plan, none assumed."""
    is_left_out = measure is None or not measure.interval.is_bounded
    if is_left_out or (is_planned and measure and measure.status == "assumed"):
        return nan
    return _number(measure)


def _qualifier(series: Series, code: str, year: int, fact: str) -> str:
    """Return the qualifier of a fact that a source states; empty if none does."""
    row = series.fact(code, year, fact)
    return str(row["qualifier"]) if row else ""


def _digits(name: str, measure: Measure | None) -> Row:
    """Return the columns of a measure in percent: the digits to show, and the qualifier."""
    return {
        f"{name}_shown": measure and measure.shown,
        f"{name}_qualifier": measure.qualifier if measure else "",
    }


def _previous(series: Series, code: str, year: int) -> Row:
    before = series.measure(code, year - 1, VALUE)
    return {
        "previous": _number(before),
        "previous_qualifier": before.qualifier if before else "",
        "previous_assumed": before is not None and before.status == "assumed",
        "previous_source": before.row["source"] if before else "",
        "previous_section": before.row["section"] if before else "",
        "previous_hidden": series.hidden.get((code, year - 1), ""),
        "previous_shown": before and before.shown,
        "previous_doubts": series.doubts(code, year - 1),
    }


def _origins(series: Series, code: str, year: int, target: Row | None) -> Row:
    """Return the document and section of the figure, of its change and of its target."""
    value = series.measure(code, year, VALUE)
    stated = (series.fact(code, year, fact) for fact in FACTS)
    before = series.measure(code, year - 1, VALUE)
    change = series.measure(code, year, CHANGE) or series.measure(code, year, PCT_CHANGE)
    measured = [None if measure is None else measure.row for measure in (value, before)]
    rows = [measured[0], *stated, target, measured[1]]
    shown: Row = next(filter(None, rows), {"source": "", "section": ""})
    return {
        "source": shown["source"],
        "section": shown["section"],
        "note": target["note"] if target else "",
        "target_source": target["source"] if target else "",
        "target_section": target["section"] if target else "",
        "change_source": change.row["source"] if change else "",
        "change_section": change.row["section"] if change else "",
    }


def judge(series: Series, code: str, year: int, target: Target) -> str:
    """Return the status of an indicator in a year.

    Parameters
    ----------
    series
        As for `scorecard`.
    code, year
        Indicator and year.
    target
        Target of the indicator in the year.
    """
    return _judged(series.judged(code, year, target.of), target)


def _judged(measure: Measure | None, target: Target) -> str:
    """Return the status of a measure, which is of the fact that the target bounds."""
    nothing = target.status(nan)
    if nothing != "no_data" or measure is None or measure.status == "assumed":
        return nothing
    qualifier = "about" if measure.is_computed else measure.qualifier
    return target.judge(Fraction(measure.value), measure.interval, qualifier)


def _status_before(measure: Measure | None, target: Target) -> str:
    """Return the status of the figure of the year before, which has to change if it misses."""
    if target.of != VALUE:
        return ""
    is_plain = measure is not None and not measure.qualifier
    return target.status(_number(measure)) if is_plain else _judged(measure, target)


def _bound(target: Row | None, side: str) -> Decimal | float:
    return nan if target is None or target[side] is None else target[side]


def _figure(series: Series, name: str, year: int) -> float:
    figure = series.known.get((name, year))
    return nan if figure is None else float(figure.value)


def _number(measure: Measure | None) -> float:
    return nan if measure is None or measure.shown is None else float(measure.value)


def _ratio(dividend: float, divisor: float) -> float:
    """Return a quotient; NaN for a divisor of 0 or less, where a ratio has no meaning."""
    return dividend / divisor if divisor > 0 else nan
