"""The plan of a run: a job for every page of a data folder, and which of them are requested."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.datafolder import editions, processed_files
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.datafolder.editions import Edition
from caoan_stats.datafolder.find import find_project
from caoan_stats.datafolder.processed_files import OutOfDateError, Processed
from caoan_stats.publish.jobs import Job, is_ours
from caoan_stats.publish.notebooks import Notebook, find_notebooks
from caoan_stats.publish.site import PageRef, annual_pages, make_head

if TYPE_CHECKING:
    from caoan_stats.dataset import Dataset


class NoNotebooksError(ValueError):
    """There is no notebook that makes pages in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"no notebook in {folder}")


class NotOursError(ValueError):
    """A file that this program has not made is where it would write; `path` is the first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path} is not a file of this program")


class UnknownJobError(ValueError):
    """The run names notebooks or years that do not exist; `known` has those that do."""

    def __init__(self, unknown: Sequence[object], known: Sequence[object]) -> None:
        self.unknown, self.known = tuple(unknown), tuple(known)
        super().__init__(f"unknown: {unknown}; there are: {known}")


@dataclass(frozen=True)
class Plan:
    """The pages of a data folder."""

    data: Path  # the data folder
    title: str  # of the data folder, in Vietnamese
    years: tuple[int, ...]  # that have a figure or a target, sorted
    out: Path  # the folder of exports of this data folder
    edition: Edition  # what is stored of it
    jobs: tuple[Job, ...]  # one for every notebook and year of which it has something to say
    requested: tuple[Job, ...]  # those of `jobs` that the run requests
    below: int  # sensitive counts under this number are not shown; 0 shows all
    unacknowledged: int  # contradictions in the data not acknowledged; 0 for a public edition

    @property
    def index(self) -> Path:
        """Path of the index of the pages."""
        return self.out / "index.html"

    @property
    def dataset(self) -> "Dataset":
        """The data that the pages show, opened at each access."""
        from caoan_stats.dataset import Dataset  # pandas is slow to import

        return Dataset.open(self.data, public_below=self.below)


def make_plan(
    data: Path, out: Path, years: Sequence[int] = (), names: Sequence[str] = (), *, below: int = 0
) -> Plan:
    """Return the plan of a data folder and its folder of exports.

    `years` and `names` (of notebooks, or of their files) are the requested ones; empty for all.
    `below` is the threshold of the public edition; 0 shows all. Raises `NoNotebooksError` without
    any notebook, `UnknownJobError` if a requested year or notebook does not exist, and
    `InvalidDataError` if the data folder has changed since it was built.
    """
    folder = find_project(data) / "notebooks"
    if not (found := find_notebooks(folder)):
        raise NoNotebooksError(folder)
    processed, edition = _built(data, below)
    notebooks = {notebook.name: notebook for notebook in found}
    names = [normalize_text(Path(name).stem if name.endswith(".ipynb") else name) for name in names]
    _refuse_unknown(years, processed.years)
    _refuse_unknown(names, list(notebooks))
    requested = {(name, year) for year in years or processed.years for name in names or notebooks}
    pages = [
        PageRef(name, notebook.title, year)
        for year in processed.years
        for name, notebook in notebooks.items()
        if _has_content(notebook, year, processed)
    ]
    linked = [page for page in pages if (page.name, page.year) in requested or _was_made(out, page)]
    linked += annual_pages(linked)
    jobs = tuple(
        Job(
            notebooks[page.name],
            page.year,
            data,
            out,
            make_head(page, processed.title, linked, below),
            edition.digest,
            edition.salt,
        )
        for page in pages
    )
    chosen = tuple(job for job in jobs if (job.notebook.name, job.year) in requested)
    # a contradiction of hidden figures would tell of them
    known, unacknowledged = tuple(processed.years), 0 if below else processed.unacknowledged
    return Plan(data, processed.title, known, out, edition, jobs, chosen, below, unacknowledged)


def _built(data: Path, below: int) -> tuple[Processed, Edition]:
    """Return the processed data, and what is stored of an edition."""
    try:
        processed = processed_files.read_processed(data)
        return processed, editions.read_edition(data, below)
    except OutOfDateError:
        raise InvalidDataError([DataError("changed_meanwhile", data.name)]) from None


def prepare_folder(planned: Plan) -> None:
    """Create the folder of exports, and delete pages of years that have no figures any more.

    Only files that this program has made are deleted; `NotOursError` is raised if another is where
    a page is to be written.
    """
    out, site = planned.out, [planned.index, planned.index.with_suffix(".json")]
    out.mkdir(parents=True, exist_ok=True)
    reports = (out / page.path for page in annual_pages(job.place for job in planned.jobs))
    for path in (*site, *reports, *(job.page for job in planned.requested)):
        if path.is_file() and not is_ours(path):
            raise NotOursError(path)
    for page in _emptied(planned):
        page.unlink()


def _emptied(planned: Plan) -> list[Path]:
    """Return pages of the notebooks for years in which they have no figures any more."""
    jobs = {job.page for job in planned.jobs}
    names = {job.notebook.name for job in planned.jobs}
    paths = [planned.out / f"{year}/{name}.html" for year in planned.years for name in names]
    return [path for path in paths if path not in jobs and is_ours(path)]


def _refuse_unknown(requested: Sequence[object], known: Sequence[object]) -> None:
    if unknown := [each for each in requested if each not in known]:
        raise UnknownJobError(unknown, known)


def _has_content(notebook: Notebook, year: int, processed: Processed) -> bool:
    """Return whether a document states a fact of a year in the tables that a notebook names.

    One that names no table reads them all; it also has content in a year that has only targets,
    unless it needs figures.
    """
    tables = notebook.names & processed.stated.keys() or processed.stated.keys()
    if any(year in processed.stated[table] for table in tables):
        return True
    reads_all = tables == processed.stated.keys()
    return reads_all and not notebook.needs_figures and year in processed.planned


def _was_made(out: Path, page: PageRef) -> bool:
    """Return whether the page, or the failed notebook of an attempt to make it, exists."""
    failure = out / f"failed/{page.year}/{page.name}.ipynb"
    return (out / page.path).is_file() or failure.is_file()
