"""The last step of the desk: the pages, made and opened."""

from collections import deque
from collections.abc import Mapping
from pathlib import Path
from threading import Thread

import ipywidgets as widgets

from caoan_stats.common.words import phrase
from caoan_stats.desk.blocks import button, render, status, step, tell, telling
from caoan_stats.desk.making import are_current, exports_folder, made_pages, make_pages
from caoan_stats.publish.notebooks import find_notebooks
from caoan_stats.publish.site import titled

LAST_LINES = 20  # of the command, that are shown if it fails


class Publishing:
    """The button that makes the pages, what became of them, and links to them."""

    def __init__(self, data: Path, project: Path, address: str) -> None:
        self.data, self.project, self.address = data, project, address
        self.make = button("make", is_main=True)
        self.result, self.links = status(), widgets.HTML()
        self.box = widgets.VBox([step(5), self.make, self.result, self.links])
        self.make.on_click(lambda _: self._begin())
        self._offer()

    def refresh(self) -> None:
        """Take back what was said of the pages, now that the data has changed."""
        if not self.make.disabled:
            tell(self.result)
        self._offer()

    def _begin(self) -> None:
        if not self.make.disabled:
            self.make.disabled = True
            Thread(target=self._work, daemon=True).start()  # so that the other steps answer

    def _work(self) -> None:
        with telling(self.result):
            self._make()
        self._offer()
        self.make.disabled = False

    def _make(self) -> None:
        """Make the pages, and show the progress and the result."""
        lines: deque[str] = deque(maxlen=LAST_LINES)
        titles = {each.name: each.title for each in find_notebooks(self.project / "notebooks")}

        def tell_progress(line: str) -> None:
            lines.append(in_words(line, titles))
            self.result.value = render("progress", line=lines[-1])

        tell_progress(phrase("desk.making"))
        if not make_pages(self.data, self.project, tell_progress):
            tell(self.result, phrase("desk.not_made"), *lines, kind="error")
        elif are_current(self.data):
            tell(self.result, phrase("desk.made"), kind="done")
        else:  # something was written meanwhile
            tell(self.result)

    def _offer(self) -> None:
        """Link to the front page and to the report of each year, if they show the data as it is."""
        with telling(self.links):
            reports = made_pages(self.data)
            is_current = are_current(self.data)
            names = [(each.path, phrase("desk.open_year", year=each.year)) for each in reports]
            pages = [("index.html", phrase("desk.open_front")), *names]
            self.links.value = render(
                "pages",
                pages=[(f"{self.address}/{path}", words) for path, words in pages],
                address=self.address,
                folder=exports_folder(self.data),
                is_current=is_current,
                is_made=bool(reports),
            )


def in_words(line: str, titles: Mapping[str, str]) -> str:
    """Return a line of the command with the title of its page in place of the name.

    >>> in_words("2023/rice: đã làm", {"rice": "Sản xuất lúa"})
    'Sản xuất lúa năm 2023: đã làm'
    """
    job, separator, rest = line.partition(":")
    year, _, name = job.partition("/")
    if not year.isdigit() or name not in titles:
        return line
    return f"{titled(titles[name], int(year))}{separator}{rest}"
