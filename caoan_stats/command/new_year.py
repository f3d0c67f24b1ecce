"""The workbook of a new year, handed out into the working folder."""

from pathlib import Path

from caoan_stats.command.exits import INVALID
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.files import write_file
from caoan_stats.dataset import Dataset
from caoan_stats.forms import workbook
from caoan_stats.forms.prefilled import prefill


def write_form(folder: Path, year: int, voice: Speaker) -> int:
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
    rows = prefill(ds, year)
    write_file(path, workbook.write_workbook(ds, year))
    voice.say("form_written", file=path, sheets=len(rows), rows=sum(map(len, rows.values())))
    return 0
