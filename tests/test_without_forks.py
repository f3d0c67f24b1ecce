"""A system without forks, as Windows is: ordinary kernels, processes that make pages themselves."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from conftest import PROJECT

PAGES = ("audit", "livestock")


@pytest.fixture
def without_forks(tmp_path) -> Callable[..., subprocess.CompletedProcess]:
    """Call Python where there is no `os.fork`, in its children neither."""
    (tmp_path / "sitecustomize.py").write_text("import os\n\ndel os.fork\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}

    def call(*arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, *arguments]
        return subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
        )

    return call


def test_there_are_none(without_forks):
    done = without_forks("-c", "from caoan_stats import forks; print(forks.available())")
    assert done.stdout == "False\n"


def test_a_run_makes_the_same_pages(without_forks, exports, tmp_path):
    named = [part for name in PAGES for part in ("--notebook", name)]
    options = ("--year", "2023", *named, "--out", str(tmp_path / "out"), "--jobs", "2")
    done = without_forks("-m", "caoan_stats", "run", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    for name in PAGES:
        made, other = ((folder / f"2023/{name}.html").read_text(encoding="utf-8").partition("<main")
                       for folder in (tmp_path / "out", exports))  # fmt: skip
        assert made[2].partition("</main>")[0] == other[2].partition("</main>")[0]


def test_a_notebook_that_fails_does_so_alone(without_forks, project, add_notebook):
    add_notebook("bad", "1 / 0")
    add_notebook("good", "year")
    out = project / "out"
    options = ("--data", str(project / "data"), "--year", "2023", "--out", str(out))
    code = "import os, sys; os.chdir(sys.argv.pop(1)); from caoan_stats.cli import app; app()"
    done = without_forks("-c", code, str(project), "run", *options)
    assert done.returncode == 1
    assert "2023/bad: LỖI: ZeroDivisionError: division by zero" in done.stdout
    assert "2023/good: đã làm" in done.stdout
    assert (out / "failed/2023/bad.ipynb").is_file()
