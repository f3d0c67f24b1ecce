"""The sheets of a year's workbook and their columns, which its writer and its reader share."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from caoan_stats.datafolder.package import Package

COVER = "Hướng dẫn"
HEADING_ROW = 1
NAME_LIMIT = 31  # characters of a sheet's name, in every spreadsheet
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


class Column(NamedTuple):
    """A column of a sheet."""

    field: str
    heading: str
    width: int
    typed: bool = False


SHEET_COLUMNS = (
    Column("indicator", "Mã chỉ tiêu", 16),
    Column("label", "Chỉ tiêu", 44),
    Column("unit", "Đơn vị tính", 13),
    Column("previous", "Năm {before}", 21),
    Column("target", "Mục tiêu năm {year}", 24),
    Column("value", "Số liệu năm {year}", 20, typed=True),
    Column("change", "Tăng, giảm so với năm {before}", 16, typed=True),
    Column("qualifier", "Từ kèm theo", 11, typed=True),
    Column("section", "Mục trong báo cáo", 16, typed=True),
    Column("note", "Ghi chú", 40, typed=True),
)
TYPED_FIELDS = tuple(column.field for column in SHEET_COLUMNS if column.typed)
COLUMN_LETTERS: Mapping[str, str] = {
    column.field: letter for column, letter in zip(SHEET_COLUMNS, "ABCDEFGHIJ", strict=True)
}
YEAR_HEADING = re.compile(r"Số liệu năm ([0-9]{4})")


def headings(year: int) -> tuple[str, ...]:
    """Give the headings of every sheet of a year.

    Examples
    --------
    >>> headings(2024)[3:6]
    ('Năm 2023', 'Mục tiêu năm 2024', 'Số liệu năm 2024')
    """
    return tuple(column.heading.format(year=year, before=year - 1) for column in SHEET_COLUMNS)


def sheet_names(package: Package) -> dict[str, str]:
    """Name the sheet of each table of observations: its title, as far as spreadsheets let it.

    Parameters
    ----------
    package
        The descriptor.

    Returns
    -------
    dict of str
        By table, in the order of the package.
    """
    tables = [each for each in package.resources if each.holds_observations]
    taken = {COVER.casefold()}
    found: dict[str, str] = {}
    for table in tables:
        name = _fitting(table.title) or table.name
        if name.casefold() in taken:
            name = _fitting(table.name)
        found[table.name] = name
        taken.add(name.casefold())
    return found


def _fitting(title: str) -> str:
    """Cut a title at the end of a word, without what no sheet may have in its name.

    >>> _fitting("Giao thông, thủy lợi và nông thôn mới")
    'Giao thông, thủy lợi và nông…'
    """
    name = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("'")
    if len(name) <= NAME_LIMIT:
        return name
    words, _, rest = name[: NAME_LIMIT - 1].rpartition(" ")
    return f"{words or rest}…"
