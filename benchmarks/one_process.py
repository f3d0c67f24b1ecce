"""Pages made one after another in this process; prints the seconds of each.

`benchmarks/reports.py` starts it in the folder of the notebooks, with a method and the names of
pages, such as `2023/rice`.
"""

import ast
import sys
import time
from typing import Any

import papermill
from nbconvert.exporters import HTMLExporter
from nbformat import v4
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

EXPORTER = HTMLExporter()


def stock(path: str, year: int) -> None:
    """Make a page with papermill's own engine and nbconvert's own exporter."""
    executed = papermill.execute_notebook(
        path, None, {"year": year}, kernel_name="python3", progress_bar=False
    )
    EXPORTER.from_notebook_node(executed)


def limit(path: str, year: int) -> None:
    """Run the cells of a page in this process, without a kernel, and render them."""
    from caoan_stats.publish.export import export_page
    from caoan_stats.publish.site import Head

    notebook = parameterize_notebook(load_notebook_node(path), {"year": year})
    namespace: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = _outputs(cell.source, namespace)
    export_page(notebook, Head(path, year))


def _outputs(source: str, namespace: dict[str, Any]) -> list[Any]:
    """Execute a cell; return what it displays."""
    values: list[Any] = []
    sys.displayhook = values.append
    cell = ast.Interactive(ast.parse(source).body)
    exec(compile(cell, "cell", "single"), namespace)  # noqa: S102 - our own notebooks
    data = [{"text/plain": repr(value), "text/html": value._repr_html_()} for value in values]
    return [v4.new_output("execute_result", each) for each in data]


if __name__ == "__main__":
    make = {"stock": stock, "limit": limit}[sys.argv[1]]
    for name in sys.argv[2:]:
        start = time.perf_counter()
        folder, notebook = name.split("/")
        make(f"{notebook}.ipynb", int(folder))
        print(time.perf_counter() - start)
