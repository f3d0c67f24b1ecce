"""Tables for display: a scorecard laid out as a frame of Vietnamese text."""

import re
from collections.abc import Callable, Mapping
from math import isnan
from typing import Any

import pandas as pd

from caoan_stats import labels, sentences

Row = Any  # a row of a scorecard, by name of column
_NUMBER = re.compile(r"(\w+ )?[+−]?[0-9.,]+%?")


def results(card: pd.DataFrame) -> pd.DataFrame:
    """Lay out a scorecard for reading.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.

    Returns
    -------
    DataFrame
        Index: label and unit; columns of text for the year before, the year, the change, the
        target, the result and the section. A column without any content is left out.
    """
    year = card.attrs["year"]
    columns: Mapping[str, Callable[[Row], str]] = {
        f"Năm {year - 1}": lambda row: _number(row["previous"]),
        f"Năm {year}": _figure,
        "Tăng, giảm": lambda row: "" if isnan(row["change"]) else labels.signed(row["change"]),
        f"Mục tiêu {year}": _target,
        "Kết quả": _result,
        "Mục": lambda row: row["section"],
    }
    return _layout(card, columns)


def plan(card: pd.DataFrame) -> pd.DataFrame:
    """Lay out the targets of a year that is to come.

    Parameters
    ----------
    card
        `Dataset.scorecard` of that year.

    Returns
    -------
    DataFrame
        Index: label and unit; columns of text for the year before, the target, the plan task, the
        pace and the section. A column without any content is left out.
    """
    year = card.attrs["year"]
    columns: Mapping[str, Callable[[Row], str]] = {
        f"Năm {year - 1}": lambda row: _number(row["previous"]),
        f"Mục tiêu {year}": _target,
        "Nhiệm vụ kế hoạch": lambda row: (
            "" if isnan(row["plan_task"]) else labels.percent(row["plan_task"])
        ),
        "Tiến độ": sentences.prospect,
        "Mục": lambda row: row["section"],
    }
    return _layout(card, columns)


def is_numeric(cells: pd.Series) -> bool:
    """Whether a column of text is one of numbers, which are read best from their right end."""
    return all(_NUMBER.fullmatch(cell) for cell in cells if cell)


def _layout(card: pd.DataFrame, columns: Mapping[str, Callable[[Row], str]]) -> pd.DataFrame:
    rows = [{name: write(row) for name, write in columns.items()} for _, row in card.iterrows()]
    index = pd.Index([_head(row) for _, row in card.iterrows()], name="Chỉ tiêu")
    layout = pd.DataFrame(rows, index=index, columns=list(columns))
    return layout.loc[:, (layout != "").any()]


def _head(row: Row) -> str:
    return f"{row['label']} ({row['unit']})" if row["unit"] else str(row["label"])


def _figure(row: Row) -> str:
    if isnan(row["value"]):
        return ""
    return labels.qualified(labels.number(row["value"]), row["qualifier"])


def _number(value: float) -> str:
    return "" if isnan(value) else labels.number(value)


def _target(row: Row) -> str:
    words = labels.interval(row["lower"], row["upper"], row["closed"], row["unit"])
    return words or str(row["note"])


def _result(row: Row) -> str:
    if row["status"] == "no_target":
        return ""
    status = labels.STATUSES[row["status"]]
    reached = row["attainment"]
    return status if isnan(reached) else f"{status} ({labels.percent(reached)})"
