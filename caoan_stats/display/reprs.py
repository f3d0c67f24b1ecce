"""HTML of a scorecard, an audit or a `Dataset` as the last value of a notebook cell."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Self

import pandas as pd

from caoan_stats.common.words import phrase
from caoan_stats.scorecard import SCORECARD_COLUMNS

AUDIT_COLUMNS = (
    "left", "operator", "right", "year", "label", "status", "stated", "computed", "lower", "upper",
    "gap", "unit", "sections", "reason", "acknowledged",
)  # fmt: skip


class View(pd.DataFrame):
    """A DataFrame that a notebook displays as Vietnamese text, like a page.

    It is displayed as a plain DataFrame if a column of `needed` is missing.
    """

    needed: tuple[str, ...] = ()

    @property
    def _constructor(self) -> type["View"]:
        return type(self)

    @classmethod
    def of(cls, frame: pd.DataFrame, attrs: Mapping[Any, Any]) -> Self:
        """Return a frame as a view with the given `.attrs`."""
        view = cls(frame)
        view.attrs = {**attrs}
        return view

    def _repr_html_(self) -> str | None:
        if {*self.needed} <= {*self.columns} and (html := self._shown()):
            return html
        plain: str | None = super()._repr_html_()  # type: ignore[misc]
        return plain

    def _shown(self) -> str:
        raise NotImplementedError


class Scorecard(View):
    """Rows of `Dataset.scorecard`, displayed as a table of figures, changes and targets.

    Hovering over the name of a row tells the definition of its indicator.
    """

    needed = SCORECARD_COLUMNS

    def _shown(self) -> str:
        from caoan_stats.display import blocks, tables  # slow to import

        year, rows = self.attrs.get("year"), tables.filled_rows(self)
        if year is None:
            return ""
        if rows.empty:
            return blocks.text([phrase("repr.no_rows", year=year)]).html
        known = self.attrs.get("definitions", {})
        titles = tuple(known.get(code, "") for code in rows.index)
        shown = replace(tables.results(rows), titles=titles)
        return blocks.table(shown, phrase("repr.scorecard", year=year)).html


class Audit(View):
    """Rows of `Dataset.audit`, displayed as counts and contradictions, the rest folded."""

    needed = AUDIT_COLUMNS

    def _shown(self) -> str:
        years = [self.attrs["year"]] if self.attrs else sorted(self["year"].unique())
        return "".join(part for year in years for part in self._of(year))

    def _of(self, year: int) -> Iterator[str]:
        from caoan_stats.display import audit_tables, blocks
        from caoan_stats.display.notes import audit_summary

        rows = self[self["year"] == year]
        rows.attrs = {"year": year}
        yield blocks.text(audit_summary(rows)).html
        tables = {
            "broken": audit_tables.contradictions,
            "derived": audit_tables.derivations,
            "holds": audit_tables.checks,
        }
        for status, make_table in tables.items():
            if not (found := rows[rows["status"] == status]).empty:
                title = phrase(f"audit.{status}_title")
                caption = phrase("audit.title", title=title, year=year)
                block = blocks.table(make_table(found), caption)
                small = f"{title[0].lower()}{title[1:]}"
                words = phrase("audit.rows", count=len(found), title=small)
                yield (block if status == "broken" else blocks.folded(words, block)).html


def overview(title: str, names: Mapping[str, str], observations: pd.DataFrame) -> str:
    """Return the HTML of a table that counts the figures of each table by year.

    `title` is that of the data folder; `names` are titles of tables by name, in report order.
    """
    from caoan_stats.display import blocks, tables

    counts = pd.crosstab(observations["table"], observations["year"])
    counts = counts.reindex([*names], fill_value=0)
    counts.columns = pd.Index([phrase("table.year", year=year) for year in counts])
    rows = [f"{label} ({name})" for name, label in names.items()]
    counts.index = pd.Index(rows, name=phrase("repr.table"))
    caption = phrase("repr.overview", title=title)
    return blocks.table(tables.Table(counts.astype(str), counts), caption).html
