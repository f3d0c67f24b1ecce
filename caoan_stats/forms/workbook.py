"""The workbook in which a clerk types the figures of a year: a sheet a table, and a cover."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Protection
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats import labels
from caoan_stats.datafolder import package
from caoan_stats.dataset import Dataset
from caoan_stats.forms import cover, layout, styles
from caoan_stats.forms.layout import COLUMN_LETTERS, COVER, HEADING_ROW, SHEET_COLUMNS
from caoan_stats.forms.prefilled import Prefilled, prefill
from caoan_stats.forms.styles import font

WRAPPED = ("label", "unit", "target")
_LARGEST = 10**15  # a number is below it


def write_workbook(ds: Dataset, year: int) -> bytes:
    """Make the workbook of a year.

    Parameters
    ----------
    ds
        The data folder that is to get the figures.
    year
        The year of the figures.

    Returns
    -------
    bytes
        A file of Excel (Office Open XML).
    """
    book = Workbook()
    del book[book.sheetnames[0]]
    cover.write_cover(book.create_sheet(COVER), ds, year)
    names = layout.sheet_names(package.load_package(ds.folder))
    for table, rows in prefill(ds, year).items():
        _table(book.create_sheet(names[table]), rows, year)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _table(sheet: Worksheet, rows: Sequence[Prefilled], year: int) -> None:
    for place, (column, heading) in enumerate(
        zip(SHEET_COLUMNS, layout.headings(year), strict=True), 1
    ):
        cell = sheet.cell(HEADING_ROW, place, heading)
        cell.font, cell.fill, cell.border = (
            font(bold=True, color="FFFFFF"),
            styles.HEADING_FILL,
            styles.EDGES,
        )
        cell.alignment = styles.CENTRE
        sheet.column_dimensions[COLUMN_LETTERS[column.field]].width = column.width
    sheet.row_dimensions[HEADING_ROW].height = 48
    for line, row in enumerate(rows, HEADING_ROW + 1):
        _row(sheet, line, row)
    sheet.freeze_panes = f"{COLUMN_LETTERS['unit']}{HEADING_ROW + 1}"
    _guide(sheet, rows)
    styles.finish(sheet)


def _row(sheet: Worksheet, line: int, given: Prefilled) -> None:
    for column in SHEET_COLUMNS:
        cell = sheet[f"{COLUMN_LETTERS[column.field]}{line}"]
        cell.border, cell.fill = (
            styles.EDGES,
            styles.TYPED_FILL if column.typed else styles.GIVEN_FILL,
        )
        cell.alignment = (
            styles.RIGHT if column.field in ("previous", "value", "change") else styles.TOP
        )
        cell.protection = Protection(locked=not column.typed)
        if not column.typed:
            styles.put(cell, getattr(given, column.field))
    widths = {column.field: column.width for column in SHEET_COLUMNS}
    lines = (ceil(len(str(getattr(given, name))) / widths[name]) for name in WRAPPED)
    sheet.row_dimensions[line].height = styles.LINE * max(lines)
    sheet[f"{COLUMN_LETTERS['indicator']}{line}"].alignment = styles.SMALL
    sheet[f"{COLUMN_LETTERS['indicator']}{line}"].font = font(size=8, color="7F7F7F")
    sheet[f"{COLUMN_LETTERS['previous']}{line}"].number_format = given.format
    sheet[f"{COLUMN_LETTERS['previous']}{line}"].font = font(italic=given.is_derived)
    for field in ("value", "change"):
        sheet[f"{COLUMN_LETTERS[field]}{line}"].number_format = (
            "General" if given.decimals else "#,##0"
        )
    for field in ("section", "note"):
        sheet[f"{COLUMN_LETTERS[field]}{line}"].number_format = "@"


def _guide(sheet: Worksheet, rows: Sequence[Prefilled]) -> None:
    """Say at each cell what it takes; only the list of qualifiers is held to."""
    last = HEADING_ROW + len(rows)
    if not rows:
        return
    number = DataValidation(
        "decimal", operator="between", formula1=str(-_LARGEST), formula2=str(_LARGEST),
        allow_blank=True, errorStyle="warning", errorTitle="Không phải số",
        error="Ô này thường là một số. Vẫn giữ nếu báo cáo ghi kèm chữ.",
    )  # fmt: skip
    number.add(f"{COLUMN_LETTERS['value']}{HEADING_ROW + 1}:{COLUMN_LETTERS['change']}{last}")
    words = ",".join(filter(None, labels.QUALIFIERS.values()))
    qualifier = DataValidation(
        "list", formula1=f'"{words}"', allow_blank=True, errorTitle="Chọn trong danh sách",
        error=f"Chỉ một trong: {words}; hoặc để trống.",
    )  # fmt: skip
    qualifier.add(
        f"{COLUMN_LETTERS['qualifier']}{HEADING_ROW + 1}:{COLUMN_LETTERS['qualifier']}{last}"
    )
    for guide in (number, qualifier):
        sheet.add_data_validation(guide)
    for line, row in enumerate(rows, HEADING_ROW + 1):
        sheet.add_data_validation(_where(row, line))
    first = HEADING_ROW + 1
    value, change, section = (
        f"${COLUMN_LETTERS[name]}{first}" for name in ("value", "change", "section")
    )
    lacking = Rule(
        "expression",
        formula=[f'AND(OR({value}<>"",{change}<>""),{section}="")'],
        dxf=DifferentialStyle(fill=styles.LACKING_FILL),
    )
    column = COLUMN_LETTERS["section"]
    sheet.conditional_formatting.add(f"{column}{first}:{column}{last}", lacking)


def _where(row: Prefilled, line: int) -> DataValidation:
    """Say at the cell of a section where last year's figure stood."""
    before = f"Năm trước: {row.section}" if row.section else "Ví dụ: I.B.I.1.1"
    guide = DataValidation(
        "textLength", operator="lessThanOrEqual", formula1="100", allow_blank=True,
        showInputMessage=True, promptTitle="Mục trong báo cáo", prompt=before[:250],
    )  # fmt: skip
    guide.add(f"{COLUMN_LETTERS['section']}{line}")
    return guide
