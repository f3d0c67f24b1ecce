"""The blocks of a page: what a notebook's cells show, words where there is nothing to draw."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes

from caoan_stats import charts, remarks, sentences, tables
from caoan_stats.dataset import Dataset
from caoan_stats.markup import render


@dataclass(frozen=True, repr=False)
class Block:
    """A piece of a page: HTML for a browser, plain text for everything else."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


def text(said: Sequence[str]) -> Block:
    """Show sentences: one as a paragraph, several as a list."""
    return Block(render("text", sentences=said), "\n".join(said))


def results(card: pd.DataFrame, subject: str) -> Block:
    """Say every figure of a year, and which are not known.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.
    subject
        What the rows are of, in Vietnamese, for the case that nothing is known.
    """
    return text([*sentences.results(card), *sentences.missing(card, subject)])


def summary(card: pd.DataFrame) -> Block:
    """Say how the targets of a year stand, and what is missed by how much.

    Parameters
    ----------
    card
        `Dataset.scorecard` of a year.
    """
    return text(sentences.summary(card))


def table(card: pd.DataFrame, caption: str) -> Block:
    """Show a scorecard as a table of results; in words where it has no figure and no target.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.
    caption
        The title of the table; the year is added.
    """
    year = card.attrs["year"]
    told = card[["value", "previous"]].notna().any(axis=1) | (card["status"] != "no_target")
    if not told.any():
        return text([f"Chưa có số liệu và mục tiêu của năm {year} để lập bảng."])
    return _table(tables.results(card[told]), f"{caption} năm {year}")


def plan(card: pd.DataFrame, caption: str) -> Block:
    """Show the targets of a year that is to come.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard` of that year.
    caption
        The title of the table; the year is added.
    """
    year = card.attrs["year"]
    due = card[card["status"] != "no_target"]
    if due.empty:
        return text([f"Chưa có mục tiêu năm {year}."])
    return _table(tables.plan(due), f"{caption} năm {year}")


def _table(layout: pd.DataFrame, caption: str) -> Block:
    numeric = [name for name in layout if tables.is_numeric(layout[name])]
    html = render("table", layout=layout, caption=caption, numeric=numeric)
    return Block(html, layout.to_string())


def trend(frame: pd.DataFrame) -> Block:
    """Draw one indicator through the years; in words where there are not two things to compare.

    Parameters
    ----------
    frame
        `Dataset.trend`.
    """
    said = sentences.trend(frame)
    marks = int(frame["value"].count() + frame[["lower", "upper"]].notna().any(axis=1).sum())
    if not marks:
        return text([said])
    if marks == 1:
        return text([f"{said[:-1]}; chưa đủ số liệu để vẽ biểu đồ qua các năm."])
    caption = f"{frame.attrs['label']} qua các năm ({frame.attrs['unit']})"
    return _chart(partial(charts.trend, frame=frame), 3.0, caption, said)


def bars(card: pd.DataFrame, subject: str) -> Block:
    """Draw the figures of a year side by side; in words where there are not two of them.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`, all of one unit.
    subject
        What the rows are of, in Vietnamese.
    """
    known = card[card["value"].notna()]
    if len(known) < 2:
        return results(card, subject)
    caption = f"{_heading(subject, known)}, năm {card.attrs['year']}"
    said = sentences.comparison(known)
    return _chart(partial(charts.bars, card=known), _height(known, 0.62), caption, said)


def changes(card: pd.DataFrame, subject: str) -> Block:
    """Draw how figures moved since the year before; in words where none can be compared.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`, all of one unit.
    subject
        What the rows are of, in Vietnamese.
    """
    year = card.attrs["year"]
    known = card[card["change"].notna()]
    if known.empty:
        return text([f"Chưa có số liệu để so sánh {subject} năm {year} với năm {year - 1}."])
    caption = f"{_heading(subject, known)}, năm {year} so với năm {year - 1}"
    said = sentences.changes(known)
    return _chart(partial(charts.changes, card=known), _height(known, 0.8), caption, said)


def notes(ds: Dataset, card: pd.DataFrame) -> Block:
    """Say what a reader has to know of the figures of a scorecard, and where they come from.

    Parameters
    ----------
    ds
        The data that the scorecard is from.
    card
        Rows of `Dataset.scorecard`.
    """
    return text(remarks.notes(card, ds.observations, ds.notes, ds.audit(), ds.sources))


def audited(audit: pd.DataFrame) -> Block:
    """Count what was checked, what does not add up, and what was derived.

    Parameters
    ----------
    audit
        `Dataset.audit` of a year.
    """
    return text(remarks.audited(audit))


def contradictions(audit: pd.DataFrame, caption: str) -> Block:
    """Show what does not add up as a table; in words where all does.

    Parameters
    ----------
    audit
        `Dataset.audit` of a year.
    caption
        The title of the table; the year is added.
    """
    return _audit_table(audit, "broken", tables.contradictions, caption)


def derivations(audit: pd.DataFrame, caption: str) -> Block:
    """Show what was derived and how as a table; in words where nothing was.

    Parameters
    ----------
    audit
        `Dataset.audit` of a year.
    caption
        The title of the table; the year is added.
    """
    return _audit_table(audit, "derived", tables.derivations, caption)


def checks(audit: pd.DataFrame, caption: str) -> Block:
    """Show what adds up as a table; in words where nothing could be checked.

    Parameters
    ----------
    audit
        `Dataset.audit` of a year.
    caption
        The title of the table; the year is added.
    """
    return _audit_table(audit, "holds", tables.checks, caption)


def unchecked(ds: Dataset, audit: pd.DataFrame, caption: str) -> Block:
    """Show what could not be checked and why as a table; in words where all could.

    Parameters
    ----------
    ds
        The data that the audit is of.
    audit
        `Dataset.audit` of a year.
    caption
        The title of the table; the year is added.
    """
    names = {str(code): label for code, label in ds.indicators["label"].items()}
    lay = partial(tables.unchecked, names=names)
    return _audit_table(audit, "not_checkable", lay, caption)


def _audit_table(
    audit: pd.DataFrame, status: str, lay: Callable[[pd.DataFrame], pd.DataFrame], caption: str
) -> Block:
    rows = audit[audit["status"] == status]
    title = f"{caption} năm {audit.attrs['year']}"
    return text([f"{title}: không có."]) if rows.empty else _table(lay(rows), title)


def sources(ds: Dataset, year: int) -> Block:
    """Name the documents that the figures of a year come from.

    Parameters
    ----------
    ds
        The data.
    year
        The year.
    """
    used = ds.observations.loc[ds.observations["year"] == year, "source"]
    said = remarks.named(ds.sources, dict.fromkeys(used))
    return text(said or [f"Chưa có nguồn nào cho năm {year}."])


def _heading(subject: str, card: pd.DataFrame) -> str:
    return f"{subject[0].upper()}{subject[1:]} ({card['unit'].iloc[0]})"


def _height(card: pd.DataFrame, row: float) -> float:
    return 0.9 + row * len(card)


def _chart(draw: Callable[[Axes], Axes], height: float, caption: str, said: str) -> Block:
    picture = Markup(charts.svg(draw, height, said))  # noqa: S704 - matplotlib escapes its text
    return Block(render("chart", svg=picture, caption=caption), f"{caption}\n{said}")
