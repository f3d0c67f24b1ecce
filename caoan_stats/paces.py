"""The pace of a scorecard: which figures it compares, its range, and why there is none."""

from collections.abc import Mapping
from itertools import product

from caoan_stats.common.frames import Row
from caoan_stats.concepts.facts import VALUE
from caoan_stats.relations.measures import Measure, Series
from caoan_stats.targets import Target, pace, span_start


def comparable(series: Series, code: str, year: int) -> dict[int, Measure]:
    """Return the figures before a year that are comparable with it, by year, for its pace."""
    is_hidden = any(name == code for name, _ in series.hidden)
    if is_hidden or series.stated.catalogue[code]["scale"] == "rank":
        return {}
    measures = {
        past: series.measure(code, past, VALUE)
        for past in series.years(code)
        if past < year and not series.stated.break_reason(code, year, past)
    }
    return {
        past: each
        for past, each in measures.items()
        if each and each.status != "assumed" and each.interval.is_bounded
    }


def pace_columns(known: Mapping[int, Measure], target: Target, year: int) -> Row:
    """Return the columns of the pace towards a target; `known` are comparable figures by year."""
    values = {past: [float(each.value)] for past, each in known.items()}
    start, last = span_start(known, target), max(known, default=None)
    ends = values | {past: _ends(known[past]) for past in (start, last) if past is not None}
    paces = [
        pace(dict(zip(ends, figures, strict=True)), target, year)
        for figures in product(*ends.values())
    ]
    return {
        "pace": paces[0],
        "pace_low": min(paces),
        "pace_high": max(paces),
        "pace_from": start,
        "pace_to": last,
    }


def _ends(measure: Measure) -> list[float]:
    """Return a figure as written; of a qualified or derived one, also the ends of its interval."""
    if measure.status == "stated" and not measure.qualifier:
        return [float(measure.value)]
    return [float(end) for end in (measure.value, measure.interval.lower, measure.interval.upper)]


def pace_break(
    series: Series, code: str, year: int, known: Mapping[int, Measure], target: Target
) -> str:
    """Return why the figures before those that are comparable with a target are not."""
    years = [past for past in series.years(code) if series.measure(code, past, VALUE)]
    first = min(known, default=year)
    earlier = [past for past in years if past < first]
    if span_start(known, target) is not None or not earlier:
        return ""
    return series.stated.break_reason(code, first, earlier[-1])
