"""The last sheet of a draft: numbers of the report that stand in no row, for a person to see."""

from collections.abc import Sequence
from math import ceil

from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.common.words import phrase
from caoan_stats.forms import styles
from caoan_stats.forms.drafted import ROW_LIMIT, Listed
from caoan_stats.forms.styles import font

COLUMNS = {"number": ("A", 24), "quote": ("B", 90), "section": ("C", 14), "place": ("D", 32),
           "reason": ("E", 44)}  # fmt: skip
_HEADING_ROW = 3


def write_list(sheet: Worksheet, listed: Sequence[Listed]) -> None:
    """Write the list into an empty sheet."""
    styles.put(sheet["A1"], phrase("draft.list_heading", count=len(listed)))
    sheet["A1"].font = font(size=14, bold=True)
    more = len(listed) - ROW_LIMIT
    guide = phrase("draft.list_guide")
    styles.put(sheet["A2"], f"{guide} {phrase('draft.more', count=more)}" if more > 0 else guide)
    sheet["A2"].font = font(italic=True)
    for field, (letter, width) in COLUMNS.items():
        cell = sheet[f"{letter}{_HEADING_ROW}"]
        styles.put(cell, phrase(f"draft.list_{field}"))
        cell.font = font(bold=True, color="FFFFFF")
        cell.fill, cell.border, cell.alignment = styles.HEADING_FILL, styles.EDGES, styles.CENTRE
        sheet.column_dimensions[letter].width = width
    for number, each in enumerate(listed[:ROW_LIMIT], _HEADING_ROW + 1):
        _write_row(sheet, number, each)
    styles.finish(sheet)
    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"


def _write_row(sheet: Worksheet, number: int, each: Listed) -> None:
    lines = 1
    for field, (letter, width) in COLUMNS.items():
        cell, text = sheet[f"{letter}{number}"], getattr(each, field)
        styles.put(cell, text)
        cell.border, cell.alignment = styles.EDGES, styles.TOP
        lines = max(lines, ceil(len(text) / width))
    sheet[f"A{number}"].font = font(bold=True)
    sheet.row_dimensions[number].height = styles.LINE_HEIGHT * lines
