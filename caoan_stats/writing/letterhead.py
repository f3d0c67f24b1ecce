"""Head and foot of an official document: issuer, national motto, number, date, title, signature.

Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II: the national name in capitals of 12 to 13
points, bold; the motto of 13 to 14 points, bold, a line as long as it below; the issuer in capitals
of 12 to 13 points, bold, a line of a third to half its length below; number and symbol of 13 points
under it; place and date of 13 to 14 points, italic, beside them; the kind of document in capitals
and its subject, both bold and centred, a line below; the addressees of 11 points under “Nơi nhận”
of 12 points, bold and italic; the authority of the signatory in capitals, bold.

What only a person knows stands in brackets that are highlighted: `[…]`.
"""

import re
from dataclasses import dataclass

from docx.document import Document as Word
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from caoan_stats.common.words import phrase
from caoan_stats.writing.elements import highlight, keep_rows_whole, set_widths, underline_paragraph
from caoan_stats.writing.form import CENTRED, SMALL, TEXT_WIDTH

BRACKETS = re.compile(r"(\[[^\]]*\])")
_COLUMNS = (60, TEXT_WIDTH - 60)  # mm: the issuer, and the national motto
_FOOT = (TEXT_WIDTH / 2, TEXT_WIDTH / 2)  # mm: the addressees, and the signature
_LINES = (18, 19.5)  # mm on both sides of the lines below the issuer and the motto
_ROOM = 60  # points, for a signature and a stamp


@dataclass(frozen=True)
class Issuer:
    """Who issues a report: in full, the kind of unit, and its own name, which is the place."""

    full: str
    kind: str
    place: str


def read_issuer(name: str) -> Issuer:
    """Return an issuer as a document names it.

    >>> read_issuer("UBND xã Bình An")
    Issuer(full='Ủy ban nhân dân xã Bình An', kind='xã', place='Bình An')
    >>> read_issuer("Chi cục Thống kê").place
    '[địa danh]'
    """
    short, full = phrase("report.committee_short"), phrase("report.committee")
    named = f"{full}{name.removeprefix(short)}" if name.startswith(f"{short} ") else name
    found = re.search(rf"\b({phrase('cover.kinds')}) (\S.*)", named, re.IGNORECASE)
    if not found:
        return Issuer(named, phrase("report.unit"), phrase("report.place_gap"))
    return Issuer(named, found[1].lower(), found[2])


def add_head(document: Word, issuer: Issuer, subject: str, date: str) -> None:
    """Append what stands above the text; `date` is in ISO 8601, as precise as it is known."""
    table = document.add_table(rows=2, cols=2)
    set_widths(table, _COLUMNS)
    left, right = table.rows[0].cells
    superior = phrase("report.superior_gap").upper()
    names = [name.upper() for name in _lines_of(issuer)]
    _fill(left, (superior, 12, False), *((name, 13, True) for name in names))
    _fill(right, (phrase("report.nation"), 12, True), (phrase("report.motto"), 14, True))
    for cell, indent in zip((left, right), _LINES, strict=True):
        _shorten(cell.add_paragraph(style=CENTRED), indent)
    left, right = table.rows[1].cells
    _fill(left, (phrase("report.symbol"), 13, False))
    _fill(right, (f"{issuer.place}, {_date(date)}", 14, False))
    for run in right.paragraphs[0].runs:
        run.font.italic = True
    for row in table.rows[1].cells:
        row.paragraphs[0].paragraph_format.space_before = Pt(6)
    title = add_text(
        document.add_paragraph(style=CENTRED), phrase("report.kind").upper(), bold=True
    )
    title.paragraph_format.space_before = Pt(18)
    underlined = add_text(document.add_paragraph(style=CENTRED), subject, bold=True)
    underlined.paragraph_format.space_after = Pt(0)
    line = document.add_paragraph(style=CENTRED)
    _shorten(line, 55)
    line.paragraph_format.space_after = Pt(12)


def reference(issuer: Issuer, date: str) -> str:
    """Return the words that tell an annex from those of other documents."""
    return phrase("report.annex_of", date=_date(date), issuer=issuer.full)


def add_foot(document: Word, issuer: Issuer) -> None:
    """Append addressees and signature."""
    table = document.add_table(rows=1, cols=2)
    set_widths(table, _FOOT)
    keep_rows_whole(table)
    left, right = table.rows[0].cells
    heading = add_text(_first(left, SMALL), phrase("report.addressees"), bold=True, size=12)
    heading.runs[0].font.italic = True
    for line in phrase("report.addressee_lines", unit=issuer.kind).split("\n"):
        add_text(left.add_paragraph(style=SMALL), line)
    authority = phrase("report.authority", issuer=_lines_of(issuer)[0]).upper()
    _fill(right, (authority, 14, True), (phrase("report.chair").upper(), 14, True))
    name = add_text(right.add_paragraph(style=CENTRED), phrase("report.name_gap"), bold=True)
    name.paragraph_format.space_before = Pt(_ROOM)


def add_text(
    paragraph: Paragraph, text: str, *, bold: bool | None = None, size: float = 0
) -> Paragraph:
    """Append a text to a paragraph, its brackets highlighted, and return the paragraph."""
    for part in filter(None, BRACKETS.split(text)):
        run = paragraph.add_run(part)
        run.bold = bold
        if size:
            run.font.size = Pt(size)
        if BRACKETS.fullmatch(part):
            highlight(run)
    return paragraph


def _fill(cell: _Cell, *lines: tuple[str, float, bool]) -> None:
    for place, (text, size, bold) in enumerate(lines):
        paragraph = cell.add_paragraph(style=CENTRED) if place else _first(cell, CENTRED)
        add_text(paragraph, text, bold=bold, size=size)


def _first(cell: _Cell, style: str) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.style = style
    return paragraph


def _shorten(paragraph: Paragraph, indent: float) -> None:
    """Make an empty paragraph a line that is shorter than the column, as low as it can be."""
    underline_paragraph(paragraph, indent)
    paragraph.paragraph_format.line_spacing = Pt(3)


def _lines_of(issuer: Issuer) -> list[str]:
    """Return the name of an issuer in two lines, that of its unit in the second.

    >>> _lines_of(read_issuer("UBND phường Bình An")), _lines_of(read_issuer("Chi cục Thống kê"))
    (['Ủy ban nhân dân', 'phường Bình An'], ['Chi cục Thống kê'])
    """
    found = re.fullmatch(rf"(.*\S) ({issuer.kind} {re.escape(issuer.place)})", issuer.full, re.I)
    return [found[1], found[2]] if found else [issuer.full]


def _date(date: str) -> str:
    """Return a date in words, with brackets for what is not known.

    >>> _date("2023-12")
    'ngày […] tháng 12 năm 2023'
    """
    year, month, day = [*date.split("-"), "", ""][:3]
    shown = month if month < "03" else month.lstrip("0")
    gap = phrase("report.bracket")
    return phrase("report.date", day=day or gap, month=shown or gap, year=year)
