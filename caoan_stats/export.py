"""An executed notebook as one offline HTML file, by nbconvert and a template of our own."""

from functools import cache
from pathlib import Path
from typing import Any

from nbconvert import HTMLExporter
from nbformat import NotebookNode

TEMPLATES = Path(__file__).with_name("templates")


def page(notebook: NotebookNode, *, title: str, year: int, site: str, key: str) -> str:
    """Write an executed notebook as a page that needs no other file and no network.

    Parameters
    ----------
    notebook
        With its outputs.
    title
        The subject.
    year
        The year that it reports on.
    site
        What all the pages are of.
    key
        Fingerprint of all that the page was made from; it stands in the page.
    """
    report = {"title": title, "year": year, "site": site, "key": key}
    html: str
    html, _ = _exporter().from_notebook_node(notebook, resources={"report": report})
    return html


@cache
def _exporter() -> Any:
    return HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="caoan",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=True,
        anchor_link_text="",
    )
