"""Style of the sheets of a workbook: fonts, colours, protection, print setup."""

from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

TYPED_FILL = PatternFill("solid", start_color="FFF8DC")  # of cells to fill in
PREFILLED_FILL = PatternFill("solid", start_color="F2F2F2")
HEADING_FILL = PatternFill("solid", start_color="1F4E79")
MISSING_FILL = PatternFill("solid", end_color="F4B183")
LINE_HEIGHT = 16  # points
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


def finish(sheet: Worksheet) -> None:
    """Protect the locked cells, without a password, and set up printing on landscape A4."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # they can be resized
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
