"""The last step of the desk: the pages, made and opened."""

from collections import deque
from pathlib import Path
from threading import Thread

import ipywidgets as widgets

from caoan_stats.common.words import phrase
from caoan_stats.desk.blocks import button, render, status, step, tell, telling
from caoan_stats.desk.making import exports_folder, made_pages, make_pages

LAST_LINES = 20  # of the command, that are shown if it fails


def publishing(data: Path, project: Path, address: str) -> widgets.VBox:
    """Return a button that makes the pages, what became of them, and links to them."""
    make, shown, links = button("make", is_main=True), status(), widgets.HTML()

    def run(_: object) -> None:
        make.disabled = True
        Thread(target=work, daemon=True).start()  # so that the other steps answer meanwhile

    def work() -> None:
        with telling(shown):
            _make(data, project, shown)
        links.value = _links(data, address)
        make.disabled = False

    make.on_click(run)
    links.value = _links(data, address)
    return widgets.VBox([step(5), make, shown, links])


def _make(data: Path, project: Path, shown: widgets.HTML) -> None:
    """Make the pages, and show the progress and the result."""
    lines: deque[str] = deque(maxlen=LAST_LINES)

    def tell_progress(line: str) -> None:
        lines.append(line)
        shown.value = render("progress", line=line)

    tell_progress(phrase("desk.making"))
    if make_pages(data, project, tell_progress):
        tell(shown, phrase("desk.made"), kind="done")
    else:
        tell(shown, phrase("desk.not_made"), *lines, kind="error")


def _links(data: Path, address: str) -> str:
    """Return links to the front page and to the report of each year."""
    pages = [(f"{address}/{path}", _words(path)) for path in made_pages(data)]
    return render("pages", pages=pages, address=address, folder=exports_folder(data))


def _words(path: str) -> str:
    year, _, page = path.partition("/")
    return phrase("desk.open_year", year=year) if page else phrase("desk.open_front")
