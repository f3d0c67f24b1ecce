"""What the public editions in a folder of exports have hidden, so that it stays hidden.

Two editions of which each protects a count could disclose it together.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.files import write_file
from caoan_stats.common.sealed import seal, unseal
from caoan_stats.datafolder import package
from caoan_stats.datafolder.editions import Key
from caoan_stats.publish.plan import Plan

NAME = "hidden-figures.json"
_KEPT = f"*/{NAME}"  # below the folder of all exports, for one of several data folders


class DamagedError(ValueError):
    """The file that has what earlier editions hid cannot be read; `path` is where it is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path} is damaged")


def hidden_before(exports: Mapping[Path, Path], root: Path) -> dict[Path, frozenset[Key]]:
    """Return the figures that public editions of each data folder have hidden.

    `exports` has the folder of exports of each data folder; what is kept there counts. So does what
    is kept elsewhere in `root`, the folder of all exports, for data of the same title: it may have
    been written by a run of one data folder, or of several. Raises `DamagedError` if a file that
    has kept figures is damaged.
    """
    folders = dict.fromkeys((root, *exports.values(), *(path.parent for path in root.glob(_KEPT))))
    kept = {folder: _read(folder / NAME) for folder in folders}
    found = {}
    for data, out in exports.items():
        title = _title(data)
        known = [keys for place, (name, keys) in kept.items() if place == out or name == title]
        found[data] = frozenset().union(*known)
    return found


def keep_hidden(planned: Plan, earlier: Collection[Key]) -> None:
    """Keep what a public edition hides, and `earlier` ones have hidden, before a page is made.

    Raises `InvalidDataError` if the edition, meanwhile stored anew, shows what they have hidden.
    """
    edition = planned.edition
    if {*earlier} - edition.hidden.keys() - edition.earlier:
        raise InvalidDataError([DataError("changed_meanwhile", planned.data.name)])
    path, keys = planned.out / NAME, frozenset({*earlier, *edition.hidden})
    if keys and _read(path) != (planned.title, keys):
        content = {"title": planned.title, "hidden": sorted([code, year] for code, year in keys)}
        write_file(path, seal(content))


def _read(path: Path) -> tuple[str, frozenset[Key]]:
    """Return the title of a data folder and the figures that its public editions have hidden."""
    try:
        content = unseal(path.read_bytes())
        return str(content["title"]), frozenset((code, year) for code, year in content["hidden"])
    except FileNotFoundError:
        return "", frozenset()
    except (ValueError, KeyError, TypeError):
        raise DamagedError(path) from None


def _title(data: Path) -> str | None:
    with suppress(InvalidDataError):  # reported when the folder is built
        return package.load_package(data).title
    return None
