"""What an analyst sees where a scorecard, an audit or a `Dataset` is the last thing in a cell."""

from collections.abc import Iterator, Mapping
from typing import Any, Self

import pandas as pd

from caoan_stats.scorecard import COLUMNS

CHECKED = (
    "left", "operator", "right", "year", "label", "status", "stated", "computed", "lower", "upper",
    "gap", "unit", "sections", "reason", "acknowledged",
)  # fmt: skip


class View(pd.DataFrame):
    """A DataFrame to code; in a notebook, Vietnamese text as on a page, while its columns last."""

    needed: tuple[str, ...] = ()

    @property
    def _constructor(self) -> type["View"]:
        return type(self)

    @classmethod
    def of(cls, frame: pd.DataFrame, attrs: Mapping[Any, Any]) -> Self:
        """Take the rows of a frame, with what is to be known of them all."""
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
    """Rows of `Dataset.scorecard`: shown as a table of figures, changes and targets."""

    needed = COLUMNS

    def _shown(self) -> str:
        from caoan_stats.display import blocks, tables  # slow to import, and seldom needed

        year, told = self.attrs.get("year"), tables.told(self)
        if year is None:
            return ""
        if told.empty:
            return blocks.text([f"Chưa có số liệu và mục tiêu của năm {year}."]).html
        return blocks.table(tables.results(told), f"Số liệu và mục tiêu năm {year}").html


class Audit(View):
    """Rows of `Dataset.audit`: shown as counts, what does not add up, and the rest on demand."""

    needed = CHECKED

    def _shown(self) -> str:
        years = [self.attrs["year"]] if self.attrs else sorted(self["year"].unique())
        return "".join(part for year in years for part in self._of(year))

    def _of(self, year: int) -> Iterator[str]:
        from caoan_stats.display import audit_tables, blocks
        from caoan_stats.display.notes import audit_summary

        rows = self[self["year"] == year]
        rows.attrs = {"year": year}
        yield blocks.text(audit_summary(rows)).html
        laid = {
            "broken": ("Mâu thuẫn", audit_tables.contradictions),
            "derived": ("Số liệu suy ra", audit_tables.derivations),
            "holds": ("Quan hệ khớp", audit_tables.checks),
        }
        for status, (title, lay) in laid.items():
            if not (found := rows[rows["status"] == status]).empty:
                block = blocks.table(lay(found), f"{title} năm {year}")
                words = f"Xem {len(found)} dòng: {title[0].lower()}{title[1:]}"
                yield (block if status == "broken" else blocks.folded(words, block)).html


def overview(title: str, names: Mapping[str, str], observations: pd.DataFrame) -> str:
    """Show how many figures of each year the tables of a data folder have.

    Parameters
    ----------
    title
        What the data is of.
    names
        The title of each table, in order.
    observations
        `Dataset.observations`.

    Returns
    -------
    str
        HTML.
    """
    from caoan_stats.display import blocks, tables

    counts = pd.crosstab(observations["table"], observations["year"])
    counts = counts.reindex([*names], fill_value=0).rename(columns="Năm {}".format)
    counts.columns.name = None
    counts.index = pd.Index([f"{label} ({name})" for name, label in names.items()], name="Bảng")
    return blocks.table(tables.Table(counts.astype(str), counts), f"{title}: số chỉ tiêu").html
