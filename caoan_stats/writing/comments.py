"""Doubts as comments of a Word document."""

from collections.abc import Sequence
from datetime import UTC, datetime

from docx.document import Document as Word
from docx.text.run import Run

from caoan_stats.common.words import phrase


def add_comments(document: Word, said: Sequence[tuple[Run, Sequence[str]]], year: int) -> None:
    """Comment on texts of a document; the same comment on texts that follow each other is one."""
    pending: dict[str, list[Run]] = {}
    for run, texts in [*said, (None, ())]:
        for text in [each for each in pending if each not in texts]:
            _add(document, pending.pop(text), text, year)
        for text in dict.fromkeys(texts):
            pending.setdefault(text, []).append(run)


def _add(document: Word, runs: Sequence[Run], text: str, year: int) -> None:
    author = phrase("report.commentator")
    comment = document.add_comment([*runs], text, author, phrase("report.initials"))
    comment._comment_elm.date = datetime(year, 12, 31, tzinfo=UTC)
