"""Cover of the yearly workbook: how to fill it in, and the source document of its figures."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from math import ceil

from openpyxl.styles import Protection
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.common.errors import DataError
from caoan_stats.common.frames import records
from caoan_stats.common.numerals import DATE_WORDS
from caoan_stats.common.words import phrase
from caoan_stats.concepts import qualifiers
from caoan_stats.concepts.tables import SOURCES
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.dataset import Dataset
from caoan_stats.forms import layout, styles
from caoan_stats.forms.conventions import report_code
from caoan_stats.forms.draft_columns import FILLS
from caoan_stats.forms.drafted import MARK, Draft, list_name
from caoan_stats.forms.layout import LABEL, STATED, cover_name
from caoan_stats.forms.sheet import Sheet
from caoan_stats.forms.styles import font
from caoan_stats.forms.typed import Cell, Place, TypedRow

FIELDS = ("year", "source", "title", "issuer", "date")  # in the order of their rows
RULE_COUNT = 10  # phrases `cover.rule_1`, `cover.rule_2`, ...
RULE_WIDTH = 110  # characters of a rule on one line
_FIRST_RULE = 4  # row
_TITLE = (2, "A")  # row and column of the title of the data folder
_YEAR = re.compile(r"\b2[0-9]{3}\b")
_TYPED_YEAR = re.compile(r"[^\W\d_]* *([12][0-9]{3})(?:[.,]0+)?[.]?")
_DATE = re.compile(r"(?:(?:([0-9]{1,2}) ?[/.-] ?)?([0-9]{1,2}) ?[/.-] ?)?([0-9]{4})")
_ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def write_cover(  # noqa: PLR0913, PLR0917 - what the workbook is made of
    sheet: Worksheet,
    ds: Dataset,
    year: int,
    sizes: Mapping[str, int],
    option: str = "",
    draft: Draft | None = None,
) -> None:
    """Write the cover of a year's workbook into an empty sheet.

    `sizes` are the numbers of rows of the sheets of figures, by name; `option` is ` --data xa-b`
    of the commands that it advises. With a draft, it tells what its colours mean.
    """
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 100
    styles.put(sheet["A1"], phrase("cover.heading", year=year))
    styles.put(sheet["A2"], ds.title)
    sheet["A1"].font, sheet["A2"].font = font(size=18, bold=True), font(size=13)
    *others, last = qualifiers.words()
    words = phrase("cover.choice", first=", ".join(others), last=last)
    years = {"year": year, "before": year - 1, "next": year + 1}
    for number in range(1, RULE_COUNT + 1):
        row = _FIRST_RULE + number - 1
        rule = phrase(f"cover.rule_{number}", **years, words=words, data=option)
        sheet.cell(row, 1, number).alignment = styles.RIGHT
        sheet.cell(row, 2, rule).alignment = styles.TOP
        sheet.row_dimensions[row].height = styles.LINE_HEIGHT * ceil(len(rule) / RULE_WIDTH)
    known = draft.source if draft else {}
    _write_source(sheet, {"year": str(year), **suggest_source(ds, year), **known})
    row = _write_sheets(sheet, _FIRST_RULE + RULE_COUNT + len(FIELDS) + 3, sizes)
    if left_out := len(ds.indicators) - sum(sizes.values()):
        sheet.cell(
            row, 2, phrase("cover.left_out", count=left_out, year=year, data=option)
        ).alignment = styles.TOP
        sheet.row_dimensions[row].height = 2 * styles.LINE_HEIGHT
    if draft:
        _write_legend(sheet, draft)
        _write_open_counts(sheet, _FIRST_RULE + RULE_COUNT + len(FIELDS) + 4, sizes)
    styles.finish(sheet)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "portrait", 1


def _write_legend(sheet: Worksheet, draft: Draft) -> None:
    """Write beside the rules which colours a draft has, and what to do first."""
    sheet.column_dimensions["C"].width = 62
    styles.put(sheet["C1"], phrase("draft.heading", files=", ".join(draft.files)))
    sheet["C1"].font, sheet["C1"].alignment = font(size=13, bold=True), styles.TOP
    for row, (certainty, fill) in enumerate(FILLS.items(), _FIRST_RULE):
        cell = sheet[f"C{row}"]
        styles.put(cell, phrase(f"draft.{certainty}_about"))
        cell.fill, cell.border, cell.alignment = fill, styles.EDGES, styles.TOP
    guide, words = sheet[f"B{_FIRST_RULE - 1}"], phrase("draft.guide")
    styles.put(guide, words)
    guide.alignment, guide.font, guide.fill = styles.TOP, font(bold=True), FILLS["unsure"]
    sheet.row_dimensions[guide.row].height = styles.LINE_HEIGHT * (1 + len(words) // RULE_WIDTH)


def _write_open_counts(sheet: Worksheet, start: int, sizes: Mapping[str, int]) -> None:
    """Write beside the link to each sheet how many of its readings are still to be chosen."""
    letters = [*layout.COLUMN_LETTERS.values()]
    targets = (layout.target_sheet_name(), 2_000)
    for row, (name, size) in enumerate([*sizes.items(), ("", 0), targets], start):
        if name:
            quoted = name.replace("'", "''")
            cells = f"'{quoted}'!${letters[0]}$2:${letters[-1]}${size + layout.HEADING_ROW}"
            cell = sheet.cell(row, 3, f'=SUMPRODUCT(--(LEFT({cells},1)="{MARK}"))')
            cell.number_format = f'0" {phrase("draft.open")}";;""'
            cell.alignment, cell.font = styles.LEFT, font(bold=True, color="C55A11")
    _write_link(sheet, start + len(sizes) + 2, list_name())


def _write_sheets(sheet: Worksheet, start: int, sizes: Mapping[str, int]) -> int:
    """Write a link to each sheet and the count of its rows that are filled in; return a free row.

    The counts stand in the column of labels without being text, so that none is taken for one.
    """
    sheet.cell(start, 1, phrase("cover.sheets")).font = font(size=13, bold=True)
    sheet.cell(start, 2, phrase("cover.how_to_open")).font = font(italic=True)
    row = start
    for row, (name, size) in enumerate(sizes.items(), start + 1):
        _write_count(sheet, row, layout.count_filled(STATED, layout.HEADING_ROW + size, name), size)
        _write_link(sheet, row, name)
    _write_count(sheet, row + 1, f"SUM(A{start + 1}:A{row})", sum(sizes.values()))
    sheet.cell(row + 1, 2, phrase("cover.all_sheets")).font = font(bold=True)
    _write_link(sheet, row + 2, layout.target_sheet_name())
    return row + 3


def _write_count(sheet: Worksheet, row: int, formula: str, size: int) -> None:
    cell = sheet.cell(row, 1, f"={formula}")
    cell.number_format = f'0"/{size} "'


def _write_link(sheet: Worksheet, row: int, name: str) -> None:
    cell = sheet.cell(row, 2, name)
    quoted = name.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{LABEL}1")
    cell.font = font(color="0563C1", underline="single")


def _write_source(sheet: Worksheet, suggested: dict[str, str]) -> None:
    start = _FIRST_RULE + RULE_COUNT + 1
    sheet.cell(start, 1, phrase("cover.source_of_figures")).font = font(size=13, bold=True)
    sheet.cell(start, 2, phrase("cover.suggested")).font = font(italic=True)
    for row, (name, label) in enumerate(field_labels().items(), start + 1):
        sheet.cell(row, 1, label).font = font(bold=True)
        cell = sheet[f"B{row}"]
        styles.put(cell, suggested[name])
        cell.alignment = styles.LEFT
        cell.border = styles.EDGES
        if name != "year":
            cell.number_format, cell.fill = "@", styles.TYPED_FILL
            cell.protection = Protection(locked=False)


def read_source(
    file: str, cover: Sheet | None, ds: Dataset, year: int
) -> tuple[TypedRow, list[DataError]]:
    """Return a row of `sources.csv` for the source document on the cover, and the errors in it.

    If a cell is missing, the row has the text suggested for it. `cover` is None if the sheet is
    missing, which is an error of the workbook; `file` is the name of the workbook, `year` the year
    in the headings of its other sheets.
    """
    labels = field_labels()
    rows = {cover.text(row, "A"): row for row in cover.rows()} if cover else {}
    places = {
        name: Place(file, rows.get(label, 1), "B", cover_name(), label)
        for name, label in labels.items()
    }
    cells = {name: Cell(text) for name, text in suggest_source(ds, year).items()}
    errors: list[DataError] = []
    for name, label in labels.items() if cover else ():
        cell = cover.cells.get((rows[label], "B")) if cover and label in rows else None
        if label not in rows:
            details = {"label": label}
            errors.append(DataError("missing_field", file, details=details, sheet=cover_name()))
        elif cell is None or cell.content is None:
            errors.append(places[name].error("empty_cell"))
        elif name == "date" and not _is_date(_iso_date(cell)):
            form = f"15/12/{year}"
            errors.append(places[name].error("wrong_form", found=cell.text, form=form))
        elif name != "year":
            cells[name] = Cell(_iso_date(cell) if name == "date" else cell.text)
        elif plain_year(cell.text) != str(year):
            errors.append(places[name].error("other_year", found=cell.text, year=year))
    return TypedRow(SOURCES, cells, places), errors


def title_questions(file: str, cover: Sheet | None, ds: Dataset) -> Iterator[DataError]:
    """Yield a question if the cover has the title of another data folder; older ones have none."""
    found = cover.text(*_TITLE) if cover else ""
    if found and _plain(found) != _plain(ds.title):
        row, column = _TITLE
        place = Place(file, row, column, cover_name())
        yield place.error("other_commune", found=found, title=ds.title)


def _plain(title: str) -> str:
    return " ".join(normalize_text(title).casefold().split())


def plain_year(text: str) -> str:
    """Return the digits of a year that was typed with a word or as a decimal number.

    >>> plain_year("năm 2024"), plain_year("2024.0"), plain_year("24")
    ('2024', '2024', '24')
    """
    year = _TYPED_YEAR.fullmatch(text)
    return year[1] if year else text


def _iso_date(cell: Cell) -> str:
    """Return a date in ISO 8601: typed in Vietnamese order, or converted to a date by Excel.

    >>> _iso_date(Cell("31/12/2024")), _iso_date(Cell("12/2024")), _iso_date(Cell("2024-12"))
    ('2024-12-31', '2024-12', '2024-12')
    >>> _iso_date(Cell("Ngày 31 tháng 12 năm 2024")), _iso_date(Cell("tháng 12/2024"))
    ('2024-12-31', '2024-12')
    """
    if isinstance(cell.content, date):
        moment = cell.content
        return f"{moment.date() if isinstance(moment, datetime) else moment:%Y-%m-%d}"
    digits = DATE_WORDS.sub("/", normalize_text(cell.text).casefold()).strip(" /.")
    if parts := _DATE.fullmatch(digits):
        return "-".join(part.zfill(2) for part in reversed(parts.groups()) if part)
    return cell.text


def _is_date(text: str) -> bool:
    """Return whether a text is a date in ISO 8601, or the beginning of one."""
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return bool(_ISO_DATE.fullmatch(text))


def suggest_source(ds: Dataset, year: int) -> dict[str, str]:
    """Return the report of a year by field: its row of `sources.csv`, or one like the last row."""
    sources = records(ds.tables["sources"])
    code = report_code(ds, year)
    for row in sources:
        if row["source"] == code:
            return {name: str(row[name]) for name in FIELDS[1:]}
    default = {
        "title": phrase("cover.default_title", year=year - 1),
        "issuer": _issuer(ds.title),
    }
    last = sources[-1] if sources else default
    title_year = _YEAR.search(str(last["title"]))
    later = year - int(title_year[0]) if title_year else 0
    title = _YEAR.sub(lambda match: str(int(match[0]) + later), str(last["title"]))
    return {"source": code, "title": title, "issuer": str(last["issuer"]), "date": f"{year}-12"}


def _issuer(title: str) -> str:
    """Return the people's committee of the unit that a title names, else of a commune."""
    kinds = rf"\b({phrase('cover.kinds')}) (?=(\w))"  # but no word with a small letter after it
    units = re.finditer(kinds, title, re.IGNORECASE)
    found = next((each for each in units if not each[2].islower()), None)
    if found is None:
        return phrase("cover.default_issuer")
    name = re.split(r"[,;()]", title[found.end() :])[0].strip()
    return phrase("cover.committee", unit=f"{found[1].lower()} {name}")


def field_labels() -> dict[str, str]:
    """Return the label before each cell of the source document, by field."""
    return {name: phrase(f"cover.{name}") for name in FIELDS}
