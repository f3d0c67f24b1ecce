"""nbconvert exporter of executed notebooks to Word documents.

`jupyter nbconvert --to caoan-docx notebook.ipynb` finds it by its name.
"""

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from caoan_stats.publish.export import ReportExporter
from caoan_stats.publish.site import Head
from caoan_stats.writing import form
from caoan_stats.writing.edition import edition_words
from caoan_stats.writing.html import Writer
from caoan_stats.writing.saving import to_bytes


class WordExporter(Exporter):
    """nbconvert exporter to a .docx with the content of the page that `--to caoan` makes.

    The resource `head` is as for `caoan_stats.publish.export.ReportExporter`.
    """

    export_from_notebook = "Word"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".docx"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Return an executed notebook as the bytes of a .docx, with its resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return _written(notebook, resources["head"]), resources

    def _preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Turn what each cell shows into HTML, as for a page."""
        page = ReportExporter(config=self.config)  # type: ignore[no-untyped-call]
        return page._preprocess(nb, resources)


def _written(notebook: NotebookNode, head: Head) -> bytes:
    title = f"{head.title} {head.year_words}".strip()
    mark = edition_words(head.below) if head.year else ""
    document = form.new_document(title, head.site, head.year, mark)
    document.add_paragraph(title, style=form.style_of_heading(1))
    writer = Writer(document)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for output in cell.outputs:
                writer.add(output.html)
        else:
            writer.add(cell.source)
    return to_bytes(document)
