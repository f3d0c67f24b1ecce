"""The lines of a page of a PDF, from where its glyphs stand."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caoan_stats.documents.pdf_tables import Grid

_SPACE, _WIDE = 0.16, 2.0  # of the size of the letters: gaps between words, between columns
_SAME_LINE = 0.55  # of the size: steps down and up in a line
_LEAST_LINES, _FULL = 6, 0.6  # of a column of text: lines, and the share of its width they fill
_MOST_LINES = 1_000  # of a page in columns; a map has more
_RAISED, _SMALL = 0.1, 0.8  # of the size of the line: how much a raised digit is higher, smaller
_HIGH_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LABEL = re.compile(r"[IVXLC]{1,5}[.)]?|\d{1,2}(\.\d{1,2})*[.)]|[a-z\u0111][.)]|[-+*•–]", re.I)
_GUTTER = 8.0  # points between two columns of text


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter, and where it stands on the page, in points from its lower left corner."""

    sign: str
    left: float
    right: float
    bottom: float
    size: float

    def with_accent(self, accent: str) -> "Glyph":
        """Return it with one more accent."""
        return replace(self, sign=self.sign + accent)


@dataclass(frozen=True)
class Block:
    """A line, a part of a line before or after a wide gap, or a row of a table."""

    text: str
    left: float
    right: float
    y: float
    grid: "Grid | None" = None  # of a row


def text_blocks(glyphs: Sequence[Glyph]) -> list[Block]:
    """Return the lines of a page, cut at wide gaps, from top to bottom."""
    return [block for line in _lines_of(glyphs) for block in _parts(line)]


def joined(glyphs: Sequence[Glyph]) -> str:
    """Return the text of glyphs that stand in a part of a page, without line breaks.

    >>> joined([Glyph("a", 0, 5, 0, 10), Glyph("b", 9, 14, 0, 10)])
    'a b'
    """
    return " ".join(block.text for block in text_blocks(glyphs))


def in_reading_order(blocks: Iterable[Block]) -> list[Block]:
    """Return the lines of a page: column by column where it has columns, else with tabs at gaps."""
    ordered = sorted(blocks, key=lambda block: (-block.y, block.left))
    gutter = _gutter(ordered)
    if gutter is None:
        return list(_rejoined(ordered))
    found: list[Block] = []
    for band in _bands(ordered, gutter):
        for is_left in (True, False):
            column = [each for each in band if (each.right <= gutter) == is_left]
            found += in_reading_order(column) if len(column) < len(ordered) else column
    return found


def _lines_of(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda each: -each.bottom):
        if line and line[0].bottom - glyph.bottom > _SAME_LINE * max(line[0].size, glyph.size):
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line


def _parts(line: list[Glyph]) -> Iterator[Block]:
    """Yield the parts of a line between its wide gaps."""
    line = sorted(line, key=lambda each: each.left)
    text, first, last = "", line[0], line[0]
    usual = sorted(line, key=lambda each: each.size)[len(line) // 2]  # letters with accents differ
    y = usual.bottom
    for glyph in line:
        gap = glyph.left - last.right
        if gap > _WIDE * glyph.size:
            yield Block(text, first.left, last.right, y)
            text, first = "", glyph
        elif gap > _SPACE * min(glyph.size, last.size) and text:
            text += " "
        text += _sign(glyph, usual, text)
        last = glyph
    yield Block(text, first.left, last.right, y)


def _sign(glyph: Glyph, usual: Glyph, before: str) -> str:
    """Return the sign of a glyph; a raised digit stays one, but in m2 and m3."""
    is_raised = (
        glyph.sign.isdecimal()
        and glyph.size < _SMALL * usual.size
        and glyph.bottom > usual.bottom + _RAISED * usual.size
    )
    return glyph.sign.translate(_HIGH_DIGITS) if is_raised and before[-1:] != "m" else glyph.sign


def _rejoined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks of the same height as one, with tabs between them, but after a list's number."""
    line: Block | None = None
    for block in blocks:
        if line is not None and line.grid is None and block.grid is None and line.y == block.y:
            joint = " " if _LABEL.fullmatch(line.text) else "\t"
            line = replace(line, text=f"{line.text}{joint}{block.text}", right=block.right)
            continue
        if line is not None:
            yield line
        line = block
    if line is not None:
        yield line


def _gutter(blocks: Sequence[Block]) -> float | None:
    """Return the middle of the gap between two columns of running text, None if there are none."""
    texts = [block for block in blocks if block.grid is None]
    if not 2 * _LEAST_LINES <= len(texts) <= _MOST_LINES:
        return None
    left, right = min(each.left for each in texts), max(each.right for each in texts)
    edges = sorted({each.right for each in texts if _is_inside(each.right, left, right)})
    best = max(edges, key=lambda edge: _weight(texts, edge), default=None)
    if best is None:
        return None
    starts = [each.left for each in texts if each.left > best + _GUTTER]
    gutter = (best + min(starts)) / 2 if starts else right
    sides = (
        [each for each in texts if each.right <= gutter],
        [each for each in texts if each.left >= gutter],
    )
    is_full = all(
        len(side) >= _LEAST_LINES
        and median(each.right - each.left for each in side)
        > _FULL * (max(each.right for each in side) - min(each.left for each in side))
        and median(each.right - each.left for each in side) > (right - left) / 6
        for side in sides
    )
    overlap = min(max(each.y for each in side) for side in sides if side) - max(
        min(each.y for each in side) for side in sides if side
    )
    return gutter if is_full and overlap > 0 else None


def _is_inside(edge: float, left: float, right: float) -> bool:
    return 0.2 < (edge - left) / max(right - left, 1) < 0.8


def _weight(texts: Sequence[Block], edge: float) -> int:
    """Return how many lines stop at an edge or begin after it, less those that cross it."""
    after = sum(each.left > edge + _GUTTER for each in texts)
    before = sum(each.right <= edge for each in texts)
    return min(after, before) - 2 * (len(texts) - after - before)


def _bands(blocks: Sequence[Block], gutter: float) -> Iterator[list[Block]]:
    """Yield what stands between the lines that cross the gutter, and each of these alone."""
    band: list[Block] = []
    for block in blocks:
        if block.left < gutter < block.right:
            yield band
            yield [block]
            band = []
        else:
            band.append(block)
    yield band
