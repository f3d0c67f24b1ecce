"""The command `new-year`: the workbook of a year, written to the working folder."""

from pathlib import Path

from caoan_stats.command.exits import INVALID
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.files import write_file
from caoan_stats.dataset import Dataset
from caoan_stats.forms import workbook
from caoan_stats.forms.prefilled import prefill


def write_form(data: Path, year: int, speaker: Speaker, *, every: bool = False) -> int:
    """Write the workbook `<year>.xlsx`, and return the exit code: 2 if the file exists.

    With `every`, it also has the indicators that the data folder has never had a figure of.
    """
    ds = Dataset.open(data, public_below=0)
    path = Path(f"{year}.xlsx")
    if path.exists():
        speaker.say("form_exists", err=True, file=path)
        return INVALID
    sheets = prefill(ds, year, every=every)
    write_file(path, workbook.write_workbook(ds, year, every=every, option=speaker.option))
    rows = sum(map(len, sheets.values()))
    speaker.say("form_written", file=path, sheets=len(sheets), rows=rows)
    return 0
