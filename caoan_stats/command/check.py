"""The command `check`: data errors, or the audit of valid data."""

from pathlib import Path

from caoan_stats.command.audit_report import print_audit
from caoan_stats.command.exits import FAILED
from caoan_stats.command.speaker import Speaker
from caoan_stats.datafolder import csvfile, package, raw
from caoan_stats.relations import derive


def run_check(data: Path, speaker: Speaker) -> int:
    """Validate a data folder, print revisions, questions and its audit; return the exit code.

    The code is 1 if a contradiction is not acknowledged, also one of an older page. Raises
    `InvalidDataError` with all errors.
    """
    tables = raw.read_tables(data)
    speaker.say("valid", files=len(tables), rows=sum(map(len, tables.values())))
    derived = derive.derive(tables)
    new = print_audit(tables, derived, speaker.language, _columns(data, "acknowledged"))
    return FAILED if new else 0


def _columns(data: Path, table: str) -> tuple[str, ...]:
    """Return the header of the file of a table."""
    [path] = [each.path for each in package.load_package(data).resources if each.name == table]
    return csvfile.read_cells(path, "").header.cells
