"""What a page weighs, and how long its export takes, beside nbconvert's own HTML exporter."""

import re
from statistics import median
from timeit import timeit

import papermill
from nbconvert.exporters import HTMLExporter

from caoan_stats.datafolder.find import find_project
from caoan_stats.publish.export import ReportExporter

NAME = "rice"
ROUNDS = 10
ADDRESS = re.compile(r'(?:src|href)="https?://|@import|url\(["\']?https?://')


def main() -> None:
    """Export one executed notebook by both exporters in turn, and print how they compare."""
    folder = find_project() / "notebooks"
    path = folder / f"{NAME}.ipynb"
    notebook = papermill.execute_notebook(path, None, cwd=folder, progress_bar=False)
    ours, stock = ReportExporter(), HTMLExporter()
    page, stock_page = (each.from_notebook_node(notebook)[0] for each in (ours, stock))
    size, stock_size = len(page.encode()), len(stock_page.encode())
    times = median(
        timeit(lambda: stock.from_notebook_node(notebook), number=1)
        / timeit(lambda: ours.from_notebook_node(notebook), number=1)
        for _ in range(ROUNDS)
    )
    print(f"{NAME}: {size} bytes, {len(ADDRESS.findall(page))} addresses loaded")
    print(f"nbconvert's own: {stock_size} bytes, {len(ADDRESS.findall(stock_page))} addresses")
    print(f"ratio of bytes {stock_size / size:.1f}, of time {times:.1f}")


if __name__ == "__main__":
    main()
