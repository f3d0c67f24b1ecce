"""Style of the sheets of a workbook: headings, fonts, colours, notes, protection, print setup."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import ceil
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.common.words import phrase
from caoan_stats.forms.layout import CODE, HEADING_ROW, LABEL

FIRST_ROW = HEADING_ROW + 1
TYPED_FILL = PatternFill("solid", start_color="FFF8DC")  # of cells to fill in
PREFILLED_FILL = PatternFill("solid", start_color="F2F2F2")
HEADING_FILL = PatternFill("solid", start_color="1F4E79")
TITLE_FILL = PatternFill("solid", start_color="D6E4F0")
MISSING_FILL = PatternFill("solid", end_color="F4B183")
LINE_HEIGHT = 16  # points
NOTE_WIDTH = 50  # characters on a line of a note
_THIN = Side(style="thin", color="BFBFBF")
EDGES = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
TOP = Alignment(vertical="top", wrap_text=True)
RIGHT = Alignment(vertical="top", horizontal="right", indent=1)
LEFT = Alignment(vertical="top", horizontal="left", wrap_text=True)
SMALL = Alignment(vertical="top", shrink_to_fit=True)
CENTRE = Alignment(vertical="center", horizontal="center", wrap_text=True)


def font(**options: Any) -> Font:
    """Return the font of the workbook with options of `openpyxl.styles.Font`."""
    return Font(name="Calibri", **options)


def put(cell: Cell, content: object) -> None:
    """Write a number or a text into a cell; a text such as `=1+1` does not become a formula."""
    if isinstance(content, str):
        cell.value, cell.data_type = content, "s"
    elif isinstance(content, int | float | Decimal):
        cell.value = content


def write_headings(sheet: Worksheet, widths: Mapping[str, int], headings: Iterable[str]) -> None:
    """Write the headings of columns, by letter, which stay in sight; hide the codes."""
    for (letter, width), heading in zip(widths.items(), headings, strict=True):
        cell = sheet[f"{letter}{HEADING_ROW}"]
        put(cell, heading)
        cell.font = font(bold=True, color="FFFFFF")
        cell.fill, cell.border, cell.alignment = HEADING_FILL, EDGES, CENTRE
        sheet.column_dimensions[letter].width = width
    sheet.column_dimensions[CODE].hidden = True
    sheet.row_dimensions[HEADING_ROW].height = 48
    sheet.freeze_panes = f"C{FIRST_ROW}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"


def write_count(sheet: Worksheet, row: int, formula: str, after: str) -> None:
    """Write how many rows are filled in, into a row without a code; `after` follows the number."""
    cell = sheet[f"{LABEL}{row}"]
    cell.value = f"={formula}"
    cell.number_format = f'"{phrase("sheet.filled")} "0"{after}"'
    cell.alignment, cell.font = LEFT, font(italic=True)


def paint(cell: Cell, *, is_open: bool) -> None:
    """Show whether a cell is to be filled in, and lock it if it is not."""
    cell.border, cell.alignment = EDGES, TOP
    cell.fill = TYPED_FILL if is_open else PREFILLED_FILL
    cell.protection = Protection(locked=not is_open)


def add_note(cell: Cell, text: str) -> None:
    """Add a text that is shown while the pointer is on a cell; none if it is empty."""
    if text:
        lines = ceil(len(text) / NOTE_WIDTH)
        cell.comment = Comment(text, "caoan_stats", height=20 * (lines + 1), width=7 * NOTE_WIDTH)


def mark_missing(sheet: Worksheet, letter: str, stated: Iterable[str], last: int) -> None:
    """Colour each empty cell of a column, down to a row, while one of other columns is filled."""
    filled = ",".join(f'${each}{FIRST_ROW}<>""' for each in stated)
    rule = Rule(
        "expression",
        formula=[f'AND(OR({filled}),${letter}{FIRST_ROW}="")'],
        dxf=DifferentialStyle(fill=MISSING_FILL),
    )
    sheet.conditional_formatting.add(f"{letter}{FIRST_ROW}:{letter}{last}", rule)


def finish(sheet: Worksheet) -> None:
    """Protect the locked cells, without a password, and set up printing on landscape A4."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # they can be resized
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
