"""The report of a whole year: the pages of its subjects in one file.

A fact has one place in it: sections that a notebook tags as `PAGE_ONLY` are left out, and the notes
of all pages are one list at the end. Definitions and the downloads of tables are on the pages of
the subjects.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
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
from caoan_stats.publish.sections import PAGE_ONLY
from caoan_stats.publish.site import ANNUAL, Heading, PageRef, make_head

Note = tuple[str, str]  # HTML, and its anchors as elements
_DOUBTFUL = ("missing", "failed", "stale")  # states, in the order of their sentences
_MAIN = re.compile(r"<main [^>]*>(.*)</main>", re.DOTALL)
_HEADING = re.compile(r"(</?h)([2-5])\b")
_TAG, _ATTRIBUTE = re.compile(r"<[^>]*>"), re.compile(r'\s([\w:-]+)="[^"]*"')
_ANCHOR = re.compile(r'(\s(?:id|for|aria-labelledby|aria-describedby)="|href="#|url\(#)(?=[\w-])')
_STYLE, _SELECTED = re.compile(r"<style\b.*?</style>", re.DOTALL), re.compile(r"#(?=[\w-][^{}]*\{)")
_SECTION = re.compile(r"(?=<h2\b)")
_LEFT_OUT = f'<h2 class="{PAGE_ONLY}"'
_OF_PAGE = re.compile(
    r'<a class="download".*?</a>|<p class="foot left-out">.*?</p>'
    r'|<details class="definitions">.*?</details>',
    re.DOTALL,
)
_NOTES = re.compile(  # with the heading of a section that has nothing else, and its question
    r'(?:<h3\b[^>]*>[^<]*</h3>\s*(?:<p>[^<]*</p>\s*)?)?<ul class="notes">.*?</ul>', re.DOTALL
)
_NOTE = re.compile(r"<li>((?:<span [^>]*></span>)*)(.*?)</li>", re.DOTALL)
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
        html = render_page("annual", head=replace(bare, key=key), doubts=doubts, **_content(pages))
        write_file(page, html.encode())
    return page


def _content(pages: Sequence[Job]) -> dict[str, object]:
    """Return the parts of a report, its notes, and its contents."""
    headings = [Heading(2, escape(job.notebook.title), slug(job.notebook.name)) for job in pages]
    parts, notes = [], []
    for job, heading in zip(pages, headings, strict=True):
        page = job.page.read_text(encoding="utf-8")
        part, own = split_notes(embedded_content(page, heading.anchor))
        parts.append(part)
        notes.append(own)
    merged, last = merged_notes(notes), Heading(2, phrase("annual.notes"), "ghi-chu")
    return {
        "parts": list(zip(headings, parts, strict=True)),
        "notes": merged,
        "last": last,
        "contents": [*headings, last] if merged else headings,
        "script": page_script("links", "save"),
    }


def embedded_content(page: str, name: str) -> str:
    """Return the content of an exported page: headings one level down, `name` before each anchor.

    Examples
    --------
    >>> embedded_content('<main id="noi-dung"><h2 id="nguon">Nguồn</h2></main>', "rice")
    '<h3 id="rice--nguon">Nguồn</h3>'
    """
    found = _MAIN.search(page)
    start, *sections = _SECTION.split(_OF_PAGE.sub("", found[1].strip() if found else ""))
    content = "".join([start, *(each for each in sections if not each.startswith(_LEFT_OUT))])
    content = _STYLE.sub(lambda style: _SELECTED.sub(f"#{name}--", style[0]), content)
    lowered = _HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", content)
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(partial(_own, name), tag[0]), lowered)


def split_notes(content: str) -> tuple[str, list[Note]]:
    """Return the content of a page without its notes, and the notes, each with its anchors.

    Examples
    --------
    >>> split_notes('<p>a</p><h3>Nguồn</h3><ul class="notes"><li><span id="x"></span>b</li></ul>')
    ('<p>a</p>', [('b', '<span id="x"></span>')])
    """
    notes = [
        (words, anchors) for ul in _NOTES.findall(content) for anchors, words in _NOTE.findall(ul)
    ]
    return _NOTES.sub("", content).strip(), notes


def merged_notes(parts: Iterable[Sequence[Note]]) -> list[Note]:
    """Return the notes of several pages, each once, where the last page has it.

    >>> merged_notes([[("a", ""), ("Nguồn", "x")], [("b", ""), ("Nguồn", "y")]])
    [('a', ''), ('b', ''), ('Nguồn', 'xy')]
    """
    merged: dict[str, str] = {}
    for words, anchors in (note for part in parts for note in part):
        merged[words] = f"{merged.pop(words, '')}{anchors}"
    return list(merged.items())


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
