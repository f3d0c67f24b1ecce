"""A run that was asked for: its folders locked, built, planned, made and told of."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from caoan_stats.command.exits import FAILED, INVALID, explain, whose
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.locks import LockedError, hold
from caoan_stats.common.phrases import REASONS
from caoan_stats.publish import communes, run
from caoan_stats.publish.jobs import Job, Result
from caoan_stats.publish.plan import Plan, UnknownJobError, make_plan, prepare_folder
from caoan_stats.publish.worker import Limits


@dataclass(frozen=True)
class RunRequest:
    """What a run is to do.

    Parameters
    ----------
    places
        The data folders, each with its folder of exports.
    out
        The folder of all exports.
    years, notebooks
        Those asked for; all without any.
    below
        Sensitive counts under this number are not shown; 0 shows all.
    allowed
        What each notebook may take.
    workers
        How many pages at once; as many as there are processors, without.
    cluster
        The address of a Dask scheduler; this machine, without.
    wait
        Seconds to wait for another run in the same folders.
    force
        Make the fresh pages too.
    explain
        Say of each page why it is made or not.
    """

    places: Mapping[Path, Path]
    out: Path
    years: Sequence[int]
    notebooks: Sequence[str]
    below: int
    allowed: Limits
    workers: int | None
    cluster: str | None
    wait: float
    force: bool
    explain: bool


def run_request(asked: RunRequest, voice: Speaker) -> int:
    """Do what was asked for, and say how it goes on.

    Returns
    -------
    int
        The exit code: 0, 1 where pages failed, 2 where one of several data folders is unusable.

    Raises
    ------
    InvalidDataError, UnknownJobError
        The only data folder cannot be used, or has not what is asked for.
    LockedError
        Another run holds one of the folders of exports.
    """
    start = time.perf_counter()
    with hold([asked.out, *asked.places.values()], asked.wait, partial(_wait, voice)):
        plans = _plan(asked, _build(asked, voice), voice)
        done = _perform(asked, plans, voice)
        run.finish_site(plans, done)
        index = plans[0].index if len(asked.places) == 1 else _front_page(asked, plans)
    if not any(planned.years for planned in plans):
        voice.say("no_years")
    if unseen := sum(planned.unseen for planned in plans):
        voice.say("unseen", count=unseen)
    counts = Counter(result.outcome for result in done)
    voice.say(
        "ended",
        pages=len(done),
        made=counts["made"],
        fresh=counts["fresh"],
        failed=counts["failed"],
        seconds=round(time.perf_counter() - start, 3),
        index=index,
    )
    if len(plans) < len(asked.places):
        return INVALID
    return FAILED if counts["failed"] else 0


def _wait(voice: Speaker, error: LockedError) -> None:
    voice.say("waiting", err=True, **whose(error))


def _build(asked: RunRequest, voice: Speaker) -> dict[Path, Path]:
    """Build the data folders; say what is wrong with each, and give those that can be used."""
    found = run.build_folders(list(asked.places), asked.below)
    faulty = {folder: error for folder, error in found.items() if error}
    for folder, error in faulty.items():
        if len(found) == 1:
            raise error
        voice.say("in_folder", err=True, folder=folder)
        voice.tell(error)
    return {folder: place for folder, place in asked.places.items() if folder not in faulty}


def _plan(asked: RunRequest, usable: Mapping[Path, Path], voice: Speaker) -> list[Plan]:
    """Plan each folder; of several, say which do not know what is asked for."""
    plans = []
    for folder, place in usable.items():
        try:
            plans.append(make_plan(folder, place, asked.years, asked.notebooks, below=asked.below))
        except UnknownJobError as error:
            if len(asked.places) == 1:
                raise
            voice.say("in_folder", err=True, folder=folder)
            explain(error, voice)
    return plans


def _perform(asked: RunRequest, plans: Sequence[Plan], voice: Speaker) -> list[Result]:
    jobs = [job for planned in plans for job in planned.asked]
    if asked.explain:
        _explain(asked, jobs, voice)
    due = run.stale_jobs(jobs, force=asked.force)
    for planned in plans:
        if due or not run.is_finished(planned):
            prepare_folder(planned)
    results = run.perform_jobs(
        jobs,
        workers=asked.workers,
        force=asked.force,
        cluster=asked.cluster,
        allowed=asked.allowed,
    )
    return show_progress(results, len(due), asked.out, voice)


def _explain(asked: RunRequest, jobs: Sequence[Job], voice: Speaker) -> None:
    """Say of each job why it runs or not."""
    for job in jobs:
        reasons = job.reasons or (["forced"] if asked.force else [])
        words = [REASONS[reason][voice.lang] for reason in reasons]
        voice.say("runs" if reasons else "rests", job=job.below(asked.out), reasons=words)


def _front_page(asked: RunRequest, plans: Sequence[Plan]) -> Path:
    return communes.write_front_page(communes.survey(asked.places, plans), asked.out)


Show = Callable[[Result, str], None]


def show_progress(results: Generator[Result], due: int, out: Path, voice: Speaker) -> list[Result]:
    """Show each result as it comes, and give all.

    Parameters
    ----------
    results
        Those of a run; it ends with this function, however that ends.
    due
        How many of the pages are to be made.
    out
        The folder that pages are named from.
    voice
        What words and logs each.
    """
    done = []
    with closing(results), _bar(due) if due else _lines() as show:
        for result in results:
            done.append(result)
            details = _details(result, out)
            event = "failed_with_copy" if details.get("copy") else result.outcome
            show(result, voice.words(event, **details))
            voice.record(result.outcome, **details)
    return done


def _details(result: Result, out: Path) -> dict[str, Any]:
    job = result.job
    details = {"job": job.below(out), "seconds": round(result.seconds, 3), "page": job.page}
    if result.outcome == "failed":
        copy = job.failure if job.failure.is_file() else None
        details |= {"reason": result.reason, "copy": copy}
    return details


@contextmanager
def _lines() -> Iterator[Show]:
    """Say what is not on a terminal; rich is slow to import where there is nothing to do."""
    yield lambda _, sentence: None if sys.stdout.isatty() else print(sentence)


@contextmanager
def _bar(due: int) -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(emoji=False, markup=False, highlight=False)
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[job]}", markup=False),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=due, job="")

        def show(result: Result, sentence: str) -> None:
            if result.outcome != "fresh":
                progress.update(task, advance=1, job=result.job.name)
            if result.outcome == "failed" or not console.is_terminal:
                progress.console.print(sentence, soft_wrap=True)

        yield show
