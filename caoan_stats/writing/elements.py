"""Parts of a Word document that python-docx has no method for: fields, borders, alternative texts.

They are WordprocessingML elements of ISO/IEC 29500.
"""

from collections.abc import Iterable

from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

GRID = "Table Grid"
_AFTER_BORDERS = (  # elements of a paragraph's properties that follow its borders
    "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
    "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind",
    "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
    "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
    "pPrChange",
)  # fmt: skip


def element(tag: str, /, **attributes: object) -> BaseOxmlElement:
    """Return an element such as `w:fldChar`, with attributes of the same namespace."""
    made = OxmlElement(tag)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), str(value))
    return made


def add_field(paragraph: Paragraph, instruction: str, shown: str = "") -> None:
    """Append a field to a paragraph; `shown` is its result until a program updates it."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, instruction: str) -> None:
    """Begin a field whose result, which may take several paragraphs, is what follows."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="begin"))
    code = element("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    paragraph.add_run()._r.append(code)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))


def end_field(paragraph: Paragraph) -> None:
    """End the field that began last."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def add_bookmark(paragraph: Paragraph, number: int, name: str) -> None:
    """Put a bookmark around the content of a paragraph; its number is unique in the document."""
    start = element("w:bookmarkStart", id=number, name=name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(element("w:bookmarkEnd", id=number))


def add_link(paragraph: Paragraph, bookmark: str, text: str) -> None:
    """Append a text that leads to a bookmark."""
    link = element("w:hyperlink", anchor=bookmark, history=1)
    run = paragraph.add_run(text)
    link.append(run._r)
    paragraph._p.append(link)


def underline_paragraph(paragraph: Paragraph, indent: float) -> None:
    """Draw a line below a paragraph, shorter than the column by `indent` mm on both sides."""
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz=6, space=1, color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, *(f"w:{name}" for name in _AFTER_BORDERS))
    paragraph.paragraph_format.left_indent = Mm(indent)
    paragraph.paragraph_format.right_indent = Mm(indent)


def describe(run: Run, description: str, number: int) -> None:
    """Give the picture of a run its alternative text, and a number unique in the document."""
    for each in run._r.iter(qn("wp:docPr")):
        each.set("descr", description)
        each.set("id", str(number))
        each.set("name", f"Picture {number}")


def highlight(run: Run) -> None:
    """Mark a text that a person has to fill in."""
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def repeat_rows(table: Table, count: int) -> None:
    """Make the first rows of a table its heading, which each page repeats."""
    for row in table.rows[:count]:
        row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_rows_whole(table: Table) -> None:
    """Keep each row of a table on one page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, element("w:cantSplit"))


def set_widths(table: Table, widths: Iterable[float]) -> None:
    """Set the widths of the columns of a table, in mm."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
