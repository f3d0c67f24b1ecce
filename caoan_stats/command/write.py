"""The command `write`: the report of a year, or of one subject, as a Word document."""

import re
from pathlib import Path

from caoan_stats.command.exits import FAILED, INVALID
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.files import write_file
from caoan_stats.common.words import phrase
from caoan_stats.datafolder.find import find_project, find_threshold
from caoan_stats.dataset import Dataset
from caoan_stats.publish.notebooks import Notebook, find_notebooks
from caoan_stats.publish.plan import UnknownJobError
from caoan_stats.writing.edition import edition_words
from caoan_stats.writing.executed import write_executed
from caoan_stats.writing.report import write_report

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')  # of files, on Windows


def write_word(data: Path, year: int, out: Path | None, name: str, speaker: Speaker) -> int:
    """Write a report to `out`, and return the exit code: 2 if it is refused, 1 if a notebook fails.

    `name` is that of a notebook, empty for the official report. Without `out` the file has the name
    of the report, in the working folder. The edition is that of `run` without its options.
    """
    notebook = _find(data, name) if name else None
    title = notebook.title if notebook else phrase("report.kind")
    path = out or Path(f"{_NOT_IN_NAMES.sub('-', title)} {year}.docx")
    if path.exists():
        speaker.say("form_exists", err=True, file=path)
        return INVALID
    below = find_threshold()
    ds = Dataset.open(data, as_of=year, public_below=below)
    if notebook and year not in ds.years:
        raise UnknownJobError([year], ds.years)
    content = (
        write_executed(notebook.path, year, data, below)
        if notebook
        else write_report(ds, year, edition_words(below))
    )
    if content is None:
        speaker.say("no_report", err=True, year=year, known=sorted({*ds.facts["year"]}))
        return INVALID
    if isinstance(content, str):
        speaker.say("failed", err=True, job=f"{year}/{name}", reason=content)
        return FAILED
    write_file(path, content)
    speaker.say("subject_written" if notebook else "report_written", file=path)
    return 0


def _find(data: Path, name: str) -> Notebook:
    """Return the notebook of a name, or of a file name."""
    folder = find_project(data) / "notebooks"
    known = {notebook.name: notebook for notebook in find_notebooks(folder)}
    if (found := known.get(name.removesuffix(".ipynb"))) is None:
        raise UnknownJobError([name], list(known))
    return found
