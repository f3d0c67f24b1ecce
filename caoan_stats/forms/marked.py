"""A copy of a workbook in which its findings are marked, with a first sheet that lists them."""

from collections.abc import Iterator
from copy import copy
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.proxy import StyleProxy
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.common.files import read_file, sha256
from caoan_stats.common.words import phrase, say
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.dataset import Dataset
from caoan_stats.forms import spreadsheet, styles, xlsx
from caoan_stats.forms.answers import LETTERS, LIST_HEADING_ROW, sheet_name
from caoan_stats.forms.finding_list import cell_fills, cell_name, write_list
from caoan_stats.forms.findings import CHOICES, ERROR, Finding
from caoan_stats.forms.layout import COLUMN_LETTERS
from caoan_stats.forms.read_workbook import form_year
from caoan_stats.forms.results import with_results
from caoan_stats.forms.review import Review
from caoan_stats.forms.typed import Place
from caoan_stats.forms.workbook import write_workbook

ERROR_FILL = PatternFill("solid", start_color="FFFF9F9F")
ASKED_FILL = PatternFill("solid", start_color="FFFFD24D")
MARKS = {fill.start_color.rgb for fill in (ERROR_FILL, ASKED_FILL)}
AUTHOR = "caoan-stats"  # of a comment that no person began
COMMENT_WIDTH, COMMENT_LINE, LINE_LENGTH = 340, 20, 44  # pixels, pixels, characters
DIGEST = f"{LETTERS['token']}{LIST_HEADING_ROW}"  # cell of the list with what the copy was written


def copy_path(path: Path) -> Path:
    """Return the path of the marked copy of a workbook; of a marked copy, its own.

    >>> copy_path(Path("2024.ods")).name, copy_path(Path("2024 - cần sửa.xlsx")).name
    ('2024 - cần sửa.xlsx', '2024 - cần sửa.xlsx')
    """
    if normalize_text(path.stem).endswith(phrase("review.suffix")):
        return path.with_suffix(".xlsx")
    return path.with_name(f"{path.stem}{phrase('review.suffix')}.xlsx")


def is_untouched(path: Path) -> bool:
    """Return whether a file is a marked copy in which nobody has typed since it was written."""
    try:
        book = xlsx.load(read_file(path))
        return bool(book[sheet_name()][DIGEST].value == _digest(book))
    except Exception:  # openpyxl can raise any error for a damaged file
        return False


def marked_copy(path: Path, review: Review) -> bytes:
    """Return the workbook of a review with its findings marked, as content of an `.xlsx` file.

    Each open finding colours its cell, which gets a comment; those that are answered stay in the
    list with their answers. The marks of an earlier copy are taken out.
    """
    book, results = _load(path, review)
    _unmark(book)
    listed = [
        (each, _cell(book, each.place))
        for each in review.findings
        if each.kind in (ERROR, *CHOICES)
    ]
    fills: dict[str, StyleProxy] = {cell_name(cell): copy(cell.fill) for _, cell in listed if cell}
    for finding, cell in listed:
        if finding.is_open and cell:
            _mark(cell, finding, review.language)
    first = write_list(book, listed, fills, review.language)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is first
    book.active = 0
    first[DIGEST] = _digest(book)
    file = BytesIO()
    book.save(file)
    return with_results(file.getvalue(), [results.get(each.title, {}) for each in book.worksheets])


def _load(path: Path, review: Review) -> tuple[Workbook, dict[str, dict[str, object]]]:
    """Return a workbook, and the saved results of its formulas by sheet and cell."""
    data = path.read_bytes()
    try:
        book = xlsx.load(data)
        values = xlsx.saved_results(data)
    except Exception:  # openpyxl can raise any error for another format; it is also too large
        return _typed_anew(path, review), {}
    results = {
        sheet.title: {
            cell.coordinate: values.get(sheet.title, {}).get((cell.row, cell.column))
            for cell in _cells(sheet)
            if cell.data_type == "f"
        }
        for sheet in book.worksheets
    }
    return book, results


def _typed_anew(path: Path, review: Review) -> Workbook:
    """Return the form with what a workbook of another format than `.xlsx` contains."""
    sheets = spreadsheet.read_sheets(path)
    ds = Dataset.open(review.described.folder, public_below=0)
    book = load_workbook(BytesIO(write_workbook(ds, form_year(path.name, sheets))))
    for sheet in sheets:
        target: Any = book[sheet.name] if sheet.name in book else book.create_sheet(sheet.name)
        for own in _cells(target):  # also of a row that was taken out
            if not sheet.is_large and (own.row, own.column_letter) not in sheet.cells:
                own.value = None
        for (row, letter), cell in sheet.cells.items():
            copied = target[f"{letter}{row}"]
            if cell.text != str(copied.value):
                copied.value = cell.shown or cell.content
                percent = "%" if cell.as_percentage else ""
                if percent or cell.thousands:
                    copied.number_format = f"0.00{',' * cell.thousands}{percent}"
    return book


def _unmark(book: Workbook) -> None:
    """Take out the list, the comments and the colours of an earlier copy."""
    lists = [sheet for sheet in book.worksheets if normalize_text(sheet.title) == sheet_name()]
    fills = {name: fill for sheet in lists for name, fill in cell_fills(sheet).items()}
    for sheet in lists:
        book.remove(sheet)
    for sheet in book.worksheets:
        for cell in _cells(sheet):
            if cell.fill.start_color.rgb in MARKS:
                plain = styles.PREFILLED_FILL if cell.protection.locked else styles.TYPED_FILL
                fill: Any = fills.get(cell_name(cell), plain)
                cell.fill = fill
            if cell.comment:
                own = normalize_text(cell.comment.text).partition(_comment_head())[0].rstrip()
                cell.comment = _comment(own, cell.comment.author)


def _mark(cell: Cell, finding: Finding, language: str) -> None:
    """Colour a cell, and add a finding to its comment; an error decides the colour."""
    is_red = finding.kind == ERROR or cell.fill.start_color.rgb == ERROR_FILL.start_color.rgb
    cell.fill = ERROR_FILL if is_red else ASKED_FILL
    kind = say(language, "finding", f"kind_{finding.kind}")
    words = f"{kind}: {finding.what}\n{finding.why}\n→ {finding.remedy}"
    before = cell.comment.text if cell.comment else ""
    head = "" if _comment_head() in before else _comment_head()
    author = cell.comment.author if cell.comment else AUTHOR
    cell.comment = _comment("\n".join(filter(None, (before, head, words))), author)


def _comment_head() -> str:
    """Return the line before the findings in a comment; above it stands what a person wrote."""
    return f"— {sheet_name()} —"


def _comment(text: str, author: str) -> Comment | None:
    """Return a comment that is large enough for a text; None without one."""
    lines = sum(ceil(max(1, len(line)) / LINE_LENGTH) for line in text.split("\n"))
    height = COMMENT_LINE * (lines + 1)
    return Comment(text, author, height, COMMENT_WIDTH) if text else None


def _cell(book: Workbook, place: Place | None) -> Cell | None:
    """Return the cell to mark for a place: one that can be seen; None if there is no such sheet."""
    sheets = {normalize_text(sheet.title): sheet for sheet in book.worksheets}
    if not place or not (sheet := sheets.get(normalize_text(place.sheet))):
        return None
    is_hidden = sheet.column_dimensions[place.column].hidden
    name = f"{COLUMN_LETTERS['label'] if is_hidden else place.column}{place.line}"
    for merged in sheet.merged_cells.ranges:
        if name in merged:
            name = merged.start_cell.coordinate
    cell: Cell = sheet[name]
    return cell


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    """Yield the cells of a sheet, without those that a merged cell covers."""
    for row in sheet.iter_rows():
        yield from (cell for cell in row if isinstance(cell, Cell))


def _digest(book: Workbook) -> str:
    """Return a digest of all that the sheets contain, without that digest itself."""
    content = [
        (cell_name(cell), str(cell.value))
        for sheet in book.worksheets
        for cell in _cells(sheet)
        if cell.value not in (None, "") and cell_name(cell) != f"{sheet_name()}!{DIGEST}"
    ]
    return sha256(repr(content).encode())
