"""The audit laid out: what does not add up, what was derived, what holds, what was not checked."""

from collections.abc import Mapping
from math import isinf, isnan, nan

import pandas as pd

from caoan_stats import labels
from caoan_stats.display.tables import SECTION, Row, Table, Writers, lay, written
from caoan_stats.relations.audit import DIVISION

ENDS = ("lower", "upper")


def contradictions(audit: pd.DataFrame) -> Table:
    """Lay out what does not add up.

    Parameters
    ----------
    audit
        Broken rows of `Dataset.audit`.

    Returns
    -------
    Table
        Columns for what is stated, what follows, the gap, the sections to look at and why the
        figures were left as they are.
    """
    columns = {
        "Nguồn nêu": lambda row: labels.quantity(row["stated"], row["unit"]),
        "Tính ra": _computed,
        "Chênh lệch": lambda row: labels.change(
            labels.beside(row["gap"], row["stated"]), row["unit"]
        ),
        SECTION: lambda row: row["sections"],
        "Lý do giữ như nguồn": lambda row: row["acknowledged"] or "Chưa xem xét",
    }
    data = {
        "Nguồn nêu": lambda row: row["stated"],
        "Tính ra": lambda row: row["computed"],
        "Chênh lệch": lambda row: row["gap"],
        "Lý do giữ như nguồn": lambda row: row["acknowledged"],
    }
    return _table(audit, columns, "Quan hệ", data)


def derivations(audit: pd.DataFrame) -> Table:
    """Lay out what was derived, and how.

    Parameters
    ----------
    audit
        Rows of `Dataset.audit` with the status `derived`.

    Returns
    -------
    Table
        Columns for the figure, the interval in which it lies, and the sections of what it was
        derived from.
    """
    columns = {
        "Kết quả": lambda row: labels.quantity(labels.beside(row["computed"], 0), row["unit"]),
        "Trong khoảng": lambda row: "" if row["lower"] == row["upper"] else _range(row),
        SECTION: lambda row: row["sections"],
    }
    data = {
        "Kết quả": lambda row: row["computed"],
        "Từ": lambda row: _finite(row["lower"]),
        "Đến": lambda row: _finite(row["upper"]),
    }
    return _table(audit, columns, "Cách suy ra", data)


def checks(audit: pd.DataFrame) -> Table:
    """Lay out what adds up.

    Parameters
    ----------
    audit
        Rows of `Dataset.audit` that hold.

    Returns
    -------
    Table
        Columns for what is stated, the interval that follows from the other figures, and the
        sections.
    """
    columns = {
        "Nguồn nêu": lambda row: labels.quantity(row["stated"], row["unit"]),
        "Tính ra": _range,
        SECTION: lambda row: row["sections"],
    }
    data = {
        "Nguồn nêu": lambda row: row["stated"],
        "Tính ra từ": lambda row: _finite(row["lower"]),
        "Tính ra đến": lambda row: _finite(row["upper"]),
    }
    return _table(audit, columns, "Quan hệ", data)


def unchecked(audit: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """Lay out what could not be checked, and why.

    Parameters
    ----------
    audit
        Rows of `Dataset.audit` that are not checkable.
    names
        Vietnamese labels of indicators by code.

    Returns
    -------
    Table
        Columns for the reason and the sections.
    """
    columns = {
        "Lý do": lambda row: _why(row["reason"], names),
        SECTION: lambda row: row["sections"],
    }
    return _table(audit, columns, "Quan hệ", {"Lý do": columns["Lý do"]})


def _table(audit: pd.DataFrame, columns: Writers, name: str, data: Writers) -> Table:
    around = {name: _label, "Năm": lambda row: row["year"], "Đơn vị tính": lambda row: row["unit"]}
    sections = {SECTION: lambda row: row["sections"]}
    return Table(lay(audit, columns, name, _label), written(audit, around | dict(data) | sections))


def _label(row: Row) -> str:
    return str(row["label"])


def _finite(bound: float) -> float:
    return nan if isinf(bound) else bound


def _why(reason: str, names: Mapping[str, str]) -> str:
    if reason == "hidden":
        return "Có số không công bố"
    lacking = reason.partition("missing: ")[2]
    if not lacking:
        return "Chia cho 0" if reason == DIVISION else "Kết quả quá lớn"
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
