"""What a reader has to know of figures: notes, contradictions, how some were derived, sources."""

from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import records
from caoan_stats.relations.figures import BACKWARDS, FORWARDS

Row = Any  # a row of a frame, by name of column


def figure_notes(
    card: pd.DataFrame,
    observations: pd.DataFrame,
    notes: pd.DataFrame,
    audit: pd.DataFrame,
    sources: pd.DataFrame,
) -> list[str]:
    """Say what is to be known of the figures of a year and the year before, and name the sources.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.
    observations, notes, audit, sources
        Those of the `Dataset`.
    """
    names, years = card["label"].to_dict(), (card.attrs["year"] - 1, card.attrs["year"])
    near = [row for row in records(audit) if row["year"] in years]
    shown = [row for row in records(observations) if row["year"] in years]
    said = [
        f"{names[row['indicator']]} năm {row['year']}: {row['note']}"
        for row in records(notes)
        if row["indicator"] in names and row["year"] in years
    ]
    broken = (row for row in near if row["status"] == "broken")
    said += [contradiction_sentence(row) for row in broken if _is_of(row, names)]
    derived = [row for row in near if row["status"] == "derived" and row["left"] in names]
    said += _derived(derived, names)
    used = [row["source"] for row in shown if row["indicator"] in names]
    said += source_lines(sources, dict.fromkeys([*used, *filter(None, card["source"])]))
    return said or [f"Chưa có nguồn nào cho năm {years[1]}."]


def source_lines(sources: pd.DataFrame, codes: Iterable[str]) -> list[str]:
    """Name documents by title, issuer and date."""
    return [
        f"Nguồn: {row['title']}, {row['issuer']}, {labels.date(row['date'])}."
        for row in records(sources.loc[[code for code in codes if code]])
    ]


def contradiction_sentence(row: Row) -> str:
    """Say what does not add up, by how much, and why it was left.

    Parameters
    ----------
    row
        A broken row of `Dataset.audit`.
    """
    stated = labels.quantity(row["stated"], row["unit"])
    value = labels.beside(row["computed"], row["stated"])
    computed = labels.compared(value, row["unit"], row["operator"])
    said = f"Mâu thuẫn năm {row['year']}: {row['label']}; nguồn nêu {stated}, tính ra {computed}."
    return f"{said} {row['acknowledged']}".strip()


def _is_of(row: Row, indicators: Container[Hashable]) -> bool:
    return any(code in indicators for code in row["indicators"].split(", "))


def _derived(rows: Iterable[Row], names: Mapping[Hashable, str]) -> Iterator[str]:
    """Say how figures were derived: together those from changes, one by one those from others."""
    changed, others = [], dict[str, list[str]]()
    for row in rows:
        year = f"năm {row['year']}"
        if row["right"] in (FORWARDS, BACKWARDS):
            changed.append(f"{names[row['left']]} {year}")
        else:
            others.setdefault(row["label"], []).append(year)
    if changed:
        yield f"Suy ra từ mức tăng, giảm mà nguồn nêu: {'; '.join(changed)}."
    for label, years in others.items():
        yield f"Tính từ các số khác: {label} ({', '.join(years)})."


def audit_summary(audit: pd.DataFrame) -> list[str]:
    """Count what was checked in a year, what does not add up, and what could not be checked.

    Parameters
    ----------
    audit
        `Dataset.audit` of the year.
    """
    year = audit.attrs["year"]
    if audit.empty:
        return [f"Chưa có số liệu năm {year} để đối chiếu."]
    statuses = ("holds", "broken", "derived", "not_checkable")
    holds, broken, derived, open_ = (int((audit["status"] == name).sum()) for name in statuses)
    said = [f"Năm {year}: đã đối chiếu {holds + broken} quan hệ, {holds} quan hệ khớp."]
    if broken:
        seen = int((audit["acknowledged"] != "").sum())
        said.append(f"Có {broken} mâu thuẫn; {seen} đã được xem xét và giữ như nguồn.")
    if derived:
        said.append(f"Suy ra được {derived} số mà nguồn không nêu.")
    if open_:
        hidden = ", có số không công bố" if (audit["reason"] == "hidden").any() else ""
        why = f"thiếu số liệu{hidden} hoặc chia cho 0"
        said.append(f"Còn {open_} quan hệ chưa đối chiếu được, vì {why}.")
    return said
