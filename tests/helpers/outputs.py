"""Everything that the public edition of a data folder tells a reader of Python or of its files."""

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd

from caoan_stats import Dataset, audit_page, page
from caoan_stats.display.blocks import Block
from caoan_stats.explore import told

FORMULAS = ("{0} + {1}", "100 * {0} / {1}", "{1} - {0}")


def told_by(ds: Dataset) -> dict[str, str]:
    """Return each output of a dataset as text, by its name."""
    return {name: _text(make()) for name, make in _outputs(ds)}


def files_of(out: Path) -> dict[str, bytes]:
    """Return the content of each file of a folder by its path."""
    paths = (path for path in sorted(out.rglob("*")) if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


def _outputs(ds: Dataset) -> Iterator[tuple[str, Callable[[], object]]]:
    yield from ((f"tables {name}", lambda name=name: ds.tables[name]) for name in ds.tables)
    names = ("observations", "facts", "targets", "notes", "indicators", "sources", "years")
    yield from ((name, lambda name=name: getattr(ds, name)) for name in names)
    yield from (("repr", lambda: repr(ds)), ("overview", ds._repr_html_))
    yield from (("revisions", ds.revisions), ("audit", ds.audit), ("find", lambda: ds.find("ma")))
    yield from _by_indicator(ds)
    for year in ds.years:
        yield from _by_year(ds, year)


def _by_indicator(ds: Dataset) -> Iterator[tuple[str, Callable[[], object]]]:
    codes = [str(code) for code in ds.indicators.index[ds.indicators["has_figures"]]]
    first, last = ds.years[0], ds.years[-1]
    for code in codes:
        yield f"trend {code}", lambda code=code: ds.trend(code)
        yield f"trajectory {code}", lambda code=code: ds.trajectory(code)
        yield f"chart {code}", lambda code=code: page.trend(ds.trend(code))
        yield f"explorer {code}", lambda code=code: told(ds, code, first, last)
    for one, two in pairwise(codes):
        for formula in FORMULAS:
            text = formula.format(one, two)
            yield f"derive {text}", lambda text=text: ds.derive("x", text, "people")


def _by_year(ds: Dataset, year: int) -> Iterator[tuple[str, Callable[[], object]]]:
    names = list(ds.titles)
    yield f"findings {year}", lambda: ds.findings(year)
    yield f"explained {year}", lambda: ds.explained(year)
    for code in ds.explained(year):
        yield f"explain {code} {year}", lambda code=code: ds.explain(code, year)
    for of in (None, *ds.indicators.loc[ds.indicators["has_figures"], "table"].unique()):
        card = ds.scorecard(year, of)
        rows = card[card["unit"] == "people"]
        yield f"scorecard {of} {year}", lambda card=card: card
        yield f"scorecard as HTML {of} {year}", card._repr_html_
        yield f"lead {of} {year}", lambda of=of: page.lead(ds, year, of)
        for block in (page.summary, page.aims):
            yield f"{block.__name__} {of} {year}", lambda card=card, block=block: block(card)
        for block in (page.table, page.plan, page.bars, page.changes, page.results):
            yield f"{block.__name__} {of} {year}", lambda card=rows, block=block: block(card, "x")
        yield f"notes {of} {year}", lambda card=card: page.notes(ds, card)
    for name in names:
        yield f"table {name}", lambda name=name: ds.table(name)
    audit = ds.audit(year)
    yield f"audit {year}", audit._repr_html_
    yield f"audit summary {year}", lambda: audit_page.summary(audit)
    for block in (audit_page.contradictions, audit_page.derivations, audit_page.checks):
        yield f"{block.__name__} {year}", lambda block=block: block(audit, "x")
    yield f"unchecked {year}", lambda: audit_page.unchecked(ds, audit, "x")
    yield f"sources {year}", lambda: page.sources(ds, year)


def _text(told: object) -> str:
    if isinstance(told, pd.DataFrame):
        attrs = {name: str(each) for name, each in told.attrs.items()}
        return told.to_csv() + json.dumps(attrs, ensure_ascii=False)
    if isinstance(told, Block):
        return str(told._repr_html_())
    return str(told)
