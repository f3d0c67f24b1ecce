"""The workbook of a new year, handed out into the working folder."""

from pathlib import Path

from caoan_stats import workbook
from caoan_stats.dataset import Dataset
from caoan_stats.endings import INVALID
from caoan_stats.files import publish
from caoan_stats.given import given
from caoan_stats.speaker import Speaker


def hand_out(folder: Path, year: int, voice: Speaker) -> int:
    """Write the workbook of a year into the working folder, unless one is there.

    Returns
    -------
    int
        The exit code: 0, or 2 where there is one.
    """
    ds = Dataset.open(folder, public_below=0)
    path = Path(f"{year}.xlsx")
    if path.exists():
        voice.say("form_exists", err=True, file=path)
        return INVALID
    rows = given(ds, year)
    publish(path, workbook.write(ds, year))
    voice.say("form_written", file=path, sheets=len(rows), rows=sum(map(len, rows.values())))
    return 0
