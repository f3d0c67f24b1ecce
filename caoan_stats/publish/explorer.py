"""The table of the front page: every indicator with its last figure, by subject."""

from collections.abc import Mapping, Sequence
from math import isnan

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row, records, records_by_year
from caoan_stats.common.words import phrase
from caoan_stats.concepts.statuses import Status
from caoan_stats.concepts.units import PERCENT
from caoan_stats.dataset import Dataset
from caoan_stats.display import lead, sentences, tables
from caoan_stats.display.doubts import mark

MENUS = {
    "status": ("missed", "reached", "open"),
    "move": ("good", "bad"),
    "order": ("name", "rise", "fall", "least", "most"),
}
Links = Mapping[str, Mapping[int, str]]  # path of the page of a table, by year


def subjects(ds: Dataset, links: Links) -> list[Row]:
    """Return the content of the table: each subject with its indicators, in the order of the data.

    Indicators without a figure and a target are left out.

    Parameters
    ----------
    ds
        The data of the edition that is published; what it hides is hidden here. It has figures.
    links
        Pages of each table.
    """
    shown = ds.indicators[ds.indicators["has_figures"]]
    series = {str(code): ds.trend(str(code)) for code in shown.index}
    last = last_rows(ds, series)
    found: list[Row] = []
    for name, title in ds.titles.items():
        codes = shown.index[shown["table"] == name]
        lines = [_line(last[code], series[code], links.get(name, {})) for code in codes]
        if lines:
            found.append({"name": name, "title": title, "lines": lines})
    return found


def last_rows(ds: Dataset, series: Mapping[str, pd.DataFrame]) -> dict[str, Row]:
    """Return the scorecard row of each indicator in its last year with a result, and the `year`.

    Without a result it is the row of its last year with a target.

    Parameters
    ----------
    ds
        The data, which has figures.
    series
        `Dataset.trend` by indicator.
    """
    names = list(ds.indicators["table"].unique())
    found: dict[str, Row] = {}
    others: dict[str, Row] = {}
    for year in reversed(ds.years):
        wanted = [frame.index for code, frame in series.items() if code not in found]
        if not any(year in years for years in wanted):
            continue
        card = ds.scorecard(year, names)
        has_result = sentences.have_results(card)
        for row in records(card):
            code, dated = row["indicator"], {**row, "year": year}
            if year in series[code].index[-1:]:
                others[code] = dated
            if has_result[code]:
                found.setdefault(code, dated)
    return {code: found.get(code) or others[code] for code in series}


def values(trend: pd.DataFrame, pages: Mapping[int, str]) -> list[tuple[int, str]]:
    """Return each year of a trend with its figure, or else its target, the newest first.

    The marks of doubtful figures link to the page of their year, or else of the next.
    """
    shared = {"indicator": trend.attrs["indicator"], "unit": trend.attrs["unit"]}
    rows = records_by_year(trend)
    texts = {
        year: _value({**row, **shared}, pages.get(year) or pages.get(year + 1, ""))
        for year, row in rows.items()
    }
    return [(year, text) for year, text in reversed(texts.items()) if text]


def _value(row: Row, page: str) -> str:
    if row["hidden"]:
        return str(row["hidden"])
    if not isnan(row["value"]):
        figure = labels.qualified(labels.number(row["shown"]), row["qualifier"])
        return f"{figure}{mark(row, page=page)}"
    if target := sentences.target_words(row):
        return phrase("list.target", target=target)
    return phrase(f"direction.{row['direction']}") if row["direction"] else ""


def _line(row: Row, trend: pd.DataFrame, pages: Mapping[int, str]) -> Row:
    """Return the content of the row of an indicator.

    `data` is what the script filters and sorts by; changes are in percent or percentage points.
    """
    status = sentences.status_of(row)
    change = row["change_shown"] if row["unit"] == PERCENT else row["pct_shown"]
    page = pages.get(row["year"], "")
    return {
        **lead.tile(row, trend, page),
        "code": row["indicator"],
        "year": row["year"],
        "page": page,
        "status": status if status.has_target else None,
        "share": _share(row, status),
        "target": tables.target(row),
        "values": values(trend, pages),
        "data": {
            "status": status.verdict or ("open" if status.has_target else ""),
            "move": sentences.outcome(row),
            "change": "" if change is None else f"{change:f}",
            "share": "" if row["share_shown"] is None else f"{row['share_shown']:f}",
        },
    }


def _share(row: Row, status: Status) -> str:
    """Return the share of the plan that a judged figure attains, or else a source states."""
    if row["share_shown"] is None or status.verdict not in ("reached", "missed"):
        return sentences.share_of_plan(row)
    return phrase("table.share", share=sentences.attained(row))


def choices(found: Sequence[Row]) -> dict[str, dict[str, str]]:
    """Return the options of each menu by value; the first of each leaves everything as it is.

    `found` is what `subjects` returns. The script knows the values.
    """
    menus = {
        "subject": {"": phrase("explorer.all"), **{row["name"]: row["title"] for row in found}}
    }
    for name, values in MENUS.items():
        first = phrase("explorer.report" if name == "order" else "explorer.all")
        menus[name] = {"": first, **{each: phrase(f"explorer.{name}_{each}") for each in values}}
    return menus
