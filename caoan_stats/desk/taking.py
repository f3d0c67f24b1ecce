"""The first step of the desk: the empty workbook of a year."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import ipywidgets as widgets

from caoan_stats.common.words import phrase
from caoan_stats.dataset import Dataset
from caoan_stats.desk.blocks import download, status, step, tell, telling
from caoan_stats.forms.workbook import write_workbook

YEARS_BACK = 10  # that can be chosen in a folder without figures


class Taking:
    """The choice of a year, and a link to its workbook."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.year = widgets.Dropdown(description=phrase("desk.year"))
        self.link, self.status = widgets.HTML(), status()
        self.box = widgets.VBox([step(1), self.year, self.link, self.status])
        self.refresh()
        self.year.observe(lambda _: self._offer(), "value")

    def refresh(self) -> None:
        """Offer the workbook with the figures that the data has now."""
        with telling(self.status, elsewhere=True):
            figures = Dataset.open(self.data, public_below=0).observations["year"]
            chosen = self.year.value
            self.year.options, after = years_to_choose(figures, date.today().year)
            self.year.value = chosen or after
            self._offer()

    def _offer(self) -> None:
        year = self.year.value
        tell(self.status)
        with telling(self.status, elsewhere=True):
            content = write_workbook(Dataset.open(self.data, public_below=0), year)
            words = phrase("desk.take", year=year)
            self.link.value = download(f"{year}.xlsx", content, words)


def years_to_choose(figures: Iterable[int], this_year: int) -> tuple[list[int], int]:
    """Return the years of which a workbook can be taken, the latest first, and the likely one.

    That is the year after the latest of the `figures`, or else last year.

    Examples
    --------
    >>> years_to_choose([2022, 2023], 2024)[1], years_to_choose([], 2024)[1]
    (2024, 2023)
    """
    known = sorted(int(year) for year in figures) or [this_year - YEARS_BACK, this_year - 2]
    return list(range(max(known[-1], this_year) + 1, known[0] - 1, -1)), known[-1] + 1
