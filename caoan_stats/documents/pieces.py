"""Paragraphs and rows as they are found in a word processor's document, and their lines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from caoan_stats.documents.document import Kind, Line
from caoan_stats.documents.letters import clean

_NUMBERED = re.compile(r"(\d+(\.\d+)*|[a-z\u0111])[.)]\s")
_END = tuple(".;:!?…")


@dataclass(frozen=True)
class Piece:
    """A paragraph, or a row of a table with tabs between its cells."""

    text: str
    kind: Kind = "text"
    level: int = 0
    table: int = 0


def row(cells: Iterable[str], table: int) -> Piece:
    """Return a row; line breaks and tabs in a cell become spaces."""
    return Piece("\t".join(" ".join(cell.split()) for cell in cells), "table", table=table)


def lines(pieces: Iterable[Piece]) -> tuple[Line, ...]:
    r"""Return the lines of pieces that have text, numbered by piece.

    A line break within a sentence becomes a space; another one separates two lines.

    >>> [(line.number, line.text) for line in lines([Piece("A"), Piece("B đạt\n5 ha.\nCó 3 ao")])]
    [(1, 'A'), (2, 'B đạt 5 ha.'), (2, 'Có 3 ao')]
    """
    found = []
    for number, piece in enumerate(filter(_has_text, pieces), 1):
        known = Line("", number, 0, piece.kind, piece.level, piece.table)
        found += [replace(known, text=text) for text in _texts(piece)]
    return tuple(found)


def _has_text(piece: Piece) -> bool:
    return bool(clean(piece.text))


def _texts(piece: Piece) -> Iterator[str]:
    if piece.kind == "table":
        yield "\t".join(map(clean, piece.text.split("\t")))
        return
    text = ""
    for part in filter(None, map(clean, piece.text.split("\n"))):
        if text and (text.endswith(_END) or not _continues(part)):
            yield text
            text = ""
        text = f"{text} {part}" if text else part
    if text:
        yield text


def _continues(part: str) -> bool:
    """Whether a part goes on with the sentence of the part before it."""
    return (part[0].islower() or part[0] in "(0123456789%") and not _NUMBERED.match(part)
