"""Tables: a scorecard laid out as Vietnamese text to read, and as numbers to download."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import records
from caoan_stats.display import sentences

Row = Any  # a row of a scorecard or an audit, by name of column
Writers = Mapping[str, Callable[[Row], object]]
SECTION = "Mục"
_NUMBER = re.compile(r"ẩn|(\w+ |<)?[+−]?[0-9.,]+( điểm )?%?")


@dataclass(frozen=True)
class Table:
    """A table for display.

    Parameters
    ----------
    cells
        Text to read; the index names the rows.
    data
        The same rows as text and numbers, to download.
    kinds
        Of each row `total`, `part` (of a total in the table) or empty.
    sources
        Title of the document that each row is from; empty where there is none.
    """

    cells: pd.DataFrame
    data: pd.DataFrame
    kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def told(card: pd.DataFrame) -> pd.DataFrame:
    """Take the rows of a scorecard that have a figure of either year, or a target."""
    known = card["value"].notna() | (card["hidden"] != "")
    before = card["previous"].notna() | (card["previous_hidden"] != "")
    return card[known | before | (card["status"] != "no_target")]


def results(card: pd.DataFrame) -> Table:
    """Lay out a scorecard for reading.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.

    Returns
    -------
    Table
        Columns for the year before, the year, the change, the target, the result and the section;
        one without any content is left out. The unit stands in the heads of the columns where all
        rows have the same, else after the label of each row.
    """
    year, unit = card.attrs["year"], _shared_unit(card)
    columns = {
        f"Năm {year - 1}{unit}": lambda row: shown(row, "previous"),
        f"Năm {year}{unit}": lambda row: shown(row, "value"),
        "Tăng, giảm": change,
        f"Mục tiêu {year}": target,
        "Kết quả": result,
        SECTION: lambda row: row["section"],
    }
    return _of_card(card, columns)


def plan(card: pd.DataFrame) -> Table:
    """Lay out the targets of a year that is to come.

    Parameters
    ----------
    card
        `Dataset.scorecard` of that year.

    Returns
    -------
    Table
        Columns for the year before, the target, what is left to do, the plan task, the pace and
        the section; one without any content is left out.
    """
    year, unit = card.attrs["year"], _shared_unit(card)
    columns = {
        f"Năm {year - 1}{unit}": lambda row: shown(row, "previous"),
        f"Mục tiêu {year}": target,
        "Còn phải": sentences.needed,
        "Nhiệm vụ kế hoạch": lambda row: (
            "" if isnan(row["plan_task"]) else labels.percent(row["plan_task"])
        ),
        "Tiến độ": sentences.prospect,
        SECTION: lambda row: row["target_section"],
    }
    return _of_card(card, columns)


def lay(
    frame: pd.DataFrame, columns: Writers, name: str, head: Callable[[Row], str]
) -> pd.DataFrame:
    """Write each row of a frame below the given columns; one without any content is left out.

    Parameters
    ----------
    frame
        The rows.
    columns
        What writes a cell of each column.
    name
        What the rows are.
    head
        What names a row.
    """
    rows = records(frame)
    index = pd.Index([head(row) for row in rows], name=name, dtype="str")
    cells = {column: [write(row) for row in rows] for column, write in columns.items()}
    return pd.DataFrame({column: told for column, told in cells.items() if any(told)}, index=index)


def written(frame: pd.DataFrame, columns: Writers) -> pd.DataFrame:
    """Write each row of a frame below the given columns.

    Examples
    --------
    >>> written(pd.DataFrame({"a": [1]}), {"double": lambda row: 2 * row["a"]}).to_dict("list")
    {'double': [2]}
    """
    rows = records(frame)
    return pd.DataFrame({name: [write(row) for row in rows] for name, write in columns.items()})


def is_numeric(cells: pd.Series) -> bool:
    """Whether a column of text is one of numbers, which are read best from their right end."""
    return all(_NUMBER.fullmatch(cell) for cell in cells if cell)


def shown(row: Row, which: str) -> str:
    """Write the `value` or the `previous` of a row, or what stands in its place."""
    before = "previous_" if which == "previous" else ""
    if isnan(row[which]):
        return str(row[f"{before}hidden"])
    return labels.qualified(labels.number(row[which]), row[f"{before}qualifier"])


def change(row: Row) -> str:
    """Write the change of a row with its sign; that of a percentage in percentage points."""
    if isnan(row["change"]):
        return ""
    if row["unit"] == labels.PERCENT:
        return labels.change(row["change"], row["unit"])
    return labels.signed(row["change"])


def target(row: Row) -> str:
    """Write the target of a row as an interval, else in its words."""
    words = labels.interval(row["lower"], row["upper"], row["closed"], row["unit"])
    return words or str(row["note"])


def result(row: Row) -> str:
    """Write the status of a row with its sign, and how much of the plan was done."""
    if row["status"] == "no_target":
        return ""
    status = labels.STATUSES[row["status"]]
    reached = row["attainment"]
    return status if isnan(reached) else f"{status} ({labels.percent(reached)})"


def _of_card(card: pd.DataFrame, columns: Writers) -> Table:
    named = _label if _shared_unit(card) else _label_and_unit
    cells = lay(card, columns, "Chỉ tiêu", named)
    known = card.attrs.get("sources", {})
    titles = tuple(known.get(code, "") for code in card["source"])
    return Table(cells, written(card.reset_index(), _data(card)), _kinds(card), titles)


def _data(card: pd.DataFrame) -> Writers:
    """Name the columns of a download: what `cells` says, number and words apart."""
    year = card.attrs["year"]
    return {
        "Mã chỉ tiêu": lambda row: row["indicator"],
        "Chỉ tiêu": lambda row: row["label"],
        "Đơn vị tính": lambda row: row["unit"],
        f"Năm {year - 1}": lambda row: row["previous"],
        f"Tính chất số năm {year - 1}": lambda row: (
            row["previous_hidden"] or labels.QUALIFIERS[row["previous_qualifier"]]
        ),
        f"Năm {year}": lambda row: row["value"],
        f"Tính chất số năm {year}": lambda row: row["hidden"] or _nature(row),
        "Tăng, giảm": lambda row: row["change"],
        "Mục tiêu từ": lambda row: row["lower"],
        "Mục tiêu đến": lambda row: row["upper"],
        "Mục tiêu": target,
        "Kết quả": lambda row: labels.STATUSES[row["status"]].partition(" ")[2],
        "Hoàn thành kế hoạch (%)": lambda row: round(100 * row["attainment"], 2),
        "Nguồn": lambda row: row["source"],
        SECTION: lambda row: row["section"],
    }


def _nature(row: Row) -> str:
    derived = "suy ra" if row["derived"] else ""
    return ", ".join(filter(None, (labels.QUALIFIERS[row["qualifier"]], derived)))


def _kinds(card: pd.DataFrame) -> tuple[str, ...]:
    """Tell totals from their parts where both are in the table."""
    sums = card.attrs.get("parts", {})
    here = {total: parts for total, parts in sums.items() if {total, *parts} <= {*card.index}}
    parts = {part for each in here.values() for part in each}
    kinds = dict.fromkeys(parts, "part") | dict.fromkeys(here, "total")
    return tuple(kinds.get(str(code), "") for code in card.index)


def _shared_unit(card: pd.DataFrame) -> str:
    units = {unit for unit in card["unit"] if unit}
    return f" ({units.pop()})" if len(units) == 1 and len(card) > 1 else ""


def _label(row: Row) -> str:
    return str(row["label"])


def _label_and_unit(row: Row) -> str:
    return f"{row['label']} ({row['unit']})" if row["unit"] else _label(row)
