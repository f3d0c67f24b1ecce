"""Export of an executed notebook to one offline HTML file, by nbconvert and its own template.

`jupyter nbconvert --to caoan notebook.ipynb` finds the exporter by its name.
"""

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

from mistune import HTMLRenderer, create_markdown
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from traitlets import default

from caoan_stats.common.errors import InvalidDataError
from caoan_stats.common.words import phrase
from caoan_stats.datafolder import package
from caoan_stats.datafolder.find import find_data, find_threshold
from caoan_stats.display.doubts import without_dangling
from caoan_stats.display.markup import slug, strip_tags
from caoan_stats.publish.render import TEMPLATES, page_script
from caoan_stats.publish.sections import PAGE_ONLY, without_empty
from caoan_stats.publish.site import Head, Heading

SAVED = '<p class="save">'  # of a chart that can be saved
MAIN_ANCHOR = "noi-dung"  # id of the `main` element, which no heading may have
_TABLE = re.compile(r"<table(?![^>]*role=)[^>]*>.*?</table>", re.DOTALL)  # not one of ours
_HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)
PLUGINS = ["table", "strikethrough", "url"]  # of mistune
LISTED = 3  # sections of the shortest page that lists its contents
_TITLE = re.compile(r"\s*<h1 [^>]*>(.*?)</h1>\s*", re.DOTALL)
_YEAR = re.compile(r"^year *(?:: *\w+ *)?= *(\d{4})\b", re.MULTILINE)
_PARAMETERS = {"parameters", "injected-parameters"}  # tags of cells


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
        """Return an executed notebook as a page, with its resources; `nb` is not changed."""
        notebook = deepcopy(nb)
        cells = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
        rendered, headings = render_markdown(cell.source for cell in cells)
        heading = _TITLE.match(rendered[0]) if rendered else None
        for cell, html in zip(cells, rendered, strict=True):
            shown = _with_scrolling_tables(html)
            is_page_only = PAGE_ONLY in cell.metadata.get("tags", ())
            cell.source = (
                shown.replace("<h2 ", f'<h2 class="{PAGE_ONLY}" ') if is_page_only else shown
            )
        _let_outputs_scroll(notebook)
        headings = _leave_out_empty(notebook, headings)
        if heading:  # the page header shows it
            cells[0].source = cells[0].source[heading.end() :]
        resources = dict(resources or {})
        name = resources.get("metadata", {}).get("name", "")
        title = strip_tags(heading[1]) if heading else name
        resources["head"] = resources.get("head") or _head_of(notebook, title)
        sections = [each for each in headings if each.level == 2]
        resources["contents"] = sections if len(sections) >= LISTED else []
        resources["script"] = _script(notebook, resources["head"])
        self.environment.globals["phrase"] = phrase
        html, resources = super().from_notebook_node(notebook, resources, **kw)
        return without_dangling(html), resources


def export_page(notebook: NotebookNode, head: Head) -> str:
    """Return an executed notebook as a page of a site; `notebook` is not changed."""
    html, _ = _exporter().from_notebook_node(notebook, {"head": head})
    return html


def render_markdown(sources: Iterable[str]) -> tuple[list[str], list[Heading]]:
    r"""Return the markdown cells of a notebook as HTML, and their headings with unique anchors.

    Examples
    --------
    >>> render_markdown(["## Kết quả", "## Kết quả"])[0][1]
    '<h2 id="ket-qua-2">Kết quả</h2>\n'
    """
    renderer = _Renderer(escape=False)
    markdown: Any = create_markdown(renderer=renderer, plugins=PLUGINS)
    return [markdown(source) for source in sources], renderer.headings


def _with_scrolling_tables(html: str) -> str:
    """Return HTML in which each table of others, as of pandas, can be scrolled sideways.

    Its header cells say what they head, and empty ones are ordinary cells.
    """
    start = f'<div class="scroll" role="group" aria-label="{phrase("frame.table")}" tabindex="0">'
    return _TABLE.sub(lambda table: f"{start}{_scoped(table[0])}</div>", html)


def _scoped(table: str) -> str:
    named = table.replace("<th></th>", "<td></td>")
    named = _HEAD.sub(lambda head: head[0].replace("<th>", '<th scope="col">'), named)
    return named.replace("<th>", '<th scope="row">')


def _let_outputs_scroll(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text/html" in data:
                data["text/html"] = _with_scrolling_tables(data["text/html"])


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
    parameters = notebook.metadata.get("papermill", {}).get("parameters", {})
    cells = [cell for cell in notebook.cells if _PARAMETERS & {*cell.metadata.get("tags", [])}]
    declared = _YEAR.findall("\n".join(cell.source for cell in cells))
    year = parameters.get("year") or (declared and declared[-1])
    return Head(title, int(year) if year else None, site, below=find_threshold())


class _Renderer(HTMLRenderer):
    """Renderer that adds anchors to headings and collects them."""

    def __init__(self, *, escape: bool) -> None:
        super().__init__(escape=escape)
        self.headings: list[Heading] = []

    def heading(self, text: str, level: int, **_attributes: Any) -> str:
        name = slug(strip_tags(text)) or "muc"
        taken = {MAIN_ANCHOR, *(heading.anchor for heading in self.headings)}
        anchors = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
        anchor = next(each for each in anchors if each not in taken)
        self.headings.append(Heading(level, text, anchor))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'
