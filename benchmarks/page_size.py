"""What a page weighs, and how long its export takes, beside nbconvert's own HTML exporter.

Executes one notebook and exports it by both, in turn and several times; says the ratios.
"""

import re
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import papermill
from nbconvert.exporters import Exporter, HTMLExporter

from caoan_stats.datafolder.find import find_project
from caoan_stats.publish.export import ReportExporter

ROUNDS = 10
ADDRESS = re.compile(r'(?:src|href)="https?://|@import|url\(["\']?https?://')


def executed(name: str) -> nbformat.NotebookNode:
    """Execute a notebook of the project."""
    path = find_project() / "notebooks" / f"{name}.ipynb"
    with TemporaryDirectory() as folder:
        target = Path(folder) / path.name
        papermill.execute_notebook(path, target, cwd=path.parent, progress_bar=False)
        return nbformat.read(target, as_version=4)


def exported(exporter: Exporter, notebook: nbformat.NotebookNode) -> tuple[str, float]:
    """Export a notebook; give the page and the seconds."""
    start = time.perf_counter()
    page, _ = exporter.from_notebook_node(notebook)
    return page, time.perf_counter() - start


def main(name: str) -> None:
    """Compare both exporters on one notebook."""
    notebook = executed(name)
    exporters = {"caoan": ReportExporter(), "html": HTMLExporter()}
    rounds = [
        {kind: exported(exporter, notebook) for kind, exporter in exporters.items()}
        for _ in range(ROUNDS)
    ]
    ours, stock = (rounds[0][kind][0] for kind in exporters)
    seconds = statistics.median(each["html"][1] / each["caoan"][1] for each in rounds)
    print(f"{name}: {len(ours.encode())} bytes, {len(ADDRESS.findall(ours))} addresses loaded")
    print(f"nbconvert's own: {len(stock.encode())} bytes, {len(ADDRESS.findall(stock))} addresses")
    print(f"ratio of bytes {len(stock.encode()) / len(ours.encode()):.1f}, of time {seconds:.1f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "rice")
