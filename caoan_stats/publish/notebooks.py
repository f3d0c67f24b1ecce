"""The notebooks of the project: each a page for every year."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from caoan_stats.common.files import sha256

LAST = 1_000


@dataclass(frozen=True)
class Notebook:
    """A notebook on disk.

    Parameters
    ----------
    path
        The file.
    title
        Its first heading, or its name where it has none.
    order
        Its place in the report, from `caoan_stats.order` in its metadata; unplaced ones come last.
    cells
        How many cells of code it has: a measure of how long it takes.
    digest
        Checksum of the file.
    interactive
        Whether it is for people to work with, from `caoan_stats.interactive` in its metadata.
    """

    path: Path
    title: str
    order: int
    cells: int = 0
    digest: str = ""
    interactive: bool = False

    @property
    def name(self) -> str:
        """The name of the file without `.ipynb`."""
        return self.path.stem


def find_notebooks(folder: Path) -> list[Notebook]:
    """List the notebooks that make pages, in the order of the report; none that an editor hides.

    One with `caoan_stats.interactive` in its metadata makes none: it is for JupyterLab.
    """
    paths = [path for path in folder.glob("*.ipynb") if not path.name.startswith(".")]
    found = [each for each in map(read_notebook, paths) if not each.interactive]
    return sorted(found, key=lambda each: (each.order, each.name))


def read_notebook(path: Path) -> Notebook:
    """Read what a list of pages has to know of a notebook, even of one that cannot be executed."""
    data = path.read_bytes()
    unread = Notebook(path, path.stem, LAST, digest=sha256(data))
    try:
        content = json.loads(data)
        ours = content["metadata"].get("caoan_stats", {})
        order, interactive = int(ours.get("order", LAST)), bool(ours.get("interactive"))
        cells = sum(cell["cell_type"] == "code" for cell in content["cells"])
        title = _title(content) or path.stem
    except (ValueError, KeyError, TypeError, AttributeError):
        return unread
    return replace(unread, title=title, order=order, cells=cells, interactive=interactive)


def _title(content: dict[str, Any]) -> str:
    for cell in content["cells"]:
        heading = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and heading.startswith("# "):
            return heading.splitlines()[0].removeprefix("# ").strip()
    return ""
