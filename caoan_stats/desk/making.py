"""The pages made from the desk: by the command `run` in a process of its own, line by line."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from caoan_stats.datafolder.processed_files import data_digest
from caoan_stats.publish.jobs import page_key, read_key
from caoan_stats.publish.site import ANNUAL, PageRef

INDEX = "index.json"  # of the pages; it is written after them
_COLOURS = {"CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"}  # which a kernel sets for its output
_HIDDEN = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows opens a console for each process


def exports_folder(data: Path) -> Path:
    """Return the folder of the pages of a data folder, beside it."""
    return data.parent / "exports"


def make_pages(data: Path, project: Path, on_line: Callable[[str], object]) -> bool:
    """Make the pages that are out of date; return whether all are there now.

    `project` has the notebooks. `on_line` gets each line that the command prints, most of which say
    what became of a page.
    """
    plain = {name: text for name, text in os.environ.items() if name not in _COLOURS}
    command = [sys.executable, "-m", "caoan_stats", "run", "--data", str(data)]
    with subprocess.Popen(  # noqa: S603 - our own program
        [*command, "--out", str(exports_folder(data))],
        cwd=project,
        env={**plain, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        creationflags=_HIDDEN,
    ) as process:
        for line in process.stdout or ():
            on_line(line.rstrip())
    return process.returncode == 0


def made_pages(data: Path) -> list[PageRef]:
    """Return the report of each year that the index of the pages lists, the latest first."""
    try:
        pages = json.loads((exports_folder(data) / INDEX).read_bytes())["pages"]
        reports = [each for each in pages if each["path"] and each["notebook"] == ANNUAL]
        found = [PageRef(each["notebook"], each["title"], each["year"]) for each in reports]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return sorted(found, key=lambda each: -each.year)


def are_current(data: Path) -> bool:
    """Return whether the pages were made from the data as it is now."""
    key = read_key((exports_folder(data) / INDEX).with_suffix(".html"))
    return page_key({"data": data_digest(data)}) in (key or "").split()
