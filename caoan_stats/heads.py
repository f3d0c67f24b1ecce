"""The head of a page: what it is of, and links to the pages around it."""

from collections.abc import Iterable
from dataclasses import dataclass

REPORT, REPORT_TITLE = "annual", "Báo cáo cả năm"


@dataclass(frozen=True)
class Place:
    """Where a page is in the folder of all exports, and what it is of."""

    name: str
    title: str
    year: int

    @property
    def path(self) -> str:
        """Path below the folder of all exports.

        Examples
        --------
        >>> Place("rice", "Sản xuất lúa", 2023).path
        '2023/rice.html'
        """
        return f"{self.year}/{self.name}.html"


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
    years: tuple[Place, ...] = ()
    subjects: tuple[Place, ...] = ()
    below: int = 0
    key: str = ""

    @property
    def name(self) -> str:
        """What a window and a bookmark call the page."""
        said = f"{self.title} năm {self.year}" if self.year else self.title
        return f"{said} · {self.site}" if self.site else said


def reports(there: Iterable[Place]) -> list[Place]:
    """Name the reports of whole years that can be made of some pages: one a year.

    A notebook of the same name takes the place of its year.
    """
    known = tuple(there)
    own = {place.year for place in known if place.name == REPORT}
    years = dict.fromkeys(place.year for place in known if place.year not in own)
    return [Place(REPORT, REPORT_TITLE, year) for year in years]


def head(here: Place, site: str, places: Iterable[Place], below: int = 0) -> Head:
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
