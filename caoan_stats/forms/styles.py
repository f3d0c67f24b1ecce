"""How the sheets of a workbook look: fonts, colours, protection, print."""

from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

TYPED_FILL = PatternFill("solid", start_color="FFF8DC")  # where a person types
GIVEN_FILL = PatternFill("solid", start_color="F2F2F2")
HEADING_FILL = PatternFill("solid", start_color="1F4E79")
LACKING_FILL = PatternFill("solid", end_color="F4B183")
LINE = 16  # points of a line of text
_LINE = Side(style="thin", color="BFBFBF")
EDGES = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
TOP = Alignment(vertical="top", wrap_text=True)
RIGHT = Alignment(vertical="top", horizontal="right", indent=1)
LEFT = Alignment(vertical="top", horizontal="left", wrap_text=True)
SMALL = Alignment(vertical="top", shrink_to_fit=True)
CENTRE = Alignment(vertical="center", horizontal="center", wrap_text=True)


def font(**options: Any) -> Font:
    """Give a font of the workbook, with options of `openpyxl.styles.Font`."""
    return Font(name="Calibri", **options)


def put(cell: Cell, content: object) -> None:
    """Write a number, or a text that is never taken for a formula."""
    if isinstance(content, str):
        cell.value, cell.data_type = content, "s"
    elif isinstance(content, int | float | Decimal):
        cell.value = content


def finish(sheet: Worksheet) -> None:
    """Protect what is not to be typed in, without a password, and let it print on wide pages."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # widths may be changed
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
