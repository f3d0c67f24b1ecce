"""Tables of a scorecard, as Vietnamese text for the page and as numbers for the download.

A `card` holds rows of `Dataset.scorecard`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isnan

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.concepts.statuses import STATUSES
from caoan_stats.concepts.units import unit_of
from caoan_stats.display import sentences

Writers = Mapping[str, Callable[[Row], object]]  # content of a cell, by heading of its column
_NUMBER = re.compile(r"ẩn|(\w+ |<)?[+−]?[0-9.,]+( điểm )?%?")


@dataclass(frozen=True)
class Table:
    """A table of a page; the tuples have an item for each row."""

    cells: pd.DataFrame  # of text; the index has the names of the rows
    data: pd.DataFrame  # the same rows as text and numbers, for the CSV download
    kinds: tuple[str, ...] = ()  # `total`, `part` (of a total in the table) or empty
    sources: tuple[str, ...] = ()  # title of the document, or empty
    colours: tuple[str, ...] = ()  # CSS class of the cell in the column `table.result`


def filled_rows(card: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a scorecard that have a figure in either year or a target."""
    now = card["value"].notna() | (card["hidden"] != "")
    before = card["previous"].notna() | (card["previous_hidden"] != "")
    return card[now | before | has_target(card)]


def has_target(card: pd.DataFrame) -> pd.Series:
    """Return whether each row of a scorecard has a target."""
    return card["status"].map(lambda code: STATUSES[code].has_target).astype(bool)


def results(card: pd.DataFrame) -> Table:
    """Return a table of figures, changes, targets and results.

    The unit is in the headings if all rows share one, else after the label of each row.
    """
    year, unit = card.attrs["year"], _shared_unit(card)
    columns: Writers = {
        phrase("table.year", year=year - 1) + unit: lambda row: _shown(row, "previous"),
        phrase("table.year", year=year) + unit: lambda row: _shown(row, "value"),
        phrase("table.change"): _change,
        phrase("table.target_of", year=year): target,
        phrase("table.result"): _result,
        phrase("table.section"): lambda row: row["section"],
    }
    return _of_card(card, columns)


def plan(card: pd.DataFrame) -> Table:
    """Return a table of the targets of a coming year, with the changes needed and the outlooks."""
    year, unit = card.attrs["year"], _shared_unit(card)
    columns: Writers = {
        phrase("table.year", year=year - 1) + unit: lambda row: _shown(row, "previous"),
        phrase("table.target_of", year=year): target,
        phrase("table.needed"): sentences.needed,
        phrase("table.plan_task"): lambda row: (
            "" if isnan(row["plan_task"]) else labels.percent(row["plan_task"])
        ),
        phrase("table.outlook"): sentences.prospect,
        phrase("table.section"): lambda row: row["target_section"],
    }
    return _of_card(card, columns)


def text_frame(
    frame: pd.DataFrame, columns: Writers, name: str, row_name: Callable[[Row], str]
) -> pd.DataFrame:
    """Return a frame of text, without empty columns; `name` is the heading of its index."""
    rows = records(frame)
    index = pd.Index([row_name(row) for row in rows], name=name, dtype="str")
    cells = {heading: [write(row) for row in rows] for heading, write in columns.items()}
    filled = {heading: texts for heading, texts in cells.items() if any(texts)}
    return pd.DataFrame(filled, index=index)


def is_numeric(cells: pd.Series) -> bool:
    """Return whether a column of text has only numbers, which are aligned to the right."""
    return all(_NUMBER.fullmatch(cell) for cell in cells if cell)


def target(row: Row) -> str:
    """Return the target of a row as an interval, or the words of its source if it has no bounds."""
    return sentences.target_words(row) or str(row["note"])


def _shown(row: Row, which: str) -> str:
    """Return the text of the `value` or `previous` of a row, or the mark of a hidden figure."""
    before = "previous_" if which == "previous" else ""
    if isnan(row[which]):
        return str(row[f"{before}hidden"])
    return labels.qualified(labels.number(row[which]), row[f"{before}qualifier"])


def _change(row: Row) -> str:
    """Return the change of a row with its sign, and its unit if it differs from that of the row."""
    if isnan(row["change"]):
        return ""
    if unit_of(row["unit"]).change:
        return labels.change(row["change"], row["unit"])
    return labels.signed(row["change"])


def _result(row: Row) -> str:
    """Return the status of a row with its sign, and the attainment in percent if it has one."""
    status = STATUSES[row["status"]]
    if not status.has_target:
        return ""
    attained = row["attainment"]
    return status.label if isnan(attained) else f"{status.label} ({labels.percent(attained)})"


def _of_card(card: pd.DataFrame, columns: Writers) -> Table:
    shared_unit = _shared_unit(card)

    def row_name(row: Row) -> str:
        unit = f" ({row['unit']})" if row["unit"] and not shared_unit else ""
        return f"{row['label']}{unit}"

    rows, sources = records(card.reset_index()), card.attrs.get("sources", {})
    writers = _download_columns(card.attrs["year"])
    return Table(
        text_frame(card, columns, phrase("table.indicator"), row_name),
        pd.DataFrame({name: [write(row) for row in rows] for name, write in writers.items()}),
        _kinds(card),
        tuple(sources.get(code, "") for code in card["source"]),
        tuple(STATUSES[code].colour for code in card["status"]),
    )


def _shared_unit(card: pd.DataFrame) -> str:
    """Return the end of a heading, as in ` (con)`; empty if the rows do not share a unit."""
    units = {unit for unit in card["unit"] if unit}
    return f" ({units.pop()})" if len(units) == 1 and len(card) > 1 else ""


def _download_columns(year: int) -> Writers:
    """Return the writers of a download: the content of the cells, numbers apart from words."""
    return {
        phrase("table.code"): lambda row: row["indicator"],
        phrase("table.indicator"): lambda row: row["label"],
        phrase("table.unit"): lambda row: row["unit"],
        phrase("table.year", year=year - 1): lambda row: row["previous"],
        phrase("table.nature", year=year - 1): lambda row: (
            row["previous_hidden"] or QUALIFIERS[row["previous_qualifier"]].word
        ),
        phrase("table.year", year=year): lambda row: row["value"],
        phrase("table.nature", year=year): lambda row: row["hidden"] or _nature(row),
        phrase("table.change"): lambda row: row["change"],
        phrase("table.lower"): lambda row: row["lower"],
        phrase("table.upper"): lambda row: row["upper"],
        phrase("table.target"): target,
        phrase("table.result"): lambda row: STATUSES[row["status"]].words,
        phrase("table.attainment"): lambda row: round(100 * row["attainment"], 2),
        phrase("table.source"): lambda row: row["source"],
        phrase("table.section"): lambda row: row["section"],
    }


def _nature(row: Row) -> str:
    derived = phrase("figure.derived") if row["derived"] else ""
    return ", ".join(filter(None, (QUALIFIERS[row["qualifier"]].word, derived)))


def _kinds(card: pd.DataFrame) -> tuple[str, ...]:
    sums = card.attrs.get("parts", {})
    here = {total: parts for total, parts in sums.items() if {total, *parts} <= {*card.index}}
    parts = {part for codes in here.values() for part in codes}
    kinds = dict.fromkeys(parts, "part") | dict.fromkeys(here, "total")
    return tuple(kinds.get(str(code), "") for code in card.index)
