"""Sheets and columns of the yearly workbook, as it is written and read."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from caoan_stats.common.words import phrase
from caoan_stats.concepts import facts
from caoan_stats.datafolder.package import Package

HEADING_ROW = 1
CODE, LABEL = "A", "B"  # letters of these columns on every sheet; codes are hidden
RESTATED = "restated"  # field of last year's value, where the report corrects it
SHEET_NAME_LIMIT = 31  # characters, in every spreadsheet program
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


class Column(NamedTuple):
    """A column of a sheet: its field, its width in characters, and whether a person fills it in."""

    field: str
    width: int
    is_typed: bool = False


SHEET_COLUMNS = (
    Column("indicator", 16),
    Column("label", 44),
    Column("unit", 13),
    Column("previous", 21),
    Column("target", 24),
    Column("value", 20, is_typed=True),
    Column("change", 16, is_typed=True),
    Column("qualifier", 11, is_typed=True),
    Column("section", 16, is_typed=True),
    Column("note", 40, is_typed=True),
    Column("pct_change", 16, is_typed=True),
    Column("pct_of_plan", 13, is_typed=True),
    Column("direction", 11, is_typed=True),
    Column("words", 40, is_typed=True),
    Column(RESTATED, 21, is_typed=True),
)
TARGET_COLUMNS = (  # of the sheet of next year's targets
    Column("indicator", 16),
    Column("label", 44),
    Column("unit", 13),
    Column("known", 26),
    Column("target", 24),
    Column("of", 22, is_typed=True),
    Column("lower", 18, is_typed=True),
    Column("upper", 18, is_typed=True),
    Column("note", 44, is_typed=True),
    Column("section", 16, is_typed=True),
    Column("base_year", 14, is_typed=True),
)
TARGET_LETTERS: Mapping[str, str] = dict(
    zip((column.field for column in TARGET_COLUMNS), "ABCDEFGHIJK", strict=True)
)
CHOICE_LETTERS = ("M", "N")  # hidden: the indicators to choose from, and their units
NUMBER_FIELDS = (*facts.numbers(), RESTATED)
UNIT_FIELDS = (*NUMBER_FIELDS, "qualifier")  # empty for an indicator without a unit
OLD_COLUMNS = SHEET_COLUMNS[:10]  # of a workbook without facts other than value and change
TYPED_FIELDS = tuple(column.field for column in SHEET_COLUMNS if column.is_typed)
COLUMN_LETTERS: Mapping[str, str] = {
    column.field: letter for column, letter in zip(SHEET_COLUMNS, "ABCDEFGHIJKLMNO", strict=True)
}

STATED = tuple(
    COLUMN_LETTERS[field] for field in (*facts.FACTS, RESTATED)
)  # of a row with a figure


def headings(year: int) -> dict[str, str]:
    """Return the heading of each column of every sheet of a year's workbook, by field.

    >>> headings(2024)["target"]
    'Mục tiêu năm 2024'
    """
    return {
        column.field: phrase(f"sheet.{column.field}", year=year, before=year - 1)
        for column in SHEET_COLUMNS
    }


def target_headings(year: int) -> dict[str, str]:
    """Return the heading of each column of the sheet of targets, by field.

    >>> target_headings(2024)["target"]
    'Mục tiêu năm 2024'
    """
    return {
        column.field: phrase(f"target_sheet.{column.field}", year=year, next=year + 1)
        for column in TARGET_COLUMNS
    }


def count_filled(letters: Iterable[str], last: int, sheet: str = "") -> str:
    """Return the formula that counts the rows, down to the last one, with a cell in any column.

    >>> count_filled("FG", 5, "Lúa")
    "SUMPRODUCT(--(LEN('Lúa'!$F$2:$F$5&'Lúa'!$G$2:$G$5)>0))"
    """
    quoted = sheet.replace("'", "''")
    place = f"'{quoted}'!" if sheet else ""
    columns = (f"{place}${letter}${HEADING_ROW + 1}:${letter}${last}" for letter in letters)
    return f"SUMPRODUCT(--(LEN({'&'.join(columns)})>0))"


def heading_year(text: str) -> int | None:
    """Return the year in the heading of the column `value`; None for any other text.

    >>> heading_year("Số liệu năm 2024")
    2024
    """
    digits = re.search("[0-9]{4}", text)
    if digits and text == phrase("sheet.value", year=digits[0]):
        return int(digits[0])
    return None


def cover_name() -> str:
    """Return the name of the cover sheet."""
    return phrase("cover.sheet")


def target_sheet_name() -> str:
    """Return the name of the sheet of next year's targets."""
    return phrase("target_sheet.sheet")


def sheet_names(package: Package) -> dict[str, str]:
    """Return the name of the sheet of each table with figures, in the order of the descriptor.

    It is the title of the table as a valid sheet name, or the name of the table if the title is
    empty or already in use.
    """
    names: dict[str, str] = {}
    used = {cover_name().casefold(), target_sheet_name().casefold()}
    for table in package.resources:
        if table.holds_observations:
            name = _sheet_name(table.title) or table.name
            if name.casefold() in used:
                name = _sheet_name(table.name)
            names[table.name] = name
            used.add(name.casefold())
    return names


def _sheet_name(title: str) -> str:
    """Return a title without forbidden characters, cut at the end of a word.

    >>> _sheet_name("Giao thông, thủy lợi và nông thôn mới")
    'Giao thông, thủy lợi và nông…'
    """
    name = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("'")
    if len(name) <= SHEET_NAME_LIMIT:
        return name
    words, _, rest = name[: SHEET_NAME_LIMIT - 1].rpartition(" ")
    return f"{words or rest}…"
