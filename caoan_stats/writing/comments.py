"""Doubts as comments of a Word document."""

from collections.abc import Sequence
from datetime import UTC, datetime

from docx.document import Document as Word
from docx.text.run import Run

from caoan_stats.common.words import phrase

Said = tuple[Run, Sequence[str]]  # a text, and the comments on it


def add_comments(document: Word, said: Sequence[Said], year: int) -> None:
    """Comment on texts of a document; the same comment on texts that follow each other is one."""
    open_: dict[str, list[Run]] = {}
    for run, texts in said:
        for text in [each for each in open_ if each not in texts]:
            _add(document, open_.pop(text), text, year)
        for text in dict.fromkeys(texts):
            open_.setdefault(text, []).append(run)
    for text, runs in open_.items():
        _add(document, runs, text, year)


def _add(document: Word, runs: Sequence[Run], text: str, year: int) -> None:
    author = phrase("report.commentator")
    comment = document.add_comment([*runs], text, author, phrase("report.initials"))
    comment._comment_elm.date = datetime(year, 12, 31, tzinfo=UTC)
