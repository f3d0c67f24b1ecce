"""Blocks of the audit for notebooks: tables, or a sentence where a table would have no rows."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from caoan_stats.common.words import phrase
from caoan_stats.dataset import Dataset
from caoan_stats.display import audit_tables
from caoan_stats.display.blocks import Block, folded, nothing, table, text
from caoan_stats.display.notes import audit_summary
from caoan_stats.display.tables import Table


def summary(audit: pd.DataFrame) -> Block:
    """Return how many relations were checked, broken, used to derive, or not checkable.

    Parameters
    ----------
    audit
        `Dataset.audit` of a year.
    """
    return text(audit_summary(audit))


def contradictions(audit: pd.DataFrame, caption: str) -> Block:
    """Return a table of contradictions; a sentence if there are none.

    Parameters
    ----------
    audit
        `Dataset.audit` of a year.
    caption
        Title of the table, without the year.
    """
    return _of_status(audit, "broken", audit_tables.contradictions, caption)


def derivations(audit: pd.DataFrame, caption: str) -> Block:
    """Return a table of derived figures and their derivations; a sentence if there are none.

    Parameters
    ----------
    audit
        `Dataset.audit` of a year.
    caption
        Title of the table, without the year.
    """
    return _of_status(audit, "derived", audit_tables.derivations, caption)


def checks(audit: pd.DataFrame, caption: str) -> Block:
    """Return a folded table of the relations that hold; a sentence if there are none.

    Parameters
    ----------
    audit
        `Dataset.audit` of a year.
    caption
        Title of the table, without the year.
    """
    count = int((audit["status"] == "holds").sum())
    shown = _of_status(audit, "holds", audit_tables.checks, caption)
    return folded(phrase("audit.holding", count=count), shown) if count else shown


def unchecked(ds: Dataset, audit: pd.DataFrame, caption: str) -> Block:
    """Return a table of relations not checked, with reasons; a sentence if there are none.

    Parameters
    ----------
    ds
        Dataset of the audit.
    audit
        `Dataset.audit` of a year.
    caption
        Title of the table, without the year.
    """
    names = {str(code): label for code, label in ds.indicators["label"].items()}
    lay = partial(audit_tables.unchecked, names=names)
    return _of_status(audit, "not_checkable", lay, caption)


def _of_status(
    audit: pd.DataFrame, status: str, lay: Callable[[pd.DataFrame], Table], caption: str
) -> Block:
    rows = audit[audit["status"] == status]
    title = phrase("audit.title", title=caption, year=audit.attrs["year"])
    if rows.empty:
        said = phrase("audit.none", title=title)
        return nothing(said) if audit.empty else text([said])
    return table(lay(rows), title)
