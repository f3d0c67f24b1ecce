"""Where things are: the data folder, the notebooks, the exports."""

import os
from pathlib import Path

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.library import PACKAGE
from caoan_stats.datafolder.package import DESCRIPTOR, is_inside

VARIABLE = "CAOAN_STATS_DATA"
THRESHOLD = "CAOAN_STATS_PUBLIC_BELOW"


def find_data(path: str | os.PathLike[str] | None = None) -> Path:
    """Find the data folder.

    Parameters
    ----------
    path
        The folder itself, laid out as the project's `data/`. Without it, what the environment
        variable `CAOAN_STATS_DATA` names; else `data/` of the nearest project upwards from the
        working folder; else `data/` beside the installed package.

    Raises
    ------
    InvalidDataError
        The folder that was named, or the last one tried, has no `datapackage.json`.
    """
    named = path or os.environ.get(VARIABLE)
    folder = Path(named) if named else find_project() / "data"
    if not (folder / DESCRIPTOR).is_file():
        details = {"descriptor": DESCRIPTOR, "variable": VARIABLE}
        raise InvalidDataError([DataError("no_data_folder", str(folder), details=details)])
    return folder.resolve()


def find_threshold() -> int:
    """Find from which number on the environment lets sensitive counts be shown; 0 shows all."""
    return int(os.environ.get(THRESHOLD) or 0)


def find_project(data: Path | None = None) -> Path:
    """Find the nearest folder upwards that has `data/datapackage.json`, else the package's own.

    A project has notebooks, which are executed, so none is looked for in a data folder.

    Parameters
    ----------
    data
        The data folder that is read, where it is known.
    """
    here = Path.cwd()
    around = [each for each in (here, *here.parents) if (each / "data" / DESCRIPTOR).is_file()]
    closed = [each / "data" for each in around] + ([data] if data else [])
    for project in around:
        if not any(project.is_relative_to(folder) for folder in closed):
            return project
    return PACKAGE.parent


def data_files(folder: Path) -> list[Path]:
    """List every file of a data folder that people write.

    Raises
    ------
    InvalidDataError
        One of them is a link to somewhere else.
    """
    patterns = ("*.json", "*.csv", "raw/*.csv")
    paths = (path for pattern in patterns for path in folder.glob(pattern))
    known = sorted(path for path in paths if path.is_file() and not path.name.startswith("."))
    away = [path for path in known if not is_inside(folder, path)]
    if away:
        names = (path.relative_to(folder).as_posix() for path in away)
        raise InvalidDataError(DataError("outside_file", name) for name in names)
    return known
