"""The pages made from the desk: by the command `run` in a process of its own, line by line."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

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


def made_pages(data: Path) -> list[str]:
    """Return the paths of the front page and of the report of each year, the latest first."""
    folder = exports_folder(data)
    reports = sorted(folder.glob("[0-9]*/annual.html"), reverse=True)
    found = [folder / "index.html", *reports]
    return [path.relative_to(folder).as_posix() for path in found if path.is_file()]
