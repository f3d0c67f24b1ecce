"""What the benchmarks of a run have in common: commands, copies of the data, tables in Markdown."""

import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from caoan_stats.datafolder.find import THRESHOLD, VARIABLE, find_project

PROJECT = find_project()
NOTEBOOKS = PROJECT / "notebooks"


def command(name: str) -> str:
    """Find a command that was installed with this Python."""
    found = shutil.which(name, path=sysconfig.get_path("scripts"))
    if not found:
        raise FileNotFoundError(f"no command {name} is installed with {sys.executable}")
    return found


def run(folders: Sequence[Path], out: Path, *options: str) -> list[str]:
    """Give the command that makes all pages of data folders."""
    named = [word for folder in folders for word in ("--data", str(folder))]
    return [command("caoan-stats"), "run", *named, "--out", str(out), *options]


def copied(folder: Path) -> Path:
    """Copy the data folder of the project as people write it, without what a run makes of it."""
    unmade = shutil.ignore_patterns("processed")
    return Path(shutil.copytree(PROJECT / "data", folder, ignore=unmade))


def environment(data: Path) -> dict[str, str]:
    """Give the environment in which a notebook finds a data folder, and shows all of it."""
    kept = {name: value for name, value in os.environ.items() if name != THRESHOLD}
    return {**kept, VARIABLE: str(data)}


def seconds(words: Sequence[str], data: Path, cwd: Path = PROJECT) -> float:
    """Run a command to its end; give the whole time that it takes."""
    start = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - commands of this project
        words, env=environment(data), cwd=cwd, capture_output=True, text=True, check=False
    )
    spent = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
    return spent


class Worker:
    """A process of `one_process.py`, which does one thing after another as it is asked.

    Parameters
    ----------
    kind
        What it does.
    data
        The data folder that it works with.
    """

    def __init__(self, kind: str, data: Path) -> None:
        self.kind = kind
        self._start = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, str(Path(__file__).with_name("one_process.py")), kind, str(data)],
            env=environment(data),
            cwd=NOTEBOOKS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._hear()
        self.around = time.perf_counter() - self._start  # its start, and later its end too

    def ask(self, name: str) -> float:
        """Ask for one thing; give the seconds that it took."""
        self._process.stdin.write(f"{name}\n")
        self._process.stdin.flush()
        return float(self._hear())

    def _hear(self) -> str:
        if said := self._process.stdout.readline():
            return said
        sys.exit(f"the process of “{self.kind}” has ended")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        start = time.perf_counter()
        self._process.communicate()
        self.around += time.perf_counter() - start


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table; all columns but the first are numbers."""
    ruler = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ruler, *rows))
