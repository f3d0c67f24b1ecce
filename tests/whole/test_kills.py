"""A run that is killed at any moment leaves only whole pages, and the next one finishes."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from helpers.hostile import KILLS, PARTS
from helpers.project import PROJECT

from caoan_stats.common import locks

pytestmark = pytest.mark.long

NOTEBOOKS = ("rice", "audit")
COMMAND = [sys.executable, "-m", "caoan_stats", "run"]
STATED, CHANGED = b",53195,", b",53194,"
BETWEEN = 12  # kills between two runs that finish


@pytest.fixture
def commune(project: Path) -> Path:
    for name in NOTEBOOKS:
        shutil.copy(PROJECT / f"notebooks/{name}.ipynb", project / "notebooks")
    return project


@pytest.fixture
def rice(commune: Path) -> Callable[[bytes], None]:
    """Write one or the other figure into the data, so that every page is out of date."""
    path = commune / "data/raw/rice.csv"
    text = path.read_bytes()
    assert STATED in text

    return lambda figure: path.write_bytes(text.replace(STATED, figure)) and None


def finish(commune: Path) -> float:
    start = time.monotonic()
    done = subprocess.run(COMMAND, cwd=commune, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return time.monotonic() - start


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def kill(process: subprocess.Popen, *, all_of_it: bool) -> None:
    """Kill the process group of a command, or all its descendants."""
    started = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, signal.SIGKILL)
    for each in started if all_of_it else []:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    process.wait()
    psutil.wait_procs(started, timeout=30)


def is_left_over(name: str) -> bool:
    """Return whether a file is a draft or lock that a killed run has left."""
    return Path(name).name.startswith(".") and name.endswith((".caoan-draft", locks.LOCK_NAME))


@pytest.mark.parametrize("part", range(PARTS))
def test_a_run_killed_at_any_moment_leaves_whole_pages_and_the_next_finishes(commune, rice, part):
    moments = random.Random(part)
    known, exports = {}, commune / "exports"
    for figure in (CHANGED, STATED):
        rice(figure)
        seconds = finish(commune)
        known[figure] = contents(exports)
    for number in range(KILLS):
        figure = (STATED, CHANGED)[number % 2]
        rice(figure)
        with subprocess.Popen(
            COMMAND, cwd=commune, stdout=subprocess.DEVNULL, start_new_session=True
        ) as process:
            time.sleep(moments.uniform(0, seconds))
            kill(process, all_of_it=number % 3 == 0)
        pages = {name: each for name, each in contents(exports).items() if not is_left_over(name)}
        assert pages.keys() == known[figure].keys()
        assert [
            name for name in pages if pages[name] not in [each[name] for each in known.values()]
        ] == []
        if number % BETWEEN == BETWEEN - 1:
            finish(commune)
            assert contents(exports) == known[figure]
