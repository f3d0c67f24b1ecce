"""A run: data folders built, stale pages made, annual reports and indexes written.

Each of these is done in parallel. Pages are made longest first, on this machine or on a Dask
cluster.
"""

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from caoan_stats.common import library
from caoan_stats.common.errors import InvalidDataError
from caoan_stats.common.locks import token_of
from caoan_stats.datafolder import editions, processed_files
from caoan_stats.datafolder.editions import Key
from caoan_stats.publish import worker
from caoan_stats.publish.jobs import (
    LIMITS,
    Job,
    Limits,
    Result,
    State,
    page_key,
    page_state,
    read_key,
)
from caoan_stats.publish.plan import Plan
from caoan_stats.publish.site import annual_pages

if TYPE_CHECKING:
    from concurrent.futures import Future


def build_folders(
    folders: Sequence[Path], below: int = 0, earlier: Mapping[Path, Collection[Key]] | None = None
) -> dict[Path, InvalidDataError | None]:
    """Build the data folders that are not up to date; return the errors of each, None if valid.

    `below` is the threshold of the public edition to build as well, 0 for none; `earlier` has the
    figures that earlier editions of a data folder hid.
    """
    asked = {folder: (folder, below, (earlier or {}).get(folder, ())) for folder in folders}
    stale = {folder: each for folder, each in asked.items() if not _is_built(*each)}
    if not stale:
        return dict.fromkeys(folders)
    from caoan_stats.publish.pools import open_pool  # slow to import

    worker.start_server()
    first, *rest = stale  # this process builds the first while the server does its imports
    with open_pool() as pool:
        futures = {
            folder: pool.submit(worker.call_in_fork, worker.build_data, *stale[folder])
            for folder in rest
        }
        errors = {first: worker.build_data(*stale[first])}
        errors |= {folder: future.result() for folder, future in futures.items()}
    return dict.fromkeys(folders) | errors


def stale_jobs(planned: Iterable[Job], *, force: bool = False) -> dict[Job, None]:
    """Return the jobs whose pages are not fresh, longest notebook first; with `force`, all jobs."""
    stale = (job for job in planned if force or not job.is_fresh)
    return dict.fromkeys(sorted(stale, key=lambda job: -job.notebook.cells))


def perform_jobs(
    planned: Iterable[Job],
    *,
    workers: int | None = None,
    force: bool = False,
    cluster: str | None = None,
    limits: Limits = LIMITS,
) -> Generator[Result]:
    """Make the pages that are not fresh, and yield the result of each job as it ends.

    Results of fresh pages come first; with `force` these pages are made too. `workers` and
    `cluster` are those of `caoan_stats.publish.pools.open_pool`, and so are the errors; the workers
    of a cluster must see the same folders.
    """
    jobs = list(planned)
    stale = stale_jobs(jobs, force=force)
    yield from (Result(job, "fresh", 0.0) for job in jobs if job not in stale)
    if not stale:
        return
    from concurrent.futures import as_completed

    from caoan_stats.publish.pools import open_pool  # slow to import

    with open_pool(workers, cluster) as pool:
        futures = {pool.submit(worker.make_page, _for_worker(job), limits): job for job in stale}
        for future in as_completed(futures):
            result = _result(future, futures[future])
            yield _checked(result) if cluster else result


def finish_site(plans: Sequence[Plan], results: Iterable[Result]) -> list[Path]:
    """Write the annual reports and the index of each data folder, if they are not up to date.

    Return the path of each index. `results` are those of all jobs of the run. Raises `OSError` if a
    page of a job that has not failed is gone, such as with its folder.
    """
    failed = set()
    for result in results:
        if result.outcome == "failed":
            failed.add(result.job)
        else:
            result.job.page.stat()
    unfinished = [plan for plan in plans if not is_finished(plan, failed)]
    if unfinished:
        from caoan_stats.publish.pools import open_pool  # slow to import

        with open_pool() as pool:
            futures = [
                pool.submit(worker.call_in_fork, write_site, plan, failed) for plan in unfinished
            ]
            for future in futures:
                future.result()
    return [plan.index for plan in plans]


def is_finished(planned: Plan, failed: Collection[Job] = ()) -> bool:
    """Return whether the index, which is written last, shows the pages in their present state."""
    exists = planned.index.with_suffix(".json").is_file()
    return exists and read_key(planned.index) == _index_key(planned, _states(planned, failed))


def write_site(planned: Plan, failed: Collection[Job] = ()) -> None:
    """Write the annual report of each year, and then the index.

    Raises `InvalidDataError` if the data is not that of the plan.
    """
    from caoan_stats.publish import annual, index, inputs  # pandas and jinja2 are slow to import

    states = _states(planned, failed)
    for year in planned.years:
        annual.write_annual(year, states)
    key = _index_key(planned, states)
    with inputs.as_planned(planned.data, planned.below, planned.edition.digest):
        dataset = planned.dataset
    index.write_index(dataset, planned.out, states, planned.below, key)


def _for_worker(job: Job) -> Job:
    """Return a job that does not need the working folder or outlive the lock of this run."""
    return replace(job, out=job.out.absolute(), token=token_of(job.out))


def _is_built(folder: Path, below: int, earlier: Collection[Key]) -> bool:
    with suppress(processed_files.OutOfDateError):
        processed_files.read_processed(folder)
        editions.read_edition(folder, below, earlier)
        return True
    return False


def _result(future: "Future[Result]", job: Job) -> Result:
    """Return the result of a job; it is also `failed` if its worker has died."""
    try:
        return replace(future.result(), job=job)
    except Exception as error:
        return Result(job, "failed", 0.0, f"{type(error).__name__}: {error}")


def _checked(result: Result) -> Result:
    """Return the result, `failed` if the page is not one that this machine would make."""
    if result.outcome == "made" and (reasons := result.job.reasons):
        reason = f"what a worker made is not what this machine would make: {', '.join(reasons)}"
        return replace(result, outcome="failed", reason=reason)
    return result


def _states(planned: Plan, failed: Collection[Job]) -> dict[Job, State]:
    return {job: page_state(job, failed) for job in planned.jobs}


def _index_key(planned: Plan, states: dict[Job, State]) -> str:
    """Return the key of the index, which depends on the state and the key of every page."""
    pages = [(job.name, state, read_key(job.page)) for job, state in states.items()]
    places = annual_pages(job.place for job in planned.jobs)
    reports = [(place.path, read_key(planned.out / place.path)) for place in places]
    return page_key(
        {
            "pages": repr([planned.title, planned.below, pages, reports]),
            "data": planned.edition.digest,
            "library": library.digest(),
            "versions": library.versions(),
        }
    )
