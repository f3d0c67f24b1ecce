"""Tables of a scorecard, as Vietnamese text for the page and as numbers for the download.

A `card` holds rows of `Dataset.scorecard`.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from math import isnan

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import PCT_OF_PLAN, VALUE
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.concepts.statuses import STATUSES
from caoan_stats.concepts.units import PERCENT, unit_of
from caoan_stats.display import doubts, plans, sentences
from caoan_stats.display.citations import Cite, cite_from
from caoan_stats.display.doubts import mark, signed

Writers = Mapping[str, Callable[[Row], object]]  # content of a cell, by heading of its column
MOST = 0.5  # share of the rows from which on their section is told once
_NUMBER = re.compile(
    r"ẩn|xấp xỉ|tăng|giảm|giữ ổn định|"
    r"(\w+ |<)?[+−]?[0-9.,]+( (nghìn|triệu|tỷ))?( điểm )?%?( bậc)?( \([+−]?[0-9.,]+%\))?"
    r"\*?"
)


@dataclass(frozen=True)
class Table:
    """A table of a page; the tuples have an item for each row."""

    cells: pd.DataFrame  # of text; the index has the names of the rows
    data: pd.DataFrame  # the same rows as text and numbers, for the CSV download
    main: str = ""  # heading of the column that a phone shows beside the names of the rows
    foot: str = ""  # documents from which the rows are
    kinds: tuple[str, ...] = ()  # `total`, `part` (of a total in the table), `said` or empty
    sources: tuple[
        tuple[str, ...], ...
    ] = ()  # titles of the documents of a row, that of its figure first
    colours: tuple[str, ...] = ()  # CSS class of the cell in the column `table.result`
    titles: tuple[str, ...] = ()  # what hovering over the name of a row tells, or empty


def filled_rows(card: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a scorecard that have a fact or a target."""
    return card[sentences.have_results(card) | has_target(card)]


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
        phrase("table.section"): partial(_sections, cite=cite_from(_own(card), "source")),
    }
    return _of_card(card, columns, phrase("table.year", year=year) + unit)


def _own(card: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have a result of the year, whose document is the main one of a page."""
    own = card[sentences.have_results(card)]
    own.attrs = card.attrs
    return card if own.empty else own


def plan(card: pd.DataFrame) -> Table:
    """Return a table of the targets of a coming year, with the changes needed and the outlooks."""
    year, unit, cite = card.attrs["year"], _shared_unit(card), cite_from(card, "target_source")
    columns: Writers = {
        phrase("table.year", year=year - 1) + unit: lambda row: _shown(row, "previous"),
        phrase("table.target_of", year=year): target,
        phrase("table.needed"): plans.needed,
        phrase("table.plan_task"): _plan_task,
        phrase("table.outlook"): plans.prospect,
        phrase("table.section"): lambda row: cite(row["target_source"], row["target_section"]),
    }
    return _of_card(card, columns, phrase("table.target_of", year=year))


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
    return all(_NUMBER.fullmatch(signed(cell)) for cell in cells if cell)


def target(row: Row) -> str:
    """Return the target of a row as an interval, or the words of its source if it has no bounds."""
    return sentences.target_words(row) or str(row["note"])


def _shown(row: Row, which: str) -> str:
    """Return the text of the `value` or `previous` of a row, or the mark of a hidden figure."""
    before = "previous_" if which == "previous" else ""
    if isnan(row[which]):
        return str(row[f"{before}hidden"])
    number = labels.qualified(labels.number(row[f"{before}shown"]), row[f"{before}qualifier"])
    return f"{number}{mark(row, before)}"


def _plan_task(row: Row) -> str:
    if row["task_shown"] is None:
        return ""
    return labels.qualified(labels.quantity(row["task_shown"], PERCENT), row["task_qualifier"])


def _change(row: Row) -> str:
    """Return the change of a row in its unit, and in percent; or else its direction."""
    change, percent = row["change_shown"], row["pct_shown"]
    direction = phrase(f"direction.{row['direction']}") if row["direction"] else ""
    if change is None or (not change and percent):
        return direction if percent is None else _signed(percent, PERCENT, row["pct_qualifier"])
    if not change:
        vague = direction or phrase("table.about_none")
        return vague if row["change_qualifier"] else "0"
    unit = labels.change_unit(row["unit"])
    words = _signed(change, unit if unit_of(row["unit"]).change else "", row["change_qualifier"])
    if row["scale"] == "rank":
        kind = "rose" if sentences.rises_in_words(change, row["scale"]) else "fell"
        words = phrase(f"table.{kind}", size=labels.quantity(abs(change), unit))
    return f"{words} ({_signed(percent, PERCENT, row['pct_qualifier'])})" if percent else words


def _signed(change: Decimal, unit: str, qualifier: str) -> str:
    """Return a change with its sign, or in words if it has a qualifier: that of its size."""
    if qualifier and not QUALIFIERS[qualifier].is_centred:
        size = labels.qualified(labels.quantity(abs(change), unit), qualifier)
        return phrase(f"table.{'rose' if change > 0 else 'fell'}", size=size)
    signed = labels.signed(change)
    return labels.qualified(labels.with_unit(signed, unit), qualifier)


def _result(row: Row) -> str:
    """Return the status of a row with its sign, its share of the plan, and its source's words."""
    status, stated = sentences.status_of(row), sentences.share_of_plan(row)
    words = f"{row['words']}{mark(row)}" if row["words"] and isnan(row["value"]) else row["words"]
    is_of_plan = row["of"] in (VALUE, PCT_OF_PLAN) and row["share_shown"] is not None
    if not (is_of_plan and status.verdict in ("reached", "missed")):
        judged = status.label if status.has_target and not sentences.is_told(row) else ""
        return "; ".join(filter(None, (judged, stated, words)))
    share = sentences.attained(row)
    if stated and row["of"] == VALUE:  # the plan need not be the target
        share = phrase("table.share", share=share)
    return "; ".join(filter(None, (f"{status.label} ({share})", words)))


def _sections(row: Row, cite: Cite) -> str:
    """Return the section of the figure, and that of the target if another document sets it."""
    figure = cite(row["source"], row["section"])
    if not row["target_source"] or row["target_source"] == row["source"]:
        return figure
    target = cite(row["target_source"], row["target_section"])
    return phrase("table.sections", figure=figure, target=target)


def _of_card(card: pd.DataFrame, columns: Writers, main: str) -> Table:
    shared_unit = _shared_unit(card)

    def row_name(row: Row) -> str:
        unit = f" ({row['unit']})" if row["unit"] and not shared_unit else ""
        return f"{row['label']}{unit}"

    rows, sources = records(card), card.attrs.get("sources", {})
    cells = text_frame(card, columns, phrase("table.indicator"), row_name)
    cells, foot = _with_foot(cells, _documents(rows, card.attrs.get("documents", {})))
    writers = _download_columns(card.attrs["year"])
    return Table(
        cells,
        pd.DataFrame({name: [write(row) for row in rows] for name, write in writers.items()}),
        main,
        foot,
        _kinds(card),
        tuple(_titles(row, sources) for row in rows),
        tuple("" if sentences.is_told(row) else sentences.status_of(row).colour for row in rows),
    )


def _with_foot(cells: pd.DataFrame, documents: str) -> tuple[pd.DataFrame, str]:
    """Return the cells, and the documents; with the section that most rows have, told once.

    A section in parentheses is of another document than most.
    """
    section = phrase("table.section")
    places = Counter(cells.get(section, ()))
    [(place, count)] = places.most_common(1) or [("", 0)]
    is_shared = place and "(" not in place and max(2, MOST * len(cells)) <= count
    if not documents or not is_shared:
        return cells, documents and phrase("table.sources", sources=documents)
    words = labels.inside(phrase("list.section", sections=place))
    if len(places) == 1:
        return cells.drop(columns=section), phrase("table.sources", sources=f"{documents}, {words}")
    rest = cells.assign(**{section: cells[section].replace(place, "")})
    words = phrase("table.mostly", section=words)
    return rest, phrase("table.sources", sources=f"{documents}, {words}")


def _documents(rows: Sequence[Row], names: Mapping[str, str]) -> str:
    """Return the short names of the documents of all rows."""
    used = dict.fromkeys(code for row in rows for code in _sources(row) if code in names)
    return "; ".join(names[code] for code in used)


def _titles(row: Row, sources: Mapping[str, str]) -> tuple[str, ...]:
    """Return the titles of the documents of a row, that of its figure first."""
    return tuple(dict.fromkeys(sources[code] for code in _sources(row) if code in sources))


def _sources(row: Row) -> list[str]:
    shown = {
        "source": True,
        "target_source": True,
        "previous_source": not isnan(row["previous"]),
        "change_source": row["change_shown"] is not None,
    }
    return [row[column] for column, is_shown in shown.items() if is_shown]


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
        phrase("table.year", year=year - 1): lambda row: row["previous_shown"],
        phrase("table.nature", year=year - 1): lambda row: (
            row["previous_hidden"] or _nature(row, "previous_")
        ),
        phrase("table.year", year=year): lambda row: row["shown"],
        phrase("table.nature", year=year): lambda row: row["hidden"] or _nature(row),
        phrase("table.change"): lambda row: row["change_shown"],
        phrase("table.growth"): lambda row: row["pct_shown"],
        phrase("table.direction"): lambda row: (
            phrase(f"direction.{row['direction']}") if row["direction"] else ""
        ),
        phrase("table.lower"): lambda row: row["lower_shown"],
        phrase("table.upper"): lambda row: row["upper_shown"],
        phrase("table.target"): target,
        phrase("table.result"): lambda row: sentences.status_of(row).words,
        phrase("table.attainment"): lambda row: row["share_shown"],
        phrase("table.words"): lambda row: row["words"],
        phrase("table.source"): lambda row: row["source"],
        phrase("table.section"): lambda row: row["section"],
        phrase("table.target_source"): lambda row: row["target_source"],
        phrase("table.target_section"): lambda row: row["target_section"],
    }


def _nature(row: Row, before: str = "") -> str:
    qualifier = QUALIFIERS[row[f"{before}qualifier"]].word
    return ", ".join(filter(None, (qualifier, doubts.in_words(row, before))))


def _kinds(card: pd.DataFrame) -> tuple[str, ...]:
    sums = card.attrs.get("parts", {})
    here = {total: parts for total, parts in sums.items() if {total, *parts} <= {*card.index}}
    parts = {part for codes in here.values() for part in codes}
    said = dict.fromkeys(card.index[card["unit"] == ""], "said")
    kinds = said | dict.fromkeys(parts, "part") | dict.fromkeys(here, "total")
    return tuple(kinds.get(str(code), "") for code in card.index)
