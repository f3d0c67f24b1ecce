"""A filled-in workbook: which sheet is which, and what all of them state."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.spelling import nearest
from caoan_stats.datafolder import package
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.dataset import Dataset
from caoan_stats.forms import conventions, cover, layout, spreadsheet
from caoan_stats.forms.answers import take_answers
from caoan_stats.forms.conventions import Sections
from caoan_stats.forms.cover import field_labels
from caoan_stats.forms.drafted import list_name
from caoan_stats.forms.filled_sheet import FilledSheet
from caoan_stats.forms.layout import (
    cover_name,
)
from caoan_stats.forms.prefilled import prefill
from caoan_stats.forms.read_targets import is_target_sheet, read_targets
from caoan_stats.forms.sheet import Sheet, sheet_name
from caoan_stats.forms.typed import TypedFile

HEADING_SEARCH_LIMIT = 10  # row; the year is read from headings above it
_COVER, _TARGETS = "", " "  # stand for these sheets among the names of tables


def read_workbook(path: Path, ds: Dataset) -> TypedFile:
    """Read a workbook of `write_workbook` that was filled in.

    Raises `InvalidDataError` if the file cannot be opened, or no sheet has a heading with a year.
    """
    sheets, answers = take_answers(path.name, spreadsheet.read_sheets(path))
    sheets = tuple(each for each in sheets if normalize_text(each.name) != list_name())
    by_table, errors = _match_sheets(path.name, sheets, ds)
    year = form_year(path.name, sheets)
    prefilled = prefill(ds, year, every=True)
    cover_sheet = next((sheet for sheet in sheets if sheet.name == cover_name()), None)
    source, source_errors = cover.read_source(path.name, cover_sheet, ds, year)
    known = frozenset(ds.indicators.index[ds.indicators["has_figures"]])
    target_sheet = by_table.pop(_TARGETS, None)  # which an older workbook does not have
    filled = [
        FilledSheet(
            path.name,
            sheet,
            table,
            {row.indicator: row for row in prefilled[table]},
            year,
            source,
            known,
        )
        for table, sheet in by_table.items()
    ]
    targets = TypedFile(())
    if target_sheet:
        targets = read_targets(target_sheet, ds, year, prefilled, source)
    rows = [*(row for sheet in filled for row in sheet.rows()), *targets.rows]
    wrong = [error for sheet in filled for error in sheet.errors()]
    return TypedFile(
        (source, *rows) if rows else (),
        (*errors, *source_errors, *wrong, *targets.errors),
        (*(remark for sheet in filled for remark in sheet.remarks()), *targets.remarks),
        tuple(sheet.name for sheet in sheets),
        (
            *cover.title_questions(path.name, cover_sheet, ds),
            *conventions.source_questions(source, ds, year),
            *(each for sheet in filled for each in sheet.questions()),
            *targets.questions,
            *Sections.of(ds).questions(rows),
        ),
        answers=answers,
    )


def _match_sheets(
    file: str, sheets: Sequence[Sheet], ds: Dataset
) -> tuple[dict[str, Sheet], list[DataError]]:
    """Return the sheet of each table; and errors of hidden, missing, renamed and extra sheets."""
    of_tables = layout.sheet_names(package.load_package(ds.folder))
    titles = {_COVER: cover_name(), **of_tables, _TARGETS: layout.target_sheet_name()}
    names = {table: sheet_name(title) for table, title in titles.items()}
    by_name = {sheet.name: sheet for sheet in sheets}
    others = [sheet for sheet in sheets if sheet.name not in names.values()]
    tables = {str(code): str(table) for code, table in ds.indicators["table"].items()}
    matched: dict[str, Sheet] = {}
    errors = [DataError("hidden_sheet", file, sheet=each.name) for each in sheets if each.is_hidden]
    for table, name in names.items():
        renamed = next((each for each in others if _is_renamed(each, table, name, tables)), None)
        if name in by_name:
            matched[table] = by_name[name]
        elif renamed:
            matched[table] = renamed
            others.remove(renamed)
            details = {"name": name, "found": renamed.name}
            errors.append(DataError("renamed_sheet", file, None, None, details, renamed.name))
        elif table != _TARGETS:
            errors.append(DataError("missing_sheet", file, details={"name": name}))
    errors += [DataError("extra_sheet", file, sheet=sheet.name) for sheet in others]
    matched.pop(_COVER, None)
    return matched, errors


def _is_renamed(sheet: Sheet, table: str, name: str, tables: Mapping[str, str]) -> bool:
    """Return whether a sheet has the content of a table or of the cover, or a name like it.

    `name` is the original name of the sheet of `table`, `tables` has the table of each indicator.
    """
    texts = [cell.text for cell in sheet.cells.values()]
    if table == _TARGETS or is_target_sheet(sheet):
        return table == _TARGETS and is_target_sheet(sheet)
    if table == _COVER:
        return set(field_labels().values()) <= set(texts)
    counts = Counter(tables[text] for text in texts if text in tables)
    if counts:
        return counts.most_common(1)[0][0] == table
    return bool(nearest(sheet.name, [name]))


def form_year(file: str, sheets: Sequence[Sheet]) -> int:
    """Return the year in the headings of most sheets; raise `InvalidDataError` if none has one."""
    texts = [
        cell.text
        for sheet in sheets
        for (row, _), cell in sheet.cells.items()
        if row < HEADING_SEARCH_LIMIT
    ]
    years = Counter(filter(None, map(layout.heading_year, texts)))
    if not years:
        raise InvalidDataError([DataError("no_form", file)])
    return years.most_common(1)[0][0]
