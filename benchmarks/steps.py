"""Where the time of a page goes.

Pages are made one at a time in forks of a server that is prepared as that of a run, but with the
functions of each step timed. The time of a step is without that of the steps within it.
"""

import inspect
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pkgutil import resolve_name
from typing import Any

from caoan_stats.kernel import forks
from caoan_stats.publish.jobs import LIMITS, Job
from caoan_stats.publish.worker import PRELOAD

FORK, REST, ANSWER = "fork, until it runs", "the rest: folders, keys", "answer and end of the fork"
IMPORTS, REHEARSAL = "— of it imports", "— of it rehearsal"
STEPS = [  # in the order of a page: name, module or class, its functions
    ("papermill: load, parametrise, save", "caoan_stats.publish.execute", "parameterized"),
    ("papermill: load, parametrise, save", "papermill", "execute_notebook"),
    ("kernel start", "caoan_stats.kernel.inprocess", "start"),
    ("around the cells: nbclient", "papermill.clientwrap:PapermillNotebookClient", "execute"),
    ("cells: open the dataset", "caoan_stats.datafolder.processed", "load_tables"),
    ("cells: scorecards, trends", "caoan_stats:Dataset", "scorecard trend"),
    ("cells: audit", "caoan_stats.dataframes:DataFrames", "audit"),
    ("cells: charts", "caoan_stats.page", "trend bars changes composition flow"),
    ("cells: tables", "caoan_stats.page", "table plan"),
    ("cells: tables", "caoan_stats.audit_page", "contradictions derivations checks unchecked"),
    ("cells: other", "caoan_stats.kernel.inprocess:Kernel", "handle"),
    ("tell how far it is", "caoan_stats.kernel.forkserver", "send_to_parent"),
    ("export", "caoan_stats.publish.export", "export_page"),
    ("publish (fsync)", "caoan_stats.common.files", "write_file"),
]

seconds: Counter[str] = Counter()  # by step
inner = [0.0]  # for each step that runs, seconds of the steps within it


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Add to the seconds of a step."""
    start = time.perf_counter()
    inner.append(0.0)
    try:
        yield
    finally:
        spent = time.perf_counter() - start
        seconds[step] += spent - inner.pop()
        inner[-1] += spent


def _replace(owner: str, name: str, step: str) -> None:
    """Time a function of a module or class, wherever the library holds it."""
    place = resolve_name(owner)
    function = vars(place)[name]

    async def awaited(*arguments: Any, **options: Any) -> Any:
        with timed(step):
            return await function(*arguments, **options)

    replacement = awaited if inspect.iscoroutinefunction(function) else timed(step)(function)
    library = [module for key, module in sys.modules.items() if key.startswith("caoan_stats.")]
    for holder in (place, *library):
        for key in [key for key, value in vars(holder).items() if value is function]:
            setattr(holder, key, replacement)


def prepare() -> None:
    """Import what a run needs, and time every step; called in the server."""
    _replace("caoan_stats.kernel.preload", "import_all", IMPORTS)
    with timed(REHEARSAL):
        resolve_name(PRELOAD).prepare()
    for step, owner, names in STEPS:
        for name in names.split():
            _replace(owner, name, step)


def get_seconds() -> Counter[str]:
    """Return the seconds of the server; called in a fork."""
    return seconds


def _make_page(job: Job) -> tuple[float, float, Counter[str]]:
    """Make a page; return when it began and ended, and its seconds; called in a fork."""
    from caoan_stats.publish.execute import execute_job

    start = time.perf_counter()
    seconds.clear()
    with timed(REST):
        result = execute_job(job, LIMITS)
    if result.outcome != "made":
        raise RuntimeError(result.reason)
    return start, time.perf_counter(), seconds


def in_fork(function: Callable[..., Any], *arguments: Any) -> tuple[float, Any]:
    """Call a function in a fork of the server; return the seconds until its result, and that."""
    start = time.perf_counter()
    result = forks.call(__name__, function, *arguments)
    return time.perf_counter() - start, result


def page_seconds(jobs: Sequence[Job]) -> dict[str, float]:
    """Make pages; return the mean seconds of each step, in the order of a page."""
    total: Counter[str] = Counter()
    for job in jobs:
        before = time.perf_counter()
        whole, (start, end, spent) = in_fork(_make_page, job)
        total += spent + Counter({FORK: start - before, ANSWER: before + whole - end})
    order = dict.fromkeys([FORK, *(step for step, *_ in STEPS), REST, ANSWER])
    return {step: total[step] / len(jobs) for step in order}
