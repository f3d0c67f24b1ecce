"""Where the time of a page goes, and that of a run besides its pages.

A server forks as in a run, but has wrapped the function of each step in a stopwatch; what an inner
step takes does not count for the outer one. Pages are made one at a time.
"""

import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measuring import seconds, table
from watch import Watch

from caoan_stats.kernel import forks
from caoan_stats.publish import run
from caoan_stats.publish.jobs import Job
from caoan_stats.publish.plan import make_plan
from caoan_stats.publish.worker import LIMITS

FORK = "fork, until it runs"
REST = "the rest: folders, keys"
ANSWER = "answer and end of the fork"
IMPORTS, REHEARSAL = "imports", "rehearsal"
FIGURES = ("scorecard", "trend", "audit")
AUDIT_TABLES = ("contradictions", "derivations", "checks", "unchecked")
COMMAND = "import caoan_stats.command.cli, caoan_stats.publish.run"
REPEATS = 5

WATCH = Watch()


def _functions() -> list[tuple[Any, str, str]]:
    """List what is wrapped: where a function is, its name, and its step; in the order of a page."""
    import papermill

    from caoan_stats import dataset
    from caoan_stats.common import files
    from caoan_stats.display import audit_tables, blocks, tables
    from caoan_stats.kernel import engine, forkserver, inprocess
    from caoan_stats.publish import export

    laid_out = {blocks: ["table"], tables: ["results", "plan"], audit_tables: AUDIT_TABLES}
    return [
        (papermill, "inspect_notebook", "papermill: load, parametrise, save"),
        (papermill, "execute_notebook", "papermill: load, parametrise, save"),
        (inprocess, "start", "kernel start"),
        (engine.ForkEngine, "execute_notebook", "around the cells: nbclient"),
        (dataset.Dataset, "open", "cells: open the dataset"),
        *((dataset.Dataset, name, "cells: scorecards, trends, audit") for name in FIGURES),
        (blocks, "chart", "cells: charts"),
        *((module, name, "cells: tables") for module, names in laid_out.items() for name in names),
        (inprocess.Kernel, "handle", "cells: other"),
        (forkserver, "tell", "tell how far it is"),
        (export, "page", "export"),
        (files, "publish", "publish (fsync)"),
    ]


def prepare() -> None:
    """Do what the server of a run does before it forks, and wrap every step."""
    from caoan_stats.publish import preload

    WATCH.replace(preload, "_make_one", REHEARSAL)
    with WATCH.step(IMPORTS):
        preload.prepare()
    for owner, name, step in _functions():
        WATCH.replace(owner, name, step)


def started() -> Counter[str]:
    """Give what the server has measured; called in a fork."""
    return WATCH.seconds


def make(job: Job) -> tuple[float, float, Counter[str]]:
    """Make a page in a fork; give when it began and ended, and the seconds of each step."""
    from caoan_stats.publish import execute  # papermill is slow to import

    start = time.perf_counter()
    WATCH.seconds.clear()
    with WATCH.step(REST):
        result = execute.execute_job(job, LIMITS)
    if result.outcome != "made":
        raise RuntimeError(result.reason)
    return start, time.perf_counter(), WATCH.seconds


def _page(job: Job) -> Counter[str]:
    before = time.perf_counter()
    start, end, spent = forks.call(__name__, make, job)
    return spent | Counter({FORK: start - before, ANSWER: time.perf_counter() - end})


def report(jobs: Sequence[Job], builds: Sequence[float]) -> str:
    """Write both tables; the pages are made where those of the jobs are to be.

    Parameters
    ----------
    jobs
        Pages of a year; their data folder is built.
    builds
        Seconds that this took, with the imports and without.
    """
    if not forks.available():
        return "There are no forks on this system, and so no steps to measure."
    once = _once(jobs[0].data, builds)
    pages = [_page(job) for job in jobs]
    planned = make_plan(jobs[0].data, jobs[0].out)
    start = time.perf_counter()
    forks.call(__name__, run.write_site, planned)
    once[f"report of the year, index ({len(jobs)} pages)"] = time.perf_counter() - start
    forks.stop()
    order = dict.fromkeys([FORK, *(step for *_, step in _functions()), REST, ANSWER])
    means = {step: statistics.mean(page[step] for page in pages) for step in order}
    whole = sum(means.values())
    rows = [[step, f"{1000 * mean:.1f}", f"{mean / whole:.0%}"] for step, mean in means.items()]
    rows.append(["all of it", f"{1000 * whole:.1f}", "100%"])
    head = [f"step, mean of {len(jobs)} pages of {jobs[0].year}", "ms", "share"]
    steps = [[step, f"{1000 * spent:.0f}"] for step, spent in once.items()]
    return f"{table(head, rows)}\n\n{table(['once a run', 'ms'], steps)}"


def _once(data: Path, builds: Sequence[float]) -> dict[str, float]:
    """Measure what a run does once, before the pages."""
    words = [sys.executable, "-c", COMMAND]
    command = statistics.median(seconds(words, data) for _ in range(REPEATS))
    start = time.perf_counter()
    _warm()
    inside = forks.call(__name__, started)
    return {
        "Python and the imports of the command": command,
        "build of `processed/` with its imports": builds[0],
        "build of `processed/`, imports done": builds[1],
        "fork server, until the first fork": time.perf_counter() - start,
        "— of it imports": inside[IMPORTS],
        "— of it rehearsal": inside[REHEARSAL],
    }


def _warm() -> None:
    """Start the server, which finds this module beside the others."""
    before = os.environ.get("PYTHONPATH", "")
    here = str(Path(__file__).parent)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (here, before)))
    try:
        forks.warm(__name__)
    finally:
        os.environ["PYTHONPATH"] = before
