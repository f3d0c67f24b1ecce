"""What an import would change: a typed file is read, merged with the data files and validated.

The data folder is not changed. The results are drafts of the changed files.
"""

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.frames import Row, records
from caoan_stats.concepts.facts import FACTS
from caoan_stats.concepts.tables import ACKNOWLEDGED, SOURCES
from caoan_stats.datafolder import raw
from caoan_stats.datafolder.find import data_files
from caoan_stats.datafolder.package import Package, Resource
from caoan_stats.dataset import Dataset
from caoan_stats.forms.answers import KEEP, make_token
from caoan_stats.forms.csv_edit import Change, Draft, make_draft, row_key
from caoan_stats.forms.entries import Entry, to_entry
from caoan_stats.forms.read_csv import read_csv
from caoan_stats.forms.read_workbook import read_workbook
from caoan_stats.forms.typed import Answer, Place, TypedFile
from caoan_stats.relations import audit, jumps
from caoan_stats.relations.relation import relation_key

CSV_SUFFIXES = (".csv", ".txt")

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class PreparedImport:
    """A typed file, and the changes that its import makes.

    With `errors`, the drafts have the rows without one, to find what else is to be looked at.
    """

    file: TypedFile
    entries: Sequence[Entry]
    drafts: Sequence[Draft]  # of the data files that change
    before: Tables  # processed tables without the import
    tables: Tables  # raw tables with the import; empty if nothing changes, or errors hide them
    conflicts: Sequence[Change] = ()  # rows with other contents, also those whose old row is kept
    errors: Sequence[DataError] = ()

    @property
    def changed(self) -> int:
        """Number of new lines that replace old ones."""
        return sum(bool(change.old) for draft in self.drafts for change in draft.changes)

    @property
    def questions(self) -> list[DataError]:
        """What was typed in a way that a person confirms or corrects; none if nothing changes."""
        own = [question for entry in self.touched for question in entry.questions]
        return [*self.file.questions, *own] if self.touched else []

    @property
    def touched(self) -> list[Entry]:
        """Rows that are added or replace old ones."""
        return [change.entry for draft in self.drafts for change in draft.changes]


def prepare_import(path: Path, described: Package, answers: Mapping[str, Answer]) -> PreparedImport:
    """Read a workbook or CSV file and compare it with the data folder of a descriptor.

    `answers` are by the token of a finding, and count more than those in the file. Raises
    `InvalidDataError` if the data folder is not valid.
    """
    ds = Dataset.open(described.folder, public_below=0)
    read = read_csv if path.suffix.lower() in CSV_SUFFIXES else read_workbook
    try:
        if not path.is_file():
            raise InvalidDataError([DataError("no_form_file", str(path))])
        file = read(path, ds)
        file = replace(file, answers={**file.answers, **answers})
    except InvalidDataError as error:
        return PreparedImport(TypedFile(()), (), (), ds.tables, {}, errors=error.errors)
    results = [to_entry(row) for row in file.rows]
    entries = [entry for entry, _ in results if entry]
    errors = [*file.errors, *(error for _, unclear in results for error in unclear)]
    drafts, wrong = _drafts(described, entries)
    conflicts = [change for draft in drafts for change in draft.changes if change.old]
    kept = {id(change.entry) for change in conflicts if _is_kept(change, file)}
    used = [entry for entry in entries if id(entry) not in kept]
    used_drafts, tables, invalid = _checked(described, used)
    faulty = {(error.sheet, error.line) for error in errors}
    errors += [*wrong, *(each for each in invalid if not _follows(each, faulty))]
    order = {name: number for number, name in enumerate(file.sheets)}
    errors.sort(key=lambda error: (order.get(error.sheet, -1), error.line or 0))
    return PreparedImport(file, entries, used_drafts, ds.tables, tables, conflicts, errors)


def _follows(error: DataError, faulty: Collection[tuple[str, int | None]]) -> bool:
    """Return whether a row states nothing only because a cell of it, in `faulty`, is not read."""
    return error.kind == "no_figure" and (error.sheet, error.line) in faulty


def conflict_token(change: Change) -> str:
    """Return the token of a row that exists with other contents."""
    return make_token(
        change.entry.table, sorted(change.old.items()), sorted(change.entry.cells.items())
    )


def _is_kept(change: Change, file: TypedFile) -> bool:
    answer = file.answers.get(conflict_token(change))
    return bool(answer and answer.choice == KEEP)


def places_by_line(drafts: Iterable[Draft]) -> dict[str, Place]:
    """Return the place where each new line was typed, by file and line as in `rice.csv:3`.

    Those of its facts are there too, as in `rice.csv:3 change`.
    """
    lines = _entries_by_line(drafts)
    facts = {
        f"{file}:{line} {fact}": entry.place(fact)
        for (file, line), entry in lines.items()
        for fact in FACTS
        if fact in entry.cells
    }
    return facts | {
        f"{file}:{line}": _place_of_fact(entry) for (file, line), entry in lines.items()
    }


def _place_of_fact(entry: Entry) -> Place:
    """Return where the first fact of a row was typed; the row itself for a row without facts."""
    return entry.place(next((fact for fact in FACTS if fact in entry.cells), None))


def acknowledge(
    prepared: PreparedImport, described: Package, answers: Iterable[tuple[Row, str, Place]]
) -> PreparedImport:
    """Return an import that also answers questions and acknowledges contradictions.

    `answers` are left, operator, right, year and gap of rows of `acknowledged.csv`, each with its
    reason and the place of that. A row that acknowledges another gap is replaced. Raises
    `InvalidDataError` if a reason is not a valid cell.
    """
    resource = next(each for each in described.resources if each.name == ACKNOWLEDGED)
    old = audit.acknowledged_rows(records(prepared.tables[ACKNOWLEDGED]))
    entries = []
    for row, reason, place in answers:
        same = old.get((*relation_key(row), row["year"]), row)  # its spaces count in its key
        cells = jumps.answer({**same, "gap": row["gap"]}, reason)
        known = {name: text for name, text in cells.items() if text and name in resource.columns}
        entries.append(Entry(ACKNOWLEDGED, known, {"reason": place}, {}))
    drafts = [*prepared.drafts, make_draft(resource, entries)]
    tables = _validated(described, drafts)
    return replace(prepared, entries=[*prepared.entries, *entries], drafts=drafts, tables=tables)


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
                yield entry.place(column).error("undeclared_column", found=text)


def _checked(
    described: Package, entries: Sequence[Entry]
) -> tuple[Sequence[Draft], Tables, Sequence[DataError]]:
    """Return the drafts of the rows, the tables with them, and the errors of the validation.

    With errors, rows that have none are tried without the others: what is to be looked at in them
    is told together with the errors. There are no drafts if they are not valid without the others.
    """
    drafts, _ = _drafts(described, entries)
    try:
        return drafts, _validated(described, drafts) if drafts else {}, ()
    except InvalidDataError as error:
        errors = error.errors
    wrong = {(each.sheet, each.line, each.file) for each in errors}
    rest = [entry for entry in entries if wrong.isdisjoint(_lines(entry))]
    rest += [_stand_in(entry, entries) for entry in entries if entry.table == SOURCES]
    drafts, _ = _drafts(described, rest)
    try:
        return drafts, _validated(described, drafts), errors
    except InvalidDataError:
        return (), {}, errors


def _lines(entry: Entry) -> set[tuple[str, int, str]]:
    """Return the lines in which a row was typed."""
    return {(place.sheet, place.line, place.file) for place in entry.places.values()}


def _stand_in(source: Entry, entries: Iterable[Entry]) -> Entry:
    """Return a valid row for a source document, in place of one with an error."""
    year = max((entry.cells["year"] for entry in entries if "year" in entry.cells), default="2000")
    return replace(
        source,
        cells={"source": source.cells.get("source", ""), "title": "-", "issuer": "-", "date": year},
    )


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
