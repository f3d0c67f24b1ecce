"""The first sheet of a marked copy: a row for each finding, with a link and a place to answer."""

from collections.abc import Mapping, Sequence
from copy import copy
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Protection
from openpyxl.styles.proxy import StyleProxy
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.common.words import phrase, say
from caoan_stats.forms import styles
from caoan_stats.forms.answers import (
    FIELDS,
    KEEP,
    LETTERS,
    LIST_HEADING_ROW,
    MEND,
    REPLACE,
    RIGHT,
    sheet_name,
)
from caoan_stats.forms.findings import CHOICES, Finding
from caoan_stats.forms.layout import COLUMN_LETTERS, cover_name
from caoan_stats.forms.styles import font

WIDTHS = (6, 20, 28, 13, 40, 40, 40, 19, 34, 8)  # of the columns
GUIDES = ("guide_1", "guide_2", "guide_3")
GUIDE_WIDTH = 230  # characters of a guide on one line


def write_list(
    book: Workbook,
    listed: Sequence[tuple[Finding, Cell | None]],
    fills: Mapping[str, StyleProxy],
    language: str,
) -> Worksheet:
    """Insert the list as the first sheet of a workbook, and return it.

    `listed` are findings, each with its cell if there is one; `fills` are the fills of these cells
    before they were marked, by their names.
    """
    sheet: Worksheet = book.create_sheet(sheet_name(), 0)
    styles.put(sheet["A1"], phrase("review.heading", count=sum(each.is_open for each, _ in listed)))
    sheet["A1"].font = font(size=18, bold=True)
    words = {name: phrase(f"review.{name}") for name in ("cell", RIGHT, REPLACE, KEEP)}
    for row, guide in enumerate(GUIDES, 2):
        sheet.merge_cells(f"A{row}:{LETTERS['reason']}{row}")
        text = phrase(f"review.{guide}", **words)
        styles.put(sheet[f"A{row}"], text)
        sheet[f"A{row}"].alignment = styles.LEFT
        sheet.row_dimensions[row].height = styles.LINE_HEIGHT * ceil(len(text) / GUIDE_WIDTH)
    _write_headings(sheet)
    for row, (finding, cell) in enumerate(listed, LIST_HEADING_ROW + 1):
        _write_finding(sheet, row, finding, cell, language)
        if cell:
            sheet[f"{LETTERS['kind']}{row}"].fill = copy(cell.fill)
            sheet[f"{LETTERS['token']}{row}"].fill = fills[cell_name(cell)]
    _offer_choices(sheet, [finding for finding, _ in listed])
    styles.finish(sheet)
    return sheet


def cell_fills(sheet: Worksheet) -> dict[str, StyleProxy]:
    """Return the fills that cells had before they were marked, by cell as in `Lúa!F3`."""
    return {
        str(row[1].value): copy(row[len(FIELDS) - 1].fill)
        for row in sheet.iter_rows(min_row=LIST_HEADING_ROW + 1, max_col=len(FIELDS))
        if row[1].value
    }


def _write_headings(sheet: Worksheet) -> None:
    for (field, letter), width in zip(LETTERS.items(), WIDTHS, strict=True):
        cell = sheet[f"{letter}{LIST_HEADING_ROW}"]
        sheet.column_dimensions[letter].width = width
        if field == "token":
            sheet.column_dimensions[letter].hidden = True
            continue
        styles.put(cell, phrase(f"review.{field}"))
        cell.font, cell.alignment = font(bold=True, color="FFFFFF"), styles.CENTRE
        cell.fill, cell.border = styles.HEADING_FILL, styles.EDGES
    sheet.freeze_panes = f"A{LIST_HEADING_ROW + 1}"


def cell_name(cell: Cell) -> str:
    """Return the sheet and the coordinate of a cell, as in `Lúa!F3`."""
    return f"{cell.parent.title}!{cell.coordinate}"


def _label(cell: Cell) -> str:
    """Return the label of the row of a cell."""
    sheet: Any = cell.parent
    column = "A" if sheet.title == cover_name() else COLUMN_LETTERS["label"]
    return str(sheet[f"{column}{cell.row}"].value or "")


def _write_finding(
    sheet: Worksheet, row: int, finding: Finding, marked: Cell | None, language: str
) -> None:
    """Write a finding; what can be answered is open, the link goes to its cell."""
    answer = finding.answer
    texts = {
        "number": row - LIST_HEADING_ROW,
        "cell": cell_name(marked) if marked else "",
        "label": _label(marked) if marked else "",
        "kind": say(language, "finding", f"kind_{finding.kind}"),
        "what": finding.what,
        "why": finding.why,
        "remedy": finding.remedy,
        "answer": _answer_words(answer.choice) if answer else "",
        "reason": answer.reason if answer else "",
        "token": finding.token,
    }
    lines = []
    for (field, letter), width in zip(LETTERS.items(), WIDTHS, strict=True):
        cell, is_typed = sheet[f"{letter}{row}"], field in ("answer", "reason")
        styles.put(cell, texts[field])
        cell.alignment, cell.border = styles.LEFT, styles.EDGES
        if is_typed and finding.kind in CHOICES:
            cell.fill, cell.protection = styles.TYPED_FILL, Protection(locked=False)
        lines.append(ceil(len(str(texts[field])) / width * 1.1))
    sheet.row_dimensions[row].height = styles.LINE_HEIGHT * max(1, *lines[:-1])
    if marked:
        link, name = sheet[f"{LETTERS['cell']}{row}"], quote_sheetname(marked.parent.title)
        link.hyperlink = Hyperlink(ref="", location=f"{name}!{marked.coordinate}")
        link.font = font(color="0563C1", underline="single")


def _answer_words(choice: str) -> str:
    """Return the words of a choice; what is none stays as it was typed."""
    return phrase(f"review.{choice}") if choice in (RIGHT, MEND, REPLACE, KEEP) else choice


def _offer_choices(sheet: Worksheet, listed: Sequence[Finding]) -> None:
    """Offer the answers to each finding as a list."""
    for choices in {CHOICES[finding.kind] for finding in listed if finding.kind in CHOICES}:
        words = ",".join(phrase(f"review.{choice}") for choice in choices)
        offered = DataValidation(
            "list", formula1=f'"{words}"', allow_blank=True, errorTitle=phrase("sheet.choose"),
            error=phrase("sheet.one_of", words=words),
        )  # fmt: skip
        for row, finding in enumerate(listed, LIST_HEADING_ROW + 1):
            if CHOICES.get(finding.kind) == choices:
                offered.add(f"{LETTERS['answer']}{row}")
        sheet.add_data_validation(offered)
