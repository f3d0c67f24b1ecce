"""The notebooks of a project, each of which makes a page for every year."""

import json
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from caoan_stats.common.files import sha256
from caoan_stats.datafolder.csvfile import normalize_text

LAST = 1_000  # order of a notebook that states none
FLAGS = ("interactive", "needs_figures")  # in its metadata
# a title that the markdown parser would return as it is
_PLAIN_TITLE = re.compile(r"# (?! )((?:[^\W_]|[,.()–-]| (?! ))*[^\W_])(?:\n\n|\Z)")


@dataclass(frozen=True)
class Notebook:
    """A notebook file; `caoan_stats` in its metadata has the order and both flags."""

    path: Path
    title: str  # its first heading; the name of the file if it has none
    order: int  # position in the report; `LAST` if it has none
    cells: int = 0  # number of code cells, as a measure of how long it takes
    digest: str = ""  # SHA-256 of the file
    interactive: bool = False  # whether it is for JupyterLab and makes no page
    needs_figures: bool = False  # whether it has nothing to say of a year with targets alone
    names: frozenset[str] = frozenset()  # words in quotation marks in its code, such as tables

    @property
    def name(self) -> str:
        """Name of the file without `.ipynb`, in composed Unicode, as a page is named."""
        return normalize_text(self.path.stem)


def find_notebooks(folder: Path) -> list[Notebook]:
    """Return the notebooks of a folder that make pages, in the order of the report.

    Subfolders, interactive notebooks and hidden files, such as the lock files of editors, are left
    out.
    """
    paths = [path for path in folder.glob("*.ipynb") if not path.name.startswith(".")]
    notebooks = [each for each in map(read_notebook, paths) if not each.interactive]
    return sorted(notebooks, key=lambda each: (each.order, each.name))


def read_notebook(path: Path) -> Notebook:
    """Return a notebook with its title and metadata.

    If the file cannot be read, or its content is not that of a notebook, it has only its path, name
    and digest, so that its page fails when it is executed.
    """
    data = b""
    with suppress(OSError):
        data = path.read_bytes()
    unread = Notebook(path, normalize_text(path.stem), LAST, digest=sha256(data))
    try:
        content = json.loads(data)
        metadata = content["metadata"].get("caoan_stats", {})
        order = int(metadata.get("order", LAST))
        interactive, needs_figures = map(bool, map(metadata.get, FLAGS))
        cells = sum(cell["cell_type"] == "code" for cell in content["cells"])
        title, names = _title(content) or unread.name, _names(content)
    except (ValueError, KeyError, TypeError, AttributeError):
        return unread
    return replace(
        unread,
        title=title,
        order=order,
        cells=cells,
        interactive=interactive,
        needs_figures=needs_figures,
        names=names,
    )


def _names(content: dict[str, Any]) -> frozenset[str]:
    code = "\n".join(
        "".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "code"
    )
    return frozenset(re.findall(r"[\"'](\w+)[\"']", code))


def _title(content: dict[str, Any]) -> str:
    cells = (cell for cell in content["cells"] if cell["cell_type"] == "markdown")
    sources = ["".join(cell["source"]) for cell in cells]
    if plain := _PLAIN_TITLE.match("".join(sources[:1])):
        return normalize_text(plain[1])
    from caoan_stats.publish.markdown import title_of  # mistune is slow to import

    return normalize_text(title_of(sources))
