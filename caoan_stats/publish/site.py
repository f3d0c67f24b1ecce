"""The head of a page: what it is of, and links to the pages around it."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

REPORT, REPORT_TITLE = "annual", "Báo cáo cả năm"


@dataclass(frozen=True)
class PageRef:
    """Where a page is in the folder of all exports, and what it is of."""

    name: str
    title: str
    year: int

    @property
    def path(self) -> str:
        """Path below the folder of all exports.

        Examples
        --------
        >>> PageRef("rice", "Sản xuất lúa", 2023).path
        '2023/rice.html'
        """
        return f"{self.year}/{self.name}.html"


@dataclass(frozen=True)
class Heading:
    """A heading: its level from 1 on, what it says as HTML, and its anchor."""

    level: int
    html: str
    anchor: str


@dataclass(frozen=True)
class Head:
    """What stands at the top of a page.

    Parameters
    ----------
    title
        The subject.
    year
        The year that it reports on; None where nothing says it.
    site
        What all the pages are of.
    path
        Where the page is to be below the folder of all exports; empty for a page that stands alone.
    years
        The same subject in every year that has a page, this one included.
    subjects
        Every subject that has a page for this year, this one included.
    below
        Sensitive counts under this number are not shown; 0 shows all.
    key
        Fingerprint of all that the page was made from.
    """

    title: str
    year: int | None = None
    site: str = ""
    path: str = ""
    years: tuple[PageRef, ...] = ()
    subjects: tuple[PageRef, ...] = ()
    below: int = 0
    key: str = ""

    @property
    def name(self) -> str:
        """What a window and a bookmark call the page."""
        said = f"{self.title} năm {self.year}" if self.year else self.title
        return f"{said} · {self.site}" if self.site else said


def annual_pages(there: Iterable[PageRef]) -> list[PageRef]:
    """Name the reports of whole years that can be made of some pages: one a year.

    A notebook of the same name takes the place of its year.
    """
    known = tuple(there)
    own = {place.year for place in known if place.name == REPORT}
    years = dict.fromkeys(place.year for place in known if place.year not in own)
    return [PageRef(REPORT, REPORT_TITLE, year) for year in years]


def make_head(here: PageRef, site: str, places: Iterable[PageRef], below: int = 0) -> Head:
    """Make the head of a page of a site.

    Parameters
    ----------
    here
        The page.
    site
        What all the pages are of.
    places
        Every page of the site.
    below
        As in `Head`.
    """
    known = tuple(places)
    years = tuple(each for each in known if each.name == here.name)
    subjects = tuple(each for each in known if each.year == here.year)
    return Head(here.title, here.year, site, here.path, years, subjects, below)


class SameNameError(ValueError):
    """Data folders of the same name, whose pages would overwrite each other."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        super().__init__(f"folders of the same name: {', '.join(map(str, folders))}")


def export_folders(folders: Sequence[Path], out: Path) -> dict[Path, Path]:
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
    >>> list(export_folders([Path("a/data"), Path("b")], Path("exports")).values())
    [PosixPath('exports/a'), PosixPath('exports/b')]
    """
    known = list(dict.fromkeys(folders))
    if len(known) == 1:
        return {known[0]: out}
    names = {folder: folder_name(folder) for folder in known}
    counts = Counter(map(_folded, names.values()))
    alike = [folder for folder, name in names.items() if counts[_folded(name)] > 1]
    if alike:
        raise SameNameError(alike)
    return {folder: out / name for folder, name in names.items()}


def folder_name(folder: Path) -> str:
    """Name a data folder; one at the root of the disk has none around it, and the root no name."""
    around = folder.parent.name if folder.name == "data" else ""
    return around or folder.name or "data"


def _folded(name: str) -> str:
    """Give what a file system may take for the same name."""
    return unicodedata.normalize("NFC", name).casefold()
