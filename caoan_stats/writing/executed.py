"""A notebook executed for a year, as a Word document with the content of its page."""

import os
import traceback
from pathlib import Path

import papermill

from caoan_stats.datafolder.find import DATA_VARIABLE, PUBLIC_BELOW_VARIABLE
from caoan_stats.kernel import engine, forks
from caoan_stats.publish.parameters import parameterized
from caoan_stats.writing.exporter import WordExporter


def write_executed(notebook: Path, year: int, data: Path, below: int) -> bytes | str:
    """Return the bytes of a .docx; if a cell fails, the reason as a line of text.

    The notebook runs in a fork where the system has them. It reads the data folder `data` in the
    edition that hides counts under `below`.
    """
    if not forks.available():
        return _write(notebook, year, data, below)
    made: bytes | str = forks.call(engine.PRELOAD, _write, notebook, year, data, below)
    return made


def _write(path: Path, year: int, data: Path, below: int) -> bytes | str:
    os.environ.update({DATA_VARIABLE: str(data), PUBLIC_BELOW_VARIABLE: str(below)})
    try:
        executed = papermill.execute_notebook(
            parameterized(path, {"year": year}),
            None,
            engine_name=engine.NAME,
            progress_bar=False,
            extra_arguments=["--log-level=CRITICAL"],
            cwd=path.parent,
        )
    except Exception as error:
        return traceback.format_exception_only(error)[-1].strip().splitlines()[-1]
    exporter = WordExporter()  # type: ignore[no-untyped-call]
    content, _ = exporter.from_notebook_node(executed, {"metadata": {"path": str(path.parent)}})
    return content
