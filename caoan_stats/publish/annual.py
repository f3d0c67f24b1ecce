"""The report of a whole year in one file, made from the pages of its subjects."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from markupsafe import escape

from caoan_stats.common import library
from caoan_stats.common.files import write_file
from caoan_stats.display.markup import slug
from caoan_stats.publish.jobs import Job, State, page_key, read_key
from caoan_stats.publish.render import page_script, render_page
from caoan_stats.publish.site import REPORT, REPORT_TITLE, Heading, PageRef, make_head

_DOUBTS = {
    "missing": "Chưa có phần",
    "failed": "Phần bị lỗi trong lần chạy cuối, đây là bản tốt gần nhất",
    "stale": "Phần lấy từ lần chạy trước, có thể chưa theo số liệu mới nhất",
}
_MAIN = re.compile(r"<main [^>]*>(.*)</main>", re.DOTALL)
_HEADING = re.compile(r"(</?h)([2-5])\b")
_TAG, _ATTRIBUTE = re.compile(r"<[^>]*>"), re.compile(r'\s([\w:-]+)="[^"]*"')
_ANCHOR = re.compile(r'(\s(?:id|for|aria-labelledby|aria-describedby)="|href="#|url\(#)(?=[\w-])')
_SPOKEN = ("alt", "aria-label", "data-label", "title")  # attributes that hold text of the data


def write_annual(year: int, states: Mapping[Job, State]) -> Path | None:
    """Put the pages of a year together, in the order of the report.

    Parameters
    ----------
    year
        The year.
    states
        How the page of each job of every year is, in the order of the report; all have the same
        folder of exports.

    Returns
    -------
    Path or None
        The file, written anew only where a page has changed; None where there is no page, or a
        notebook of the same name.
    """
    jobs = [job for job in states if job.year == year]
    pages = [job for job in jobs if job.page.is_file()]
    if not pages or any(job.notebook.name == REPORT for job in jobs):
        return None
    around = dict.fromkeys(place for job in states for place in job.head.subjects)
    first, here = jobs[0], PageRef(REPORT, REPORT_TITLE, year)
    bare, doubts = make_head(here, first.head.site, around, first.head.below), _doubts(jobs, states)
    made_from = [repr(bare), *doubts, *(read_key(job.page) for job in pages)]
    key = page_key({"pages": repr(made_from), "library": library.digest()})
    page = first.out / here.path
    if read_key(page) != key:
        html = render_page(
            "annual",
            head=replace(bare, key=key),
            contents=[_heading(job) for job in pages],
            script=page_script(),
            doubts=doubts,
            parts=[
                embedded_content(job.page.read_text(encoding="utf-8"), slug(job.notebook.name))
                for job in pages
            ],
        )
        write_file(page, html.encode())
    return page


def embedded_content(page: str, name: str) -> str:
    """Take the content of a page, its headings one level down and its anchors its own.

    Parameters
    ----------
    page
        HTML that `caoan_stats.publish.export` wrote.
    name
        What its anchors are to begin with.

    Examples
    --------
    >>> embedded_content('<main id="noi-dung"><h2 id="nguon">Nguồn</h2></main>', "rice")
    '<h3 id="rice--nguon">Nguồn</h3>'
    """
    found = _MAIN.search(page)
    content = found[1].strip() if found else ""
    lowered = _HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", content)
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(partial(_own, name), tag[0]), lowered)


def _own(name: str, attribute: re.Match[str]) -> str:
    """Let what an attribute names as an anchor begin with the name of its part."""
    if attribute[1] in _SPOKEN:
        return attribute[0]
    return _ANCHOR.sub(rf"\g<0>{name}--", attribute[0])


def _heading(job: Job) -> Heading:
    return Heading(2, escape(job.notebook.title), slug(job.notebook.name))


def _doubts(jobs: Iterable[Job], states: Mapping[Job, State]) -> list[str]:
    """Say which subjects are not as they should be."""
    named: dict[str, list[str]] = {}
    for job in jobs:
        state = states[job] if job.page.is_file() else "missing"
        named.setdefault(state, []).append(f"“{job.notebook.title}”")
    return [f"{_DOUBTS[state]}: {', '.join(named[state])}." for state in _DOUBTS if state in named]
