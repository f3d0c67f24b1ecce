"""HTML of pages as parts of a Word document: headings, paragraphs, lists, tables and pictures."""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml.html import HtmlElement, fragment_fromstring, tostring

from caoan_stats.publish.maths import spelled
from caoan_stats.writing import form
from caoan_stats.writing.elements import GRID, keep_rows_whole, repeat_rows, set_widths
from caoan_stats.writing.pictures import add_picture, png_of, read_data_url

LEFT_OUT = (  # what only a browser needs, or has behind a click
    "details[@class='definitions']", "a[contains(@class, 'download')]", "p[@class='save']",
    "span[@class='unseen']", "*[@hidden]", "script", "style", "summary",
)  # fmt: skip
BLOCKS = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "table", "figure", "figcaption",
    "pre", "blockquote", "div", "details", "dl", "dt", "dd", "section", "hr", "img",
})  # fmt: skip
TITLES = {"figcaption": form.CAPTION, **{f"h{n}": form.style_of_heading(n) for n in range(1, 7)}}
_BOLD, _ITALIC = frozenset({"strong", "b", "th", "dt"}), frozenset({"em", "i", "cite"})
SVG = "image/svg+xml"
_DRAWING = re.compile(r"<svg\b([^>]*)>.*?</svg>", re.DOTALL)
_HIDDEN, _LABEL = re.compile(r"\saria-hidden="), re.compile(r'\saria-label="([^"]*)"')
_WIDEST = 60  # characters of a cell that count for the width of its column
MOST_CELLS = 60  # columns or rows that a cell may take
LETTER, MARGINS = 1.75, 4.5  # mm, of a letter in a table, and beside a text


@dataclass
class Writer:
    """A document that is being written, and the number of its last picture."""

    document: Word
    width: float = form.TEXT_WIDTH  # of the text, in mm
    pictures: Iterator[int] = field(default_factory=lambda: count(1))

    def add(self, html: str) -> None:
        """Append HTML to the document."""
        root = fragment_fromstring(_as_images(html), create_parent="div")
        for each in root.xpath("|".join(f".//{path}" for path in LEFT_OUT)):
            each.drop_tree()
        self._add_children(root, "Normal")

    def _add_children(self, parent: HtmlElement, style: str) -> None:
        """Append what an element contains; text between blocks is a paragraph."""
        loose: list[str | HtmlElement] = [parent.text or ""]
        for child in parent:
            if child.tag in BLOCKS:
                self._add_loose(loose, style)
                self._add_block(child, style)
                loose = [child.tail or ""]
            elif isinstance(child.tag, str):
                loose += [child, child.tail or ""]
            else:
                loose.append(child.tail or "")
        self._add_loose(loose, style)

    def _add_loose(self, parts: list[str | HtmlElement], style: str) -> None:
        texts = [part if isinstance(part, str) else part.text_content() for part in parts]
        if "".join(texts).strip() or any(_has_picture(each) for each in parts):
            paragraph = self.document.add_paragraph(style=style)
            for part in parts:
                self.add_inline(paragraph, part)
            _trim(paragraph)

    def _add_block(self, block: HtmlElement, style: str) -> None:
        match block.tag:
            case tag if tag in TITLES:
                self._add_loose([block], TITLES[tag])
            case "ul" if "tiles" in block.get("class", ""):
                for item in block.iterchildren("li"):
                    name, *said = (" ".join(p.text_content().split()) for p in item)
                    self.document.add_paragraph(f"{name}: {'; '.join(said)}.", style=form.LIST)
            case "ol":
                for number, item in enumerate(block.iterchildren("li"), 1):
                    first = next(item.iter("p"), item)
                    first.text = f"{number}. {(first.text or '').lstrip()}"
                    self._add_children(item, "Normal")
            case "ul":
                self._add_children(block, form.LIST_2 if style == form.LIST else form.LIST)
            case "div" if "aim" in block.get("class", "").split() and len(block):
                name, *said = block
                self._add_loose([name, ": ", *(x for each in said for x in (each, " "))], style)
            case "p" if "foot" in block.get("class", "").split():
                self._add_loose([block], form.SMALL)
            case "table":
                self._add_table(block)
            case "img":
                paragraph = self.document.add_paragraph(style=form.CENTRED)
                self.add_inline(paragraph, block)
            case "pre":
                self.document.add_paragraph(block.text_content().strip("\n"), style=form.CODE)
            case _:
                self._add_children(block, style)

    def add_inline(
        self,
        paragraph: Paragraph,
        part: str | HtmlElement,
        *,
        bold: bool = False,
        italic: bool = False,
    ) -> None:
        """Append a text with its emphasis, line breaks and pictures."""
        if isinstance(part, str):
            run = paragraph.add_run(re.sub(r"\s+", " ", part))
            run.bold, run.italic = bold or None, italic or None
            return
        if part.tag == "img":
            self._add_picture(paragraph, part)
            return
        if part.tag == "br":
            paragraph.add_run().add_break()
        if part.tag == "math":
            formula = spelled(tostring(part, encoding="unicode", with_tail=False))
            self.add_inline(paragraph, formula, italic=True)
            return
        bold, italic = bold or part.tag in _BOLD, italic or part.tag in _ITALIC
        for each in (part.text, *(x for child in part for x in (child, child.tail))):
            if each is not None and (isinstance(each, str) or isinstance(each.tag, str)):
                self.add_inline(paragraph, each, bold=bold, italic=italic)

    def _add_picture(self, paragraph: Paragraph, part: HtmlElement) -> None:
        """Append a picture with its alternative text, or that text if Word cannot show it."""
        words = part.get("alt") or ""
        try:
            content, number = read_data_url(part.get("src", "")), next(self.pictures)
            if part.get("src", "").startswith(f"data:{SVG}"):
                content = png_of(content.decode())
            add_picture(paragraph, content, words, number, self.width)
        except (ValueError, UnrecognizedImageError):
            paragraph.add_run(words)

    def _add_table(self, html: HtmlElement) -> None:
        """Append a table with its caption, its heading rows repeated on each page."""
        rows = [*html.iter("tr")]
        cells = list(_places(rows))
        if not cells:
            return
        for caption in html.iter("caption"):
            self._add_loose([caption], form.CAPTION)
        columns = max(cell.column + cell.width for cell in cells)
        table = self.document.add_table(rows=len(rows), cols=columns)
        table.style = GRID
        for cell in cells:
            first = table.cell(cell.row, cell.column)
            last = table.cell(cell.row + cell.height - 1, cell.column + cell.width - 1)
            _fill(first.merge(last) if first is not last else first, cell.html, self)
        heads = sum(1 for row in rows if row.getparent().tag == "thead")
        repeat_rows(table, heads if heads < len(rows) else 0)
        keep_rows_whole(table)
        set_widths(table, _widths(cells, columns, self.width))
        below = self.document.add_paragraph(style=form.SMALL)  # or the next table would join it
        below.paragraph_format.line_spacing = Pt(6)


class Cell(NamedTuple):
    """A cell of a table: where it begins, how many rows and columns it takes, and its HTML."""

    row: int
    column: int
    height: int
    width: int
    html: HtmlElement


def _places(rows: Sequence[HtmlElement]) -> Iterator[Cell]:
    """Yield the cells of a table where a browser shows them."""
    taken: set[tuple[int, int]] = set()
    for place, row in enumerate(rows):
        for html in row.iterchildren("td", "th"):
            column = next(at for at in count() if (place, at) not in taken)
            width, height = _span(html, "colspan"), _span(html, "rowspan")
            height = min(height, len(rows) - place)
            taken |= {(place + y, column + x) for y in range(height) for x in range(width)}
            yield Cell(place, column, height, width, html)


def _span(html: HtmlElement, name: str) -> int:
    number = html.get(name) or ""
    return min(max(int(number), 1), MOST_CELLS) if number.isdecimal() else 1


def _fill(cell: _Cell, html: HtmlElement, writer: Writer) -> None:
    paragraph, is_heading = cell.paragraphs[0], html.getparent().getparent().tag == "thead"
    paragraph.style = form.CELL
    writer.add_inline(paragraph, html)
    _trim(paragraph)
    if "number" in html.get("class", ""):
        paragraph.alignment = ALIGN.RIGHT
    if is_heading:
        paragraph.alignment = ALIGN.CENTER
    elif html.tag == "th":
        for run in paragraph.runs:
            run.bold = None


def _widths(cells: Sequence[Cell], columns: int, width: float) -> list[float]:
    """Return the widths of columns in mm: room for their longest words, the rest by their texts."""
    words, texts = [MARGINS] * columns, [0.0] * columns
    for cell in cells:
        text = cell.html.text_content().strip()
        if cell.width == 1 and text:
            longest, at = max(map(len, text.split())), cell.column
            words[at] = max(words[at], longest * LETTER + MARGINS)
            texts[at] = max(texts[at], min(len(text), _WIDEST) * LETTER + MARGINS)
    least, spare = sum(words), width - sum(words)
    if spare <= 0:
        return [width * each / least for each in words]
    wanted = [max(text - word, 0.0) for word, text in zip(words, texts, strict=True)]
    share = spare / (sum(wanted) or 1)
    return [word + share * more for word, more in zip(words, wanted, strict=True)]


def _as_images(html: str) -> str:
    """Return HTML with its drawings as images, which an HTML parser leaves as they are."""

    def image(drawing: re.Match[str]) -> str:
        if _HIDDEN.search(drawing[1]):
            return ""
        words = _LABEL.search(drawing[1])
        source = f"data:{SVG};base64,{b64encode(drawing[0].encode()).decode()}"
        return f'<img src="{source}" alt="{words[1] if words else ""}">'

    return _DRAWING.sub(image, html)


def _has_picture(part: str | HtmlElement) -> bool:
    return not isinstance(part, str) and any(True for _ in part.iter("img"))


def _trim(paragraph: Paragraph) -> None:
    """Remove spaces at the start and at the end of a paragraph."""
    filled = [run for run in paragraph.runs if run.text]
    if filled:
        filled[0].text = filled[0].text.lstrip() if not _is_break(filled[0].text) else ""
        filled[-1].text = filled[-1].text.rstrip()


def _is_break(text: str) -> bool:
    return text == "\n"
