"""What a draft adds to a sheet: typed cells, the words of the report, and how certain they are."""

from collections.abc import Iterator, Mapping
from math import ceil

from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.common.words import phrase
from caoan_stats.forms import styles
from caoan_stats.forms.drafted import CHOICE_LETTERS, DRAFT_LETTERS, DraftedCell, DraftedRow
from caoan_stats.forms.hints import LIST, Hint
from caoan_stats.forms.layout import HEADING_ROW
from caoan_stats.forms.styles import font

FILLS: Mapping[str, PatternFill] = {  # of cells by certainty
    "certain": PatternFill("solid", start_color="C6E0B4"),
    "unsure": PatternFill("solid", start_color="F7B267"),
    "unread": PatternFill("solid", start_color="D9D2E9"),
}
TAB_COLOUR = "F7B267"  # of a sheet with something to choose or to look at
_WIDTHS = {"certainty": 13, "quote": 70, "place": 30}
_NARROW = 16  # characters of columns that a report seldom fills
_LONGEST_ROW = 12  # lines
_ZOOM = 80  # percent, so that the words are in sight beside the figures


def write_columns(
    sheet: Worksheet, rows: Mapping[int, DraftedRow], letters: Mapping[str, str]
) -> dict[str, Hint]:
    """Type the drafted rows of a sheet, by their number, and write its added columns.

    `letters` are the columns of the fields. Return what the drafted cells tell, by address.
    """
    for field, letter in DRAFT_LETTERS.items():
        _write_heading(sheet, letter, phrase(f"draft.{field}"), _WIDTHS[field])
    for field in ("note", "words"):
        if field in letters and "value" in letters:
            sheet.column_dimensions[letters[field]].width = _NARROW
    for letter in CHOICE_LETTERS:
        sheet.column_dimensions[letter].hidden = True
    hints: dict[str, Hint] = {}
    for number, row in rows.items():
        hints |= dict(_write_row(sheet, number, row, letters))
    sheet.sheet_view.zoomScale = _ZOOM
    if any(row.certainty != "certain" for row in rows.values()):
        sheet.sheet_properties.tabColor = TAB_COLOUR
    return hints


def told_beside(hints: Mapping[str, Hint], drafted: Mapping[str, Hint]) -> dict[str, Hint]:
    """Return the hints of cells, of which drafted ones tell the words of the report.

    They accept what they accept without a draft, unless there are readings to choose from.
    """
    own = {address: hint for address, hint in drafted.items() if address in hints}
    return {
        **hints,
        **{
            address: hint if hint.kind else hints[address]._replace(prompt=hint.prompt)
            for address, hint in own.items()
        },
    }


def _write_heading(sheet: Worksheet, letter: str, heading: str, width: int) -> None:
    cell = sheet[f"{letter}{HEADING_ROW}"]
    styles.put(cell, heading)
    cell.font = font(bold=True, color="FFFFFF")
    cell.fill, cell.border, cell.alignment = styles.HEADING_FILL, styles.EDGES, styles.CENTRE
    sheet.column_dimensions[letter].width = width


def _write_row(
    sheet: Worksheet, number: int, row: DraftedRow, letters: Mapping[str, str]
) -> Iterator[tuple[str, Hint]]:
    """Type a row; yield the hints of its cells."""
    texts = {"certainty": phrase(f"draft.{row.certainty}"), "quote": row.quote, "place": row.place}
    for field, letter in DRAFT_LETTERS.items():
        cell = sheet[f"{letter}{number}"]
        styles.paint(cell, is_open=False)
        styles.put(cell, texts[field])
    sheet[f"{DRAFT_LETTERS['certainty']}{number}"].fill = FILLS[row.certainty]
    lines = sum(ceil(max(1, len(line)) / _WIDTHS["quote"]) for line in row.quote.split("\n"))
    known = sheet.row_dimensions[number].height or styles.LINE_HEIGHT
    height = styles.LINE_HEIGHT * min(_LONGEST_ROW, lines)
    sheet.row_dimensions[number].height = max(known, height)
    choices = iter(CHOICE_LETTERS)
    for field, drafted in row.cells.items():
        cell = sheet[f"{letters[field]}{number}"]
        styles.put(cell, drafted.shown)
        prompt = f"{row.quote} ({row.place})"
        if not drafted.choices:
            cell.fill = FILLS["certain" if row.certainty == "unread" else row.certainty]
            yield cell.coordinate, Hint(prompt)
            continue
        cell.fill, cell.font, cell.number_format = FILLS["unsure"], font(bold=True), "@"
        yield cell.coordinate, _choice(sheet, number, drafted, choices, prompt)


def _choice(
    sheet: Worksheet, number: int, drafted: DraftedCell, letters: Iterator[str], prompt: str
) -> Hint:
    """Write the readings of a cell beside it; return the hint from whose list one is chosen.

    Anything else can be typed too.
    """
    used = [letter for letter, _ in zip(letters, drafted.choices, strict=False)]
    for letter, text in zip(used, drafted.choices, strict=False):
        cell = sheet[f"{letter}{number}"]
        styles.put(cell, text)
        cell.number_format = "@"
    about = phrase("draft.choose", quote=prompt)
    listed = f"${used[0]}${number}:${used[-1]}${number}" if used else ""
    return Hint(about, LIST if used else None, listed, is_strict=False)
