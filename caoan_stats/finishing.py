"""What is made from the pages of a data folder when they are done: reports of years, the index."""

from collections.abc import Collection

from caoan_stats import keys
from caoan_stats.heads import reports
from caoan_stats.jobs import Job, State, state
from caoan_stats.plan import Plan


def is_done(planned: Plan, failed: Collection[Job] = ()) -> bool:
    """Whether the index, which is written last, is of the pages as they are now."""
    there = planned.index.with_suffix(".json").is_file()
    return there and keys.carried(planned.index) == _key(planned, _states(planned, failed))


def write(planned: Plan, failed: Collection[Job] = ()) -> None:
    """Write the report of each year, and then the index.

    Parameters
    ----------
    planned
        As `caoan_stats.plan.plan` gives it.
    failed
        The jobs that have just failed.
    """
    from caoan_stats import annual, index  # pandas and jinja2 are slow to import

    states = _states(planned, failed)
    for year in planned.years:
        annual.write(year, states)
    index.write(planned.dataset, planned.out, states, planned.below, _key(planned, states))


def _states(planned: Plan, failed: Collection[Job]) -> dict[Job, State]:
    return {job: state(job, failed) for job in planned.every}


def _key(planned: Plan, states: dict[Job, State]) -> str:
    """Give the key of the index: the pages and reports that are there, and how each is."""
    pages = [(job.name, said, keys.carried(job.page)) for job, said in states.items()]
    places = reports(job.place for job in planned.every)
    wholes = [(place.path, keys.carried(planned.out / place.path)) for place in places]
    first = planned.every[0] if planned.every else None
    return keys.key(
        {
            "pages": repr([planned.title, planned.below, pages, wholes]),
            "data": first.basis if first else "",
            "library": keys.library(),
            "versions": keys.versions(),
        }
    )
