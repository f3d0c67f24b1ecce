"""The sheet of next year's targets, as it is handed to a clerk."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.common.words import phrase
from caoan_stats.concepts.tables import BOUNDS
from caoan_stats.forms import layout, styles
from caoan_stats.forms.draft_columns import told_beside, write_columns
from caoan_stats.forms.drafted import DRAFT_LETTERS, DraftedRow
from caoan_stats.forms.hints import LIST, Hint, choice, put_hints
from caoan_stats.forms.layout import (
    CHOICE_LETTERS,
    HEADING_ROW,
    LABEL,
    TARGET_COLUMNS,
    TARGET_LETTERS,
    Column,
)
from caoan_stats.forms.styles import font
from caoan_stats.forms.target_rows import TargetRow, fact_words

FREE_ROWS = 30  # for indicators that have no row of their own
FILLED = (*BOUNDS, "note")  # a row that states a target has one of them
MEASURED = ("of", *BOUNDS, "base_year")  # empty for an indicator without a unit
WRAPPED = ("label", "unit", "known", "target", "note")


def write_targets(
    sheet: Worksheet,
    year: int,
    rows: Mapping[str, Sequence[TargetRow]],
    choices: Mapping[str, str],
    *,
    is_draft: bool = False,
) -> None:
    """Write the sheet: rows by the title of their table, then free rows.

    `choices` are the units of the indicators that can be chosen there, by label. A draft has more
    columns.
    """
    widths = {TARGET_LETTERS[column.field]: column.width for column in TARGET_COLUMNS}
    styles.write_headings(sheet, widths, layout.target_headings(year).values())
    number = styles.FIRST_ROW  # which has the count
    hints: list[tuple[str, Hint]] = []
    drafted: dict[int, DraftedRow] = {}
    for title, listed in rows.items():
        number += 1
        _write_title(sheet, number, title)
        for row in listed:
            number += 1
            _write_row(sheet, number, row)
            hints += _row_hints(number, row)
            if row.drafted:
                drafted[number] = row.drafted
    number += 1
    _write_title(sheet, number, phrase("target_sheet.others"))
    first, last = number + 1, number + FREE_ROWS
    _write_choices(sheet, choices)
    for free in range(first, last + 1):
        _write_free_row(sheet, free, HEADING_ROW + len(choices))
    hints += _free_hints(first, last, HEADING_ROW + len(choices))
    shown = write_columns(sheet, drafted, TARGET_LETTERS) if is_draft else {}
    own = told_beside(dict(hints), shown)  # not for cells whose hint all rows share
    put_hints(sheet, [*own.items(), *_shared_hints(last, year)])
    stated = [TARGET_LETTERS[field] for field in FILLED]
    styles.mark_missing(sheet, TARGET_LETTERS["section"], stated, last)
    filled = layout.count_filled(stated, last)
    styles.write_count(sheet, styles.FIRST_ROW, filled, phrase("target_sheet.filled"))
    styles.finish(sheet)
    end = DRAFT_LETTERS["place"] if is_draft else TARGET_LETTERS["base_year"]
    sheet.print_area = f"A1:{end}{last}"


def _write_title(sheet: Worksheet, number: int, title: str) -> None:
    """Write the title of a table above its rows."""
    for letter in TARGET_LETTERS.values():
        sheet[f"{letter}{number}"].fill = styles.TITLE_FILL
    cell = sheet[f"{LABEL}{number}"]
    styles.put(cell, title)
    cell.font = font(bold=True)


def _write_row(sheet: Worksheet, number: int, row: TargetRow) -> None:
    shown = {
        "indicator": row.row.indicator,
        "label": row.row.label,
        "unit": row.row.unit,
        "known": row.known,
        "target": row.row.target,
    }
    texts = {**shown, **row.cells}
    for column in TARGET_COLUMNS:
        cell = sheet[f"{TARGET_LETTERS[column.field]}{number}"]
        _paint(cell, column, is_open=_is_open(column, row))
        styles.put(cell, texts.get(column.field))
    styles.add_note(sheet[f"{LABEL}{number}"], row.row.definition)
    widths = {column.field: column.width for column in TARGET_COLUMNS}
    lines = (ceil(len(texts.get(field, "")) / widths[field]) for field in WRAPPED)
    sheet.row_dimensions[number].height = styles.LINE_HEIGHT * max(1, *lines)


def _paint(cell: Cell, column: Column, *, is_open: bool) -> None:
    styles.paint(cell, is_open=is_open)
    if column.is_typed:
        cell.number_format = "@"  # a spreadsheet takes 5-7 for a date, and 97,10 for 97,1


def _is_open(column: Column, row: TargetRow) -> bool:
    """Return whether a column is to be filled in: one of numbers only if there is a unit."""
    return column.is_typed and (bool(row.row.measure) or column.field not in MEASURED)


def _write_choices(sheet: Worksheet, choices: Mapping[str, str]) -> None:
    """Write the indicators to choose from, and their units, into hidden columns."""
    pairs = [(phrase("target_sheet.list"), phrase("target_sheet.unit")), *choices.items()]
    for line, texts in enumerate(pairs, HEADING_ROW):
        for letter, text in zip(CHOICE_LETTERS, texts, strict=True):
            styles.put(sheet[f"{letter}{line}"], text)
    for letter in CHOICE_LETTERS:
        sheet.column_dimensions[letter].hidden = True


def _write_free_row(sheet: Worksheet, number: int, last: int) -> None:
    """Write a row whose indicator is chosen, which then shows its unit."""
    for column in TARGET_COLUMNS:
        cell = sheet[f"{TARGET_LETTERS[column.field]}{number}"]
        _paint(cell, column, is_open=column.is_typed or column.field == "label")
    labels, units = (f"${letter}${styles.FIRST_ROW}:${letter}${last}" for letter in CHOICE_LETTERS)
    place = f"MATCH({LABEL}{number},{labels},0)"
    sheet[f"{TARGET_LETTERS['unit']}{number}"] = f'=IFERROR(INDEX({units},{place})&"","")'
    sheet.row_dimensions[number].height = styles.LINE_HEIGHT


def _row_hints(number: int, row: TargetRow) -> Iterator[tuple[str, Hint]]:
    """Yield the hints that depend on the indicator, and on what the data already has."""
    for bound in BOUNDS if row.row.measure else ():
        details = {"unit": row.row.unit, "example": row.row.example}
        about = phrase(f"target_sheet.{bound}_about", **details)
        yield f"{TARGET_LETTERS[bound]}{number}", Hint(f"{about} {row.also}".strip())
    yield (
        f"{TARGET_LETTERS['note']}{number}",
        Hint(f"{phrase('target_sheet.note_about')} {row.also}".strip()),
    )


def _free_hints(first: int, last: int, choices: int) -> Iterator[tuple[str, Hint]]:
    """Yield the hints of the free rows."""
    listed = f"${CHOICE_LETTERS[0]}${styles.FIRST_ROW}:${CHOICE_LETTERS[0]}${choices}"
    about = Hint(phrase("target_sheet.label_about"), LIST, listed)
    yield f"{LABEL}{first}:{LABEL}{last}", about
    for field, key in (*((bound, "any_about") for bound in BOUNDS), ("note", "note_about")):
        letter = TARGET_LETTERS[field]
        yield f"{letter}{first}:{letter}{last}", Hint(phrase(f"target_sheet.{key}"))


def _shared_hints(last: int, year: int) -> Iterator[tuple[str, Hint]]:
    """Yield the hints that all rows share."""
    of = choice([*fact_words().values()], phrase("target_sheet.of_about", next=year + 1))
    hints = {
        "of": of,
        "section": Hint(phrase("target_sheet.section_example")),
        "base_year": Hint(phrase("target_sheet.base_year_about", year=year - 4)),
    }
    for field, hint in hints.items():
        yield f"{TARGET_LETTERS[field]}{styles.FIRST_ROW}:{TARGET_LETTERS[field]}{last}", hint
