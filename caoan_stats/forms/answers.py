"""Answers to findings: the first sheet of a marked copy, as it is written and read."""

from collections.abc import Mapping, Sequence

from caoan_stats.common.files import sha256
from caoan_stats.common.words import phrase
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.forms.sheet import Sheet
from caoan_stats.forms.typed import Answer, Place

RIGHT, MEND, REPLACE, KEEP = "right", "mend", "replace", "keep"  # what a person can choose
FIELDS = ("number", "cell", "label", "kind", "what", "why", "remedy", "answer", "reason", "token")
LETTERS: Mapping[str, str] = dict(zip(FIELDS, "ABCDEFGHIJ", strict=True))  # the last is hidden
LIST_HEADING_ROW = 6


def make_token(*parts: object) -> str:
    """Return a short digest that names a finding; another figure, cell or gap gives another one."""
    return sha256(repr(parts).encode()).partition(":")[2][:16]


def sheet_name() -> str:
    """Return the name of the sheet that lists the findings."""
    return phrase("review.sheet")


def take_answers(
    file: str, sheets: Sequence[Sheet]
) -> tuple[tuple[Sheet, ...], Mapping[str, Answer]]:
    """Return the sheets without the list of findings, and the answers in that, by token."""
    words = {phrase(f"review.{choice}"): choice for choice in (RIGHT, MEND, REPLACE, KEEP)}
    name, answers = sheet_name(), {}
    for sheet in sheets:
        for row in sheet.rows() if normalize_text(sheet.name) == name else ():
            cells = {field: sheet.text(row, letter) for field, letter in LETTERS.items()}
            if cells["token"]:
                choice = words.get(normalize_text(cells["answer"]).casefold(), cells["answer"])
                place = Place(file, row, LETTERS["reason"], name)
                answers[cells["token"]] = Answer(choice, cells["reason"], place)
    return tuple(sheet for sheet in sheets if normalize_text(sheet.name) != name), answers
