import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, chdir
from functools import cache
from pathlib import Path

import nbformat
import pytest
from filelock import FileLock
from helpers.commands import call
from helpers.project import HEADER, PROJECT, TARGETS_HEADER
from helpers.trimming import trim
from hypothesis import settings

from caoan_stats import Dataset, InvalidDataError
from caoan_stats.datafolder import processed, raw

# a slow machine is no fault of the code
settings.register_profile("short", deadline=None, max_examples=50)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("short")  # pytest --hypothesis-profile=long replaces it

FEW_TABLES = {"rice", "livestock", "budget", "welfare", "electricity", "population"}
HOLD = (
    "import sys, time; from pathlib import Path; from caoan_stats.common.locks import hold\n"
    "with hold([Path(sys.argv[1])]): print(flush=True); time.sleep(float(sys.argv[2]))"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the shipped data folder, to spoil."""
    source = PROJECT / "data"
    return Path(
        shutil.copytree(source, tmp_path / "data", ignore=shutil.ignore_patterns("processed"))
    )


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    return Dataset.open(PROJECT / "data")


@pytest.fixture(scope="session")
def empty_projects(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Path]:
    """Return a project with `data/`, built, and the empty workbook of 2024; not to be changed."""

    @cache
    def make(all_tables: bool) -> Path:
        folder = tmp_path_factory.mktemp("project")
        trim(PROJECT / "data", folder / "data", None if all_tables else FEW_TABLES)
        processed.build(folder / "data")
        with chdir(folder):
            assert call("new-year", "2024", "--data", "data").exit_code == 0
        return folder

    return make


@pytest.fixture
def empty_project(empty_projects: Callable[[bool], Path], request: pytest.FixtureRequest) -> Path:
    """The project of a test: a few tables of the shipped data, or all for tests marked so."""
    return empty_projects(request.node.get_closest_marker("all_tables") is not None)


@pytest.fixture
def write_table(data: Path) -> Callable[..., Path]:
    """Replace a table of the copy by lines below the right header, and empty all others.

    `more` are columns that the header has at its end, separated by commas.
    """

    def write(name: str, *lines: str, more: str = "") -> Path:
        for path in (data / "raw").glob("*.csv"):
            if path.name not in ("sources.csv", "targets.csv"):
                path.write_text(HEADER, encoding="utf-8")
        (data / "raw" / "targets.csv").write_text(TARGETS_HEADER, encoding="utf-8")
        names = TARGETS_HEADER if name == "targets" else HEADER
        header = ",".join([names.strip(), *filter(None, [more])])
        path = data / "raw" / f"{name}.csv"
        path.write_text("".join(f"{line}\n" for line in (header, *lines)), encoding="utf-8")
        return data

    return write


@pytest.fixture
def errors(data: Path) -> Callable[[], list[str]]:
    """Every error of the copy, as English sentences."""

    def read() -> list[str]:
        with pytest.raises(InvalidDataError) as caught:
            raw.read_tables(data)
        return [str(error) for error in caught.value.errors]

    return read


@pytest.fixture
def project(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the shipped data and no notebooks, as the working folder."""
    (data.parent / "notebooks").mkdir()
    monkeypatch.chdir(data.parent)
    monkeypatch.delenv("CAOAN_STATS_DATA", raising=False)
    return data.parent


@pytest.fixture
def add_notebook(project: Path) -> Callable[..., Path]:
    """Add a notebook of a heading, a parameters cell and one more cell of code."""

    def add(name: str, code: str, parameters: str = "year = 2023") -> Path:
        notebook = nbformat.v4.new_notebook()
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
        notebook.cells = [
            nbformat.v4.new_markdown_cell(f"# Trang {name}"),
            nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(code),
        ]
        path = project / "notebooks" / f"{name}.ipynb"
        nbformat.write(notebook, path)
        return path

    return add


@pytest.fixture
def busy():
    """Hold a folder in another process for some seconds."""
    with ExitStack() as running:

        def start(folder: Path, seconds: float = 600) -> subprocess.Popen:
            command = [sys.executable, "-c", HOLD, str(folder), str(seconds)]
            process = running.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE))
            running.callback(process.kill)
            assert process.stdout is not None
            process.stdout.readline()
            return process

        yield start


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Every page of the project; the first worker that needs them makes them for all."""
    folder = tmp_path_factory.getbasetemp()
    out = (folder if worker_id == "master" else folder.parent) / "exports"
    with FileLock(f"{out}.lock"):
        if not out.exists():
            command = [sys.executable, "-m", "caoan_stats", "run", "--out", str(out)]
            done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
    return out
