"""The text of a PDF: the lines of its pages, without what repeats on each page."""

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from caoan_stats.documents.content import Content
from caoan_stats.documents.document import Kind, Line
from caoan_stats.documents.failure import UnreadableError
from caoan_stats.documents.letters import clean
from caoan_stats.documents.pdf_layout import Block, Glyph, in_reading_order, text_blocks
from caoan_stats.documents.pdf_running import running_lines
from caoan_stats.documents.pdf_tables import Rule, grids

PAGE_LIMIT, GLYPH_LIMIT, OBJECT_LIMIT = 1_000, 4_000_000, 20_000  # objects of one page
_PICTURE_SHARE, _SCAN_SHARE = 0.1, 0.7  # of the page, from which a picture counts
_LEAST_GLYPHS = 5  # of a page with text
_HYPHENS = {"\x02", "\ufffe"}  # as the library gives a hyphen at the end of a line


@dataclass(frozen=True)
class Page:
    """What one page shows."""

    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    picture_share: float  # of the largest picture

    @property
    def has_text(self) -> bool:
        """Whether there is more text than a page number."""
        return len(self.glyphs) >= _LEAST_GLYPHS


def read(data: bytes) -> Content:
    """Return the content of a PDF.

    Raises `UnreadableError` if it has a password, is damaged, too long, or only pictures.
    """
    pages: list[list[Block]] = []
    scanned, counts, glyphs = [], Counter[str](), 0
    for number, page in enumerate(_pages(data), 1):
        glyphs += len(page.glyphs)
        if glyphs > GLYPH_LIMIT:
            raise UnreadableError("document_crowded")
        pages.append(_blocks(page))
        if page.picture_share > _PICTURE_SHARE and not page.has_text:
            scanned.append(number)
        elif page.picture_share > _PICTURE_SHARE:
            counts["recognised" if page.picture_share > _SCAN_SHARE else "pictures"] += 1
    if scanned and len(scanned) == len(pages):
        raise UnreadableError("document_scanned", pages=len(pages))
    return Content(tuple(_lines(pages)), counts, is_wrapped=True, empty_pages=tuple(scanned))


def _blocks(page: Page) -> list[Block]:
    """Return the lines and rows of a page in reading order."""
    found = grids(page.rules)
    inside: list[list[Glyph]] = [[] for _ in found]
    outside: list[Glyph] = []
    for glyph in page.glyphs:
        place = next((i for i, grid in enumerate(found) if grid.contains(glyph)), None)
        (outside if place is None else inside[place]).append(glyph)
    rows = [row for grid, own in zip(found, inside, strict=True) for row in grid.rows(own)]
    return [each for each in in_reading_order([*text_blocks(outside), *rows]) if clean(each.text)]


def _lines(pages: list[list[Block]]) -> Iterator[Line]:
    """Yield the lines of pages; a table that goes on from the page before keeps its number."""
    table, last = 0, None
    for page, (blocks, running) in enumerate(zip(pages, running_lines(pages), strict=True), 1):
        is_first = True
        for number, block in enumerate(blocks, 1):
            if number - 1 in running:
                continue
            text = "\t".join(map(clean, block.text.split("\t")))
            grid = block.grid
            kind: Kind = "text" if grid is None else "table"
            if grid is not None and grid is not last:
                goes_on = is_first and last is not None and last.columns_match(grid)
                table += not goes_on
            yield Line(text, number, page, kind, table=table if grid else 0)
            last, is_first = grid, False


def _pages(data: bytes) -> Iterator[Page]:
    """Yield the pages of a PDF, one after the other without holding all."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        kind = "document_password" if is_locked else "document_damaged"
        raise UnreadableError(kind) from None
    try:
        if len(document) > PAGE_LIMIT:
            raise UnreadableError("document_long", pages=len(document), limit=PAGE_LIMIT)
        for number in range(len(document)):
            page = document[number]
            yield _page(page)
            page.close()
    except pypdfium2.PdfiumError:
        raise UnreadableError("document_damaged") from None
    finally:
        document.close()


def _page(page: Any) -> Page:
    from pypdfium2 import raw

    rules: list[Rule] = []
    share, (width, height) = 0.0, page.get_size()
    kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]
    for each in islice(page.get_objects(filter=kinds), OBJECT_LIMIT):
        if each.type == raw.FPDF_PAGEOBJ_PATH:
            rules += _rules(each) if len(rules) < OBJECT_LIMIT else ()
        else:
            left, bottom, right, top = each.get_bounds()
            share = max(share, (right - left) * (top - bottom) / max(width * height, 1))
    text = page.get_textpage()
    glyphs = tuple(_glyphs(text))
    text.close()
    return Page(glyphs, tuple(rules), share)


def _glyphs(text: Any) -> Iterator[Glyph]:
    """Yield the glyphs of a page; accents that stand alone go to the letter before them."""
    from pypdfium2 import raw

    box, last = raw.FS_RECTF(), None
    place = ctypes.byref(box)
    for number in range(min(text.count_chars(), GLYPH_LIMIT)):
        code = raw.FPDFText_GetUnicode(text, number)
        sign = "-" if chr(code) in _HYPHENS else chr(code)
        if (
            sign.isspace()
            or code < ord(" ")
            or not raw.FPDFText_GetLooseCharBox(text, number, place)
        ):
            continue
        if last is not None and unicodedata.combining(sign):
            last = last.with_accent(sign)
            continue
        if last is not None:
            yield last
        last = Glyph(sign, box.left, box.right, box.bottom, box.top - box.bottom)
    if last is not None:
        yield last


def _rules(path: Any) -> Iterator[Rule]:
    """Yield the straight lines of a path that are level or upright."""
    from pypdfium2 import raw

    matrix, x, y = path.get_matrix(), ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for number in range(min(raw.FPDFPath_CountSegments(path), OBJECT_LIMIT)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from Rule.between(last, point)
        if raw.FPDFPathSegment_GetClose(segment):
            yield from Rule.between(point, start)
        last = point
