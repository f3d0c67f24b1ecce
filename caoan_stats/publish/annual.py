"""The report of a whole year: the pages of its subjects in one file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from markupsafe import escape

from caoan_stats.common import library
from caoan_stats.common.files import write_file
from caoan_stats.common.words import phrase
from caoan_stats.display.markup import slug
from caoan_stats.publish.jobs import Job, State, page_key, read_key
from caoan_stats.publish.render import page_script, render_page
from caoan_stats.publish.site import ANNUAL, Heading, PageRef, make_head

_DOUBTFUL = ("missing", "failed", "stale")  # states, in the order of their sentences
_MAIN = re.compile(r"<main [^>]*>(.*)</main>", re.DOTALL)
_HEADING = re.compile(r"(</?h)([2-5])\b")
_TAG, _ATTRIBUTE = re.compile(r"<[^>]*>"), re.compile(r'\s([\w:-]+)="[^"]*"')
_ANCHOR = re.compile(r'(\s(?:id|for|aria-labelledby|aria-describedby)="|href="#|url\(#)(?=[\w-])')
_SPOKEN = ("alt", "aria-label", "data-label", "title")  # attributes that hold text of the data


def write_annual(year: int, states: Mapping[Job, State]) -> Path | None:
    """Write the report of a year, and return its path.

    `states` has the jobs of all years of one data folder, in the order of the official report. The
    file is written only if a page has changed. The path is None if the year has no page, or if a
    notebook has the report's name.
    """
    jobs = [job for job in states if job.year == year]
    pages = [job for job in jobs if job.page.is_file()]
    if not pages or any(job.notebook.name == ANNUAL for job in jobs):
        return None
    links = dict.fromkeys(page for job in states for page in job.head.subjects)
    first, here = jobs[0], PageRef(ANNUAL, phrase("site.report"), year)
    bare, doubts = make_head(here, first.head.site, links, first.head.below), _doubts(jobs, states)
    made_from = [repr(bare), *doubts, *(read_key(job.page) for job in pages)]
    key = page_key({"pages": repr(made_from), "library": library.digest()})
    page = first.out / here.path
    if read_key(page) != key:
        html = render_page(
            "annual",
            head=replace(bare, key=key),
            contents=[
                Heading(2, escape(job.notebook.title), slug(job.notebook.name)) for job in pages
            ],
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
    """Return the content of an exported page: headings one level down, `name` before each anchor.

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
    """Return an attribute, with a prefix before any anchor that it names."""
    if attribute[1] in _SPOKEN:
        return attribute[0]
    return _ANCHOR.sub(rf"\g<0>{name}--", attribute[0])


def _doubts(jobs: Iterable[Job], states: Mapping[Job, State]) -> list[str]:
    """Return a sentence for each state that leaves subjects missing, failed or stale."""
    names: dict[str, list[str]] = {}
    for job in jobs:
        state = states[job] if job.page.is_file() else "missing"
        names.setdefault(state, []).append(f"“{job.notebook.title}”")
    return [
        phrase(f"annual.{state}", subjects=", ".join(names[state]))
        for state in _DOUBTFUL
        if state in names
    ]
