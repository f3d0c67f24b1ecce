"""Page header: title, year and links to neighbouring pages; and where pages are written."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from caoan_stats.common.words import phrase

ANNUAL = "annual"  # name of the report of a whole year
PUBLIC, INTERNAL = "cong-khai", "noi-bo"  # at the end of the name of a download, by edition


@dataclass(frozen=True)
class PageRef:
    """Name, title and year of a page."""

    name: str
    title: str
    year: int

    @property
    def path(self) -> str:
        """Path relative to the folder of exports: `2023/rice.html`."""
        return f"{self.year}/{self.name}.html"


@dataclass(frozen=True)
class Heading:
    """A heading: its level from 1 on, its text as HTML, and its anchor."""

    level: int
    html: str
    anchor: str


@dataclass(frozen=True)
class Head:
    """A page header."""

    title: str
    year: int | None = None
    site: str = ""  # title of the data folder
    path: str = ""  # relative to the folder of exports; empty for a page that stands alone
    years: tuple[PageRef, ...] = ()  # the same subject in every year that has a page
    subjects: tuple[PageRef, ...] = ()  # every subject that has a page for this year
    below: int = 0  # sensitive counts under this number are not shown; 0 shows all
    key: str = ""  # from `caoan_stats.publish.jobs.page_key`

    @property
    def year_words(self) -> str:
        """The year in words, as it stands after the title."""
        return year_after(self.title, self.year) if self.year else ""

    @property
    def name(self) -> str:
        """Name of the page for windows and bookmarks: title, year and site."""
        title = titled(self.title, self.year) if self.year else self.title
        return f"{title} · {self.site}" if self.site else title


def annual_pages(pages: Iterable[PageRef]) -> list[PageRef]:
    """Return the annual report of each year that has a page.

    A year whose pages include a notebook of that name has none.
    """
    known = tuple(pages)
    taken = {page.year for page in known if page.name == ANNUAL}
    years = dict.fromkeys(page.year for page in known if page.year not in taken)
    return [PageRef(ANNUAL, phrase("site.report"), year) for year in years]


def make_head(here: PageRef, site: str, pages: Iterable[PageRef], below: int = 0) -> Head:
    """Return the header of a page, with links to its neighbours among all `pages` of the site."""
    known = tuple(pages)
    years = tuple(page for page in known if page.name == here.name)
    subjects = tuple(page for page in known if page.year == here.year)
    return Head(here.title, here.year, site, here.path, years, subjects, below)


class SameNameError(ValueError):
    """Data folders of the same name, whose pages would overwrite each other."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        super().__init__(f"folders of the same name: {', '.join(map(str, folders))}")


def export_folders(folders: Sequence[Path], out: Path) -> dict[Path, Path]:
    """Return the folder of exports of each data folder.

    That is `out` for a single data folder. Each of several has a folder in `out` with the name that
    `folder_name` returns. Raises `SameNameError` if some disks would confuse two of these names.

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
    if alike := [folder for folder, name in names.items() if counts[_folded(name)] > 1]:
        raise SameNameError(alike)
    return {folder: out / name for folder, name in names.items()}


def folder_name(folder: Path) -> str:
    """Return the name of a data folder, or that of its parent if it is called `data`."""
    parent = folder.parent.name if folder.name == "data" else ""
    name = parent or folder.name or "data"  # at the root of a disk both may be empty
    return unicodedata.normalize("NFC", name)


def _folded(name: str) -> str:
    """Return the form that names share if some disks would confuse them."""
    return name.casefold()


def titled(title: str, year: int) -> str:
    """Return a title with its year.

    >>> titled("Sản xuất lúa", 2023), titled("Báo cáo cả năm", 2023)
    ('Sản xuất lúa năm 2023', 'Báo cáo cả năm 2023')
    """
    return f"{title} {year_after(title, year)}"


def year_after(title: str, year: int) -> str:
    """Return a year in words after a title, which may end with the word for it."""
    words = phrase("date.year", date=year)
    return str(year) if title.endswith(words.split()[0]) else words
