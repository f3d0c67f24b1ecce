"""The plan of a run: every page of a data folder, and which of them are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caoan_stats.datafolder import processed_files
from caoan_stats.datafolder.find import find_project
from caoan_stats.publish import jobs
from caoan_stats.publish.jobs import Job
from caoan_stats.publish.notebooks import find_notebooks
from caoan_stats.publish.site import PageRef, annual_pages, make_head

if TYPE_CHECKING:
    from caoan_stats.dataset import Dataset


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
    data
        The folder.
    title
        What the data is of, in Vietnamese.
    years
        The years that it knows.
    out
        The folder of all exports.
    every
        A job for every notebook and every year.
    asked
        Those to perform.
    below
        Sensitive counts under this number are not shown; 0 shows all.
    unseen
        How many contradictions of the data nobody has acknowledged.
    """

    data: Path
    title: str
    years: tuple[int, ...]
    out: Path
    every: tuple[Job, ...]
    asked: tuple[Job, ...]
    below: int
    unseen: int

    @property
    def index(self) -> Path:
        """Where the front page is to be."""
        return self.out / "index.html"

    @property
    def dataset(self) -> "Dataset":
        """What the pages are made from."""
        from caoan_stats.dataset import Dataset  # pandas is slow to import

        return Dataset.open(self.data, public_below=self.below)


def make_plan(
    data: Path, out: Path, years: Sequence[int] = (), names: Sequence[str] = (), *, below: int = 0
) -> Plan:
    """List the jobs of a data folder, and which of them are asked for.

    Parameters
    ----------
    data
        A data folder that is built, as `caoan_stats.datafolder.processed.ensure_built` does it.
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
    OutOfDateError
        The folder is not built.
    """
    found, basis = processed_files.read_built(data), processed_files.edition_digest(data, below)
    known = {each.name: each for each in find_notebooks(find_project(data) / "notebooks")}
    _refuse_unknown(years, found.years)
    _refuse_unknown(names, list(known))
    asked = {(name, year) for year in years or found.years for name in names or known}
    there = [
        PageRef(name, each.title, year)
        for year in found.years
        for name, each in known.items()
        if (name, year) in asked or _was_made(out, f"{year}/{name}")
    ]
    whole = annual_pages(there)
    every = tuple(
        Job(each, year, data, out, make_head(place, found.title, [*there, *whole], below), basis)
        for year in found.years
        for each in known.values()
        for place in [PageRef(each.name, each.title, year)]
    )
    chosen = tuple(job for job in every if (job.notebook.name, job.year) in asked)
    return Plan(data, found.title, tuple(found.years), out, every, chosen, below, found.unseen)


def _was_made(out: Path, name: str) -> bool:
    return (out / f"{name}.html").is_file() or (out / f"failed/{name}.ipynb").is_file()


def _refuse_unknown(asked: Sequence[object], known: Sequence[object]) -> None:
    if unknown := [each for each in asked if each not in known]:
        raise UnknownJobError(unknown, known)


def prepare_folder(planned: Plan) -> None:
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
        pages = {page for page in out.glob("*/*.html") if jobs.read_key(page)}
        kept = {job.page for job in planned.every if job.is_fresh}
        for path in {*pages - kept, *out.glob("failed/*/*.ipynb"), *out.glob("index.*")}:
            path.unlink()
