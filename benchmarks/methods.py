"""The pages of the project made in five ways, measured in turn so that all see the same machine."""

import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from measuring import NOTEBOOKS, Worker, command, copied, run, seconds, table

from caoan_stats.publish.jobs import Job

RESTS = 2  # how often a run with nothing to do follows each cold one


@dataclass
class Times:
    """Seconds: of a page each, or of a whole run each.

    Parameters
    ----------
    commands, stock, limit
        Of each page, by the methods (a), (b) and (e).
    around
        Of the start, the imports and the end of the process of (b).
    cold, rested
        Of each run, by (c) and (d).
    """

    commands: list[float] = field(default_factory=list)
    stock: list[float] = field(default_factory=list)
    limit: list[float] = field(default_factory=list)
    around: float = 0.0
    cold: list[float] = field(default_factory=list)
    rested: list[float] = field(default_factory=list)


def spread(jobs: Sequence[Job], count: int) -> set[Job]:
    """Choose some pages, spread over notebooks and years."""
    years = list(dict.fromkeys(job.year for job in jobs))
    rows = [[job for job in jobs if job.year == year] for year in years]
    rows = [[job for start in range(3) for job in row[start::3]] for row in rows]
    step = max(1, len(rows[0]) // len(years))
    turned = [row[step * place :] + row[: step * place] for place, row in enumerate(rows)]
    return set([job for column in zip(*turned, strict=True) for job in column][:count])


def measure(folder: Path, jobs: Sequence[Job], sample: set[Job], rounds: int) -> Times:
    """Make pages by every method.

    Parameters
    ----------
    folder
        For what is made.
    jobs
        Every page; their data folder is built.
    sample
        Those of them that (a) and (b) make.
    rounds
        In how many parts the pages are made: each has a cold run before it or after it, in turn.
    """
    times, data, size = Times(), jobs[0].data, -(-len(jobs) // rounds)
    with Worker("stock", data) as stock, Worker("limit", data) as limit:
        limit.ask(jobs[0].name)  # is not counted: it warms the process up
        for number in range(rounds):
            if number % 2 == 0:
                _run(folder / f"run-{number}", jobs, times)
            for job in jobs[number * size : (number + 1) * size]:
                if job in sample:
                    times.commands.append(_by_commands(job, folder / "commands"))
                    times.stock.append(stock.ask(job.name))
                times.limit.append(limit.ask(job.name))
            if number % 2:
                _run(folder / f"run-{number}", jobs, times)
    times.around = stock.around
    return times


def _by_commands(job: Job, folder: Path) -> float:
    """Make a page with the commands of papermill and nbconvert."""
    executed = folder / str(job.year) / job.notebook.path.name
    executed.parent.mkdir(parents=True, exist_ok=True)
    words = [command("papermill"), job.notebook.path.name, str(executed)]
    options = ["-k", "python3", "-p", "year", str(job.year)]
    export = [command("jupyter"), "nbconvert", "--to", "html", str(executed)]
    return sum(seconds(each, job.data, NOTEBOOKS) for each in ([*words, *options], export))


def _run(folder: Path, jobs: Sequence[Job], times: Times) -> None:
    """Make all pages by a run from nothing; then run again with nothing to do."""
    years = dict.fromkeys(str(job.year) for job in jobs)
    data, options = copied(folder / "data"), [word for year in years for word in ("--year", year)]
    words = run([data], folder / "exports", *options)
    times.cold.append(seconds(words, data))
    times.rested += [seconds(words, data) for _ in range(RESTS)]


def report(times: Times, pages: int) -> str:
    """Write the table of the methods, and the ratios between them.

    Parameters
    ----------
    times
        As `measure` gives them.
    pages
        How many there are; times of a sample are extended to so many.
    """
    measured = len(times.commands)
    cold, rested = statistics.median(times.cold), statistics.median(times.rested)
    whole = {
        "(a) `papermill` and `jupyter nbconvert`, two commands a page": pages
        * statistics.mean(times.commands),
        "(b) papermill and nbconvert's HTMLExporter in one process": times.around
        + pages * statistics.mean(times.stock),
        "(c) `caoan-stats run`, from nothing": cold,
        "(d) `caoan-stats run`, nothing to do": rested,
        "(e) the cells in one warm process, rendered once: the limit": sum(times.limit),
    }
    counts = (measured, measured, pages, pages, pages)
    rows = [
        [name, str(count), f"{spent:.2f}", f"{spent / pages:.3f}", f"{spent / cold:.3f}"]
        for (name, spent), count in zip(whole.items(), counts, strict=True)
    ]
    head = ["method", "pages measured", f"s for {pages} pages", "s a page", "ratio to (c)"]
    commands, stock, _, _, limit = whole.values()
    return f"{table(head, rows)}\n\n{_ratios(commands, stock, cold, rested, limit)}"


def _ratios(commands: float, stock: float, cold: float, rested: float, limit: float) -> str:
    processors = os.cpu_count() or 1
    said = {
        "a/c": f"{commands / cold:.1f}",
        "b/c": f"{stock / cold:.1f}",
        "c/e, a page": f"{cold / limit:.2f}",
        f"the same by processor: c has {processors}, e one": f"{processors * cold / limit:.2f}",
        "d/c": f"{rested / cold:.3f}",
        "seconds of d": f"{rested:.2f}",
    }
    return table(["ratio", ""], said.items())
