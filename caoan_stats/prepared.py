"""What an import is about to change: a file that was read, with nothing wrong in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from caoan_stats import additions, filled, listed
from caoan_stats.dataset import Dataset
from caoan_stats.drafts import Draft
from caoan_stats.entries import Entry, Filled, interpret
from caoan_stats.errors import DataError, InvalidDataError
from caoan_stats.package import Package

TEXTS = (".csv", ".txt")


@dataclass(frozen=True)
class Prepared:
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


def prepare(path: Path, described: Package) -> Prepared:
    """Read a file and hold it against a data folder.

    Raises
    ------
    InvalidDataError
        With all that is wrong in the file, or in the data folder.
    """
    if not path.is_file():
        raise InvalidDataError([DataError("no_form_file", str(path))])
    ds = Dataset.open(described.folder, public_below=0)
    file = (listed if path.suffix.lower() in TEXTS else filled).read(path, ds)
    read = [interpret(row) for row in file.rows]
    entries = [entry for entry, _ in read if entry]
    errors = [*file.errors, *(error for _, unclear in read for error in unclear)]
    drafts, repeated = additions.compare(described, entries)
    errors += repeated
    try:
        tables = additions.attempt(described, drafts) if drafts else {}
    except InvalidDataError as error:
        errors += error.errors
    if errors:
        raise InvalidDataError(_in_order(errors, file))
    return Prepared(file, entries, drafts, ds.tables["audit"], tables)


def _in_order(errors: Sequence[DataError], file: Filled) -> list[DataError]:
    """Put errors in the order of the sheets and their rows."""
    order = {name: number for number, name in enumerate(file.sheets)}
    return sorted(errors, key=lambda each: (order.get(each.sheet, -1), each.line or 0))
