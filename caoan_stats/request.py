"""A run that was asked for: its folders locked, built, planned, made and told of."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from caoan_stats import communes, finishing, progress, run
from caoan_stats.endings import FAILED, INVALID, explain, whose
from caoan_stats.jobs import Job, Result
from caoan_stats.limits import Limits
from caoan_stats.locks import LockedError, hold
from caoan_stats.phrases import REASONS
from caoan_stats.plan import Plan, UnknownJobError, plan, prepare
from caoan_stats.speaker import Speaker


@dataclass(frozen=True)
class Request:
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


def carry_out(asked: Request, voice: Speaker) -> int:
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
        run.finish(plans, done)
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


def _build(asked: Request, voice: Speaker) -> dict[Path, Path]:
    """Build the data folders; say what is wrong with each, and give those that can be used."""
    found = run.build(list(asked.places), asked.below)
    faulty = {folder: error for folder, error in found.items() if error}
    for folder, error in faulty.items():
        if len(found) == 1:
            raise error
        voice.say("in_folder", err=True, folder=folder)
        voice.tell(error)
    return {folder: place for folder, place in asked.places.items() if folder not in faulty}


def _plan(asked: Request, usable: Mapping[Path, Path], voice: Speaker) -> list[Plan]:
    """Plan each folder; of several, say which do not know what is asked for."""
    plans = []
    for folder, place in usable.items():
        try:
            plans.append(plan(folder, place, asked.years, asked.notebooks, below=asked.below))
        except UnknownJobError as error:
            if len(asked.places) == 1:
                raise
            voice.say("in_folder", err=True, folder=folder)
            explain(error, voice)
    return plans


def _perform(asked: Request, plans: Sequence[Plan], voice: Speaker) -> list[Result]:
    jobs = [job for planned in plans for job in planned.asked]
    if asked.explain:
        _explain(asked, jobs, voice)
    due = run.stale(jobs, force=asked.force)
    for planned in plans:
        if due or not finishing.is_done(planned):
            prepare(planned)
    results = run.perform(
        jobs,
        workers=asked.workers,
        force=asked.force,
        cluster=asked.cluster,
        allowed=asked.allowed,
    )
    return progress.follow(results, len(due), asked.out, voice)


def _explain(asked: Request, jobs: Sequence[Job], voice: Speaker) -> None:
    """Say of each job why it runs or not."""
    for job in jobs:
        reasons = job.reasons or (["forced"] if asked.force else [])
        words = [REASONS[reason][voice.lang] for reason in reasons]
        voice.say("runs" if reasons else "rests", job=job.below(asked.out), reasons=words)


def _front_page(asked: Request, plans: Sequence[Plan]) -> Path:
    return communes.write(communes.survey(asked.places, plans), asked.out)
