"""The command `check`: data errors, or the audit of valid data."""

from pathlib import Path

from caoan_stats.command.audit_report import print_audit, unacknowledged
from caoan_stats.command.exits import FAILED
from caoan_stats.command.speaker import Speaker
from caoan_stats.datafolder import raw
from caoan_stats.relations import derive


def run_check(data: Path, speaker: Speaker) -> int:
    """Validate a data folder, print its audit and return the exit code.

    The code is 1 if a contradiction is not acknowledged. Raises `InvalidDataError` with all errors.
    """
    tables = raw.read_tables(data)
    speaker.say("valid", files=len(tables), rows=sum(map(len, tables.values())))
    derived = derive.derive(tables)
    print_audit(tables, derived, speaker.language)
    return FAILED if len(unacknowledged(derived["audit"])) else 0
