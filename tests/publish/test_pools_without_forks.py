"""Pages on a system without forks, such as Windows: in ordinary kernels."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial

import nbformat
import pytest
from helpers.project import PROJECT

pytestmark = pytest.mark.long

PAGES = ("audit", "livestock")


@pytest.fixture
def without_forks(tmp_path) -> Callable[..., subprocess.CompletedProcess]:
    """Call Python without `os.fork`, in its child processes too."""
    (tmp_path / "sitecustomize.py").write_text("import os\n\ndel os.fork\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{PROJECT}"}

    def call(*arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, *arguments]
        return subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
        )

    return call


def test_forks_are_not_available(without_forks):
    done = without_forks("-c", "from caoan_stats.kernel import forks; print(forks.available())")
    assert done.stdout == "False\n"


def test_a_run_without_forks_makes_the_same_pages(without_forks, exports, tmp_path):
    named = [part for name in PAGES for part in ("--notebook", name)]
    options = ("--year", "2023", *named, "--out", str(tmp_path / "out"), "--jobs", "2")
    done = without_forks("-m", "caoan_stats", "run", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    for name in PAGES:
        made, other = ((folder / f"2023/{name}.html").read_text(encoding="utf-8").partition("<main")
                       for folder in (tmp_path / "out", exports))  # fmt: skip
        assert made[2].partition("</main>")[0] == other[2].partition("</main>")[0]


@pytest.fixture
def run(without_forks, project) -> Callable[..., subprocess.CompletedProcess]:
    """Run the notebooks of a project for 2023."""
    code = (
        "import os, sys; os.chdir(sys.argv.pop(1)); from caoan_stats.command.cli import app; app()"
    )
    options = ("--data", str(project / "data"), "--year", "2023", "--out", str(project / "out"))
    return partial(without_forks, "-c", code, str(project), "run", *options)


def test_notebooks_without_forks_fail_or_hang_alone(run, project, add_notebook):
    add_notebook("bad", "1 / 0")
    add_notebook("dies", "import os\n\nos._exit(3)")
    add_notebook("good", "year")
    add_notebook("slow", "import time\n\ntime.sleep(600)")
    done = run("--timeout", "5")
    assert done.returncode == 1
    assert "2023/bad: LỖI: ZeroDivisionError: division by zero" in done.stdout
    assert "2023/dies: LỖI: nbclient.exceptions.DeadKernelError: Kernel died" in done.stdout
    assert "2023/good: đã làm" in done.stdout
    assert "2023/slow: LỖI: một ô chạy quá 5 giây (--timeout)" in done.stdout
    kept = sorted(path.name for path in (project / "out/failed/2023").iterdir())
    assert kept == ["bad.ipynb", "dies.ipynb", "slow.ipynb"]


def test_a_notebook_without_forks_has_a_time_limit(run, project, add_notebook):
    path = add_notebook("long", "import time")
    notebook = nbformat.read(path, 4)
    notebook.cells += [nbformat.v4.new_code_cell("time.sleep(2)") for _ in range(5)]
    nbformat.write(notebook, path)
    done = run("--timeout", "60", "--timeout-notebook", "5")
    assert done.returncode == 1
    assert "2023/long: LỖI: notebook chạy quá 5 giây (--timeout-notebook)" in done.stdout


def test_a_kernel_without_forks_has_a_memory_limit(run, project, add_notebook):
    add_notebook("large", "large = bytearray(600 << 20)")
    done = run("--memory", "600")
    assert (done.returncode, "2023/large: LỖI: MemoryError" in done.stdout) == (1, True)


def test_a_page_without_forks_is_stale_after_a_change_of_what_its_notebook_read(
    run, project, add_notebook
):
    (project / "notebooks/tienich.py").write_text("X = 1")
    (project / "notebooks/them.csv").write_text("1")
    add_notebook("one", "import tienich\n\nopen('them.csv').read()")
    assert run().returncode == 0
    for name, text in (("tienich.py", "X = 22"), ("them.csv", "2")):
        (project / "notebooks" / name).write_text(text)
    assert "2023/one: chạy, vì them.csv đã đổi, tienich.py đã đổi\n" in run("--explain").stdout
    assert "2023/one: không chạy" in run("--explain").stdout
