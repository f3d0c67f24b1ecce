"""How long the pages of the project take, beside what stock tools take; prints Markdown tables.

It needs Linux, and takes minutes. `--quick` makes the pages of one year, two of them by (a) and
(b), and only the smallest of the runs that grow.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory

import psutil
import steps

from caoan_stats.datafolder import processed
from caoan_stats.datafolder.find import find_project
from caoan_stats.publish import run, worker
from caoan_stats.publish.jobs import Job
from caoan_stats.publish.plan import Plan, make_plan

HERE = Path(__file__).parent
PROJECT = find_project()
NOTEBOOKS = PROJECT / "notebooks"
SCRIPTS = Path(sys.executable).parent
YEAR = 2023  # the data has all of its report
COMMUNES = (3, 9, 30)  # about 100, 300 and 1000 pages
INTERVAL = 0.5  # seconds between two looks at the memory; one takes 12 ms of a processor
METHODS = {
    "a": "`papermill` and `jupyter nbconvert`, two commands a page",
    "b": "papermill and nbconvert's HTMLExporter in one process",
    "c": "`caoan-stats run`, from nothing",
    "d": "`caoan-stats run`, nothing to do",
    "e": "the cells in one warm process, rendered once: the limit",
}
IMPORT = "import pathlib, sys, caoan_stats.command.cli, caoan_stats.publish.run"
BUILD = f"{IMPORT}; caoan_stats.publish.worker.build_data(pathlib.Path(sys.argv[1]), 0)"


def main() -> None:
    """Measure everything, and print each table once it is done."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="half a minute, not five")
    quick = parser.parse_args().quick
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # with it every command compiles its imports
    os.environ["PYTHONPATH"] = str(HERE)  # where the fork server finds `steps`
    data = PROJECT / "data"
    processed.ensure_processed(data)
    with TemporaryDirectory(prefix="caoan-stats-") as temporary:
        folder = Path(temporary).resolve()
        plan = make_plan(data, folder / "exports")
        of_year = [job for job in plan.jobs if job.year == YEAR]
        jobs = of_year if quick else plan.jobs
        sample = jobs[::6] if quick else jobs
        print(
            f"Python {platform.python_version()}, {os.cpu_count()} processors; {len(jobs)} pages; "
            f"(a) and (b) measured on {len(sample)} of them\n"
        )
        seconds = measure_methods(folder / "methods", jobs, sample, rounds=1 if quick else 4)
        print_methods(seconds, len(jobs), len(sample))
        runs = [(len(of_year), 1, ["--year", str(YEAR)])]
        if not quick:
            runs += [(count * len(jobs), count, []) for count in COMMUNES]
        print_scaling(folder, runs, seconds["a"] / len(jobs))
        print_steps(plan, sample if quick else of_year)


def measure_methods(
    folder: Path, jobs: Sequence[Job], sample: Sequence[Job], rounds: int
) -> dict[str, float]:
    """Return the seconds for all pages by method; (a) and (b) make only the sample of them.

    Each round makes a part of the pages by every method, so that all see the same machine.
    """
    spent: dict[str, list[float]] = {method: [] for method in METHODS}
    around = []  # of (b): start, imports and end of the process
    options = [word for year in {job.year for job in jobs} for word in ("--year", str(year))]
    for number in range(rounds):
        part = jobs[number::rounds]
        sampled = [job for job in part if job in sample]
        spent["a"] += [two_commands(folder / job.name, job) for job in sampled]
        whole, pages = one_process("stock", sampled)
        spent["b"] += pages
        around.append(whole - sum(pages))
        data = copy_data(folder / f"data-{number}")
        command = run_command([data], folder / f"exports-{number}", options)
        spent["c"].append(execute(*command)[0])
        spent["d"] += [execute(*command)[0] for _ in range(2)]
        spent["e"] += one_process("limit", [jobs[0], *part])[1][1:]  # the first warms up
    return {
        "a": len(jobs) * mean(spent["a"]),
        "b": len(jobs) * mean(spent["b"]) + mean(around),
        "c": median(spent["c"]),
        "d": median(spent["d"]),
        "e": sum(spent["e"]),
    }


def two_commands(folder: Path, job: Job) -> float:
    """Return the seconds of the commands that execute a notebook and make it a page."""
    folder.mkdir(parents=True)
    path = job.notebook.path
    options = ["-k", "python3", "-p", "year", job.year]
    papermill = [SCRIPTS / "papermill", path.name, folder / path.name, *options]
    nbconvert = [SCRIPTS / "jupyter", "nbconvert", "--to", "html", folder / path.name]
    return sum(execute(*words)[0] for words in (papermill, nbconvert))


def one_process(method: str, jobs: Sequence[Job]) -> tuple[float, list[float]]:
    """Make pages by `one_process.py`; return the seconds of the whole process, and of each page."""
    names = [job.name for job in jobs]
    whole, printed = execute(sys.executable, HERE / "one_process.py", method, *names)
    return whole, [float(line) for line in printed.split()]


def run_command(folders: Sequence[Path], out: Path, options: Sequence[str]) -> list[str]:
    """Return the command that makes the pages of data folders."""
    named = [word for folder in folders for word in ("--data", str(folder))]
    return [str(SCRIPTS / "caoan-stats"), "run", *named, "--out", str(out), *options]


def execute(*words: object) -> tuple[float, str]:
    """Run a command in the folder of the notebooks; return its seconds, and what it printed."""
    command = [str(word) for word in words]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=NOTEBOOKS, capture_output=True, text=True, check=False)  # noqa: S603
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return seconds, done.stdout


def copy_data(folder: Path) -> Path:
    """Copy the data of the project, without `processed/`; return the copy."""
    ignored = shutil.ignore_patterns("processed")
    return Path(shutil.copytree(PROJECT / "data", folder, ignore=ignored))


def print_methods(seconds: dict[str, float], pages: int, sampled: int) -> None:
    """Print the table of the methods, from the seconds for all pages by each."""
    rows = []
    for method, spent in seconds.items():
        count = sampled if method in "ab" else pages
        numbers = f"{spent:.2f}", f"{spent / pages:.3f}", f"{spent / seconds['c']:.3f}"
        rows.append([f"({method}) {METHODS[method]}", str(count), *numbers])
    head = ["method", "pages measured", f"s for {pages} pages", "s a page", "ratio to (c)"]
    print_table(head, rows)


def print_scaling(
    folder: Path, runs: Sequence[tuple[int, int, list[str]]], two_commands: float
) -> None:
    """Print the table of runs, each given by its pages, communes and options.

    A commune is a copy of the data; `two_commands` is how many seconds method (a) takes for a page.
    """
    rows = []
    for pages, communes, options in runs:
        place = folder / f"{communes}-communes"
        copies = [copy_data(place / f"c{number:03}") for number in range(communes)]
        spent, peak = watch(run_command(copies, place / "exports", options))
        numbers = f"{spent:.1f}", f"{pages / spent:.2f}", f"{peak / 2**20:.0f}"
        rows.append([str(pages), str(communes), *numbers, f"{two_commands * pages / spent:.1f}"])
    head = ["pages", "communes", "s", "pages a second", "peak memory, MiB (PSS)"]
    print_table([*head, "(a) a page / this a page"], rows)


def watch(words: Sequence[str]) -> tuple[float, int]:
    """Run a command; return its seconds, and the most bytes that its processes had together."""
    start, peak = time.perf_counter(), 0
    process = psutil.Popen(words, cwd=NOTEBOOKS, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        with suppress(psutil.Error):  # a process has just ended, or the interval has
            running = [process, *process.children(recursive=True)]
            peak = max(peak, sum(each.memory_full_info().pss for each in running))
            process.wait(INTERVAL)
    if process.returncode:
        sys.exit(f"exit code {process.returncode}: {' '.join(words)}")
    return time.perf_counter() - start, peak


def print_steps(plan: Plan, jobs: Sequence[Job]) -> None:
    """Make some pages; print the table of their steps, and that of what a run does once."""
    command = median(execute(sys.executable, "-c", IMPORT)[0] for _ in range(5))
    copies = [copy_data(plan.out.with_name(f"build-{number}")) for number in range(2)]
    build = execute(sys.executable, "-c", BUILD, copies[0])[0] - command
    server, _ = steps.in_fork(steps.get_seconds)  # the first call starts the server
    _, inside = steps.in_fork(steps.get_seconds)
    again, _ = steps.in_fork(worker.build_data, copies[1], 0)
    pages = steps.page_seconds(jobs)
    site, _ = steps.in_fork(run.write_site, plan)
    whole = sum(pages.values())
    head = [f"step, mean of {len(jobs)} pages of {YEAR}", "ms", "share"]
    times = {**pages, "all of it": whole}
    print_table(head, [[k, f"{1000 * s:.1f}", f"{s / whole:.0%}"] for k, s in times.items()])
    times = {
        "Python and the imports of the command": command,
        "build of `processed/` with its imports": build,
        "build of `processed/`, imports done": again,
        "fork server, until the first fork": server,
        steps.IMPORTS: inside[steps.IMPORTS],
        steps.REHEARSAL: inside[steps.REHEARSAL],
        f"report of the year, index ({len(jobs)} pages)": site,
    }
    print_table(["once a run", "ms"], [[step, f"{1000 * s:.0f}"] for step, s in times.items()])


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a Markdown table; all columns but the first are aligned as numbers."""
    ruler = ["---", *["---:"] * (len(head) - 1)]
    print(*(f"| {' | '.join(cells)} |" for cells in (head, ruler, *rows)), "", sep="\n", flush=True)


if __name__ == "__main__":
    main()
