"""What charts say, for those who do not see them: the finding first, then every figure."""

from collections.abc import Iterator
from math import isnan

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Years, records, records_by_year
from caoan_stats.display.sentences import Row, figure, moved, results, wanted


def trend(frame: pd.DataFrame) -> str:
    """Say what a chart of a trend shows: the last change, then every figure, and every target.

    Parameters
    ----------
    frame
        `Dataset.trend`.
    """
    years, unit = records_by_year(frame), frame.attrs["unit"]
    said = [*_last_change(years, unit), *_figures(years, unit), *_targets(years, unit)]
    return f"{frame.attrs['label']}: {'; '.join(said or ['chưa có số liệu'])}."


def _last_change(years: Years, unit: str) -> Iterator[str]:
    for year, row in [each for each in years.items() if not isnan(each[1]["change"])][-1:]:
        yield f"năm {year} {moved({**row, 'unit': unit}, year)}"


def _figures(years: Years, unit: str) -> Iterator[str]:
    for year, row in years.items():
        derived = " (suy ra)" if row["derived"] else ""
        if row["hidden"] or not isnan(row["value"]):
            yield f"năm {year} {figure({**row, 'unit': unit})}{derived}"


def _targets(years: Years, unit: str) -> Iterator[str]:
    for year, row in years.items():
        if words := wanted({**row, "unit": unit}):
            yield f"mục tiêu năm {year} {words}"


def comparison(card: pd.DataFrame) -> str:
    """Say what a chart of several figures shows: the largest, then all.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.
    """
    figures = _listed(card)
    known = card[card["value"].notna()]
    if len(known) < len(card) or known["value"].nunique() < 2:
        return f"Năm {card.attrs['year']}: {figures}."
    largest = _largest(known)
    return f"Năm {card.attrs['year']}, lớn nhất là {_lowered(largest)}. Các số: {figures}."


def composition(total: Row, parts: pd.DataFrame) -> str:
    """Say what a total consists of, the parts with their shares.

    Parameters
    ----------
    total
        A row of `Dataset.scorecard`.
    parts
        The rows of its parts, all with a value.
    """
    whole = parts["value"].sum()
    largest = _largest(parts)
    share = labels.percent(round(largest["value"] / whole, 4))
    known = f" {figure(total)}" if pd.notna(total["value"]) else ""
    shares = "; ".join(
        f"{row['label']} {figure(row)} ({labels.percent(round(row['value'] / whole, 4))})"
        for row in records(parts)
    )
    return (
        f"{total['label']}{known}, nhiều nhất là {_lowered(largest)}, bằng {share}. Gồm: {shares}."
    )


def flow(sources: pd.DataFrame, outcomes: pd.DataFrame) -> str:
    """Say what came in and what became of it.

    Parameters
    ----------
    sources, outcomes
        Rows of `Dataset.scorecard`, all with a value.
    """
    whole, largest = outcomes["value"].sum(), _largest(outcomes)
    share = labels.percent(round(largest["value"] / whole, 4))
    return (
        f"Nhiều nhất là {_lowered(largest)}, bằng {share} tổng số. "
        f"Đầu vào: {_listed(sources)}. Kết quả: {_listed(outcomes)}."
    )


def _largest(card: pd.DataFrame) -> Row:
    return card.iloc[int(card["value"].to_numpy().argmax())]


def _listed(card: pd.DataFrame) -> str:
    return "; ".join(f"{row['label']} {figure(row)}" for row in records(card))


def _lowered(row: Row) -> str:
    label = row["label"]
    small = label if label[:2].isupper() else f"{label[0].lower()}{label[1:]}"
    return f"{small} ({figure(row)})"


def changes(card: pd.DataFrame) -> str:
    """Say what a chart of changes shows: how many rose and fell, then each.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.
    """
    rises, falls = (card["change"] > 0).sum(), (card["change"] < 0).sum()
    said = [f"{count} {words}" for count, words in ((rises, "tăng"), (falls, "giảm")) if count]
    counted = f"{', '.join(said) or 'không đổi'} so với năm {card.attrs['year'] - 1}"
    return " ".join([f"{counted[0].upper()}{counted[1:]}.", *results(card)])
