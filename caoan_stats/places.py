"""Where things are: the data folder, the notebooks, the exports."""

import os
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from caoan_stats.errors import DataError, InvalidDataError
from caoan_stats.package import DESCRIPTOR, is_inside

VARIABLE = "CAOAN_STATS_DATA"
THRESHOLD = "CAOAN_STATS_PUBLIC_BELOW"
PACKAGE = Path(__file__).resolve().parent


class SameNameError(ValueError):
    """Data folders of the same name, whose pages would overwrite each other."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        super().__init__(f"folders of the same name: {', '.join(map(str, folders))}")


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


def outputs(folders: Sequence[Path], out: Path) -> dict[Path, Path]:
    """Give each data folder its folder of exports.

    Parameters
    ----------
    folders
        Data folders.
    out
        The folder of all exports: that of a single data folder; of several, each gets a folder in
        it by its own name, or by that of the folder around it where its name is `data`.

    Raises
    ------
    SameNameError
        Some of them have the same name.

    Examples
    --------
    >>> list(outputs([Path("a/data"), Path("b")], Path("exports")).values())
    [PosixPath('exports/a'), PosixPath('exports/b')]
    """
    known = list(dict.fromkeys(folders))
    if len(known) == 1:
        return {known[0]: out}
    names = {folder: named(folder) for folder in known}
    counts = Counter(map(_folded, names.values()))
    alike = [folder for folder, name in names.items() if counts[_folded(name)] > 1]
    if alike:
        raise SameNameError(alike)
    return {folder: out / name for folder, name in names.items()}


def named(folder: Path) -> str:
    """Name a data folder; one at the root of the disk has none around it, and the root no name."""
    around = folder.parent.name if folder.name == "data" else ""
    return around or folder.name or "data"


def _folded(name: str) -> str:
    """Give what a file system may take for the same name."""
    return unicodedata.normalize("NFC", name).casefold()


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


def library_files() -> list[Path]:
    """List every file that the library consists of."""
    return sorted(
        path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
