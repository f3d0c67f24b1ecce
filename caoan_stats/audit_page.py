"""What a notebook's cells show of the audit: tables, words where there is nothing to lay out."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from caoan_stats.dataset import Dataset
from caoan_stats.display import audit_tables
from caoan_stats.display.blocks import Block, folded, table, text
from caoan_stats.display.notes import audit_summary
from caoan_stats.display.tables import Table


def summary(audit: pd.DataFrame) -> Block:
    """Count what was checked, what does not add up, and what was derived.

    Parameters
    ----------
    audit
        `Dataset.audit` of a year.
    """
    return text(audit_summary(audit))


def contradictions(audit: pd.DataFrame, caption: str) -> Block:
    """Show what does not add up as a table; in words where all does.

    Parameters
    ----------
    audit
        `Dataset.audit` of a year.
    caption
        The title of the table; the year is added.
    """
    return _of_status(audit, "broken", audit_tables.contradictions, caption)


def derivations(audit: pd.DataFrame, caption: str) -> Block:
    """Show what was derived and how as a table; in words where nothing was.

    Parameters
    ----------
    audit
        `Dataset.audit` of a year.
    caption
        The title of the table; the year is added.
    """
    return _of_status(audit, "derived", audit_tables.derivations, caption)


def checks(audit: pd.DataFrame, caption: str) -> Block:
    """Show what adds up as a folded table; in words where nothing could be checked.

    Parameters
    ----------
    audit
        `Dataset.audit` of a year.
    caption
        The title of the table; the year is added.
    """
    count = int((audit["status"] == "holds").sum())
    shown = _of_status(audit, "holds", audit_tables.checks, caption)
    return folded(f"Xem {count} quan hệ khớp", shown) if count else shown


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
    lay = partial(audit_tables.unchecked, names=names)
    return _of_status(audit, "not_checkable", lay, caption)


def _of_status(
    audit: pd.DataFrame, status: str, lay: Callable[[pd.DataFrame], Table], caption: str
) -> Block:
    rows = audit[audit["status"] == status]
    title = f"{caption} năm {audit.attrs['year']}"
    return text([f"{title}: không có."]) if rows.empty else table(lay(rows), title)
