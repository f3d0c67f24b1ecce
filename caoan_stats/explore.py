"""Widgets for JupyterLab: one indicator after another, as far back as an analyst wants."""

from collections.abc import Iterator, Sequence

import ipywidgets as widgets
import pandas as pd

from caoan_stats import page
from caoan_stats.common.frames import records, records_by_year
from caoan_stats.dataset import Dataset
from caoan_stats.display import sentences
from caoan_stats.display.blocks import Block, text
from caoan_stats.display.notes import source_lines

WIDE = {"width": "min(100%, 42rem)"}


def trends(ds: Dataset) -> widgets.VBox:
    """Let an analyst pick an indicator and years, and see its trend, targets and sources.

    Parameters
    ----------
    ds
        The data.

    Returns
    -------
    ipywidgets.VBox
        A choice of the table, of its indicators and of the years; below them what `told` gives.
    """
    if not ds.years:
        return widgets.VBox([widgets.HTML(text(["Chưa có số liệu nào."]).html)])
    table, indicator = _choice("Lĩnh vực", _tables(ds)), _choice("Chỉ tiêu", [])
    years, shown = _years(ds.years), widgets.HTML()

    def turn(_: object) -> None:
        indicator.options = _indicators(ds, table.value)
        indicator.index = 0 if indicator.options else None

    def show(_: object) -> None:
        code = indicator.value
        shown.value = told(ds, code, *years.value).html if code else ""

    indicator.observe(show, "value")
    years.observe(show, "value")
    table.observe(turn, "value")
    turn(None)
    return widgets.VBox([table, indicator, years, shown])


def told(ds: Dataset, indicator: str, first: int, last: int) -> Block:
    """Show one indicator through some years: a chart, every target, and where each figure is from.

    Parameters
    ----------
    ds
        The data.
    indicator
        Its code.
    first, last
        The years, both included.

    Raises
    ------
    KeyError
        There is no such indicator; names the nearest.

    Examples
    --------
    >>> told(Dataset.open(), "rice_sown_area", 2022, 2023).text.splitlines()[2:4]
    ['Năm 2022: 478,26 ha, số suy ra, mục I.B.I.1.1.', 'Năm 2023: 462,56 ha, mục I.B.I.1.1.']
    """
    frame = ds.trend(indicator).loc[first:last]
    chart, said = page.trend(frame), [*_targets(frame), *_figures(ds, frame)]
    return Block("\n".join([chart.html, text(said).html]), "\n".join([chart.text, *said]))


def _choice(words: str, options: Sequence[tuple[str, str]]) -> widgets.Dropdown:
    return widgets.Dropdown(description=words, options=options, layout=WIDE)


def _tables(ds: Dataset) -> list[tuple[str, str]]:
    return [(title, name) for name, title in ds.titles.items()]


def _indicators(ds: Dataset, table: str) -> list[tuple[str, str]]:
    """List the indicators of a table that are numbers, by label."""
    rows = ds.indicators[(ds.indicators["table"] == table) & (ds.indicators["unit"] != "")]
    return [(str(label), str(code)) for code, label in rows["label"].items()]


def _years(known: Sequence[int]) -> widgets.SelectionRangeSlider:
    return widgets.SelectionRangeSlider(
        description="Các năm", options=known, value=(known[0], known[-1]), layout=WIDE
    )


def _targets(frame: pd.DataFrame) -> Iterator[str]:
    for year, row in records_by_year(frame).items():
        if words := sentences.wanted({**row, "unit": frame.attrs["unit"]}):
            yield f"Mục tiêu năm {year}: {words}."


def _figures(ds: Dataset, frame: pd.DataFrame) -> Iterator[str]:
    """Say each figure with the document and section that it is from, and the notes."""
    code, years = frame.attrs["indicator"], frame.index
    every = (ds.observations, ds.notes, ds.targets)
    rows, notes, due = (
        records(each[(each["indicator"] == code) & each["year"].isin(years)]) for each in every
    )
    for row in rows:
        figure = sentences.figure({"hidden": "", **row, "unit": frame.attrs["unit"]})
        derived = ", số suy ra" if row["status"] == "derived" else ""
        place = f", mục {row['section']}" if row["section"] else ""
        yield f"Năm {row['year']}: {figure}{derived}{place}."
    yield from (f"Ghi chú năm {row['year']}: {row['note']}" for row in notes)
    yield from source_lines(ds.sources, dict.fromkeys(row["source"] for row in [*rows, *due]))
