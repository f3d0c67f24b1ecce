"""Where things are: the data folder, the notebooks, the exports."""

import os
from pathlib import Path

from caoan_stats.errors import DataError, InvalidDataError
from caoan_stats.package import DESCRIPTOR

VARIABLE = "CAOAN_STATS_DATA"
THRESHOLD = "CAOAN_STATS_PUBLIC_BELOW"
PACKAGE = Path(__file__).resolve().parent


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


def find_project() -> Path:
    """Find the nearest folder upwards that has `data/datapackage.json`, else the package's own."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "data" / DESCRIPTOR).is_file():
            return folder
    return PACKAGE.parent


def data_files(folder: Path) -> list[Path]:
    """List every file of a data folder that people write."""
    patterns = ("*.json", "*.csv", "raw/*.csv")
    paths = (path for pattern in patterns for path in folder.glob(pattern))
    return sorted(path for path in paths if path.is_file() and not path.name.startswith("."))


def library_files() -> list[Path]:
    """List every file that the library consists of."""
    return sorted(
        path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
