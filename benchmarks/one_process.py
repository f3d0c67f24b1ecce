"""A process that does one thing after another, as its standard input asks; says how long each took.

`benchmarks/reports.py` starts it.
"""

import ast
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType
from typing import Any

Ask = Callable[[str], float]


def stock(data: Path) -> Ask:
    """Make pages with papermill, its own engine and kernel, and nbconvert's own HTML exporter."""
    import papermill
    from nbconvert.exporters import HTMLExporter

    exporter = HTMLExporter()

    def make(name: str) -> float:
        start, (year, notebook) = time.perf_counter(), name.split("/")
        with TemporaryDirectory(dir=data.parent) as folder:
            executed = papermill.execute_notebook(
                f"{notebook}.ipynb",
                f"{folder}/{notebook}.ipynb",
                {"year": int(year)},
                kernel_name="python3",
                progress_bar=False,
                extra_arguments=["--log-level=CRITICAL"],
            )
            page, _ = exporter.from_notebook_node(executed)
            Path(folder, f"{notebook}.html").write_text(page, encoding="utf-8")
        return time.perf_counter() - start

    return make


def limit(data: Path) -> Ask:
    """Make pages from nothing but what the cells do and one rendering: no kernel, no messages."""
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    from caoan_stats.publish import export
    from caoan_stats.publish.plan import make_plan

    jobs = {job.name: job for job in make_plan(data, data.parent / "limit").every}

    def make(name: str) -> float:
        job = jobs[name]
        given = load_notebook_node(str(job.notebook.path))
        notebook = parameterize_notebook(given, {"year": job.year})
        head = replace(job.head, key=job.key)
        start = time.perf_counter()
        namespace: dict[str, Any] = {}
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = _outputs(cell.source, namespace)
        page = export.export_page(notebook, head)
        spent = time.perf_counter() - start
        job.page.parent.mkdir(parents=True, exist_ok=True)
        job.page.write_text(page, encoding="utf-8")
        return spent

    return make


def _outputs(source: str, namespace: dict[str, Any]) -> list[Any]:
    """Execute a cell; give what its last expression shows."""
    from nbformat import v4

    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(_compiled(ast.Module(body, [])), namespace)  # noqa: S102 - our own notebooks
    shown = eval(_compiled(ast.Expression(last.value)), namespace) if last else None  # noqa: S307
    if shown is None:
        return []
    rich = {"text/html": shown._repr_html_()} if hasattr(shown, "_repr_html_") else {}
    return [v4.new_output("execute_result", {"text/plain": repr(shown), **rich})]


def _compiled(code: ast.Module | ast.Expression) -> CodeType:
    return compile(code, "cell", "exec" if isinstance(code, ast.Module) else "eval")


def build(data: Path) -> Ask:
    """Build the data folder anew; the first time with the imports that it needs."""
    from caoan_stats.publish import worker

    def make(_: str) -> float:
        for path in data.glob("processed/*"):
            path.unlink()
        start = time.perf_counter()
        if error := worker.build_data(data, 0):
            raise error
        return time.perf_counter() - start

    return make


KINDS = {"stock": stock, "limit": limit, "build": build}


def main(kind: str, data: str) -> None:
    """Do what each line of the standard input names."""
    ask = KINDS[kind](Path(data))
    print("ready", flush=True)
    for line in sys.stdin:
        print(ask(line.strip()), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
