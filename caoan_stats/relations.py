"""What the stated figures imply: a change against the year before gives the figure of that year."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

Figure = dict[str, Any]
Figures = dict[int, Figure]


def fill(observations: pd.DataFrame) -> pd.DataFrame:
    """Derive each figure that a stated change gives and no source states.

    A change says value(year) - value(year - 1), so either value follows from the other.

    Parameters
    ----------
    observations
        Columns indicator, year, value and change (`decimal.Decimal` or None, in the indicator's
        unit), source, section and others, one row for each indicator and year.

    Returns
    -------
    DataFrame
        The same rows with `status` `stated`, and new or completed ones with `derived`; a derived
        figure has the qualifier, source and section of the change that it comes from. Sorted by
        indicator in order of appearance, then year.

    Examples
    --------
    >>> from decimal import Decimal
    >>> area = {"indicator": "area", "year": 2023, "source": "bc2023"}
    >>> stated = pd.DataFrame([area | {"value": Decimal("462.56"), "change": Decimal("-15.7")}])
    >>> fill(stated)[["year", "value", "status"]].to_dict("records")[0]
    {'year': 2022, 'value': Decimal('478.26'), 'status': 'derived'}
    """
    series: dict[str, Figures] = {}
    for row in observations.to_dict("records"):
        figure = {str(name): cell for name, cell in row.items()} | {"status": "stated"}
        series.setdefault(figure["indicator"], {})[figure["year"]] = figure
    columns = [*observations.columns, "status"]
    filled = [figure for figures in series.values() for figure in _filled(figures)]
    return pd.DataFrame(filled, columns=columns)


def _filled(stated: Figures) -> Iterator[Figure]:
    figures = dict(stated)
    for year in sorted(stated):
        before = figures.get(year - 1)
        if figures[year]["value"] is None and before and before["value"] is not None:
            value = before["value"] + figures[year]["change"]
            figures[year] = figures[year] | {"value": value, "status": "derived"}
    for year in sorted(stated, reverse=True):
        figure, before = figures[year], figures.get(year - 1)
        known = figure["value"] is not None and figure["change"] is not None
        if known and (before is None or before["value"] is None):
            figures[year - 1] = _year_before(figure, before)
    return (figures[year] for year in sorted(figures))


def _year_before(figure: Figure, stated: Figure | None) -> Figure:
    origin = stated or figure | {"year": figure["year"] - 1, "change": None, "note": ""}
    return origin | {"value": figure["value"] - figure["change"], "status": "derived"}
