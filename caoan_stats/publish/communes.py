"""The front page of many communes: each with a link to its own index, and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from caoan_stats.common import library
from caoan_stats.common.files import write_file
from caoan_stats.publish import jobs
from caoan_stats.publish.jobs import page_state
from caoan_stats.publish.plan import Plan
from caoan_stats.publish.site import Head

TITLE = "Báo cáo kinh tế - xã hội của các đơn vị"
UNUSABLE = "số liệu có lỗi, các trang nếu có là của lần trước"


@dataclass(frozen=True)
class Commune:
    """A line of the page.

    Parameters
    ----------
    title
        What its data is of.
    path
        Its index, below the folder of all exports; empty where it has none.
    remarks
        What is wrong with it.
    """

    title: str
    path: str
    remarks: tuple[str, ...]


def survey(places: Mapping[Path, Path], plans: Iterable[Plan]) -> list[Commune]:
    """Tell how each commune is.

    Parameters
    ----------
    places
        The folder of exports of each data folder.
    plans
        Those of the folders whose data is valid.
    """
    planned = {each.data: each for each in plans}
    return [_commune(place, planned.get(folder)) for folder, place in places.items()]


def write_front_page(communes: Iterable[Commune], out: Path) -> Path:
    """Write the page where it has changed.

    Parameters
    ----------
    communes
        Its lines.
    out
        The folder of all exports.
    """
    known, path = list(communes), out / "index.html"
    key = jobs.page_key({"pages": repr(known), "library": library.digest()})
    if jobs.read_key(path) != key:
        from caoan_stats.publish.render import page_script, render_page  # jinja2 is slow to import

        head = Head(TITLE, key=key)
        html = render_page(
            "communes", head=head, script=page_script(), communes=[*map(asdict, known)]
        )
        write_file(path, html.encode())
    return path


def _commune(place: Path, planned: Plan | None) -> Commune:
    index = place / "index.html"
    path = f"{place.name}/index.html" if index.is_file() else ""
    if planned is None:
        return Commune(place.name, path, (UNUSABLE,))
    failed = sum(page_state(job) == "failed" for job in planned.every)
    counts = {"trang lỗi": failed, "mâu thuẫn chưa xem xét": planned.unseen}
    remarks = tuple(f"{count} {words}" for words, count in counts.items() if count)
    return Commune(planned.title, path, remarks)
