"""Tables of the audit: contradictions, derivations, relations that hold, relations not checked.

Each function expects the rows of `Dataset.audit` that have its status.
"""

from collections.abc import Mapping
from math import inf, isinf, isnan, nan
from operator import itemgetter

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row
from caoan_stats.common.words import phrase
from caoan_stats.display.tables import Table, Writers, text_frame
from caoan_stats.relations.audit import DIVISION


def contradictions(audit: pd.DataFrame) -> Table:
    """Return a table of both values, their gap, and the reason if it is acknowledged."""
    columns: Writers = {
        phrase("audit.stated"): _stated,
        phrase("audit.computed"): _computed,
        phrase("audit.gap"): lambda row: labels.change(
            labels.beside(row["gap"], row["stated"]), row["unit"]
        ),
        phrase("table.section"): itemgetter("sections"),
        phrase("audit.acknowledged"): lambda row: row["acknowledged"] or phrase("audit.unseen"),
    }
    data = {
        "stated": phrase("audit.stated"),
        "computed": phrase("audit.computed"),
        "gap": phrase("audit.gap"),
        "acknowledged": phrase("audit.acknowledged"),
    }
    return _table(audit, phrase("audit.relation"), columns, data)


def derivations(audit: pd.DataFrame) -> Table:
    """Return a table of derived figures and the intervals in which they lie."""
    columns: Writers = {
        phrase("audit.figure"): lambda row: labels.quantity(
            labels.beside(row["computed"], 0), row["unit"]
        ),
        phrase("audit.within"): lambda row: "" if row["lower"] == row["upper"] else _range(row),
        phrase("table.section"): itemgetter("sections"),
    }
    data = {
        "computed": phrase("audit.figure"),
        "lower": phrase("audit.from"),
        "upper": phrase("audit.to"),
    }
    return _table(audit, phrase("audit.derivation"), columns, data)


def checks(audit: pd.DataFrame) -> Table:
    """Return a table of stated values and the intervals computed from the other figures."""
    columns: Writers = {
        phrase("audit.stated"): _stated,
        phrase("audit.computed"): _range,
        phrase("table.section"): itemgetter("sections"),
    }
    data = {
        "stated": phrase("audit.stated"),
        "lower": phrase("audit.computed_from"),
        "upper": phrase("audit.computed_to"),
    }
    return _table(audit, phrase("audit.relation"), columns, data)


def unchecked(audit: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """Return a table of reasons; `names` has the Vietnamese labels of indicators by code."""
    explained = audit.assign(reason=[_why(reason, names) for reason in audit["reason"]])
    heading = phrase("audit.reason")
    columns = {heading: itemgetter("reason"), phrase("table.section"): itemgetter("sections")}
    return _table(explained, phrase("audit.relation"), columns, {"reason": heading})


def _table(audit: pd.DataFrame, name: str, columns: Writers, data: Mapping[str, str]) -> Table:
    """Return a table; `data` has the headings of the download by column of the audit."""
    headings = {
        "label": name,
        "year": phrase("audit.year"),
        "unit": phrase("table.unit"),
        **data,
        "sections": phrase("table.section"),
    }
    download = audit[[*headings]].replace([inf, -inf], nan).rename(columns=headings)
    return Table(text_frame(audit, columns, name, itemgetter("label")), download)


def _stated(row: Row) -> str:
    return labels.quantity(row["stated"], row["unit"])


def _computed(row: Row) -> str:
    value = labels.beside(row["computed"], row["stated"])
    return labels.compared(value, row["unit"], row["operator"])


def _range(row: Row) -> str:
    """Return the interval of the right side in words; for `<=` its upper end only."""
    like = 0 if isnan(row["stated"]) else row["stated"]
    lower, upper = (
        nan if isinf(row[end]) else float(labels.beside(row[end], like))
        for end in ("lower", "upper")
    )
    return labels.interval(nan if row["operator"] == "<=" else lower, upper, "both", row["unit"])


def _why(reason: str, names: Mapping[str, str]) -> str:
    if reason == "hidden":
        return phrase("audit.hidden")
    lacking = reason.partition("missing: ")[2]
    if not lacking:
        return phrase("audit.division" if reason == DIVISION else "audit.too_large")
    figures = []
    for name in lacking.split(", "):
        code, _, bound = name.partition(".")
        label = names[code]
        figures.append(phrase("audit.missing_target", label=label) if bound else label)
    return phrase("audit.missing", figures="; ".join(figures))
