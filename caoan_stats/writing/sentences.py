"""Sentences of a report: what its documents state of an indicator, and what is aimed at.

A `row` is a dict with `label`, the Vietnamese label of the unit as `unit`, `scale`, `year`, and the
facts by their codes: numbers as `decimal.Decimal` with the digits stated, or None; other facts as
text. `qualifier` is that of the value, or of the other numbers in a row without a value; `hidden`
is what the public edition shows in place of the figure.

>>> from decimal import Decimal
>>> stated = {"value": Decimal(300), "change": Decimal(-12), "qualifier": "over"}
>>> fact_sentence(make_row("Đàn lợn", "con", 2023, **stated), 2023)
'Đàn lợn: trên 300 con, giảm 12 con so với năm 2022.'
"""

from math import nan
from typing import Any

from caoan_stats import labels
from caoan_stats.common.frames import Row
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import FACTS, VALUE
from caoan_stats.display import sentences
from caoan_stats.display.target_words import target_words


def make_row(label: str, unit: str, year: int, scale: str = "amount", **facts: Any) -> Row:
    """Return the row of an indicator in a year; facts that are not given are empty."""
    empty = {code: None if fact.is_number else "" for code, fact in FACTS.items()}
    given = {"label": label, "unit": unit, "year": year, "scale": scale}
    return {**empty, "qualifier": "", "hidden": "", **given, **facts}


def fact_sentence(row: Row, year: int) -> str:
    """Return all facts of a row as one sentence of the report of a year.

    The label is first, then the figure, its change, its share of the plan, and the words of the
    source. A figure of another year than that of the report says its year.

    >>> from decimal import Decimal
    >>> row = make_row("Hộ nghèo", "hộ", 2022, value=Decimal(28), pct_of_plan=Decimal("98.0"))
    >>> fact_sentence(row, 2023)
    'Hộ nghèo năm 2022: 28 hộ; đạt 98,0% kế hoạch.'
    """
    return f"{label_of(row, year)}: {facts_in_words(row)}."


def label_of(row: Row, year: int) -> str:
    """Return the label of a row, with its year if that is not the year of the report."""
    label = str(row["label"])
    return label if row["year"] == year else phrase("report.of_year", label=label, year=row["year"])


def facts_in_words(row: Row) -> str:
    """Return all facts of a row without its label, as the rest of a sentence."""
    shown = _as_shown(row)
    has_figure = row["hidden"] or row["value"] is not None
    figure = sentences.figure(shown) if has_figure else ""
    parts = (figure, "" if row["hidden"] else sentences.change_words(shown, row["year"]))
    clauses = (
        ", ".join(filter(None, parts)),
        sentences.share_of_plan(shown),
        labels.inside(row["words"]).rstrip(". "),
    )
    return "; ".join(filter(None, clauses))


def aim_sentence(row: Row, year: int) -> str:
    """Return a target as a sentence of the report of a year; in words if it has no bounds.

    `row` has `label`, `unit`, `year`, the columns of `raw/targets.csv`, and the `verdict` on the
    result, if any.

    >>> from decimal import Decimal
    >>> row = {"label": "Số người có việc làm mới", "unit": "người", "year": 2024, "of": "",
    ...        "lower": Decimal(130), "upper": Decimal(150), "closed": "both", "note": ""}
    >>> aim_sentence(row, 2023)
    'Số người có việc làm mới: phấn đấu từ 130 đến 150 người.'
    >>> aim_sentence({**row, "verdict": "Đạt"}, 2024)
    'Số người có việc làm mới: mục tiêu năm 2024 là từ 130 đến 150 người (đạt).'
    """
    return f"{row['label']}: {aim_in_words(row, year)}."


def aim_in_words(row: Row, year: int) -> str:
    """Return a target without its label, as the rest of a sentence of the report of a year."""
    bounds = bounds_in_words(row)
    if not bounds and row["year"] == year + 1:
        return labels.inside(row["note"]).rstrip(". ")
    kind = {year: "aim_of_year", year + 1: "aim"}.get(row["year"], "aim_until")
    said = bounds or labels.inside(row["note"]).rstrip(". ")
    aim = phrase(f"report.{kind}", aim=said, year=row["year"])
    verdict = labels.inside(row.get("verdict", ""))
    return phrase("report.judged", aim=aim, verdict=verdict) if verdict else aim


def note_of_aim(row: Row) -> str:
    """Return the note of a target with bounds; empty if it says no more than they do."""
    bounds, before = bounds_in_words(row), phrase("change.before", year=row["year"] - 1)
    restated = bounds.replace(phrase("change.last_year"), before)
    is_new = labels.inside(row["note"]).rstrip(". ") not in (bounds, restated)
    return row["note"] if bounds and is_new else ""


def bounds_in_words(row: Row) -> str:
    """Return the bounds of a target in words; empty without any."""
    lower, upper = (nan if row[side] is None else row[side] for side in ("lower", "upper"))
    fact = row["of"] or VALUE
    return target_words(lower, upper, row["closed"] or "both", fact, row["unit"])


def _as_shown(row: Row) -> Row:
    """Return a row with the columns of a scorecard that its sentences read."""
    numbers = {
        code: nan if row[code] is None else row[code] for code, f in FACTS.items() if f.is_number
    }
    own = row["qualifier"] if row["value"] is None else ""
    return {
        **row,
        **numbers,
        "shown": row["value"],
        "change_shown": row["change"],
        "pct_shown": row["pct_change"],
        "share_shown": row["pct_of_plan"],
        "change_qualifier": own,
        "pct_qualifier": own,
        "share_qualifier": own,
        "out_of": None,
        "break_reason": "",
        "assumed": False,
    }
