"""What an import is about to change: a file that was read, with nothing wrong in it."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pandas as pd

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.frames import records
from caoan_stats.datafolder import raw
from caoan_stats.datafolder.find import data_files
from caoan_stats.datafolder.package import Package, Resource
from caoan_stats.dataset import Dataset
from caoan_stats.forms.csv_edit import Draft, make_draft, row_key
from caoan_stats.forms.entries import Entry, Filled, Place, to_entry
from caoan_stats.forms.read_csv import read_rows
from caoan_stats.forms.read_workbook import read_form

TEXTS = (".csv", ".txt")


JUMP = 10  # times last year's figure, or a part of it; a unit that is mistaken is 10 off at least


@dataclass(frozen=True)
class PreparedImport:
    """What an import is about to change, with nothing wrong in it.

    Parameters
    ----------
    file
        What was read.
    entries
        Its rows.
    drafts
        The files that change.
    audit
        The derived table of that name, as it is without the file.
    tables
        Those of the data folder as they will be; none where nothing changes.
    """

    file: Filled
    entries: Sequence[Entry]
    drafts: Sequence[Draft]
    audit: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]

    @property
    def changed(self) -> int:
        """How many lines come in the place of others."""
        return sum(bool(change.before) for draft in self.drafts for change in draft.changes)

    @property
    def touched(self) -> list[Entry]:
        """The rows that are not there yet, or not so."""
        return [change.entry for draft in self.drafts for change in draft.changes]


def prepare_import(path: Path, described: Package) -> PreparedImport:
    """Read a file and hold it against a data folder.

    Raises
    ------
    InvalidDataError
        With all that is wrong in the file, or in the data folder.
    """
    if not path.is_file():
        raise InvalidDataError([DataError("no_form_file", str(path))])
    ds = Dataset.open(described.folder, public_below=0)
    read = read_rows if path.suffix.lower() in TEXTS else read_form
    file = read(path, ds)
    made = [to_entry(row) for row in file.rows]
    entries = [entry for entry, _ in made if entry]
    errors = [*file.errors, *(error for _, unclear in made for error in unclear)]
    drafts, repeated = compare(described, entries)
    errors += repeated
    try:
        tables = validate_drafts(described, drafts) if drafts else {}
    except InvalidDataError as error:
        errors += error.errors
    if errors:
        raise InvalidDataError(_in_order(errors, file))
    return PreparedImport(file, entries, drafts, ds.tables["audit"], tables)


def _in_order(errors: Sequence[DataError], file: Filled) -> list[DataError]:
    """Put errors in the order of the sheets and their rows."""
    order = {name: number for number, name in enumerate(file.sheets)}
    return sorted(errors, key=lambda each: (order.get(each.sheet, -1), each.line or 0))


def compare(described: Package, entries: Sequence[Entry]) -> tuple[list[Draft], list[DataError]]:
    """Hold rows against the files that they are for.

    Parameters
    ----------
    described
        The descriptor of the data folder, whose files are valid.
    entries
        The rows.

    Returns
    -------
    tuple of list
        The files that change; the rows that were typed twice.
    """
    drafts, errors = [], []
    for resource in described.resources:
        mine = [entry for entry in entries if entry.table == resource.name]
        once, repeated = _once(mine, resource)
        errors += repeated
        drafts.append(make_draft(resource, once))
    return [each for each in drafts if each.changes], errors


def validate_drafts(described: Package, drafts: Sequence[Draft]) -> dict[str, pd.DataFrame]:
    """Read the tables as they will be, with every check that a data folder has to pass.

    Raises
    ------
    InvalidDataError
        With all that is wrong, each at the place where it was typed.
    """
    folder = described.folder
    with tempfile.TemporaryDirectory() as place:
        for path in data_files(folder):
            copy = Path(place) / path.relative_to(folder)
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, copy)
        for draft in drafts:
            copy = Path(place) / draft.path.relative_to(folder)
            copy.write_bytes(draft.text.encode())
        try:
            return raw.read_tables(Path(place))
        except InvalidDataError as error:
            places = entries_by_line(drafts)
            raise InvalidDataError(_where(each, places) for each in error.errors) from None


def entries_by_line(drafts: Iterable[Draft]) -> dict[tuple[str, int | None], Entry]:
    """Give the row that stands in each changed line, by file and line."""
    return {
        (draft.path.name, change.line): change.entry for draft in drafts for change in draft.changes
    }


def places_by_line(drafts: Iterable[Draft]) -> dict[str, Place]:
    """Give the place where each changed line was typed, by file and line as in `rice.csv:3`."""
    return {
        f"{file}:{line}": entry.places.get("value", entry.place(None))
        for (file, line), entry in entries_by_line(drafts).items()
    }


def _where(error: DataError, places: Mapping[tuple[str, int | None], Entry]) -> DataError:
    """Say an error of a line at the cell that was typed."""
    entry = places.get((error.file, error.line))
    return entry.place(error.column).say(error.kind, **error.details) if entry else error


def _once(entries: Sequence[Entry], resource: Resource) -> tuple[list[Entry], list[DataError]]:
    """Take the first row of each key; say which come again."""
    first: dict[tuple[str, ...], Entry] = {}
    errors = []
    for entry in entries:
        its = row_key(entry.cells, resource)
        known = first.setdefault(its, entry)
        if known is not entry:
            names = ", ".join(resource.schema["primaryKey"])
            details = {"found": ", ".join(its), "key": names, "same": str(known.place(None))}
            errors.append(entry.place(None).say("duplicate", **details))
    return list(first.values()), errors


@dataclass(frozen=True)
class Jump:
    """A figure far from that of the year before."""

    entry: Entry
    value: Decimal
    previous: Decimal

    @property
    def times(self) -> float:
        """How many times the larger is the smaller."""
        small, large = sorted((abs(self.value), abs(self.previous)))
        return float(large / small)


def jumps(entries: Iterable[Entry], observations: pd.DataFrame) -> Iterator[Jump]:
    """Find figures that are more than ten times those of the year before, or less than a tenth.

    Parameters
    ----------
    entries
        The rows that are added or changed.
    observations
        The derived table of that name, as it will be with them.
    """
    known = {(row["indicator"], row["year"]): row["value"] for row in records(observations)}
    for entry in entries:
        if entry.cells.get("value"):
            value = Decimal(entry.cells["value"])
            previous = known.get((entry.cells["indicator"], int(entry.cells["year"]) - 1))
            if value and previous and Jump(entry, value, previous).times > JUMP:
                yield Jump(entry, value, previous)
