"""How a run grows with the number of its pages: time, and memory of all its processes together."""

import subprocess
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from measuring import PROJECT, copied, environment, run, table

from caoan_stats.publish.jobs import Job

INTERVAL = 0.5  # seconds between two looks at the memory; one takes 12 ms of a processor
HAS_PSS = hasattr(psutil.Process().memory_full_info(), "pss")
KIND = "PSS" if HAS_PSS else "USS, and once the largest shared part"


def report(folder: Path, jobs: Sequence[Job], sizes: Sequence[int], by_commands: float) -> str:
    """Write the table of runs of several sizes.

    Parameters
    ----------
    folder
        For what is made.
    jobs
        Every page of the data folder, those of the year for the smallest run first.
    sizes
        About how many pages to make; a commune is a copy of the data folder.
    by_commands
        Seconds that the commands of papermill and nbconvert take for a page.
    """
    rows = []
    for size in sizes:
        communes, options, pages = _asked(jobs, size)
        with TemporaryDirectory(dir=folder) as place:
            spent, memory = _watched(Path(place), communes, options)
        each = spent / pages
        numbers = (f"{spent:.1f}", f"{pages / spent:.2f}", f"{memory / 2**20:.0f}")
        rows.append([str(pages), str(communes), *numbers, f"{by_commands / each:.1f}"])
    head = ["pages", "communes", "s", "pages a second", f"peak memory, MiB ({KIND})"]
    return table([*head, "(a) a page / this a page"], rows)


def _asked(jobs: Sequence[Job], size: int) -> tuple[int, list[str], int]:
    """Give how many communes, which options of the command, and how many pages that makes."""
    names = list(dict.fromkeys(job.notebook.name for job in jobs))
    if size > len(names):
        communes = max(1, round(size / len(jobs)))
        return communes, [], communes * len(jobs)
    chosen = [word for name in names[:size] for word in ("--notebook", name)]
    return 1, ["--year", str(jobs[0].year), *chosen], size


def _watched(folder: Path, communes: int, options: Sequence[str]) -> tuple[float, int]:
    """Run with fresh folders; give the seconds and the largest memory, in bytes."""
    folders = [copied(folder / f"c{number:03}") for number in range(1, communes + 1)]
    words = run(folders, folder / "exports", *options)
    seen, done = Counter(peak=0), threading.Event()
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        words, env=environment(folders[0]), cwd=PROJECT, stdout=subprocess.DEVNULL
    )

    def look() -> None:
        while not done.wait(INTERVAL):
            seen["peak"] = max(seen["peak"], _memory(process.pid))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        code = process.wait()
        spent = time.perf_counter() - start
    finally:
        done.set()
        watcher.join()
    if code:
        raise subprocess.CalledProcessError(code, words)
    return spent, seen["peak"]


def _memory(pid: int) -> int:
    """Add up the memory of a process and of all that it has started."""
    try:
        root = psutil.Process(pid)
        tree = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0
    found = [info for process in tree if (info := _full(process))]
    if HAS_PSS:
        return sum(info.pss for info in found)
    shared = max((info.rss - info.uss for info in found), default=0)
    return shared + sum(info.uss for info in found)


def _full(process: psutil.Process) -> Any:
    try:
        return process.memory_full_info()
    except psutil.Error:
        return None
