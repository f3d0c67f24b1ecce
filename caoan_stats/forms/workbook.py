"""The yearly workbook that a clerk fills in: a cover, and a sheet for each table."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Protection
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.common.words import phrase
from caoan_stats.concepts import qualifiers
from caoan_stats.concepts.comparisons import DIRECTIONS
from caoan_stats.concepts.facts import FACTS
from caoan_stats.datafolder import package
from caoan_stats.dataset import Dataset
from caoan_stats.forms import cover, layout, styles
from caoan_stats.forms.layout import (
    COLUMN_LETTERS,
    HEADING_ROW,
    RESTATED,
    SHEET_COLUMNS,
    cover_name,
)
from caoan_stats.forms.prefilled import Prefilled, prefill
from caoan_stats.forms.styles import font

ALIGNED_FIELDS = ("previous", *layout.NUMBER_FIELDS)  # to the right, as numbers
WRAPPED_FIELDS = ("label", "unit", "target")  # their texts decide the height of a row
NUMBER_LIMIT = 10**15
PROMPT_LIMIT = 250  # characters; Excel allows 255
_FIRST_ROW = HEADING_ROW + 1


def write_workbook(ds: Dataset, year: int) -> bytes:
    """Return the workbook for the figures of a year, as content of an `.xlsx` file."""
    book = Workbook()
    del book[book.sheetnames[0]]
    cover.write_cover(book.create_sheet(cover_name()), ds, year)
    names = layout.sheet_names(package.load_package(ds.folder))
    for table, rows in prefill(ds, year).items():
        _write_sheet(book.create_sheet(names[table]), rows, year)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_sheet(sheet: Worksheet, rows: Sequence[Prefilled], year: int) -> None:
    headings = layout.headings(year)
    for column in SHEET_COLUMNS:
        letter = COLUMN_LETTERS[column.field]
        cell = sheet[f"{letter}{HEADING_ROW}"]
        cell.value = headings[column.field]
        cell.font = font(bold=True, color="FFFFFF")
        cell.fill, cell.border = styles.HEADING_FILL, styles.EDGES
        cell.alignment = styles.CENTRE
        sheet.column_dimensions[letter].width = column.width
    sheet.row_dimensions[HEADING_ROW].height = 48
    for number, row in enumerate(rows, _FIRST_ROW):
        _write_row(sheet, number, row)
    sheet.freeze_panes = f"{COLUMN_LETTERS['unit']}{_FIRST_ROW}"
    if rows:
        _validate_cells(sheet, rows)
        _mark_missing_sections(sheet, HEADING_ROW + len(rows))
    styles.finish(sheet)


def _write_row(sheet: Worksheet, number: int, row: Prefilled) -> None:
    cells = {field: sheet[f"{letter}{number}"] for field, letter in COLUMN_LETTERS.items()}
    for column in SHEET_COLUMNS:
        cell, is_open = cells[column.field], row.is_open(column)
        cell.border = styles.EDGES
        cell.fill = styles.TYPED_FILL if is_open else styles.PREFILLED_FILL
        cell.alignment = styles.RIGHT if column.field in ALIGNED_FIELDS else styles.TOP
        cell.protection = Protection(locked=not is_open)
        if not column.is_typed:
            styles.put(cell, getattr(row, column.field))
    widths = {column.field: column.width for column in SHEET_COLUMNS}
    lines = (ceil(len(str(getattr(row, field))) / widths[field]) for field in WRAPPED_FIELDS)
    sheet.row_dimensions[number].height = styles.LINE_HEIGHT * max(lines)
    cells["indicator"].alignment = styles.SMALL
    cells["indicator"].font = font(size=8, color="7F7F7F")
    cells["previous"].number_format = row.number_format
    cells["previous"].font = font(italic=row.is_derived)
    for field in ("value", "change", RESTATED):
        cells[field].number_format = "General" if row.decimals else "#,##0"
    for field in ("section", "note", "words"):
        cells[field].number_format = "@"


def _validate_cells(sheet: Worksheet, rows: Sequence[Prefilled]) -> None:
    """Check typed cells in the spreadsheet: words from a list strictly, numbers with a warning."""
    last = HEADING_ROW + len(rows)
    number = DataValidation(
        "decimal", operator="between", formula1=str(-NUMBER_LIMIT), formula2=str(NUMBER_LIMIT),
        allow_blank=True, errorStyle="warning", errorTitle=phrase("sheet.not_a_number"),
        error=phrase("sheet.keep_words"),
    )  # fmt: skip
    for field in layout.NUMBER_FIELDS:
        number.add(_range(field, last))
    sheet.add_data_validation(number)
    directions = [words[0] for words in DIRECTIONS.values()]
    for field, choices in (("qualifier", qualifiers.words()), ("direction", directions)):
        words = ",".join(choices)
        choice = DataValidation(
            "list", formula1=f'"{words}"', allow_blank=True, errorTitle=phrase("sheet.choose"),
            error=phrase("sheet.one_of", words=words),
        )  # fmt: skip
        choice.add(_range(field, last))
        sheet.add_data_validation(choice)
    for line, row in enumerate(rows, _FIRST_ROW):
        sheet.add_data_validation(_section_prompt(row, line))


def _range(field: str, last: int) -> str:
    """Return the range of a column from the first row to the last."""
    return f"{COLUMN_LETTERS[field]}{_FIRST_ROW}:{COLUMN_LETTERS[field]}{last}"


def _section_prompt(row: Prefilled, line: int) -> DataValidation:
    """Return the prompt of a section's cell: the section of last year's figure, or an example."""
    prompt = phrase(
        "sheet.section_before" if row.section else "sheet.section_example", section=row.section
    )
    validation = DataValidation(
        "textLength", operator="lessThanOrEqual", formula1="100", allow_blank=True,
        showInputMessage=True, promptTitle=phrase("sheet.section"), prompt=prompt[:PROMPT_LIMIT],
    )  # fmt: skip
    validation.add(f"{COLUMN_LETTERS['section']}{line}")
    return validation


def _mark_missing_sections(sheet: Worksheet, last: int) -> None:
    """Colour the empty cell of a section while its row states a fact."""
    stated = ",".join(f'${COLUMN_LETTERS[fact]}{_FIRST_ROW}<>""' for fact in (*FACTS, RESTATED))
    rule = Rule(
        "expression",
        formula=[f'AND(OR({stated}),${COLUMN_LETTERS["section"]}{_FIRST_ROW}="")'],
        dxf=DifferentialStyle(fill=styles.MISSING_FILL),
    )
    sheet.conditional_formatting.add(_range("section", last), rule)
