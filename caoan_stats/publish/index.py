"""The front page of all exports: the year at a glance, every page and how it is; also as JSON."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from caoan_stats.common.files import write_file
from caoan_stats.common.frames import records
from caoan_stats.dataset import Dataset
from caoan_stats.display import blocks, sentences, tables
from caoan_stats.publish.jobs import Job, State
from caoan_stats.publish.render import page_script, render_page
from caoan_stats.publish.site import Head, Heading, PageRef, annual_pages

SHOWN = (
    "value", "change", "lower", "upper", "closed", "attainment", "status", "label", "unit",
    "qualifier", "hidden", "source", "section",
)  # fmt: skip
REMARKS = {"stale": "↻ cũ", "failed": "✗ lỗi, bản cũ"}
CONTENTS = (Heading(2, "Mục tiêu của năm", "muc-tieu"), Heading(2, "Các trang", "cac-trang"))


def write_index(
    ds: Dataset, out: Path, states: Mapping[Job, State], below: int = 0, key: str = ""
) -> Path:
    """Write `index.html` and `index.json`.

    Parameters
    ----------
    ds
        What the pages are made from.
    out
        The folder of all exports.
    states
        How the page of each job is, in the order of the report.
    below
        Sensitive counts under this number are not shown; 0 shows all.
    key
        What `index.html` is to carry as its key.

    Returns
    -------
    Path
        `index.html`.
    """
    card = _last(ds)
    pages = [_page(job, state) for job, state in states.items()]
    pages += [
        _annual(place) for place in annual_pages(job.place for job in states) if _is(out, place)
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
        contents=CONTENTS,
        script=page_script(),
        summary=[] if card is None else sentences.summary(card),
        table="" if card is None or card.empty else _table(card),
        failed=[_name(page) for page in pages if page["state"] == "failed"],
        remarks=REMARKS,
        years=content["years"],
        subjects=_by_subject(pages),
    )
    write_file(out / "index.html", html.encode())
    return out / "index.html"


def _last(ds: Dataset) -> pd.DataFrame | None:
    """Judge the last year that has figures; None where there are none."""
    if ds.observations.empty:
        return None
    return ds.scorecard(int(ds.observations["year"].max()))


def _table(card: pd.DataFrame) -> str:
    caption = f"Mục tiêu và kết quả năm {card.attrs['year']}"
    return blocks.table(tables.results(card), caption).html


def _name(page: Mapping[str, Any]) -> str:
    return f"{page['title']} năm {page['year']}"


def _scorecard(card: pd.DataFrame | None) -> Mapping[str, Any] | None:
    if card is None:
        return None
    rows = records(card[list(SHOWN)].reset_index())
    known = [{name: cell for name, cell in row.items() if not pd.isna(cell)} for row in rows]
    return {"year": card.attrs["year"], "indicators": known}


def _is(out: Path, place: PageRef) -> bool:
    return (out / place.path).is_file()


def _page(job: Job, state: State) -> dict[str, Any]:
    text = job.page.read_text(encoding="utf-8") if job.page.is_file() else ""
    empty = bool(text) and "<table" not in text and "<svg" not in text
    return _entry(job.place, state, empty=empty, there=bool(text))


def _annual(place: PageRef) -> dict[str, Any]:
    return _entry(place, "current", empty=False, there=True)


def _entry(place: PageRef, state: State, *, empty: bool, there: bool) -> dict[str, Any]:
    return {
        "year": place.year,
        "notebook": place.name,
        "title": place.title,
        "path": place.path if there else None,
        "state": state,
        "empty": empty,
    }


def _by_subject(pages: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    subjects: dict[str, dict[str, Any]] = {}
    for page in pages:
        entry = subjects.setdefault(page["notebook"], {"title": page["title"], "pages": {}})
        entry["pages"][page["year"]] = page
    return list(subjects.values())
