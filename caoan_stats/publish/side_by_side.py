"""Communes side by side: each indicator that two of them know, in their last common year."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import takewhile
from math import isnan

from caoan_stats import labels
from caoan_stats.common.frames import Row, Years, records_by_year
from caoan_stats.dataset import Dataset
from caoan_stats.display import lead
from caoan_stats.display.doubts import in_words


def compare(datasets: Sequence[Dataset]) -> list[Row]:
    """Return a row for each indicator of which two communes or more know a figure of the same year.

    Only communes that give an indicator the same unit are compared. A ratio, such as a figure per
    person, is compared as any other indicator: a relation of the data defines it.
    """
    codes = dict.fromkeys(str(code) for ds in datasets for code in ds.indicators.index)
    return [row for code in codes if (row := _row(code, datasets))]


def short_names(titles: Sequence[str]) -> list[str]:
    """Return titles without the words with which all of them begin.

    A name with a capital stays whole.

    >>> short_names(["Số liệu xã Tân Hòa", "Số liệu xã Tân Lập"])
    ['Tân Hòa', 'Tân Lập']
    """
    words = [title.split() for title in titles]
    columns = enumerate(zip(*words, strict=False))
    shared = takewhile(
        lambda pair: len({*pair[1]}) == 1 and (not pair[0] or pair[1][0] == pair[1][0].lower()),
        columns,
    )
    same = len([*shared])
    return [" ".join(each[same:]) or title for each, title in zip(words, titles, strict=True)]


def _row(code: str, datasets: Sequence[Dataset]) -> Row | None:
    entry = next(ds.indicators.loc[code] for ds in datasets if code in ds.indicators.index)
    label, unit = str(entry["label"]), str(entry["unit_label"])
    figures = [_figures(ds, code, unit) for ds in datasets]
    counts = Counter(year for known in figures for year in known)
    common = [year for year, count in counts.items() if count > 1]
    if not common:
        return None
    year, lines = max(common), small_multiples([_drawn(known) for known in figures])
    cells = [_cell(known.get(year), line) for known, line in zip(figures, lines, strict=True)]
    name = f"{label} ({unit})" if unit else label
    return {"code": code, "label": name, "year": year, "cells": cells}


def _figures(ds: Dataset, code: str, unit: str) -> Years:
    """Return the years of an indicator that have a figure in a unit, shown or hidden."""
    if code not in ds.indicators.index or ds.indicators.at[code, "unit_label"] != unit:
        return {}
    years = records_by_year(ds.trend(code))
    return {year: row for year, row in years.items() if row["hidden"] or not isnan(row["value"])}


def _cell(row: Row | None, line: str) -> Row:
    """Return the content of a cell; `row` is of the trend, None for no figure."""
    if row is None:
        return {"value": "", "doubt": "", "line": line}
    figure = row["hidden"] or labels.qualified(labels.compact(row["shown"]), row["qualifier"])
    return {"value": figure, "doubt": in_words(row), "line": line}


def _drawn(known: Years) -> dict[int, float]:
    """Return the figures of a small line; none if they are too few or not comparable."""
    values = {year: row["value"] for year, row in known.items() if not isnan(row["value"])}
    is_broken = any(row["break_reason"] for row in known.values())
    return {} if is_broken or len(values) < lead.SPARK_YEARS else values


def small_multiples(series: Sequence[Mapping[int, float]]) -> list[str]:
    """Return the points of a small line for each series, all of them on the same scale.

    >>> small_multiples([{2020: 0, 2021: 5}, {2020: 10, 2021: 5}, {}])
    ['0,24 96,12', '0,0 96,12', '']
    """
    years = [year for each in series for year in each]
    values = [value for each in series for value in each.values()]
    if not years:
        return [""] * len(series)
    first, width = min(years), max(years) - min(years)
    top, height = max(values), (max(values) - min(values)) or 1
    return [
        " ".join(
            f"{lead.WIDTH * (year - first) / width:.0f},{lead.HEIGHT * (top - value) / height:.0f}"
            for year, value in each.items()
        )
        for each in series
    ]
