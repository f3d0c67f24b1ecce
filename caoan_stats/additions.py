"""What an import changes in the tables of a data folder, before anything is written."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from caoan_stats import raw
from caoan_stats.drafts import Draft, draft, key
from caoan_stats.entries import Entry, Place
from caoan_stats.errors import DataError, InvalidDataError
from caoan_stats.package import Package, Resource
from caoan_stats.places import data_files


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
        drafts.append(draft(resource, once))
    return [each for each in drafts if each.changes], errors


def attempt(described: Package, drafts: Sequence[Draft]) -> dict[str, pd.DataFrame]:
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
            return raw.read(Path(place))
        except InvalidDataError as error:
            places = typed(drafts)
            raise InvalidDataError(_where(each, places) for each in error.errors) from None


def typed(drafts: Iterable[Draft]) -> dict[tuple[str, int | None], Entry]:
    """Give the row that stands in each changed line, by file and line."""
    return {
        (draft.path.name, change.line): change.entry for draft in drafts for change in draft.changes
    }


def places(drafts: Iterable[Draft]) -> dict[str, Place]:
    """Give the place where each changed line was typed, by file and line as in `rice.csv:3`."""
    return {
        f"{file}:{line}": entry.places.get("value", entry.place(None))
        for (file, line), entry in typed(drafts).items()
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
        its = key(entry.cells, resource)
        known = first.setdefault(its, entry)
        if known is not entry:
            names = ", ".join(resource.schema["primaryKey"])
            details = {"found": ", ".join(its), "key": names, "same": str(known.place(None))}
            errors.append(entry.place(None).say("duplicate", **details))
    return list(first.values()), errors
