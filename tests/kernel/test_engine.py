"""The papermill engine that executes a notebook in a fork."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import nbformat
import papermill
import psutil
import pytest
from helpers.cells import QUICK, execute, notebook, same
from helpers.project import PROJECT
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import papermill_engines

from caoan_stats.kernel import forks
from caoan_stats.kernel.engine import PRELOAD, ForkEngine
from caoan_stats.publish.notebooks import find_notebooks

pytestmark = pytest.mark.skipif(not forks.available(), reason="needs forks")

ENGINE = "caoan_stats"
NOTEBOOKS = [each.name for each in find_notebooks(PROJECT / "notebooks")]
PAGES = [*((name, 2023) for name in NOTEBOOKS), ("rice", 2022), ("overview", 2024)]


@pytest.fixture
def run(tmp_path) -> Callable[..., list[list]]:
    """Execute cells in a fork, and return the outputs of each."""

    def run(*sources: str, **options) -> list[list]:
        done = execute(notebook(*sources), tmp_path, engine_name=ENGINE, **options)
        return [same(cell.outputs) for cell in done.cells if cell.cell_type == "code"]

    return run


@pytest.mark.parametrize("name", [*NOTEBOOKS, "explore"])
def test_a_year_can_be_text(tmp_path, name):
    path, out = PROJECT / "notebooks" / f"{name}.ipynb", tmp_path / "executed.ipynb"
    papermill.execute_notebook(path, out, {"year": "2022"}, engine_name=ENGINE, **QUICK)


def printed(outputs: list[dict]) -> str:
    [output] = outputs
    return output["text"]


@pytest.mark.parametrize(("name", "year"), PAGES)
def test_a_notebook_of_the_project_has_the_outputs_of_a_real_kernel(tmp_path, name, year):
    def executed(engine: str | None) -> NotebookNode:
        return papermill.execute_notebook(
            PROJECT / "notebooks" / f"{name}.ipynb",
            tmp_path / "executed.ipynb",
            {"year": year},
            engine_name=engine,
            cwd=PROJECT / "notebooks",
            **QUICK,
        )

    real, fork = ([_steady(cell) for cell in executed(each).cells] for each in (None, ENGINE))
    assert fork == real


def _steady(cell: NotebookNode) -> tuple:
    if cell.cell_type != "code":
        return (cell.source,)
    return cell.source, cell.execution_count, same(cell.outputs), cell.metadata.tags


def test_papermill_finds_the_engine_by_its_name():
    assert papermill_engines.get_engine(ENGINE) is ForkEngine


def test_a_notebook_that_exits_in_its_last_cell_is_executed(run):
    assert run("1", "print('a')\nexit()")[1] == [
        {"output_type": "stream", "name": "stdout", "text": "a\n"}
    ]


def test_a_notebook_that_exits_before_its_last_cell_is_an_error(run):
    with pytest.raises(DeadKernelError, match="Kernel died"):
        run("exit()", "print('a')")


def test_a_notebook_that_ends_its_process_is_an_error_with_the_exit_code(run):
    with pytest.raises(forks.ForkDiedError) as caught:
        run("import os; os._exit(3)", "1")
    assert caught.value.code == 3


def test_a_notebook_that_crashes_is_an_error_with_the_signal(run):
    with pytest.raises(forks.ForkDiedError) as caught:
        run("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert caught.value.code == -9


def test_a_failed_notebook_is_kept_with_its_error(tmp_path):
    nbformat.write(notebook("1 / 0", "1"), tmp_path / "given.ipynb")
    with pytest.raises(papermill.PapermillExecutionError, match="ZeroDivisionError"):
        papermill.execute_notebook(
            tmp_path / "given.ipynb",
            tmp_path / "executed.ipynb",
            engine_name=ENGINE,
            kernel_name="python3",
            **QUICK,
        )
    kept = nbformat.read(tmp_path / "executed.ipynb", 4)
    outputs = [output for cell in kept.cells for output in cell.get("outputs", [])]
    assert [output.ename for output in outputs] == ["ZeroDivisionError"]


def test_a_notebook_can_be_saved_after_each_cell(run):
    first, second = run(
        "print('a')",
        "import nbformat\n"
        "print(nbformat.read('executed.ipynb', 4).cells[0].outputs[0].text.strip())",
        request_save_on_cell_execute=True,
    )
    assert second == first


def test_changes_to_the_process_do_not_reach_the_next_notebook(run):
    run(
        "import os, sys, builtins\nos.environ['CAOAN_LEFT'] = '1'\nos.chdir('/')\n"
        "sys.modules['left'] = sys\nbuiltins.left = 1\nimport pandas\n"
        "pandas.options.display.max_rows = 1"
    )
    [outputs] = run(
        "import os, sys, builtins, pandas\n"
        "print('CAOAN_LEFT' in os.environ, os.getcwd() == '/', 'left' in sys.modules,\n"
        "      hasattr(builtins, 'left'), pandas.options.display.max_rows == 1)"
    )
    assert printed(outputs) == "False False False False False\n"


def test_changes_to_the_process_do_not_reach_the_caller(run, monkeypatch):
    monkeypatch.delenv("CAOAN_LEFT", raising=False)
    before = Path.cwd()
    run("import os\nos.environ['CAOAN_LEFT'] = '1'\nos.chdir('/')")
    assert "CAOAN_LEFT" not in os.environ
    assert Path.cwd() == before


def test_a_notebook_has_the_current_environment_of_the_caller(run, monkeypatch):
    monkeypatch.setenv("CAOAN_NOW", "1")
    assert printed(run("import os\nprint(os.environ['CAOAN_NOW'])")[0]) == "1\n"


def test_the_matplotlib_backend_is_that_of_the_callers_environment(run, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    [outputs] = run("from matplotlib import pyplot\nprint(pyplot.get_backend())")
    assert printed(outputs) == "agg\n"


def test_two_notebooks_have_different_random_numbers(run):
    source = "import random, numpy\nprint(random.random(), numpy.random.random())"
    first, second = (printed(run(source)[0]).split() for _ in range(2))
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_a_running_thread_does_not_delay_the_notebook(run):
    [outputs] = run(
        "import threading\nthreading.Thread(target=threading.Event().wait).start()\nprint('a')"
    )
    assert printed(outputs) == "a\n"


def test_a_running_program_does_not_delay_the_notebook(run):
    [outputs] = run("import subprocess\nleft = subprocess.Popen(['sleep', '600'])\nprint(left.pid)")
    psutil.Process(int(printed(outputs))).kill()


def test_a_progress_bar_is_not_an_output(tmp_path):
    nbformat.write(notebook("print('a')", "1"), tmp_path / "given.ipynb")
    command = [sys.executable, "-m", "papermill", "--engine", ENGINE, "given.ipynb", "done.ipynb"]
    done = subprocess.run(
        [*command, "--kernel", "python3"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    first, second = nbformat.read(tmp_path / "done.ipynb", 4).cells
    assert [each.get("text") for each in first.outputs] == ["a\n"]
    assert [each.output_type for each in second.outputs] == ["execute_result"]
    assert "Executing: 100%" in done.stderr


def test_a_cell_ends_at_its_time_limit(run):
    with pytest.raises(CellTimeoutError):
        run("import threading\nthreading.Event().wait()", execution_timeout=1)


def test_prints_can_be_written_to_a_file_of_the_caller(run, tmp_path):
    with (tmp_path / "out.txt").open("w+", encoding="utf-8") as file:
        run("print('a')", stdout_file=file)
        file.seek(0)
        assert file.read() == "a\n"


def test_prints_can_be_logged_by_the_caller(run, caplog):
    caplog.set_level("INFO", "papermill")
    run("print('logged')", log_output=True)
    assert "logged\n" in caplog.messages


def test_without_forks_the_engine_uses_a_real_kernel(run, monkeypatch):
    monkeypatch.setattr(forks, "available", lambda: False)
    [outputs] = run("import sys\nprint(len(sys.argv))")
    assert int(printed(outputs)) > 1


def test_a_notebook_executed_in_a_fork_runs_in_that_fork(tmp_path):
    nbformat.write(notebook("import os\nprint(os.getpid())"), tmp_path / "given.ipynb")
    again = partial(papermill.execute_notebook, engine_name=ENGINE, kernel_name="python3", **QUICK)
    fork = forks.spawn(PRELOAD, again, tmp_path / "given.ipynb", None)
    [cell] = fork.result().cells
    assert int(cell.outputs[0].text) == fork.pid
