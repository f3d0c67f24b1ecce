"""Tables for display: a scorecard laid out as a frame of Vietnamese text."""

import re
from collections.abc import Callable, Mapping
from math import isinf, isnan, nan
from typing import Any

import pandas as pd

from caoan_stats import labels, sentences

ENDS = ("lower", "upper")
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
        f"Năm {year - 1}": lambda row: _figure(row["previous"], row["previous_qualifier"]),
        f"Năm {year}": lambda row: _figure(row["value"], row["qualifier"]),
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
        f"Năm {year - 1}": lambda row: _figure(row["previous"], row["previous_qualifier"]),
        f"Mục tiêu {year}": _target,
        "Nhiệm vụ kế hoạch": lambda row: (
            "" if isnan(row["plan_task"]) else labels.percent(row["plan_task"])
        ),
        "Tiến độ": sentences.prospect,
        "Mục": lambda row: row["section"],
    }
    return _layout(card, columns)


def contradictions(audit: pd.DataFrame) -> pd.DataFrame:
    """Lay out what does not add up.

    Parameters
    ----------
    audit
        Broken rows of `Dataset.audit`.

    Returns
    -------
    DataFrame
        Index: the relation in words; columns of text for what is stated, what follows, the gap, the
        sections to look at and why the figures were left as they are.
    """
    columns: Mapping[str, Callable[[Row], str]] = {
        "Nguồn nêu": lambda row: labels.quantity(row["stated"], row["unit"]),
        "Tính ra": _computed,
        "Chênh lệch": lambda row: labels.change(
            labels.beside(row["gap"], row["stated"]), row["unit"]
        ),
        "Mục": lambda row: row["sections"],
        "Lý do giữ như nguồn": lambda row: row["acknowledged"] or "Chưa xem xét",
    }
    return _lay(audit, columns, "Quan hệ", lambda row: row["label"])


def derivations(audit: pd.DataFrame) -> pd.DataFrame:
    """Lay out what was derived, and how.

    Parameters
    ----------
    audit
        Rows of `Dataset.audit` with the status `derived`.

    Returns
    -------
    DataFrame
        Index: the relation in words; columns of text for the figure, the interval in which it lies,
        and the sections of what it was derived from.
    """
    columns: Mapping[str, Callable[[Row], str]] = {
        "Kết quả": lambda row: labels.quantity(labels.beside(row["computed"], 0), row["unit"]),
        "Trong khoảng": lambda row: "" if row["lower"] == row["upper"] else _range(row),
        "Mục": lambda row: row["sections"],
    }
    return _lay(audit, columns, "Cách suy ra", lambda row: row["label"])


def checks(audit: pd.DataFrame) -> pd.DataFrame:
    """Lay out what adds up.

    Parameters
    ----------
    audit
        Rows of `Dataset.audit` that hold.

    Returns
    -------
    DataFrame
        Index: the relation in words; columns of text for what is stated, the interval that follows
        from the other figures, and the sections.
    """
    columns: Mapping[str, Callable[[Row], str]] = {
        "Nguồn nêu": lambda row: labels.quantity(row["stated"], row["unit"]),
        "Tính ra": _range,
        "Mục": lambda row: row["sections"],
    }
    return _lay(audit, columns, "Quan hệ", lambda row: row["label"])


def unchecked(audit: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Lay out what could not be checked, and why.

    Parameters
    ----------
    audit
        Rows of `Dataset.audit` that are not checkable.
    names
        Vietnamese labels of indicators by code.

    Returns
    -------
    DataFrame
        Index: the relation in words; columns of text for the reason and the sections.
    """
    columns: Mapping[str, Callable[[Row], str]] = {
        "Lý do": lambda row: _why(row["reason"], names),
        "Mục": lambda row: row["sections"],
    }
    return _lay(audit, columns, "Quan hệ", lambda row: row["label"])


def _why(reason: str, names: Mapping[str, str]) -> str:
    lacking = reason.partition("missing: ")[2]
    if not lacking:
        return "Chia cho 0"
    parts = [name.partition(".") for name in lacking.split(", ")]
    said = [names[code] + (" (mục tiêu)" if bound else "") for code, _, bound in parts]
    return f"Thiếu số liệu: {'; '.join(said)}"


def _computed(row: Row) -> str:
    value = labels.beside(row["computed"], row["stated"])
    return labels.compared(value, row["unit"], row["operator"])


def _range(row: Row) -> str:
    """Write the interval that follows from the other figures; of `<=` only its upper end."""
    like = 0 if isnan(row["stated"]) else row["stated"]
    lower, upper = (
        nan if isinf(row[end]) else float(labels.beside(row[end], like)) for end in ENDS
    )
    if row["operator"] == "<=":
        lower = nan
    return labels.interval(lower, upper, "both", row["unit"])


def is_numeric(cells: pd.Series) -> bool:
    """Whether a column of text is one of numbers, which are read best from their right end."""
    return all(_NUMBER.fullmatch(cell) for cell in cells if cell)


def _layout(card: pd.DataFrame, columns: Mapping[str, Callable[[Row], str]]) -> pd.DataFrame:
    return _lay(card, columns, "Chỉ tiêu", _head)


def _lay(
    frame: pd.DataFrame,
    columns: Mapping[str, Callable[[Row], str]],
    name: str,
    head: Callable[[Row], str],
) -> pd.DataFrame:
    """Write each row of a frame below the given columns; one without any content is left out."""
    rows = [{name: write(row) for name, write in columns.items()} for _, row in frame.iterrows()]
    index = pd.Index([head(row) for _, row in frame.iterrows()], name=name, dtype="str")
    layout = pd.DataFrame(rows, index=index, columns=list(columns))
    return layout.loc[:, (layout != "").any()]


def _head(row: Row) -> str:
    return f"{row['label']} ({row['unit']})" if row["unit"] else str(row["label"])


def _figure(value: float, qualifier: str) -> str:
    return "" if isnan(value) else labels.qualified(labels.number(value), qualifier)


def _target(row: Row) -> str:
    words = labels.interval(row["lower"], row["upper"], row["closed"], row["unit"])
    return words or str(row["note"])


def _result(row: Row) -> str:
    if row["status"] == "no_target":
        return ""
    status = labels.STATUSES[row["status"]]
    reached = row["attainment"]
    return status if isnan(reached) else f"{status} ({labels.percent(reached)})"
