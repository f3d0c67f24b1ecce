"""Desks as a clerk opens them, on a project of their own."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.project import PROJECT

PATIENCE = 60  # seconds until a desk must have ended


def make_project(folder: Path) -> Path:
    """Make a project with the shipped data and one notebook."""
    shutil.copytree(PROJECT / "data", folder / "data", ignore=shutil.ignore_patterns("processed"))
    (folder / "notebooks").mkdir()
    shutil.copy(PROJECT / "notebooks/rice.ipynb", folder / "notebooks")
    return folder


@contextmanager
def open_desk(
    project: Path, end: signal.Signals = signal.SIGINT, **variables: str
) -> Iterator[str]:
    """Open the desk of a project, yield its address, and end it by a signal, else by Ctrl-C."""
    command = [sys.executable, "-m", "caoan_stats", "desk", "--no-browser"]
    with subprocess.Popen(
        command, cwd=project, env={**os.environ, **variables}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            found = (re.search(r"http://\S+", line) for line in process.stdout)
            yield next(each[0] for each in found if each)
        finally:
            process.send_signal(end)
            try:
                assert process.wait(PATIENCE) == 0
            finally:
                process.kill()
