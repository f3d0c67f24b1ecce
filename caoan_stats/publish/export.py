"""An executed notebook as one offline HTML file, by nbconvert and a template of our own.

`jupyter nbconvert --to caoan notebook.ipynb` finds the exporter by its name.
"""

import re
from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from typing import Any

from mistune import HTMLRenderer, create_markdown
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from caoan_stats.common.errors import InvalidDataError
from caoan_stats.datafolder import package
from caoan_stats.datafolder.find import find_data, find_threshold
from caoan_stats.display.markup import slug, strip_tags
from caoan_stats.publish.render import TEMPLATES, page_script
from caoan_stats.publish.site import Head, Heading

_TITLE = re.compile(r"\s*<h1 [^>]*>(.*?)</h1>\s*", re.DOTALL)
_YEAR = re.compile(r"^year *= *(\d{4})\b", re.MULTILINE)


MAIN_ANCHOR = "noi-dung"  # the anchor of all content
PLUGINS = ["table", "strikethrough", "url"]


class ReportExporter(TemplateExporter):
    """nbconvert's exporter of a report: HTML that needs no other file and no network.

    The resource `head` (`caoan_stats.publish.site.Head`) says what the page is of. Without it the
    page stands alone: its title is the first heading, its year that of the parameters, and its site
    the title of the data folder that is found from where the exporter runs.
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
        """Write an executed notebook as a page.

        Parameters
        ----------
        nb
            With its outputs.
        resources
            As nbconvert gives them; `head` is read.
        **kw
            For nbconvert.

        Returns
        -------
        str
            The page.
        dict
            The resources, with the extension of the file.
        """
        notebook = deepcopy(nb)
        cells = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
        written, headings = render_markdown(cell.source for cell in cells)
        title = _TITLE.match(written[0]) if written else None
        for cell, html in zip(cells, written, strict=True):
            cell.source = html
        if title:
            cells[0].source = cells[0].source[title.end() :]
        given = dict(resources or {})
        words = strip_tags(title[1]) if title else given.get("metadata", {}).get("name", "")
        given["head"] = given.get("head") or _head_of(notebook, words)
        given["contents"] = [heading for heading in headings if heading.level == 2]
        given["script"] = page_script()
        page: str
        page, given = super().from_notebook_node(notebook, given, **kw)
        return page, given


def export_page(notebook: NotebookNode, head: Head) -> str:
    """Write an executed notebook as a page of a site.

    Parameters
    ----------
    notebook
        With its outputs.
    head
        What the page is of.
    """
    html: str
    html, _ = _exporter().from_notebook_node(notebook, {"head": head})
    return html


@cache
def _exporter() -> ReportExporter:
    return ReportExporter()  # type: ignore[no-untyped-call]


def _head_of(notebook: NotebookNode, title: str) -> Head:
    """Tell of a notebook itself what it is of."""
    try:
        site = package.load_package(find_data()).title
    except InvalidDataError:
        site = ""
    parameters = notebook.metadata.get("papermill", {}).get("parameters", {})
    sources = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    declared = _YEAR.search(sources)
    year = parameters.get("year") or (declared and declared[1])
    return Head(title, int(year) if year else None, site, below=find_threshold())


def render_markdown(sources: Iterable[str]) -> tuple[list[str], list[Heading]]:
    r"""Turn markdown into HTML.

    Parameters
    ----------
    sources
        The markdown cells of a notebook, in order.

    Returns
    -------
    list of str
        The HTML of each.
    list of Heading
        The headings of all, in order.

    Examples
    --------
    >>> render_markdown(["## Kết quả", "## Kết quả"])[0][1]
    '<h2 id="ket-qua-2">Kết quả</h2>\n'
    """
    renderer = _Renderer(escape=False)
    markdown: Any = create_markdown(renderer=renderer, plugins=PLUGINS)
    return [markdown(source) for source in sources], renderer.headings


class _Renderer(HTMLRenderer):
    """Collects the headings that it writes."""

    def __init__(self, *, escape: bool) -> None:
        super().__init__(escape=escape)
        self.headings: list[Heading] = []

    def heading(self, text: str, level: int, **_attributes: Any) -> str:
        name = slug(strip_tags(text)) or "muc"
        taken = {MAIN_ANCHOR, *(heading.anchor for heading in self.headings)}
        anchors = (name, *(f"{name}-{count}" for count in range(2, len(taken) + 3)))
        anchor = next(each for each in anchors if each not in taken)
        self.headings.append(Heading(level, text, anchor))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'
