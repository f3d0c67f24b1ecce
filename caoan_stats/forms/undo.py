"""The last import, kept in `processed/last-import.json` so that it can be taken back.

The record has the text of each file before the import, and its digest afterwards. It is written
before the files are, and deleted after they are restored. A file in either state is known, so an
import or an undo that was killed can still be taken back.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.files import remove_drafts, sha256, write_file, write_files
from caoan_stats.common.locks import hold
from caoan_stats.datafolder.package import DESCRIPTOR, RAW, Package
from caoan_stats.datafolder.processed import LOCK_TIMEOUT
from caoan_stats.datafolder.processed_files import PROCESSED, processed_folder
from caoan_stats.forms.csv_edit import Draft
from caoan_stats.forms.shown import ShownChange

RECORD = "last-import.json"
_UNUSABLE = (OSError, ValueError, KeyError, TypeError, AttributeError)  # no record, or a broken one


def keep(folder: Path, drafts: Iterable[Draft], changes: Iterable[ShownChange]) -> None:
    """Write the record of an import that is about to write `drafts`, in their order."""
    record = {
        "files": [
            {
                "path": draft.path.relative_to(folder).as_posix(),
                "before": draft.path.read_bytes().decode(),
                "after": sha256(draft.text.encode()),
            }
            for draft in drafts
        ],
        "changes": [{**asdict(change), "place": None} for change in changes],
    }
    content = json.dumps(record, ensure_ascii=False, indent=1).encode()
    processed = processed_folder(folder)
    with hold([processed], LOCK_TIMEOUT):
        write_file(processed / RECORD, content, like=folder / DESCRIPTOR)


def last_changes(folder: Path) -> list[ShownChange]:
    """Return what the last import into a data folder changed; empty if none is kept."""
    try:
        content = json.loads((folder / PROCESSED / RECORD).read_bytes())
        return [ShownChange(**change) for change in content["changes"]]
    except _UNUSABLE:
        return []


def undo(described: Package) -> list[ShownChange]:
    """Take back the last import into a data folder, and return what it had changed.

    The files are as before, byte for byte; those without figures are restored last, so a process
    that is killed leaves a valid folder. Raises `InvalidDataError` if no import is kept, or a file
    has been changed since; `LockedError` if an import writes to the folder.
    """
    folder = described.folder
    paths = {each.path.relative_to(folder).as_posix(): each.path for each in described.resources}
    record = folder / PROCESSED / RECORD
    with hold([folder / RAW]):
        remove_drafts(folder)
        try:
            content = json.loads(record.read_bytes())
            files = [
                (paths[each["path"]], each["before"].encode(), each["after"])
                for each in reversed(content["files"])
            ]
            changes = [ShownChange(**change) for change in content["changes"]]
        except _UNUSABLE:
            raise InvalidDataError([DataError("no_last_import", folder.name)]) from None
        now = {path: path.read_bytes() for path, _, _ in files if path.is_file()}
        if changed := [
            path
            for path, before, after in files
            if path not in now or (now[path] != before and sha256(now[path]) != after)
        ]:
            raise InvalidDataError(DataError("changed_since", path.name) for path in changed)
        write_files({path: before for path, before, _ in files})
        record.unlink()
    return changes
