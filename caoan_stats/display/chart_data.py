"""The numbers of a chart as a frame, for its CSV download."""

import pandas as pd

from caoan_stats.common.frames import Row, records, records_by_year
from caoan_stats.common.words import phrase
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.display.doubts import in_words
from caoan_stats.display.sentences import target_words


def of_trend(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the figures and targets of a `Dataset.trend`, a row for each year."""
    unit = frame.attrs["unit"]
    rows = [
        {
            phrase("audit.year"): year,
            f"{frame.attrs['label']} ({unit})": row["shown"],
            phrase("chart.nature"): _nature(row),
            phrase("table.target"): target_words({**row, "unit": unit}),
        }
        for year, row in records_by_year(frame).items()
    ]
    return pd.DataFrame(rows)


def of_card(*cards: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of rows of `Dataset.scorecard`, with those of the year before."""
    year = cards[0].attrs["year"]
    rows = [
        {
            phrase("table.indicator"): row["label"],
            phrase("table.unit"): row["unit"],
            phrase("table.year", year=year - 1): row["previous_shown"],
            phrase("table.year", year=year): row["shown"],
            phrase("chart.nature"): _nature(row),
        }
        for card in cards
        for row in records(card)
    ]
    return pd.DataFrame(rows)


def _nature(row: Row) -> str:
    parts = (row["hidden"], QUALIFIERS[row["qualifier"]].word, in_words(row))
    return ", ".join(filter(None, parts))
