"""The index of all exports, as HTML and as JSON: the last scorecard, every page and its state."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.files import write_file
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.dataset import Dataset
from caoan_stats.display import lead, sentences
from caoan_stats.display.doubts import without_dangling
from caoan_stats.publish import explorer
from caoan_stats.publish.jobs import Job, State
from caoan_stats.publish.notebooks import LAST
from caoan_stats.publish.render import page_script, render_page
from caoan_stats.publish.site import Head, PageRef, annual_pages, titled

JSON_COLUMNS = (
    "value", "change", "of", "lower", "upper", "closed", "attainment", "status", "label", "unit",
    "qualifier", "hidden", "source", "section",
)  # fmt: skip
RECENT = 3  # years of a subject that are not folded


def write_index(
    ds: Dataset, out: Path, states: Mapping[Job, State], below: int = 0, key: str = ""
) -> Path:
    """Write `index.json`, and `index.html` with its key, and return the path of the latter.

    `states` has the jobs in the order of the report; `below` is the threshold of the public
    edition, 0 for none.
    """
    card, pages = _last_scorecard(ds), [_page(job, state) for job, state in states.items()]
    pages += [
        _entry(report, "current", exists=True)
        for report in annual_pages(job.place for job in states)
        if (out / report.path).is_file()
    ]
    content = {
        "title": ds.title,
        "public_below": below or None,
        "years": sorted({page["year"] for page in pages}),
        "scorecard": _scorecard(card),
        "pages": pages,
    }
    lines = json.dumps(content, ensure_ascii=False, indent=1)
    write_file(out / "index.json", f"{lines}\n".encode())
    subjects = [] if card is None else explorer.subjects(ds, _links(pages, states))
    html = render_page(
        "index",
        head=Head(ds.title, below=below, key=key),
        script=page_script("explorer") if subjects else None,
        **_result(card),
        failed=[titled(page["title"], page["year"]) for page in pages if page["state"] == "failed"],
        pages=_by_subject(pages, states),
        choices=explorer.choices(subjects),
        count=sum(len(each["lines"]) for each in subjects),
        subjects=subjects,
    )
    write_file(out / "index.html", without_dangling(html, _published(pages, out)).encode())
    return out / "index.html"


def _last_scorecard(ds: Dataset) -> pd.DataFrame | None:
    """Return the scorecard of the last year of which a document states a fact; None without any."""
    return None if ds.facts.empty else ds.scorecard(int(ds.facts["year"].max()))


def _result(card: pd.DataFrame | None) -> dict[str, Any]:
    """Return the last year with its result in a sentence, and each missed target in few words."""
    if card is None:
        return {"last": None, "summary": "", "missed": []}
    missed = [
        {"code": row["indicator"], "words": labels.inside(_miss(row))}
        for row in records(card)
        if sentences.status_of(row).verdict == "missed"
    ]
    return {"last": card.attrs["year"], "summary": sentences.summary(card)[0], "missed": missed}


def _miss(row: Row) -> str:
    """Return a figure and how far it misses its target, if that is known."""
    if gap := sentences.gap(row):
        gap = phrase("index.gap", gap=gap)
        return ", ".join(filter(None, (f"{row['label']} {lead.short(row)}".rstrip(), gap)))
    return lead.brief(row)


def _scorecard(card: pd.DataFrame | None) -> Mapping[str, Any] | None:
    if card is None:
        return None
    rows = records(card[list(JSON_COLUMNS)])
    known = [{name: cell for name, cell in row.items() if not pd.isna(cell)} for row in rows]
    return {"year": card.attrs["year"], "indicators": known}


def _page(job: Job, state: State) -> dict[str, Any]:
    return _entry(job.place, state, exists=job.page.is_file())


def _entry(page: PageRef, state: State, *, exists: bool) -> dict[str, Any]:
    return {
        "year": page.year,
        "notebook": page.name,
        "title": page.title,
        "path": page.path if exists else None,
        "state": state,
    }


def _published(pages: Iterable[Row], out: Path) -> dict[str, str]:
    paths = [page["path"] for page in pages if page["path"]]
    return {path: (out / path).read_text(encoding="utf-8") for path in paths}


def _links(pages: Iterable[Row], jobs: Iterable[Job]) -> explorer.Links:
    """Return the pages of each table: those of the first notebook that names it."""
    paths = {(page["notebook"], page["year"]): page["path"] for page in pages if page["path"]}
    links: dict[str, dict[int, str]] = {}
    for job in jobs:
        if path := paths.get((job.notebook.name, job.year)):
            for name in job.notebook.names:
                links.setdefault(name, {}).setdefault(job.year, path)
    return links


def _by_subject(pages: Sequence[Row], jobs: Iterable[Job]) -> list[Row]:
    """Return the pages of each subject, the newest first, in the order of the report."""
    order = {job.notebook.name: job.notebook.order for job in jobs}
    years = sorted({page["year"] for page in pages})
    subjects: dict[str, list[Row]] = {}
    for page in sorted(pages, key=lambda page: order.get(page["notebook"], LAST + 1)):
        subjects.setdefault(page["notebook"], []).append({**page, "remark": _remark(page)})
    return [_subject(each, years) for each in subjects.values()]


def _subject(pages: Sequence[Row], years: Sequence[int]) -> Row:
    """Return the line of a subject; `years` are those of all subjects."""
    newest = sorted(pages, key=lambda page: page["year"], reverse=True)
    return {
        "title": newest[0]["title"],
        "recent": newest[:RECENT],
        "older": newest[RECENT:],
        "missing": _spans(sorted({*years} - {page["year"] for page in pages})),
    }


def _remark(page: Row) -> str:
    """Return what is to be known of a page; empty if it is up to date."""
    if page["path"]:
        return "" if page["state"] == "current" else phrase(f"index.{page['state']}")
    return phrase("index.no_good_page" if page["state"] == "failed" else "index.no_page")


def _spans(years: Sequence[int]) -> str:
    """Return years in words, consecutive ones as a span.

    >>> _spans([2014, 2015, 2016, 2018])
    '2014–2016, 2018'
    """
    first = [year for year in years if year - 1 not in years]
    last = [year for year in years if year + 1 not in years]
    spans = zip(first, last, strict=True)
    return ", ".join(str(one) if one == end else f"{one}–{end}" for one, end in spans)
