"""The yearly workbook that a clerk fills in: a cover, a sheet for each table, and the targets."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from math import ceil

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.datafolder import package
from caoan_stats.dataset import Dataset
from caoan_stats.forms import cover, draft_list, layout, styles, target_rows
from caoan_stats.forms.draft_columns import told_beside, write_columns
from caoan_stats.forms.drafted import Draft, DraftedRow, list_name
from caoan_stats.forms.hints import Hint, figure_hint, put_hints
from caoan_stats.forms.layout import COLUMN_LETTERS, HEADING_ROW, RESTATED, SHEET_COLUMNS, STATED
from caoan_stats.forms.prefilled import Prefilled, prefill
from caoan_stats.forms.styles import FIRST_ROW, font
from caoan_stats.forms.target_sheet import write_targets

ALIGNED_FIELDS = ("previous", *layout.NUMBER_FIELDS)  # to the right, as numbers
WRAPPED_FIELDS = ("label", "unit", "target")  # their texts decide the height of a row


def write_workbook(
    ds: Dataset, year: int, *, every: bool = False, option: str = "", draft: Draft | None = None
) -> bytes:
    """Return the workbook for the figures of a year, as content of an `.xlsx` file.

    It has the indicators of `prefill`: with `every`, the whole catalogue. `option` is the ` --data`
    of the commands that its cover advises. A `draft` is typed into it, with columns and a last
    sheet that tell where the report states each figure.
    """
    book = Workbook()
    del book[book.sheetnames[0]]
    front = book.create_sheet(layout.cover_name())
    names = layout.sheet_names(package.load_package(ds.folder))
    tables = prefill(ds, year, every=every, also=draft.indicators if draft else ())
    for table, rows in tables.items():
        _write_sheet(book.create_sheet(names[table]), rows, year, draft)
    _write_targets(book.create_sheet(layout.target_sheet_name()), ds, year, tables, draft)
    if draft:
        draft_list.write_list(book.create_sheet(list_name()), draft.listed)
    sizes = {names[table]: len(rows) for table, rows in tables.items() if rows}
    cover.write_cover(front, ds, year, sizes, option, draft)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_targets(
    sheet: Worksheet,
    ds: Dataset,
    year: int,
    tables: Mapping[str, Sequence[Prefilled]],
    draft: Draft | None,
) -> None:
    rows = target_rows.prefill_targets(ds, year, tables)
    usual = target_rows.usual_targets(ds, tables)
    if draft:
        usual |= draft.targets.keys()
        rows = {
            code: target_rows.with_drafted(listed, draft.targets.get(code, ()))
            for code, listed in rows.items()
        }
    listed = {
        ds.titles[table]: [
            target for row in prefilled if row.indicator in usual for target in rows[row.indicator]
        ]
        for table, prefilled in tables.items()
    }
    choices = target_rows.indicator_choices(ds).items()
    units = {label: rows[code][0].row.unit for label, code in choices if code in rows}
    shown = {title: each for title, each in listed.items() if each}
    write_targets(sheet, year, shown, units, is_draft=draft is not None)


def _write_sheet(
    sheet: Worksheet, rows: Sequence[Prefilled], year: int, draft: Draft | None
) -> None:
    widths = {COLUMN_LETTERS[column.field]: column.width for column in SHEET_COLUMNS}
    styles.write_headings(sheet, widths, layout.headings(year).values())
    for number, row in enumerate(rows, FIRST_ROW):
        _write_row(sheet, number, row)
    if rows:
        last = HEADING_ROW + len(rows)
        drafted = write_columns(sheet, _drafted(rows, draft), COLUMN_LETTERS) if draft else {}
        put_hints(sheet, told_beside(dict(_hints(rows, year)), drafted).items())
        styles.mark_missing(sheet, COLUMN_LETTERS["section"], STATED, last)
        styles.write_count(sheet, last + 1, layout.count_filled(STATED, last), f"/{len(rows)}")
    styles.finish(sheet)


def _drafted(rows: Sequence[Prefilled], draft: Draft) -> dict[int, DraftedRow]:
    """Return the drafted rows by number; those that only last year's report states are unread."""
    unread = DraftedRow(certainty="unread")
    stated = [row for row in rows if row.previous is not None and not row.is_derived]
    known = {**{row.indicator: unread for row in stated}, **draft.rows}
    listed = enumerate(rows, FIRST_ROW)
    return {number: known[row.indicator] for number, row in listed if row.indicator in known}


def _write_row(sheet: Worksheet, number: int, row: Prefilled) -> None:
    cells = {field: sheet[f"{letter}{number}"] for field, letter in COLUMN_LETTERS.items()}
    for column in SHEET_COLUMNS:
        cell = cells[column.field]
        styles.paint(cell, is_open=row.is_open(column))
        if column.field in ALIGNED_FIELDS:
            cell.alignment = styles.RIGHT
        if not column.is_typed:
            styles.put(cell, getattr(row, column.field))
    widths = {column.field: column.width for column in SHEET_COLUMNS}
    lines = (ceil(len(str(getattr(row, field))) / widths[field]) for field in WRAPPED_FIELDS)
    sheet.row_dimensions[number].height = styles.LINE_HEIGHT * max(lines)
    styles.add_note(cells["label"], row.definition)
    cells["previous"].number_format = row.number_format
    cells["previous"].font = font(italic=row.is_derived)
    for field in ("value", "change", RESTATED):
        cells[field].number_format = "General" if row.decimals else "#,##0"
    for field in ("section", "note", "words"):
        cells[field].number_format = "@"


def _hints(rows: Sequence[Prefilled], year: int) -> Iterator[tuple[str, Hint]]:
    """Yield the hint of each cell to fill in."""
    for number, row in enumerate(rows, FIRST_ROW):
        for column in SHEET_COLUMNS:
            if row.is_open(column):
                hint = figure_hint(column.field, row, year)
                yield f"{COLUMN_LETTERS[column.field]}{number}", hint
