"""Ratios of an analyst as a table of a page."""

from collections.abc import Sequence

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row, records_by_year
from caoan_stats.common.words import phrase
from caoan_stats.concepts.doubts import DOUBTS
from caoan_stats.display.tables import Table


def ratio_table(frames: Sequence[pd.DataFrame], year: int) -> Table:
    """Return the ratios that are known in a year, with the year before.

    `frames` are as `Dataset.derive` returns them.
    """
    known = [frame for frame in frames if year in frame.index]
    years = [records_by_year(frame) for frame in known]
    before, now = (phrase("table.year", year=each) for each in (year - 1, year))
    names = [f"{frame.attrs['name']} ({frame.attrs['unit']})" for frame in known]
    columns = {
        before: [_shown(rows.get(year - 1)) for rows in years],
        now: [_shown(rows[year]) for rows in years],
    }
    filled = {heading: texts for heading, texts in columns.items() if any(texts)}
    data = {
        phrase("frame.ratio"): [frame.attrs["name"] for frame in known],
        phrase("table.unit"): [frame.attrs["unit"] for frame in known],
        before: [rows.get(year - 1, {}).get("value") for rows in years],
        now: [rows[year]["value"] for rows in years],
        phrase("chart.nature"): [_doubts(rows[year]) for rows in years],
        phrase("frame.least"): [rows[year]["lower"] for rows in years],
        phrase("frame.most"): [rows[year]["upper"] for rows in years],
        phrase("frame.formula"): [frame.attrs["formula"] for frame in known],
        phrase("table.source"): [rows[year]["source"] for rows in years],
        phrase("table.section"): [rows[year]["section"] for rows in years],
    }
    places = dict.fromkeys(place for rows in years for place in rows[year]["section"].split("; "))
    foot = phrase("frame.computed", sections="; ".join(places))
    index = pd.Index(names, name=phrase("frame.ratio"), dtype="str")
    return Table(pd.DataFrame(filled, index=index), pd.DataFrame(data), now, foot)


def _shown(row: Row | None) -> str:
    """Return a ratio with its qualifier; empty for none."""
    if row is None:
        return ""
    words = labels.qualified(labels.number(row["shown"]), row["qualifier"])
    return f"{words} ({_doubts(row)})" if row["doubts"] else words


def _doubts(row: Row) -> str:
    return ", ".join(DOUBTS[code] for code in row["doubts"])
