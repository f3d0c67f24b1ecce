"""The index of all exports, as HTML and as JSON: the last scorecard, every page and its state."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from caoan_stats.common.files import write_file
from caoan_stats.common.frames import records
from caoan_stats.common.words import phrase
from caoan_stats.dataset import Dataset
from caoan_stats.display import blocks, sentences, tables
from caoan_stats.publish.jobs import Job, State
from caoan_stats.publish.notebooks import LAST
from caoan_stats.publish.render import page_script, render_page
from caoan_stats.publish.site import Head, Heading, PageRef, annual_pages, titled

JSON_COLUMNS = (
    "value", "change", "of", "lower", "upper", "closed", "attainment", "status", "label", "unit",
    "qualifier", "hidden", "source", "section",
)  # fmt: skip
ANCHORS = {"index.targets": "muc-tieu", "index.pages": "cac-trang"}


def write_index(
    ds: Dataset, out: Path, states: Mapping[Job, State], below: int = 0, key: str = ""
) -> Path:
    """Write `index.json`, and `index.html` with its key, and return the path of the latter.

    `states` has the jobs in the order of the report; `below` is the threshold of the public
    edition, 0 for none.
    """
    card = _last_scorecard(ds)
    pages = [_page(job, state) for job, state in states.items()]
    pages += [
        _entry(report, "current", empty=False, exists=True)
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
    write_file(
        out / "index.json", (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
    )
    html = render_page(
        "index",
        head=Head(ds.title, below=below, key=key),
        contents=headings(),
        script=page_script(),
        summary=[] if card is None else sentences.summary(card),
        table="" if card is None or card.empty else _table(card),
        failed=[titled(page["title"], page["year"]) for page in pages if page["state"] == "failed"],
        remarks={state: phrase(f"index.{state}") for state in ("stale", "failed")},
        years=content["years"],
        subjects=_by_subject(pages, states),
    )
    write_file(out / "index.html", html.encode())
    return out / "index.html"


def headings() -> tuple[Heading, ...]:
    """Return the headings of the index."""
    return tuple(Heading(2, phrase(key), anchor) for key, anchor in ANCHORS.items())


def _last_scorecard(ds: Dataset) -> pd.DataFrame | None:
    """Return the scorecard of the last year with figures; None if there are no figures."""
    if ds.observations.empty:
        return None
    return ds.scorecard(int(ds.observations["year"].max()))


def _table(card: pd.DataFrame) -> str:
    caption = phrase("index.scorecard", year=card.attrs["year"])
    return blocks.table(tables.results(card), caption).html


def _scorecard(card: pd.DataFrame | None) -> Mapping[str, Any] | None:
    if card is None:
        return None
    rows = records(card[list(JSON_COLUMNS)].reset_index())
    known = [{name: cell for name, cell in row.items() if not pd.isna(cell)} for row in rows]
    return {"year": card.attrs["year"], "indicators": known}


def _page(job: Job, state: State) -> dict[str, Any]:
    text = job.page.read_text(encoding="utf-8") if job.page.is_file() else ""
    empty = bool(text) and "<table" not in text and "<svg" not in text
    return _entry(job.place, state, empty=empty, exists=bool(text))


def _entry(page: PageRef, state: State, *, empty: bool, exists: bool) -> dict[str, Any]:
    return {
        "year": page.year,
        "notebook": page.name,
        "title": page.title,
        "path": page.path if exists else None,
        "state": state,
        "empty": empty,
    }


def _by_subject(pages: Iterable[dict[str, Any]], jobs: Iterable[Job]) -> list[dict[str, Any]]:
    """Return the pages of each subject by year, in the order of the report."""
    order = {job.notebook.name: job.notebook.order for job in jobs}
    subjects: dict[str, dict[str, Any]] = {}
    for page in sorted(pages, key=lambda page: order.get(page["notebook"], LAST + 1)):
        entry = subjects.setdefault(page["notebook"], {"title": page["title"], "pages": {}})
        entry["pages"][page["year"]] = page
    return list(subjects.values())
