"""Findings: what matters most in a year, ranked, each with its sentence and its reason.

The kinds of findings, the most important first:

- `missed`: a target that is missed;
- `disputed`: a contradiction that nobody has acknowledged;
- `reversal`: a figure that rose after a fall, or fell after a rise;
- `record`: the highest or lowest of at least `RECORD_YEARS` comparable years;
- `worse`, `better`: a change for the worse, or for the better;
- `reached`: a target that is met or exceeded;
- `change`: any other change;
- `acknowledged`: a contradiction that has been acknowledged.

An indicator has one finding, of the first kind that applies; a reversal or record only if it has a
target or a better side, or is a main aim. Within a kind, indicators with a target and main aims
come first, then the largest change.
"""

from collections.abc import Mapping
from math import isnan
from typing import Any

import pandas as pd

from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import CHANGE, VALUE
from caoan_stats.concepts.scales import turned
from caoan_stats.concepts.sections import MAIN_AIMS
from caoan_stats.concepts.statuses import STATUSES
from caoan_stats.display import sentences
from caoan_stats.display.doubts import spoken
from caoan_stats.display.notes import contradiction
from caoan_stats.relations.audit import sign_of
from caoan_stats.relations.measures import Series

KINDS = (
    "missed", "disputed", "reversal", "record", "worse", "better", "reached", "change",
    "acknowledged",
)  # fmt: skip
COLUMNS = ("kind", "indicator", "label", "sentence", "reason", "value", "change", "pct_change")
RECORD_YEARS = 4
PLACE = 0.1  # relative change that a move by one place counts as


def findings(series: Series, card: pd.DataFrame, broken: Mapping[str, Row]) -> pd.DataFrame:
    """Return the findings of a year, the most important first.

    Parameters
    ----------
    series
        Figures, as `caoan_stats.relations.derive.make_series` returns them.
    card
        Rows of `Dataset.scorecard` that can have a finding.
    broken
        Contradiction of each indicator that has one, a row of `Dataset.audit`.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`; the index is the rank, from 1. `sentence` and `reason` are in Vietnamese;
        `value`, `change` and `pct_change` are those of the scorecard.
    """
    found = []
    for row in records(card):
        if row["hidden"] or not (kind := _kind(series, row, card.attrs["year"], broken)):
            continue
        is_broken = kind in ("disputed", "acknowledged")
        words = (
            contradiction(broken[row["indicator"]])
            if is_broken
            else _sentence(series, row, card.attrs, kind)
        )
        found.append({**row, "kind": kind, "sentence": words, "reason": phrase(f"finding.{kind}")})
    rows = sorted(found, key=_order)
    index = pd.RangeIndex(1, len(rows) + 1, name="rank")
    frame = pd.DataFrame(rows, index=index, columns=list(COLUMNS))
    frame.attrs = {"year": card.attrs["year"]}
    return frame


def _kind(series: Series, row: Row, year: int, broken: Mapping[str, Row]) -> str:
    """Return the kind of the finding of a row; empty for none."""
    verdict, code = sentences.status_of(row).verdict, row["indicator"]
    now, before = (_direction(series, code, each) for each in (year, year - 1))
    better = series.stated.catalogue[code]["better"]
    is_news = bool(better) or _is_main(row)
    is_reversal = {now, before} == {"up", "down"} and not row["break_reason"]
    is_better = (now == "up") == (better == "higher")
    applies = {
        "missed": verdict == "missed",
        "disputed": code in broken and not broken[code]["acknowledged"],
        "reversal": is_news and is_reversal,
        "record": is_news and _record(series, code, year) is not None,
        "worse": bool(better) and now in ("up", "down") and not is_better,
        "better": bool(better) and now in ("up", "down") and is_better,
        "reached": verdict == "reached",
        "change": now in ("up", "down"),
        "acknowledged": code in broken,
    }
    return next((kind for kind in KINDS if applies[kind]), "")


def _direction(series: Series, code: str, year: int) -> str:
    """Return the direction of a number since the year before; empty if it is not known."""
    measure = series.measure(code, year, CHANGE)
    return sign_of(measure.interval) if measure else ""


def _record(series: Series, code: str, year: int) -> tuple[str, int] | None:
    """Return whether a figure is the `highest` or `lowest`, and since which year; None if neither.

    It must differ from every other comparable figure, whatever their rounding.
    """
    measures = {
        past: measure
        for past in series.years(code)
        if past <= year and not (past < year and series.stated.break_reason(code, year, past))
        if (measure := series.measure(code, past, VALUE)) and measure.status != "assumed"
    }
    is_hidden = any(name == code for name, _ in series.hidden)
    if len(measures) < RECORD_YEARS or year not in measures or is_hidden:
        return None
    own = measures.pop(year).interval
    if all(own.lower > other.interval.upper for other in measures.values()):
        return "highest", min(measures)
    if all(own.upper < other.interval.lower for other in measures.values()):
        return "lowest", min(measures)
    return None


def _sentence(series: Series, row: Row, attrs: Mapping[Any, Any], kind: str) -> str:
    """Return the result of a row, and what makes it a reversal or a record."""
    year, code = attrs["year"], row["indicator"]
    said = spoken(sentences.result(row, attrs))
    if kind == "reversal":
        before = turned(_direction(series, code, year - 1), row["scale"])
        return phrase(f"finding.after_{before}", result=said[:-1])
    if kind == "record" and (found := _record(series, code, year)):
        extreme, first = found
        return phrase(f"finding.{extreme}", result=said[:-1], first=first)
    return said


def _order(row: Row) -> tuple[int, bool, float]:
    return KINDS.index(row["kind"]), not _is_main(row), -_size(row)


def _is_main(row: Row) -> bool:
    return STATUSES[row["status"]].has_target or row["section"].startswith(MAIN_AIMS)


def _size(row: Row) -> float:
    """Return the size of a change as a fraction of the figure of the year before."""
    if row["scale"] == "rank" and not isnan(row["change"]):
        return float(PLACE * abs(row["change"]))
    if not isnan(row["pct_change"]):
        return float(abs(row["pct_change"]))
    if isnan(row["change"]) or isnan(row["previous"]) or row["previous"] == 0:
        return 0.0
    return float(abs(row["change"] / row["previous"]))
