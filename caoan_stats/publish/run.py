"""A run: the stale pages made side by side, longest first, here or on a cluster."""

from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from caoan_stats.common import library
from caoan_stats.common.errors import InvalidDataError
from caoan_stats.datafolder import processed_files
from caoan_stats.publish import jobs, worker
from caoan_stats.publish.jobs import Job, Result, State, page_state
from caoan_stats.publish.plan import Plan
from caoan_stats.publish.site import annual_pages
from caoan_stats.publish.worker import LIMITS, Limits

if TYPE_CHECKING:
    from concurrent.futures import Future


def build_folders(folders: Sequence[Path], below: int = 0) -> dict[Path, InvalidDataError | None]:
    """Build the data folders that are not up to date, side by side.

    Parameters
    ----------
    folders
        Data folders.
    below
        Of a public edition, the number under which sensitive counts are not shown.

    Returns
    -------
    dict
        What is wrong with each folder; None where it is built.
    """
    stale = [folder for folder in folders if not _is_built(folder, below)]
    if not stale:
        return dict.fromkeys(folders)
    from caoan_stats.publish.pools import open_pool  # slow to import where there is nothing to do

    worker.start_server()
    first, *rest = stale  # the first here, while the imports of the server are under way
    with open_pool() as calls:
        futures = {
            folder: calls.submit(worker.call_in_fork, worker.build_data, folder, below)
            for folder in rest
        }
        found = {first: worker.build_data(first, below)}
        found |= {folder: future.result() for folder, future in futures.items()}
    return dict.fromkeys(folders) | found


def _is_built(folder: Path, below: int) -> bool:
    with suppress(processed_files.OutOfDateError):
        return bool(
            processed_files.read_built(folder) and processed_files.edition_digest(folder, below)
        )
    return False


def stale_jobs(planned: Iterable[Job], *, force: bool = False) -> dict[Job, None]:
    """Choose the jobs whose pages are not fresh, or all of them; the longest come first."""
    due = (job for job in planned if force or not job.is_fresh)
    return dict.fromkeys(sorted(due, key=lambda job: -job.notebook.cells))


def perform_jobs(
    planned: Iterable[Job],
    *,
    workers: int | None = None,
    force: bool = False,
    cluster: str | None = None,
    allowed: Limits = LIMITS,
) -> Generator[Result]:
    """Make the pages that are stale, side by side; give each result as it comes.

    Parameters
    ----------
    planned
        The jobs.
    workers
        How many at once; as many as there are processors, without.
    force
        Make the fresh ones too.
    cluster
        The address of a Dask scheduler whose workers see the same folders; this machine, without.
    allowed
        What each notebook may take.

    Raises
    ------
    ClusterError
        There is no Dask here, or no scheduler there.
    """
    known = list(planned)
    due = stale_jobs(known, force=force)
    yield from (Result(job, "fresh", 0.0) for job in known if job not in due)
    if not due:
        return
    from concurrent.futures import as_completed

    from caoan_stats.publish.pools import open_pool  # slow to import where there is nothing to do

    with open_pool(workers, cluster) as calls:
        futures = {calls.submit(worker.make_page, _anywhere(job), allowed): job for job in due}
        for future in as_completed(futures):
            result = _result(future, futures[future])
            yield _checked(result) if cluster else result


def _anywhere(job: Job) -> Job:
    """Let a job mean the same in every working folder."""
    return replace(job, out=job.out.absolute())


def _result(future: "Future[Result]", job: Job) -> Result:
    """Give the result of a job, also where whoever was to make the page has died of it."""
    try:
        return replace(future.result(), job=job)
    except Exception as error:
        return Result(job, "failed", 0.0, f"{type(error).__name__}: {error}")


def _checked(result: Result) -> Result:
    """Hold a page from elsewhere against what it should be made from."""
    if result.outcome == "made" and (unlike := result.job.reasons):
        reason = f"what a worker made is not what this machine would make: {', '.join(unlike)}"
        return replace(result, outcome="failed", reason=reason)
    return result


def finish_site(plans: Iterable[Plan], results: Iterable[Result]) -> list[Path]:
    """Write what is made from the pages: the report of each year, and the index of each folder.

    Parameters
    ----------
    plans
        What was planned.
    results
        How all of it ended.

    Returns
    -------
    list of Path
        Each `index.html`.
    """
    failed = frozenset(result.job for result in results if result.outcome == "failed")
    due = [planned for planned in plans if not is_finished(planned, failed)]
    if due:
        _write(due, failed)
    return [planned.index for planned in plans]


def _write(due: Sequence[Plan], failed: frozenset[Job]) -> None:
    from caoan_stats.publish.pools import open_pool  # slow to import where there is nothing to do

    with open_pool() as calls:
        written = [
            calls.submit(worker.call_in_fork, write_site, planned, failed) for planned in due
        ]
        for future in written:
            future.result()


def is_finished(planned: Plan, failed: Collection[Job] = ()) -> bool:
    """Whether the index, which is written last, is of the pages as they are now."""
    there = planned.index.with_suffix(".json").is_file()
    return there and jobs.read_key(planned.index) == _key(planned, _states(planned, failed))


def write_site(planned: Plan, failed: Collection[Job] = ()) -> None:
    """Write the report of each year, and then the index.

    Parameters
    ----------
    planned
        As `caoan_stats.publish.plan.make_plan` gives it.
    failed
        The jobs that have just failed.
    """
    from caoan_stats.publish import annual, index  # pandas and jinja2 are slow to import

    states = _states(planned, failed)
    for year in planned.years:
        annual.write_annual(year, states)
    index.write_index(planned.dataset, planned.out, states, planned.below, _key(planned, states))


def _states(planned: Plan, failed: Collection[Job]) -> dict[Job, State]:
    return {job: page_state(job, failed) for job in planned.every}


def _key(planned: Plan, states: dict[Job, State]) -> str:
    """Give the key of the index: the pages and reports that are there, and how each is."""
    pages = [(job.name, said, jobs.read_key(job.page)) for job, said in states.items()]
    places = annual_pages(job.place for job in planned.every)
    wholes = [(place.path, jobs.read_key(planned.out / place.path)) for place in places]
    first = planned.every[0] if planned.every else None
    return jobs.page_key(
        {
            "pages": repr([planned.title, planned.below, pages, wholes]),
            "data": first.basis if first else "",
            "library": library.digest(),
            "versions": library.versions(),
        }
    )
