"""Free text of the public edition: without numbers where these could be of a sensitive indicator.

Whether a text is left out depends on the text, the catalogue, the relations, and on which figures
are hidden; on no figure itself.
"""

import re
from collections.abc import Callable, Collection
from itertools import pairwise

import pandas as pd

from caoan_stats.common.frames import Row, records
from caoan_stats.common.numerals import has_number
from caoan_stats.common.spelling import without_accents
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import WORDS
from caoan_stats.relations.audit import NOT_COMPARABLE
from caoan_stats.relations.derive import Tables
from caoan_stats.relations.figures import Key
from caoan_stats.relations.formulas import indicator_of, parse
from caoan_stats.relations.relation import parse_relations

LeftOut = Callable[[Row, str], bool]  # whether a text of a row is left out


def withhold(tables: Tables, near: Collection[Key]) -> Tables:
    """Return tables without the texts that may state a hidden count.

    Parameters
    ----------
    tables
        Those of `caoan_stats.datafolder.processed.load_tables`.
    near
        Hidden figures, and those in a relation with one. They lose all notes and words, in the year
        before and after too: "as last year" states a figure without a number.

    Returns
    -------
    Mapping
        `notes` lacks notes; other words stand in place of the texts of `facts`, `targets`,
        `breaks`, `acknowledged` and `audit`.
    """
    may_state = _reader(tables)
    around = {(code, year + step) for code, year in near for step in (-1, 0, 1)}

    def is_near(row: Row, text: str) -> bool:
        return (row["indicator"], row["year"]) in around or may_state(row, text)

    def is_near_in_words(row: Row, text: str) -> bool:
        return row["fact"] == WORDS and is_near(row, text)

    def is_near_break(row: Row, text: str) -> bool:
        return text.startswith(NOT_COMPARABLE) and may_state(row, text)

    notes, audit = tables["notes"], tables["audit"]
    note, reason = phrase("figure.withheld_note"), phrase("figure.withheld_reason")
    audit = _replaced(audit, "reason", f"{NOT_COMPARABLE}: {reason}", is_near_break)
    return {
        **tables,
        "notes": notes.loc[[not is_near(row, row["note"]) for row in records(notes)]],
        "facts": _replaced(tables["facts"], "text", note, is_near_in_words),
        "targets": _replaced(tables["targets"], "note", note, may_state),
        "breaks": _replaced(tables["breaks"], "reason", reason, may_state),
        "acknowledged": _replaced(tables["acknowledged"], "reason", reason, may_state),
        "audit": _replaced(audit, "acknowledged", reason, may_state),
    }


def _reader(tables: Tables) -> LeftOut:
    """Return what tells whether a text has a number and may be about a sensitive indicator.

    That is a text on an indicator of a table that has a sensitive one, on one in a relation with
    a sensitive one, and any text that names one: with two words in a row of its label.
    """
    catalogue = records(tables["indicators"])
    sensitive = {row["indicator"]: row for row in catalogue if row["sensitive"]}
    subjects = {row["table"] for row in sensitive.values()}
    close = {row["indicator"] for row in catalogue if row["table"] in subjects}
    for relation in parse_relations(records(tables["relations"])):
        codes = {*map(indicator_of, relation.names)}
        close |= codes if codes & sensitive.keys() else set()
    names = {pair for row in sensitive.values() for pair in _pairs(row["label_vi"])}

    def may_state(row: Row, text: str) -> bool:
        is_near = not close.isdisjoint(_codes(row)) or not names.isdisjoint(_pairs(text))
        return is_near and has_number(text)

    return may_state


def _pairs(text: str) -> set[tuple[str, str]]:
    """Return the pairs of words of a text that follow each other, without accents."""
    clauses = re.split("[.,;:]", without_accents(text).casefold())
    return {pair for clause in clauses for pair in pairwise(re.findall(r"[^\W\d_]+", clause))}


def _replaced(frame: pd.DataFrame, column: str, words: str, is_left_out: LeftOut) -> pd.DataFrame:
    """Return a frame with words in place of the texts of a column that are left out."""
    rows = records(frame)
    texts = [words if is_left_out(row, row[column]) else row[column] for row in rows]
    return frame.assign(**{column: pd.Series(texts, frame.index, frame[column].dtype)})


def _codes(row: Row) -> list[str]:
    """Return the indicators that a row of a table is about."""
    if "indicator" in row:
        return [row["indicator"]]
    return [indicator_of(name) for side in ("left", "right") for name in parse(row[side]).names]
