"""A filled-in workbook: its sheets beside those that were handed out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from caoan_stats import cover, package, sheets, spreadsheet
from caoan_stats.cover import FIELDS
from caoan_stats.dataset import Dataset
from caoan_stats.entries import Filled
from caoan_stats.errors import DataError, InvalidDataError
from caoan_stats.filled_sheet import FilledSheet
from caoan_stats.given import given
from caoan_stats.sheets import COVER
from caoan_stats.spelling import nearest
from caoan_stats.spreadsheet import Sheet

HEAD = 10  # the rows in which a heading is looked for, where it has been moved


def read(path: Path, ds: Dataset) -> Filled:
    """Read a workbook as `caoan_stats.workbook.write` hands it out.

    Parameters
    ----------
    path
        The file.
    ds
        The data folder that is to get the figures.

    Raises
    ------
    InvalidDataError
        It cannot be opened at all, or no sheet says its year.
    """
    found = spreadsheet.read(path)
    by_table, errors = _matched(path.name, found, ds)
    year = _year(path.name, found)
    rows_given = given(ds, year)
    first = next((sheet for sheet in found if sheet.name == COVER), None)
    source, wrong = cover.read(path.name, first, ds, year)
    read = [
        FilledSheet(path.name, sheet, table, tuple(rows_given[table]), year, source)
        for table, sheet in by_table.items()
    ]
    rows = [row for each in read for row in each.rows()]
    return Filled(
        (source, *rows) if rows else (),
        (*errors, *wrong, *(error for each in read for error in each.errors())),
        tuple(remark for each in read for remark in each.remarks()),
        tuple(sheet.name for sheet in found),
    )


def _year(file: str, found: Sequence[Sheet]) -> int:
    """Take the year from the headings of most sheets."""
    texts = [cell.text for sheet in found for (row, _), cell in sheet.cells.items() if row < HEAD]
    matches = filter(None, map(sheets.YEAR_HEADING.fullmatch, texts))
    years = Counter(int(match[1]) for match in matches)
    if not years:
        raise InvalidDataError([DataError("no_form", file)])
    return years.most_common(1)[0][0]


def _matched(
    file: str, found: Sequence[Sheet], ds: Dataset
) -> tuple[dict[str, Sheet], list[DataError]]:
    """Give each table its sheet; say which are missing, renamed, hidden or too many."""
    names = {"": COVER, **sheets.names(package.load(ds.folder))}
    known = {sheet.name: sheet for sheet in found}
    surplus = [sheet for sheet in found if sheet.name not in names.values()]
    codes = {str(code): str(table) for code, table in ds.indicators["table"].items()}
    matched: dict[str, Sheet] = {}
    errors = [DataError("hidden_sheet", file, sheet=each.name) for each in found if each.is_hidden]
    for table, name in names.items():
        renamed = [each for each in surplus if _is_of(each, table, name, codes)][:1]
        if name in known:
            matched[table] = known[name]
        elif renamed:
            matched[table] = renamed[0]
            surplus.remove(renamed[0])
            details = {"name": name, "found": renamed[0].name}
            errors.append(DataError("renamed_sheet", file, None, None, details, renamed[0].name))
        else:
            errors.append(DataError("missing_sheet", file, details={"name": name}))
    errors += [DataError("extra_sheet", file, sheet=sheet.name) for sheet in surplus]
    matched.pop("", None)
    return matched, errors


def _is_of(sheet: Sheet, table: str, name: str, codes: Mapping[str, str]) -> bool:
    """Whether a sheet of another name has the rows of a table, or what the cover has."""
    texts = [found.text for found in sheet.cells.values()]
    if not table:
        return set(FIELDS.values()) <= set(texts)
    owners = Counter(codes[text] for text in texts if text in codes)
    if owners:
        return owners.most_common(1)[0][0] == table
    return bool(nearest(sheet.name, [name]))
