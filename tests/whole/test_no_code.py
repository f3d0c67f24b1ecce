"""`run` executes nothing that is in a data folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.project import PROJECT

from caoan_stats.kernel import forks

pytestmark = pytest.mark.long

COMMAND = Path(sys.executable).with_name("caoan-stats")  # `python -m` imports from its folder
MODULES = (
    *("sitecustomize", "usercustomize", "conftest", "caoan_stats", "pandas", "numpy", "matplotlib"),
    *(
        "papermill",
        "frictionless",
        "jsonschema",
        "mistune",
        "debugpy",
        "rfc3987_syntax",
        "colorsys",
    ),
    *("json", "pickle", "socket", "signal", "csv", "io", "re", "os", "sqlite3", "pdb", "planted"),
    *("__main__", "__init__", "datapackage", "ipython_config", "ipython_kernel_config"),
    *("jupyter_config", "jupyter_nbconvert_config", "multiprocessing"),
)
NOTEBOOK = """
import colorsys
import os
import matplotlib.pyplot as plt
from caoan_stats import Dataset, page
ds = Dataset.open()
card = ds.scorecard(year, "livestock")
display(page.composition(card, "poultry"), page.table(card, "Chăn nuôi"), page.notes(ds, card))
settings = [os.environ.get(name) for name in ("PLANTED", "PYTHONSAFEPATH")]
print(colorsys.__name__, plt.rcParams["font.size"], *settings)
"""
KERNEL = {"argv": ["touch"], "display_name": "planted", "language": "python"}
ENTRY_POINTS = """
[papermill.engine]
caoan_stats = planted:ForkEngine
[nbconvert.exporters]
caoan = planted:ReportExporter
[frictionless.plugins]
planted = planted
[matplotlib.backend]
inline = planted
"""
PYPROJECT = """
[project.entry-points."papermill.engine"]
caoan_stats = "planted:ForkEngine"
[tool.frictionless]
plugins = ["planted"]
"""
NO_FORKS = "import os\n\nos.__dict__.pop('fork', None)\n"
SETUPS = [
    pytest.param(
        "", marks=pytest.mark.skipif(not forks.available(), reason="needs forks"), id="forks"
    ),
    pytest.param(NO_FORKS, id="no forks"),
]


@pytest.fixture
def marks(tmp_path) -> Path:
    """A folder in which every executed trap leaves a file."""
    folder = tmp_path / "marks"
    folder.mkdir()
    return folder


@pytest.fixture
def run(tmp_path, project):
    """Run the installed command, and return the bytes of all files that it makes."""

    def call(out: str, cwd: Path, setup: str = "", *options: str) -> dict[Path, bytes]:
        site = tmp_path / "site"
        site.mkdir(exist_ok=True)
        (site / "sitecustomize.py").write_text(setup, encoding="utf-8")
        paths = os.pathsep.join([str(site), str(PROJECT)])
        done = subprocess.run(
            [COMMAND, "run", "--year", "2023", "--force", "--out", tmp_path / out, *options],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": paths},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        made = (path for path in (tmp_path / out).rglob("*") if path.is_file())
        return {path.relative_to(tmp_path / out): path.read_bytes() for path in made}

    return call


def set_traps(folder: Path, marks: Path) -> None:
    """Fill a folder with files that some program executes or reads as settings."""
    for name in MODULES:
        _write(folder / f"{name}.py", _leave(marks, name))
        _write(folder / name / "__init__.py", _leave(marks, name))
    _write(folder / "planted.pth", f"import os; {_leave(marks, 'pth')}")
    _write(folder / "planted-1.dist-info" / "METADATA", "Name: planted\nVersion: 1\n")
    _write(folder / "planted-1.dist-info" / "entry_points.txt", ENTRY_POINTS)
    _write(folder / "pyproject.toml", PYPROJECT)
    _write(folder / "matplotlibrc", "font.size: 40\nsvg.fonttype: path\n")
    _write(folder / ".env", "PLANTED=1\nCAOAN_STATS_PUBLIC_BELOW=9\n")
    _write(folder / ".ipython/profile_default/startup/00.py", _leave(marks, "startup"))
    _write(folder / ".jupyter/jupyter_config.py", _leave(marks, "jupyter"))
    for name in ("python3", "caoan_stats"):
        argv = {"argv": ["touch", str(marks / "kernel")]}
        spec = json.dumps(KERNEL | argv)
        _write(folder / "share/jupyter/kernels" / name / "kernel.json", spec)
        _write(folder / "kernels" / name / "kernel.json", spec)
    template = (
        "{{ cycler.__init__.__globals__.os.mkdir('" + str(marks / "template") + "') }}planted"
    )
    for place in ("", "caoan/", "templates/", "templates/caoan/", "nbconvert/templates/caoan/"):
        for name in ("index.html.j2", "page.html.j2", "table.html.j2", "chart.html.j2"):
            _write(folder / place / name, template)
    cell = {"cell_type": "code", "id": "a", "metadata": {"tags": ["parameters"]}, "outputs": []}
    source = {"source": f"year = 2023\n{_leave(marks, 'notebook')}", "execution_count": None}
    notebook = {"cells": [cell | source], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    _write(folder / "data" / "datapackage.json", "{}")  # so that the folder looks like a project
    for place in ("", "notebooks/"):
        _write(folder / place / "one.ipynb", json.dumps(notebook))
        _write(folder / place / "two.ipynb", json.dumps(notebook))


def _leave(marks: Path, name: str) -> str:
    return f"open({str(marks / name)!r}, 'w').close()\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("setup", SETUPS)
@pytest.mark.parametrize("where", [".", "data", "data/raw"])
def test_no_trap_in_a_data_folder_is_executed(
    project, data, marks, add_notebook, run, where, setup
):
    add_notebook("one", NOTEBOOK)
    without = run("without", project, setup)
    for folder in (data, data / "raw"):
        set_traps(folder, marks)
    options = ("--data", str(data)) if where == "." else ()
    with_traps = run("with", project / where, setup, *options)
    assert list(marks.iterdir()) == []
    assert with_traps == without
    assert b"colorsys 10.0 None None" in without[Path("2023/one.html")]


def test_a_trap_is_executed_by_python_itself(data, marks):
    set_traps(data, marks)
    subprocess.run([sys.executable, "-c", "import colorsys"], cwd=data, check=True)
    assert [path.name for path in marks.iterdir()] == ["colorsys"]


def test_code_in_a_cell_is_shown_as_text(project, data, marks, add_notebook, run):
    lines = [
        "{{ cycler.__init__.__globals__.os.mkdir('MARKS/jinja') }}",
        "{% for a in ''.__class__.__mro__[1].__subclasses__() %}{{ a }}{% endfor %}",
        "__import__('os').mkdir('MARKS/python')",
        "$(touch MARKS/shell)`touch MARKS/shell`",
        "!touch MARKS/ipython",
        "<img src=x onerror=alert(1)>",
    ]
    path = data / "raw" / "livestock.csv"
    text = " ".join(lines).replace("MARKS", str(marks))
    first, *others = path.read_text(encoding="utf-8").splitlines()
    noted = [others[1][:-1] + f'"{text}",', others[0], *others[2:]]
    path.write_text("\n".join([first, *noted, ""]), encoding="utf-8")
    add_notebook("one", NOTEBOOK)
    page = run("out", project)[Path("2023/one.html")].decode()
    assert list(marks.iterdir()) == []
    assert "{% for a in" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page
