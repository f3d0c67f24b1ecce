"""The form of official documents: paper, fonts and styles.

Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I: A4, margins of 20-25 mm at the top and bottom, 30-35 mm
at the left, 15-20 mm at the right; Times New Roman in black; the text in 13 to 14 points,
justified, its first lines indented by 1 or 1.27 cm, at least 6 points between paragraphs, lines at
1 to 1.5; page numbers of 13 to 14 points, centred in the top margin, none on the first page.
"""

from datetime import UTC, datetime
from typing import cast

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from caoan_stats.writing.elements import add_field, element

FONT, LANGUAGE = "Times New Roman", "vi-VN"
SIZE = 14  # points, of the text
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 20  # margins in mm
WIDTH, HEIGHT = 210, 297  # of A4, in mm
TEXT_WIDTH = WIDTH - LEFT - RIGHT
INDENT = 12.7  # mm, of a first line
LEVELS = 6  # of headings
VERSION = 15  # of Word, whose layout is used; below it Word says "Compatibility Mode"
LIST, LIST_2, CODE, CELL = "List Bullet", "List Bullet 2", "Preformatted", "Table Text"
CENTRED, SMALL, CAPTION = "Centred", "Small", "Caption"
_DEEPEST = 3  # level of the headings that the contents list


def new_document(title: str, author: str, year: int | None, mark: str) -> Word:
    """Return an empty document in the official form.

    `mark` stands below each page: the edition. The dates in the properties are those of the end of
    the year, so that the same data makes the same file.
    """
    document = Document()
    _set_page(document, mark)
    _set_defaults(document)
    _set_styles(document)
    _set_headings(document)
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, author, LANGUAGE
    properties.last_modified_by, properties.comments, properties.revision = author, mark, 1
    properties.created = properties.modified = datetime(year or 2000, 12, 31, tzinfo=UTC)
    return document


def style_of_heading(level: int) -> str:
    """Return the name of the style of headings of a level, from 1."""
    return f"Heading {min(level, LEVELS)}"


def begin_annex(document: Word) -> float:
    """Begin a page in landscape format, for tables, and return the width of its text in mm.

    Pages of an annex have numbers of their own, none on the first.
    """
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(HEIGHT), Mm(WIDTH)
    section._sectPr.insert_element_before(element("w:pgNumType", start=1), "w:cols", "w:titlePg")
    return HEIGHT - LEFT - RIGHT


def turn_back(document: Word) -> None:
    """Begin a page in portrait format, for text and charts, with the numbers that follow."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
    section.different_first_page_header_footer = False
    section._sectPr.remove(section._sectPr.find(qn("w:pgNumType")))


def _set_page(document: Word, mark: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    add_field(number, "PAGE", "2")
    for footer in (section.first_page_footer, section.footer):
        footer.paragraphs[0].text = mark


def _set_defaults(document: Word) -> None:
    """Set the font and the language of all text, and the layout of the Word that is in use."""
    (mode,) = document.settings.element.xpath(".//w:compatSetting[@w:name='compatibilityMode']")
    mode.set(qn("w:val"), str(VERSION))
    defaults = document.styles.element.find(qn("w:docDefaults")).find(".//" + qn("w:rPr"))
    for name in ("w:rFonts", "w:lang"):
        for old in defaults.findall(qn(name)):
            defaults.remove(old)
    defaults.insert(0, element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    defaults.append(element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))


def _set_styles(document: Word) -> None:
    normal = _style(document, "Normal", SIZE, align=ALIGN.JUSTIFY, indent=INDENT, after=6)
    normal.paragraph_format.line_spacing = 1.15
    _style(document, CENTRED, SIZE, align=ALIGN.CENTER, after=0)
    _style(document, SMALL, 11)
    _style(document, CELL, 10.5)
    _style(document, CODE, 10).paragraph_format.keep_together = True
    caption = _style(document, CAPTION, 13, bold=True, align=ALIGN.CENTER, before=6, after=4)
    caption.paragraph_format.keep_with_next = True
    _style(document, "Header", 13, align=ALIGN.CENTER)
    _style(document, "Footer", 11, italic=True, align=ALIGN.CENTER)
    for level, (name, sign) in enumerate(((LIST, "-"), (LIST_2, "+")), 1):
        style = _style(document, name, SIZE, align=ALIGN.JUSTIFY, indent=level * INDENT, after=6)
        _set_sign(document, style, sign)


def _set_headings(document: Word) -> None:
    """Set the styles of headings and of their lines in the contents."""
    for level in range(1, LEVELS + 1):
        centred = level == 1
        heading = _style(
            document,
            style_of_heading(level),
            SIZE,
            bold=True,
            italic=level > 4,
            align=ALIGN.CENTER if centred else ALIGN.JUSTIFY,
            indent=0 if centred else INDENT,
            before=12 if level < 3 else 6,
            after=6,
        )
        heading.paragraph_format.keep_with_next = True
    for level in range(1, _DEEPEST + 1):
        line = _style(document, f"toc {level}", 12, after=2)
        line.paragraph_format.left_indent = Mm(6 * level - 6)


def _style(  # noqa: PLR0913 - one parameter a property
    document: Word,
    name: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    align: ALIGN = ALIGN.LEFT,
    indent: float = 0,
    before: float = 0,
    after: float = 0,
) -> ParagraphStyle:
    """Return a paragraph style with the font of the form; a new one if there is none yet."""
    styles = document.styles
    made = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style = cast("ParagraphStyle", made)
    for old in style.element.get_or_add_rPr().findall(qn("w:rFonts")):
        style.element.rPr.remove(old)
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic, style.font.color.rgb = bold, italic, RGBColor(0, 0, 0)
    layout = style.paragraph_format
    layout.alignment, layout.first_line_indent = align, Mm(indent)
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    return style


def _set_sign(document: Word, style: ParagraphStyle, sign: str) -> None:
    """Begin the items of a list with a sign, and lay them out as paragraphs, which they are."""
    properties, numbering = style.element.pPr, document.part.numbering_part.element
    used = numbering.num_having_numId(properties.numPr.numId.val).abstractNumId.val
    (abstract,) = numbering.xpath(f"./w:abstractNum[@w:abstractNumId={used}]")
    for text in abstract.iter(qn("w:lvlText")):
        text.set(qn("w:val"), sign)
        text.addprevious(element("w:suff", val="space"))
    for fonts in abstract.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        fonts.set(qn("w:ascii"), FONT)
        fonts.set(qn("w:hAnsi"), FONT)
    style.paragraph_format.left_indent = Mm(0)
    properties.remove(properties.find(qn("w:contextualSpacing")))  # no room between items
