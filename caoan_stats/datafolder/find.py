"""Paths of the data folder, of its source files and of the project that has the notebooks."""

import os
from collections.abc import Iterator
from pathlib import Path

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.files import existing
from caoan_stats.common.library import PACKAGE
from caoan_stats.datafolder.package import DESCRIPTOR, is_inside
from caoan_stats.disclosure.threshold import checked_threshold

DATA_VARIABLE = "CAOAN_STATS_DATA"
PUBLIC_BELOW_VARIABLE = "CAOAN_STATS_PUBLIC_BELOW"


def find_data(path: str | os.PathLike[str] | None = None) -> Path:
    """Return the path of the data folder, with links resolved.

    Without `path` it is the value of the environment variable `CAOAN_STATS_DATA`; or else the
    nearest of the working folder and its parents that is a data folder or has one as `data/`, but
    none inside another data folder; or else `data/` beside the package. Raises `InvalidDataError`
    if the folder has no `datapackage.json`.
    """
    named = path or os.environ.get(DATA_VARIABLE)
    folder = existing(Path(named)) if named else next(_around(), PACKAGE.parent / "data")
    if not (folder / DESCRIPTOR).is_file():
        details = {"descriptor": DESCRIPTOR, "variable": DATA_VARIABLE}
        raise InvalidDataError([DataError("no_data_folder", str(folder), details=details)])
    return folder.resolve()


def is_elsewhere(folder: Path) -> bool:
    """Return whether a data folder that nobody named is the one beside the package, not around."""
    return not os.environ.get(DATA_VARIABLE) and folder not in [
        each.resolve() for each in _around()
    ]


def _around() -> Iterator[Path]:
    """Yield the data folders of the working folder and its parents, from the nearest one."""
    here = Path.cwd()
    near = (folder for path in (here, *here.parents) for folder in (path, path / "data"))
    found = [folder for folder in near if (folder / DESCRIPTOR).is_file()]
    for folder in found:
        if not any(other in folder.parents for other in found):
            yield folder


def find_threshold(below: int | None = None) -> int:
    """Return the threshold of the public edition; 0 if nothing is hidden.

    None: that of `CAOAN_STATS_PUBLIC_BELOW`, 0 if it is not set. Raises `ValueError` if it is no
    threshold (`caoan_stats.disclosure.threshold`).
    """
    named = os.environ.get(PUBLIC_BELOW_VARIABLE) or 0
    return checked_threshold(int(named if below is None else below))


def find_project(data: Path | None = None) -> Path:
    """Return the project: the nearest of the working folder and its parents with a data folder.

    Without one it is the working folder if that has `notebooks/`, for data folders of other names,
    or else the parent folder of the package. Its notebooks are executed, so a project inside a data
    folder is skipped, as is one inside `data`, the data folder that is read.
    """
    here = Path.cwd()
    projects = [path for path in (here, *here.parents) if (path / "data" / DESCRIPTOR).is_file()]
    data_folders = [project / "data" for project in projects] + ([data] if data else [])
    bare = [here] * (here / "notebooks").is_dir()
    for project in (*projects, *bare):
        if not any(project.is_relative_to(folder) for folder in data_folders):
            return project
    return PACKAGE.parent


def data_files(folder: Path) -> list[Path]:
    """Return the paths of the files in a data folder that people write, sorted.

    These are the CSV and JSON files of the folder and the CSV files of `raw/`, without hidden ones.
    Raises `InvalidDataError` if one is a link to a place outside the folder.
    """
    patterns = ("*.json", "*.csv", "raw/*.csv")
    found = (path for pattern in patterns for path in folder.glob(pattern))
    paths = sorted(path for path in found if path.is_file() and not path.name.startswith("."))
    outside = [path for path in paths if not is_inside(folder, path)]
    if outside:
        names = (path.relative_to(folder).as_posix() for path in outside)
        raise InvalidDataError(DataError("outside_file", name) for name in names)
    return paths
