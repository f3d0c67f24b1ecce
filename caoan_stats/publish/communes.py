"""The front page of several communes: a link to the index of each, and their figures compared."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from caoan_stats.common import library
from caoan_stats.common.files import write_file
from caoan_stats.common.words import phrase
from caoan_stats.publish import jobs
from caoan_stats.publish.jobs import page_state
from caoan_stats.publish.plan import NotOursError, Plan
from caoan_stats.publish.site import Head


@dataclass(frozen=True)
class Commune:
    """One line of the front page."""

    title: str
    path: str  # of its index, relative to the folder of all exports; empty if it has none
    remarks: tuple[str, ...]  # on its data and its pages


def survey(places: Mapping[Path, Path], plans: Iterable[Plan]) -> list[Commune]:
    """Return the line of each commune.

    `places` has the folder of exports of each data folder, `plans` the plans of the valid ones.
    """
    plan_of = {plan.data: plan for plan in plans}
    return [_commune(place, plan_of.get(folder)) for folder, place in places.items()]


def write_front_page(communes: Iterable[Commune], plans: Sequence[Plan], out: Path) -> Path:
    """Write the front page to the folder of all exports if it has changed, and return its path.

    The figures of the plans, which are those of the valid data folders, are compared. Raises
    `NotOursError` if another program has made the file there, and `InvalidDataError` if the data is
    not that of the plans.
    """
    lines, path = list(communes), out / "index.html"
    digests = [plan.edition.digest for plan in plans]
    key = jobs.page_key({"pages": repr([lines, digests]), "library": library.digest()})
    if (known := jobs.read_key(path)) != key:
        from caoan_stats.publish import inputs, side_by_side  # pandas and jinja2 are slow to import
        from caoan_stats.publish.render import render_page

        if known == "":
            raise NotOursError(path)
        with ExitStack() as stack:
            for plan in plans:
                stack.enter_context(inputs.as_planned(plan.data, plan.below, plan.edition.digest))
            rows = side_by_side.compare([plan.dataset for plan in plans])
        html = render_page(
            "communes",
            head=Head(phrase("communes.title"), below=plans[0].below if plans else 0, key=key),
            communes=[*map(asdict, lines)],
            names=side_by_side.short_names([plan.title for plan in plans]),
            folders=[f"{plan.out.name}/index.html" for plan in plans],
            rows=rows,
        )
        write_file(path, html.encode())
    return path


def _commune(place: Path, plan: Plan | None) -> Commune:
    index = place / "index.html"
    path = f"{place.name}/index.html" if index.is_file() else ""
    if plan is None:
        return Commune(place.name, path, (phrase("communes.unusable"),))
    failed = sum(page_state(job) == "failed" for job in plan.jobs)
    counts = {"failed": failed, "unseen": plan.unacknowledged}
    remarks = tuple(
        phrase(f"communes.{key}", count=count) for key, count in counts.items() if count
    )
    return Commune(plan.title, path, remarks)
