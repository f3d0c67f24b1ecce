"""A notebook that hangs, uses too much memory or ends its process loses only its own page."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import psutil
import pytest
from helpers.project import plan_of

from caoan_stats.publish import run, worker
from caoan_stats.publish.jobs import Limits, Result

SHORT = Limits(cell=1.0)


@pytest.fixture
def make(project, monkeypatch) -> Callable[[Limits], dict[str, Result]]:
    """Make the pages of 2023, and return the result of each by notebook."""
    monkeypatch.setattr(worker, "INTERRUPT_GRACE", 0.5)

    def make(allowed: Limits = SHORT) -> dict[str, Result]:
        planned = plan_of(project / "data", project / "out", [2023])
        results = run.perform_jobs(planned.requested, limits=allowed)
        return {result.job.notebook.name: result for result in results}

    return make


def ending(result: Result) -> tuple[str, str]:
    return result.outcome, str(result.reason)


def errors(result: Result) -> list[str]:
    """Return the traceback of each error in the executed copy."""
    cells = nbformat.read(result.job.failure, 4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return ["\n".join(each.traceback) for each in outputs if each.output_type == "error"]


HANGING = {
    "it sleeps": "import time\n\ntime.sleep(600)",
    "it waits": "import asyncio\n\nawait asyncio.sleep(600)",
    "it is busy": "while True:\n    pass",
    "it is deep in C": "x = 10**10**9",
    "it takes no interrupt": (
        "while True:\n    try:\n        while True:\n            pass\n"
        "    except BaseException:\n        pass"
    ),
    "it has stopped itself": "import os, signal\n\nos.kill(os.getpid(), signal.SIGSTOP)",
    "its program hangs": "import subprocess\n\nsubprocess.run(['sleep', '600'])",
    "its shell hangs": "import os\n\nos.system('sleep 600')",
}


@pytest.mark.parametrize("code", HANGING.values(), ids=HANGING)
def test_a_cell_over_its_time_limit_fails_and_is_kept_with_the_reason(make, add_notebook, code):
    add_notebook("hangs", code)
    result = make()["hangs"]
    assert ending(result) == ("failed", "a cell took longer than 1 s (--timeout)")
    assert len(errors(result)) == 1
    assert not result.job.page.exists()


def test_the_copy_of_an_interrupted_cell_has_its_traceback(make, add_notebook):
    add_notebook("hangs", HANGING["it sleeps"])
    [error] = errors(make()["hangs"])
    assert "KeyboardInterrupt" in error
    assert "sleep" in error


def test_the_copy_of_a_killed_cell_has_the_reason(make, add_notebook):
    add_notebook("hangs", HANGING["it takes no interrupt"])
    assert errors(make()["hangs"]) == ["a cell took longer than 1 s (--timeout)"]


def test_all_cells_of_a_notebook_together_have_a_time_limit(make, add_notebook):
    path = add_notebook("long", "import time")
    notebook = nbformat.read(path, 4)
    notebook.cells += [nbformat.v4.new_code_cell("time.sleep(0.5)") for _ in range(20)]
    nbformat.write(notebook, path)
    result = make(Limits(cell=5.0, notebook=2.0))["long"]
    assert ending(result) == ("failed", "the notebook took longer than 2 s (--timeout-notebook)")
    assert len(errors(result)) == 1


def test_a_notebook_that_hangs_after_its_last_cell_is_interrupted_and_made(make, add_notebook):
    add_notebook("long", "import atexit, time\n\natexit.register(time.sleep, 600)")
    assert make(Limits(notebook=2.0))["long"].outcome == "made"


def test_a_process_that_a_notebook_has_started_ends_with_it(make, add_notebook, project):
    start = "import subprocess, pathlib\n\nprocess = subprocess.Popen(['sleep', '600'])\n"
    path = add_notebook("parent", f"{start}pathlib.Path('started').write_text(str(process.pid))")
    assert make()["parent"].outcome == "made"
    started = int((path.parent / "started").read_text())
    left = [process for process in psutil.process_iter() if process.pid == started]
    assert psutil.wait_procs(left, timeout=10)[1] == []


EATING = {
    "lists": "eaten = []\nwhile True:\n    eaten.append([0] * 10**6)",
    "numpy": "import numpy as np\n\nnp.ones(10**10)",
    "a text": "'x' * 10**12",
}


@pytest.mark.parametrize("code", EATING.values(), ids=EATING)
def test_a_notebook_over_its_memory_limit_fails(make, add_notebook, code):
    add_notebook("eats", code)
    result = make(Limits(memory=1024))["eats"]
    assert result.outcome == "failed"
    assert "MemoryError" in str(result.reason)
    assert "MemoryError" in errors(result)[0]


def test_a_notebook_within_its_memory_limit_is_made(make, add_notebook):
    add_notebook("large", "eaten = bytearray(400 << 20)")
    assert make(Limits(memory=1024))["large"].outcome == "made"
    assert make(Limits(memory=512))["large"].outcome == "fresh"


DYING = {
    "killed": ("import os, signal\n\nos.kill(os.getpid(), signal.SIGKILL)", -9),
    "it crashes": ("import ctypes\n\nctypes.string_at(0)", -11),
    "it leaves": ("import os\n\nos._exit(3)", 3),
    "it leaves as if all were well": ("import os\n\nos._exit(0)", 0),
}


@pytest.mark.parametrize(("code", "number"), DYING.values(), ids=DYING)
def test_a_notebook_whose_process_ends_is_kept_with_its_outputs_and_the_reason(
    make, add_notebook, code, number
):
    path = add_notebook("dies", code)
    notebook = nbformat.read(path, 4)
    notebook.cells.insert(2, nbformat.v4.new_code_cell("print('before')"))
    nbformat.write(notebook, path)
    result = make()["dies"]
    reason = f"the process of the notebook ended unexpectedly (exit code {number})"
    assert ending(result) == ("failed", reason)
    assert errors(result) == [reason]
    assert "before" in result.job.failure.read_text()


STOPPING = {
    "sys.exit(0)": "import sys\n\nsys.exit(0)",
    "sys.exit()": "import sys\n\nsys.exit()",
    "raise SystemExit": "raise SystemExit",
    "exit()": "exit()",
    "quit()": "quit()",
    "a coroutine": "async def leave():\n    raise SystemExit(0)\n\n\nawait leave()",
}


@pytest.mark.parametrize("code", STOPPING.values(), ids=STOPPING)
def test_a_notebook_that_stops_itself_fails_and_its_last_good_page_stays(make, add_notebook, code):
    add_notebook("stops", "year")
    page: Path = make()["stops"].job.page
    good = page.read_bytes()
    path = add_notebook("stops", code)
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_code_cell("print('after')"))
    nbformat.write(notebook, path)
    result = make()["stops"]
    assert ending(result) == ("failed", "cell [3] stopped the notebook (exit, quit or sys.exit)")
    assert page.read_bytes() == good
    assert len(errors(result)) == 1


@pytest.mark.parametrize(
    "code", ["exit()", "raise SystemExit", "%%capture\nraise SystemExit", "%%time\nexit()"]
)
def test_a_notebook_that_stops_itself_in_its_last_cell_fails_too(make, add_notebook, code):
    add_notebook("stops", code)
    assert ending(make()["stops"])[0] == "failed"


RAISING = {
    "sys.exit(3)": ("import sys\n\nsys.exit(3)", "SystemExit: 3"),
    "sys.exit with words": ("import sys\n\nsys.exit('no data')", "SystemExit: no data"),
    "a task": (
        "import asyncio\n\n\nasync def fail():\n    1 / 0\n\n\nawait asyncio.create_task(fail())",
        "ZeroDivisionError: division by zero",
    ),
    "a group of tasks": (
        "import asyncio\n\n\nasync def fail():\n    1 / 0\n\n\n"
        "async with asyncio.TaskGroup() as group:\n    group.create_task(fail())",
        "ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)",
    ),
    "a magic that does not exist": (
        "%exit",
        "UsageError: Line magic function `%exit` not found.",
    ),
    "a cancelled task": (
        "import asyncio\n\nraise asyncio.CancelledError('late')",
        "CancelledError: late",
    ),
}


@pytest.mark.parametrize(("code", "reason"), RAISING.values(), ids=RAISING)
def test_a_notebook_that_raises_fails_with_its_error(make, add_notebook, code, reason):
    add_notebook("raises", code)
    assert ending(make()["raises"]) == ("failed", reason)


FAILING = "import asyncio\n\n\nasync def fail():\n    1 / 0\n\n\n"
UNAWAITED = {
    "it is displayed": "asyncio.create_task(fail())",
    "it has a name": "task = asyncio.create_task(fail())\nawait asyncio.sleep(0)",
    "it is forgotten": "asyncio.create_task(fail())\nawait asyncio.sleep(0)",
    "of several": "await asyncio.wait([asyncio.create_task(fail()) for _ in range(2)])",
}


@pytest.mark.parametrize("code", UNAWAITED.values(), ids=UNAWAITED)
def test_a_notebook_with_a_task_that_fails_unseen_fails(make, add_notebook, code):
    add_notebook("raises", f"{FAILING}{code}")
    assert ending(make()["raises"]) == ("failed", "ZeroDivisionError: division by zero")


def test_a_notebook_that_handles_the_error_of_a_task_is_made(make, add_notebook):
    caught = "try:\n    await asyncio.create_task(fail())\nexcept ZeroDivisionError:\n    pass\n"
    collected = "await asyncio.gather(fail(), fail(), return_exceptions=True)\n"
    asked = "task = asyncio.create_task(fail())\nawait asyncio.wait([task])\ntask.exception()\n"
    cancelled = "asyncio.create_task(asyncio.sleep(600)).cancel()"
    add_notebook("handles", f"{FAILING}{caught}{collected}{asked}{cancelled}")
    assert make()["handles"].outcome == "made"


def test_an_exit_in_a_task_ends_the_process_of_the_notebook(make, add_notebook):
    leave = "async def leave():\n    raise SystemExit(0)\n\n\nawait asyncio.create_task(leave())"
    add_notebook("leaves", f"import asyncio\n\n\n{leave}")
    reason = "the process of the notebook ended unexpectedly (exit code 1)"
    assert ending(make()["leaves"]) == ("failed", reason)


def test_the_copy_has_no_output_that_was_saved_in_the_notebook(make, add_notebook):
    path = add_notebook("dies", DYING["killed"][0])
    notebook = nbformat.read(path, 4)
    saved = nbformat.v4.new_output("stream", text="saved of another edition")
    notebook.cells += [nbformat.v4.new_code_cell("1", outputs=[saved], execution_count=7)]
    nbformat.write(notebook, path)
    copy = make()["dies"].job.failure.read_text()
    assert "ended unexpectedly" in copy
    assert "saved of another edition" not in copy


@pytest.mark.parametrize("edit", ["write_text('{}')", "unlink()"])
def test_a_notebook_that_is_edited_while_it_runs_fails_for_its_own_reason(make, add_notebook, edit):
    code = f"import pathlib, time\n\npathlib.Path('dies.ipynb').{edit}\ntime.sleep(600)"
    add_notebook("dies", code)
    assert ending(make()["dies"]) == ("failed", "a cell took longer than 1 s (--timeout)")


def test_all_other_pages_are_made(make, add_notebook):
    add_notebook("good", "year")
    add_notebook("hangs", HANGING["it takes no interrupt"])
    add_notebook("dies", DYING["killed"][0])
    add_notebook("eats", EATING["numpy"])
    add_notebook("later", "year")
    outcomes = {name: result.outcome for name, result in make().items()}
    assert outcomes == {
        "good": "made",
        "hangs": "failed",
        "dies": "failed",
        "eats": "failed",
        "later": "made",
    }


def test_a_notebook_that_kills_the_fork_server_costs_no_page_after_it(make, add_notebook):
    add_notebook("a", "import os, signal\n\nos.kill(os.getppid(), signal.SIGKILL)")
    add_notebook("b", "year")
    assert {result.outcome for result in make().values()} == {"made"}


def test_the_last_good_page_stays_and_the_next_run_tries_again(make, add_notebook):
    add_notebook("one", "year")
    page: Path = make()["one"].job.page
    good = page.read_bytes()
    add_notebook("one", HANGING["it sleeps"])
    assert make()["one"].outcome == "failed"
    assert page.read_bytes() == good
    assert make()["one"].outcome == "failed"
    add_notebook("one", "year")
    result = make()["one"]
    assert result.outcome == "made"
    assert not result.job.failure.exists()
