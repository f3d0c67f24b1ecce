"""Widgets for JupyterLab that show the trend of a chosen indicator."""

from collections.abc import Iterator, Sequence
from math import isnan

import ipywidgets as widgets
import pandas as pd

from caoan_stats import page
from caoan_stats.common.frames import records, records_by_year
from caoan_stats.common.words import phrase
from caoan_stats.dataset import Dataset
from caoan_stats.display import doubts, sentences
from caoan_stats.display.blocks import Block, joined, text
from caoan_stats.display.notes import source_lines

LAYOUT = {"width": "min(100%, 42rem)"}


def trends(ds: Dataset) -> widgets.VBox:
    """Return widgets that choose an indicator and years, and show its figures below.

    Parameters
    ----------
    ds
        Dataset to choose from.

    Returns
    -------
    ipywidgets.VBox
        Dropdowns for the table and the indicator, a slider for the years, and the block that `told`
        returns for them.
    """
    if not ds.years:
        return widgets.VBox([widgets.HTML(text([phrase("explore.no_data")]).html)])
    tables = [(title, name) for name, title in ds.titles.items() if _indicators(ds, name)]
    table = _dropdown(phrase("explore.table"), tables)
    indicator = _dropdown(phrase("table.indicator"), [])
    years, shown = _year_slider(ds.years), widgets.HTML()

    def update_indicators(_: object) -> None:
        indicator.options = _indicators(ds, table.value)
        indicator.index = 0 if indicator.options else None

    def update_shown(_: object) -> None:
        code = indicator.value
        shown.value = told(ds, code, *years.value).html if code else ""

    indicator.observe(update_shown, "value")
    years.observe(update_shown, "value")
    table.observe(update_indicators, "value")
    update_indicators(None)
    return widgets.VBox([table, indicator, years, shown])


def told(ds: Dataset, indicator: str, first: int, last: int) -> Block:
    """Return a chart of one indicator by year, then every target, figure, note and source.

    The definition of the indicator comes last.

    Parameters
    ----------
    ds
        Dataset that the indicator belongs to.
    indicator
        Code in the catalogue.
    first, last
        First and last year, both included.

    Raises
    ------
    KeyError
        The indicator does not exist; the message has similar codes or all codes.

    Examples
    --------
    >>> told(Dataset.open(), "rice_sown_area", 2022, 2023).text.splitlines()[2:4]
    ['Năm 2022: khoảng 478,3 ha, suy ra, mục I.B.I.1.1.', 'Năm 2023: 462,56 ha, mục I.B.I.1.1.']
    """
    frame = ds.trend(indicator).loc[first:last]
    definition = ds.indicators.at[frame.attrs["indicator"], "definition"]
    lines = [*_targets(frame), *_figures(ds, frame)]
    if definition and lines:
        lines.append(phrase("explore.definition", definition=definition))
    return joined(page.trend(frame), text(lines))


def _dropdown(name: str, options: Sequence[tuple[str, str]]) -> widgets.Dropdown:
    return widgets.Dropdown(description=name, options=options, layout=LAYOUT)


def _indicators(ds: Dataset, table: str) -> list[tuple[str, str]]:
    """Return label and code of each indicator of a table that has a unit and figures."""
    rows = ds.indicators[(ds.indicators["table"] == table) & (ds.indicators["unit"] != "")]
    labels = rows.loc[rows["has_figures"], "label"]
    return [(str(label), str(code)) for code, label in labels.items()]


def _year_slider(years: Sequence[int]) -> widgets.SelectionRangeSlider:
    ends, name = (years[0], years[-1]), phrase("explore.years")
    return widgets.SelectionRangeSlider(description=name, options=years, value=ends, layout=LAYOUT)


def _targets(frame: pd.DataFrame) -> Iterator[str]:
    """Yield a sentence for each target in numbers."""
    for year, row in records_by_year(frame).items():
        if words := sentences.target_words({**row, "unit": frame.attrs["unit"]}):
            yield phrase("explore.target", year=year, target=words)


def _figures(ds: Dataset, frame: pd.DataFrame) -> Iterator[str]:
    """Yield a sentence for each figure, then for each note, then for each source."""
    code, years = frame.attrs["indicator"], frame.index
    rows, notes, targets = (
        records(table[(table["indicator"] == code) & table["year"].isin(years)])
        for table in (ds.observations, ds.notes, ds.targets)
    )
    figures = records_by_year(frame)
    for row in rows:
        shown = {**figures[row["year"]], "unit": frame.attrs["unit"]}
        if isnan(row["value"]) and not shown["hidden"]:
            continue
        section = phrase("explore.section", section=row["section"]) if row["section"] else ""
        parts = ", ".join(filter(None, (sentences.figure(shown), doubts.in_words(shown), section)))
        yield phrase("explore.figure", year=row["year"], figure=parts)
    yield from (phrase("explore.note", year=row["year"], note=row["note"]) for row in notes)
    yield from source_lines(ds.sources, [row["source"] for row in [*rows, *targets]])
