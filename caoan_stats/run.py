"""A run: which pages are to be made, which are stale, all of them side by side."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from caoan_stats import annual, index, jobs, notebooks, processed
from caoan_stats.dataset import Dataset
from caoan_stats.heads import Place, head
from caoan_stats.jobs import Job, Result
from caoan_stats.places import find_project


class UnknownJobError(ValueError):
    """A notebook or a year was asked for that there is not."""

    def __init__(self, asked: Sequence[object], known: Sequence[object]) -> None:
        self.asked, self.known = tuple(asked), tuple(known)
        super().__init__(f"unknown: {asked}; there are: {known}")


@dataclass(frozen=True)
class Plan:
    """The pages of a data folder.

    Parameters
    ----------
    dataset
        What they are made from.
    out
        The folder of all exports.
    every
        A job for every notebook and every year.
    asked
        Those to perform.
    below
        Sensitive counts under this number are not shown; 0 shows all.
    """

    dataset: Dataset
    out: Path
    every: tuple[Job, ...]
    asked: tuple[Job, ...]
    below: int


def plan(
    data: Path, out: Path, years: Sequence[int] = (), names: Sequence[str] = (), *, below: int = 0
) -> Plan:
    """List the jobs of a data folder, and which of them are asked for.

    Parameters
    ----------
    data
        A data folder whose `processed/` is up to date.
    out
        The folder of all exports.
    years
        Years that the data knows; all without any.
    names
        Notebooks without `.ipynb`; all without any.
    below
        Sensitive counts under this number are not shown; 0 shows all.

    Raises
    ------
    UnknownJobError
        A year that the data does not know, or a notebook that is not there.
    """
    ds = Dataset.open(data, public_below=below)
    known = {each.name: each for each in notebooks.find(find_project() / "notebooks")}
    _refuse_unknown(years, ds.years)
    _refuse_unknown(names, list(known))
    asked = {(name, year) for year in years or ds.years for name in names or known}
    there = [
        Place(name, each.title, year)
        for year in ds.years
        for name, each in known.items()
        if (name, year) in asked or _was_made(out, f"{year}/{name}")
    ]
    # a fingerprint of what is hidden could be tried out with every number
    basis = processed.digest(ds.tables) if below else processed.key(data)
    whole = annual.places(there)
    every = tuple(
        Job(each, year, data, out, head(place, ds.title, [*there, *whole], below), basis)
        for year in ds.years
        for each in known.values()
        for place in [Place(each.name, each.title, year)]
    )
    chosen = tuple(job for job in every if (job.notebook.name, job.year) in asked)
    return Plan(ds, out, every, chosen, below)


def _was_made(out: Path, name: str) -> bool:
    return (out / f"{name}.html").is_file() or (out / f"failed/{name}.ipynb").is_file()


def _refuse_unknown(asked: Sequence[object], known: Sequence[object]) -> None:
    if unknown := [each for each in asked if each not in known]:
        raise UnknownJobError(unknown, known)


def prepare(planned: Plan) -> None:
    """Make the folder of all exports; of a public edition, take away all that may say more.

    That is every page, report, index and failed copy that was not made from the same data for the
    same edition. A page that fails is then missing: an old one beside new ones could tell.

    Parameters
    ----------
    planned
        As `plan` gives it.
    """
    out = planned.out
    out.mkdir(parents=True, exist_ok=True)
    if planned.below:
        pages = {page for page in out.glob("*/*.html") if jobs.carries(page, jobs.MARK)}
        kept = {job.page for job in planned.every if job.is_fresh}
        for path in {*pages - kept, *out.glob("failed/*/*.ipynb"), *out.glob("index.*")}:
            path.unlink()


def perform(
    planned: Iterable[Job], *, workers: int | None = None, force: bool = False
) -> Iterator[Result]:
    """Make the pages that are stale, side by side; give each result as it comes.

    Parameters
    ----------
    planned
        The jobs.
    workers
        How many at once; as many as there are processors, without.
    force
        Make the fresh ones too.
    """
    stale = []
    for job in planned:
        if force or not job.is_fresh:
            stale.append(job)
        else:
            yield Result(job, "fresh", 0.0)
    if not stale:
        return
    count = min(len(stale), workers or os.cpu_count() or 1)
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(jobs.perform, job): job for job in stale}
        try:
            for future in as_completed(futures):
                yield _result(future, futures[future])
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _result(future: Future[Result], job: Job) -> Result:
    """Give the result of a job, also where the process that made the page has died."""
    try:
        return future.result()
    except BrokenExecutor as error:
        return Result(job, "failed", 0.0, str(error))


def finish(planned: Plan, results: Iterable[Result]) -> Path:
    """Write what is made from the pages: the report of each year, and the index.

    Parameters
    ----------
    planned
        As `plan` gives it.
    results
        Those of the run.

    Returns
    -------
    Path
        `index.html`.
    """
    failed = {result.job for result in results if result.outcome == "failed"}
    states = {job: jobs.state(job, failed) for job in planned.every}
    for year in planned.dataset.years:
        annual.write(year, states)
    return index.write(planned.dataset, planned.out, states, planned.below)
