"""What the document of the desk shows: five steps, from the empty workbook to the pages."""

from pathlib import Path

import ipywidgets as widgets
from IPython.display import Javascript, display

from caoan_stats.datafolder import package
from caoan_stats.datafolder.find import find_data, find_project
from caoan_stats.desk.blocks import block
from caoan_stats.desk.importing import Importing
from caoan_stats.desk.publishing import Publishing
from caoan_stats.desk.taking import Taking

SCRIPT = Path(__file__).parent / "lab" / "desk.js"


def show(data: str = "", project: str = "", address: str = "") -> None:
    """Show the desk of a data folder; without one, it and the project are found as by the command.

    `address` is where the server has the pages that were made; without it they are not linked.
    """
    folder = find_data(data or None)
    display(desk(folder, Path(project) if project else find_project(folder), address))
    display(Javascript(SCRIPT.read_text(encoding="utf-8")))


def desk(data: Path, project: Path, address: str = "") -> widgets.VBox:
    """Return the steps as widgets, from the choice of a year to the links to the pages."""
    taking, publishing = Taking(data), Publishing(data, project, address)

    def refresh() -> None:
        taking.refresh()
        publishing.refresh()

    importing = Importing(data, refresh)
    head = block("head", title=package.load_package(data).title)
    return widgets.VBox([head, taking.box, *importing.boxes, publishing.box])
