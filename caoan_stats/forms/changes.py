"""What an import would change: a typed file is read, merged with the data files and validated.

The data folder is not changed. The results are drafts of the changed files.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.frames import Row, records
from caoan_stats.concepts.facts import FACTS
from caoan_stats.datafolder import raw
from caoan_stats.datafolder.find import data_files
from caoan_stats.datafolder.package import Package, Resource
from caoan_stats.dataset import Dataset
from caoan_stats.forms.csv_edit import Draft, make_draft, row_key
from caoan_stats.forms.entries import Entry, Place, TypedFile, to_entry
from caoan_stats.forms.read_csv import read_csv
from caoan_stats.forms.read_workbook import read_workbook
from caoan_stats.relations import audit, jumps
from caoan_stats.relations.relation import relation_key

CSV_SUFFIXES = (".csv", ".txt")
ACKNOWLEDGED = "acknowledged"  # name of a table
ACCEPT = "--accept"  # where a reason is typed


@dataclass(frozen=True)
class PreparedImport:
    """A typed file without errors, and the changes that its import makes."""

    file: TypedFile
    entries: Sequence[Entry]
    drafts: Sequence[Draft]  # of the data files that change
    before: Mapping[str, pd.DataFrame]  # processed tables without the import
    tables: Mapping[str, pd.DataFrame]  # raw tables with the import; empty if nothing changes

    @property
    def changed(self) -> int:
        """Number of new lines that replace old ones."""
        return sum(bool(change.before) for draft in self.drafts for change in draft.changes)

    @property
    def questions(self) -> list[DataError]:
        """What was typed in a way that a person confirms or corrects; none if nothing changes."""
        own = [question for entry in self.touched for question in entry.questions]
        return [*self.file.questions, *own] if self.touched else []

    @property
    def touched(self) -> list[Entry]:
        """Rows that are added or replace old ones."""
        return [change.entry for draft in self.drafts for change in draft.changes]


def prepare_import(path: Path, described: Package) -> PreparedImport:
    """Read a workbook or CSV file and compare it with the data folder of a descriptor.

    Raises `InvalidDataError` with all errors of the file and of the data folder.
    """
    if not path.is_file():
        raise InvalidDataError([DataError("no_form_file", str(path))])
    ds = Dataset.open(described.folder, public_below=0)
    read = read_csv if path.suffix.lower() in CSV_SUFFIXES else read_workbook
    file = read(path, ds)
    results = [to_entry(row) for row in file.rows]
    entries = [entry for entry, _ in results if entry]
    errors = [*file.errors, *(error for _, unclear in results for error in unclear)]
    drafts, wrong = _drafts(described, entries)
    errors += wrong
    try:
        tables = _validated(described, drafts) if drafts else {}
    except InvalidDataError as error:
        errors += error.errors
    if errors:
        order = {name: number for number, name in enumerate(file.sheets)}
        errors.sort(key=lambda error: (order.get(error.sheet, -1), error.line or 0))
        raise InvalidDataError(errors)
    return PreparedImport(file, entries, drafts, ds.tables, tables)


def places_by_line(drafts: Iterable[Draft]) -> dict[str, Place]:
    """Return the place where each new line was typed, by file and line as in `rice.csv:3`."""
    return {
        f"{file}:{line}": _place_of_fact(entry)
        for (file, line), entry in _entries_by_line(drafts).items()
    }


def _place_of_fact(entry: Entry) -> Place:
    """Return where the first fact of a row was typed; the row itself for a row without facts."""
    return entry.place(next((fact for fact in FACTS if fact in entry.cells), None))


def acknowledge(
    prepared: PreparedImport, described: Package, findings: Iterable[Row], reason: str
) -> PreparedImport:
    """Return an import that also answers questions and acknowledges contradictions.

    `findings` have left, operator, right, year and gap of their rows of `acknowledged.csv`; all get
    the same reason. A row that acknowledges another gap is replaced. Raises `InvalidDataError` if
    the reason is not a valid cell.
    """
    resource = next(each for each in described.resources if each.name == ACKNOWLEDGED)
    old = audit.acknowledged_rows(records(prepared.tables[ACKNOWLEDGED]))
    rows = (  # written as in an old row, whose spaces count in its key
        {**old.get((*relation_key(row), row["year"]), row), "gap": row["gap"]} for row in findings
    )
    entries = [_acknowledgement(row, reason, resource) for row in rows]
    drafts = [*prepared.drafts, make_draft(resource, entries)]
    tables = _validated(described, drafts)
    return replace(prepared, entries=[*prepared.entries, *entries], drafts=drafts, tables=tables)


def _acknowledgement(row: Row, reason: str, resource: Resource) -> Entry:
    """Return a row of `acknowledged.csv`, in the columns that its schema has."""
    answer = jumps.answer(row, reason)
    cells = {name: text for name, text in answer.items() if text and name in resource.columns}
    return Entry(ACKNOWLEDGED, cells, {"reason": Place(ACCEPT, 1, "reason")}, {})


def _drafts(described: Package, entries: Sequence[Entry]) -> tuple[list[Draft], list[DataError]]:
    """Return the data files that the rows change, and an error for each row that none can have."""
    drafts, errors = [], []
    for resource in described.resources:
        rows = [entry for entry in entries if entry.table == resource.name]
        unique, repeated = _unique(rows, resource)
        errors += [*repeated, *_undeclared(rows, resource)]
        drafts.append(make_draft(resource, unique))
    return [draft for draft in drafts if draft.changes], errors


def _unique(entries: Sequence[Entry], resource: Resource) -> tuple[list[Entry], list[DataError]]:
    """Return the first row of each key, and an error for each later one."""
    by_key: dict[tuple[str, ...], Entry] = {}
    errors = []
    for entry in entries:
        key = row_key(entry.cells, resource)
        first = by_key.setdefault(key, entry)
        if first is not entry:
            names = ", ".join(resource.schema["primaryKey"])
            details = {"found": ", ".join(key), "key": names, "same": str(first.place(None))}
            errors.append(entry.place(None).error("duplicate", **details))
    return list(by_key.values()), errors


def _undeclared(entries: Iterable[Entry], resource: Resource) -> Iterator[DataError]:
    """Yield an error for each cell in a column that the schema of its table does not have."""
    for entry in entries:
        for column, text in entry.cells.items():
            if column not in resource.columns:
                details = {"found": text, "name": column, "table": resource.name}
                yield entry.place(column).error("undeclared_column", **details)


def _validated(described: Package, drafts: Sequence[Draft]) -> dict[str, pd.DataFrame]:
    """Return the tables of the data folder with the drafts in place.

    Raises `InvalidDataError` if they are invalid; an error in a new line names the typed cell.
    """
    contents = {draft.path: draft.text.encode() for draft in drafts}
    with tempfile.TemporaryDirectory() as temporary:
        for path in data_files(described.folder):
            copy = Path(temporary) / path.relative_to(described.folder)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(contents.get(path) or path.read_bytes())
        try:
            return raw.read_tables(Path(temporary))
        except InvalidDataError as error:
            entries = _entries_by_line(drafts)
            raise InvalidDataError(_at_typed_cell(each, entries) for each in error.errors) from None


def _at_typed_cell(error: DataError, entries: Mapping[tuple[str, int | None], Entry]) -> DataError:
    """Return an error of a new line as an error of the typed cell, any other unchanged."""
    entry = entries.get((error.file, error.line))
    return entry.place(error.column).error(error.kind, **error.details) if entry else error


def _entries_by_line(drafts: Iterable[Draft]) -> dict[tuple[str, int | None], Entry]:
    """Return the row in each new line, by file name and line number."""
    return {
        (draft.path.name, change.line): change.entry for draft in drafts for change in draft.changes
    }
