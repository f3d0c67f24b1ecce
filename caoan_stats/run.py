"""A run: which jobs there are, which are stale, all of them side by side, and the index."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from caoan_stats import jobs, notebooks, processed
from caoan_stats.dataset import Dataset
from caoan_stats.files import publish
from caoan_stats.jobs import Job, Result
from caoan_stats.markup import render
from caoan_stats.notebooks import Notebook
from caoan_stats.places import find_project


class UnknownJobError(ValueError):
    """A notebook or a year was asked for that there is not."""

    def __init__(self, asked: Sequence[object], known: Sequence[object]) -> None:
        self.asked, self.known = tuple(asked), tuple(known)
        super().__init__(f"unknown: {asked}; there are: {known}")


def plan(data: Path, out: Path, years: Sequence[int] = (), names: Sequence[str] = ()) -> list[Job]:
    """List the jobs of a data folder: every notebook for every year, or for those named.

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

    Raises
    ------
    UnknownJobError
        A year that the data does not know, or a notebook that is not there.
    """
    ds = Dataset.open(data)
    known = {each.name: each for each in notebooks.find(find_project() / "notebooks")}
    _refuse_unknown(years, ds.years)
    _refuse_unknown(names, list(known))
    basis = processed.key(data)
    return [
        Job(known[name], year, data, out, ds.title, basis)
        for year in years or ds.years
        for name in names or known
    ]


def _refuse_unknown(asked: Sequence[object], known: Sequence[object]) -> None:
    if unknown := [each for each in asked if each not in known]:
        raise UnknownJobError(unknown, known)


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


def write_index(planned: Sequence[Job], results: Sequence[Result], out: Path) -> Path:
    """Write `index.html`: a link to every page that is there, and what failed in this run.

    Parameters
    ----------
    planned
        All jobs of the data folder, those that did not run included.
    results
        Those of the run.
    out
        The folder of all exports.

    Returns
    -------
    Path
        The file written.
    """
    html = render(
        "index",
        site=planned[0].site if planned else "",
        years=sorted({job.year for job in planned}),
        subjects=_links(planned),
        failed=[result.job.name for result in results if result.outcome == "failed"],
    )
    publish(out / "index.html", html.encode())
    return out / "index.html"


def _links(planned: Sequence[Job]) -> Mapping[Notebook, Mapping[int, str]]:
    links: dict[Notebook, dict[int, str]] = {job.notebook: {} for job in planned}
    for job in planned:
        if job.page.is_file():
            links[job.notebook][job.year] = f"{job.name}.html"
    return links
