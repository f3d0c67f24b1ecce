"""A document as lines of text, whatever its file format."""

from dataclasses import dataclass
from typing import Literal

from caoan_stats.common.errors import DataError

Kind = Literal["text", "heading", "table", "note"]  # a note is a footnote or an endnote


@dataclass(frozen=True)
class Line:
    """One line of a text or a PDF, one paragraph of a word processor, or one row of a table."""

    text: str  # Unicode form NFC; of a row, its cells with tabs between them
    number: int  # from 1: line of a text file, paragraph or row of a document, line of a PDF page
    page: int = 0  # from 1; 0 in a format without pages
    kind: Kind = "text"
    level: int = 0  # of a heading, from 1; 0 where the document does not tell
    table: int = 0  # of a row: number of its table in the document, from 1

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a row."""
        return tuple(self.text.split("\t"))


@dataclass(frozen=True)
class Document:
    """The text of a document, without what only looks like text.

    Where `is_wrapped`, a line ends where the page does: sentences go on in the next one.
    `remarks` tell what a person should know of it, such as tracked changes.
    """

    file: str  # name of the file, without its folder
    lines: tuple[Line, ...]
    is_wrapped: bool = False
    remarks: tuple[DataError, ...] = ()
