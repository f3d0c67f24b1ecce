"""Export of an executed notebook to one offline HTML file, by nbconvert and its own template.

`jupyter nbconvert --to caoan notebook.ipynb` finds the exporter by its name.
"""

import logging
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from traitlets import default

from caoan_stats.common.errors import InvalidDataError
from caoan_stats.common.words import DEFAULT, phrase
from caoan_stats.datafolder import package
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.datafolder.find import find_data, find_threshold
from caoan_stats.display.doubts import without_dangling
from caoan_stats.publish.cells import Converted, convert_cells
from caoan_stats.publish.maths import spelled
from caoan_stats.publish.parameters import given_year
from caoan_stats.publish.remarks import LOGGED
from caoan_stats.publish.render import TEMPLATES, page_script
from caoan_stats.publish.sections import without_empty
from caoan_stats.publish.site import INTERNAL, PUBLIC, Head, Heading

SAVED = '<p class="save">'  # of a chart that can be saved
_DOWNLOAD = re.compile(r'(<a\b[^>]*\sdownload="[^"]*?)((?:\.\w+)?")')
LISTED = 3  # sections of the shortest page that lists its contents


class ReportExporter(TemplateExporter):
    """nbconvert exporter to an HTML page that needs no other file and no network.

    The resource `head` (`caoan_stats.publish.site.Head`) is the page header. Without it, or if it
    is None, the page stands alone: its title is the first heading of the notebook, its year that of
    the parameters, and its site the title of the data folder that is found from the working folder.
    """

    export_from_notebook = "Báo cáo HTML"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "caoan"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(TEMPLATES)]

    @default("extra_template_paths")
    def _extra_template_paths_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return an executed notebook as a page, with its resources; `nb` is not changed.

        The name of each download ends with that of the edition. The resource `content`
        (`caoan_stats.publish.cells.Converted`) tells what the page lacks.
        """
        self.environment.globals["phrase"] = phrase
        html, resources = super().from_notebook_node(nb, resources, **kw)
        if not resources["head"].path:
            for each in resources["content"].remarks:
                level = logging.INFO if each.kind == LOGGED else logging.WARNING
                self.log.log(level, "%s", each.located(DEFAULT))
        edition = PUBLIC if resources["head"].below else INTERNAL
        return _DOWNLOAD.sub(rf"\1-{edition}\2", without_dangling(html)), resources

    def _preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Turn what each cell shows into HTML, after what nbconvert does, such as executing it."""
        notebook, resources = super()._preprocess(nb, resources)  # type: ignore[no-untyped-call]
        folder = Path(resources["metadata"].get("path") or ".")
        content = convert_cells(notebook, folder)
        headings = _leave_out_empty(notebook, content.headings)
        title = normalize_text(spelled(content.title)) or resources["metadata"].get("name", "")
        resources["head"] = resources.get("head") or _head_of(notebook, title)
        resources["title"] = content.title
        sections = [each for each in headings if each.level == 2]
        resources["contents"] = sections if len(sections) >= LISTED else []
        resources["script"] = _script(notebook, resources["head"])
        resources["content"] = content
        return notebook, resources


def export_page(notebook: NotebookNode, head: Head, folder: Path = Path()) -> tuple[str, Converted]:
    """Return an executed notebook as a page of a site, and what there is to say of its cells.

    `notebook` is not changed; `folder` is that of its file, for its pictures.
    """
    given = {"head": head, "metadata": {"path": str(folder)}}
    html, resources = _exporter().from_notebook_node(notebook, given)
    return html, resources["content"]


def _script(notebook: NotebookNode, head: Head) -> dict[str, str] | None:
    """Return the script that a page needs, for its links and its charts; None for none."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", ()))
    has_charts = any(SAVED in str(each.get("data", {}).get("text/html", "")) for each in outputs)
    names = ["links"] * bool(head.path) + ["save"] * has_charts
    return page_script(*names) if names else None


def _leave_out_empty(notebook: NotebookNode, headings: Sequence[Heading]) -> list[Heading]:
    """Leave empty sections out of a notebook, name them at its end, and return the other headings.

    The markdown cells have HTML.
    """
    sections = {cell.source: cell for cell in notebook.cells if cell.source.startswith("<h2 ")}
    notebook.cells, empty = without_empty(notebook.cells, sections.values())
    left_out = [
        each for each in headings if any(f'id="{each.anchor}"' in cell.source for cell in empty)
    ]
    names = "; ".join(each.html for each in left_out if each.level == 2)
    if names:
        notebook.cells.append(
            new_markdown_cell(
                f'<p class="foot left-out">{phrase("site.left_out", names=names)}</p>'
            )
        )
    return [each for each in headings if each not in left_out]


@cache
def _exporter() -> ReportExporter:
    return ReportExporter()  # type: ignore[no-untyped-call]


def _head_of(notebook: NotebookNode, title: str) -> Head:
    """Return the header of a page that stands alone."""
    try:
        site = package.load_package(find_data()).title
    except InvalidDataError:
        site = ""
    return Head(title, given_year(notebook), site, below=find_threshold())
