import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import nbformat
import pytest
from helpers.project import HEADER, PROJECT, TARGETS_HEADER
from hypothesis import settings

from caoan_stats import Dataset, InvalidDataError
from caoan_stats.datafolder import raw

# a slow machine is no fault of the code
settings.register_profile("short", deadline=None, max_examples=50)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("short")  # pytest --hypothesis-profile=long replaces it

HOLD = (
    "import sys, time; from pathlib import Path; from caoan_stats.common.locks import hold\n"
    "with hold([Path(sys.argv[1])]): print(flush=True); time.sleep(float(sys.argv[2]))"
)
# what takes half a minute or more, the longest first; and whose tests share what takes long
LONG = (
    "test_kills.py", "test_reading.py", "test_schedule.py", "test_suppression.py",
    "test_benchmarks.py", "test_public.py", "test_formulas.py", "test_lab.py", "test_scheduler.py",
)  # fmt: skip
SHARING = ("test_benchmarks.py", "test_public.py", "test_lab.py", "test_scheduler.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let each worker begin with tests that take long, so that none is left to the end.

    xdist cuts the list into as many parts as there are workers; who is done takes from the others.
    """
    workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    first: dict[str, list[pytest.Item]] = {}
    for item in sorted(filter(_takes_long, items), key=lambda item: LONG.index(item.path.name)):
        together = item.path.name in SHARING
        first.setdefault(item.path.name if together else item.nodeid, []).append(item)
    rest = [item for item in items if not _takes_long(item)]
    order: list[pytest.Item] = []
    for place in range(workers):
        own = [item for group in list(first.values())[place::workers] for item in group]
        count = max((len(items) - len(order)) // (workers - place) - len(own), 0)
        order += own + rest[:count]
        rest = rest[count:]
    items[:] = order + rest


def _takes_long(item: pytest.Item) -> bool:
    marks = ("long", "property")
    return item.path.name in LONG and any(map(item.get_closest_marker, marks))


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
def empty_form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of 2024 as it is handed out for the shipped data, not to be changed."""
    folder = tmp_path_factory.mktemp("form")
    command = [sys.executable, "-m", "caoan_stats", "new-year", "2024"]
    subprocess.run([*command, "--data", str(PROJECT / "data")], cwd=folder, check=True)
    return folder / "2024.xlsx"


@pytest.fixture
def write_table(data: Path) -> Callable[..., Path]:
    """Replace a table of the copy by lines below the right header, and empty all others."""

    def write(name: str, *lines: str) -> Path:
        for path in (data / "raw").glob("*.csv"):
            if path.name not in ("sources.csv", "targets.csv"):
                path.write_text(HEADER, encoding="utf-8")
        (data / "raw" / "targets.csv").write_text(TARGETS_HEADER, encoding="utf-8")
        header = TARGETS_HEADER if name == "targets" else HEADER
        path = data / "raw" / f"{name}.csv"
        path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
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
    """Let another process hold a folder for some seconds."""
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
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page of the project, made once by the command itself."""
    out = tmp_path_factory.mktemp("exports")
    command = [sys.executable, "-m", "caoan_stats", "run", "--out", str(out)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out
