"""Cells have the same outputs in a fork as in a kernel of their own."""

import shutil
from collections.abc import Callable

import pytest
from helpers.cell_sources import CELLS
from helpers.cells import BESIDE, execute, notebook, same
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode, v4

from caoan_stats.kernel import forks

pytestmark = pytest.mark.skipif(not forks.available(), reason="needs forks")

ENGINE = "caoan_stats"
PATIENCE = {"execution_timeout": 60, "start_timeout": 60}  # seconds
EXPECTED = {"raises-exception"}


@pytest.fixture(scope="session")
def run_both(tmp_path_factory) -> Callable[[NotebookNode], list[NotebookNode]]:
    """Execute a notebook with a real kernel and in a fork, in folders with the same files."""
    folder = tmp_path_factory.mktemp("cells") / "folder"

    def run(engine: str | None, given: NotebookNode) -> NotebookNode:
        (folder / "below").mkdir(parents=True)
        (folder / "beside.py").write_text(BESIDE, encoding="utf-8")
        try:
            return execute(given, folder, engine_name=engine, **({} if engine else PATIENCE))
        finally:
            shutil.rmtree(folder)

    def retried(engine: str | None, given: NotebookNode) -> NotebookNode:
        """Try again if the kernel does not answer because another process took its ports."""
        try:
            return run(engine, given)
        except CellTimeoutError:
            return run(engine, given)

    return lambda given: [retried(engine, given) for engine in (None, ENGINE)]


@pytest.fixture(scope="session")
def executed(run_both) -> list[NotebookNode]:
    """One notebook of all cells, executed by a real kernel and in a fork."""
    sources = [source for group in CELLS.values() for source in group]
    return run_both(notebook(*sources, tags=EXPECTED))


@pytest.fixture
def ours(tmp_path) -> Callable[..., list[list]]:
    """Execute cells in a fork, and return the outputs of each."""

    def run(*sources: str) -> list[list]:
        done = execute(notebook(*sources, tags=EXPECTED), tmp_path, engine_name=ENGINE)
        return [same(cell.outputs) for cell in code(done)]

    return run


def code(given: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in given.cells if cell.cell_type == "code"]


def results(given: NotebookNode) -> list:
    """Return the source, number and outputs of each code cell."""
    return [(cell.source, cell.execution_count, same(cell.outputs)) for cell in code(given)]


def text(name: str, words: str) -> list[dict]:
    return [{"output_type": "stream", "name": name, "text": words}]


def value(outputs: list[dict]) -> str:
    [output] = outputs
    return output["data"]["text/plain"]


@pytest.mark.long
@pytest.mark.parametrize("name", CELLS)
def test_cells_have_the_outputs_of_a_real_kernel(executed, name):
    names = [each for each, group in CELLS.items() for _ in group]
    real, fork = (
        [result for each, result in zip(names, results(run), strict=True) if each == name]
        for run in executed
    )
    assert fork == real


@pytest.mark.long
def test_the_metadata_has_the_widgets_of_a_real_kernel(executed):
    real, fork = (run.metadata.widgets for run in executed)
    assert fork == real
    states = fork["application/vnd.jupyter.widget-state+json"]["state"]
    assert states["id-of-IntSliderModel"]["state"]["value"] == 4
    assert states["id-of-IntSliderModel"]["buffers"][0]["data"] == "YWJj"


@pytest.mark.long
def test_the_metadata_has_the_language_of_a_real_kernel(executed):
    real, fork = (run.metadata.language_info for run in executed)
    assert fork == real


@pytest.mark.long
def test_cells_without_code_are_unchanged(run_both):
    given = v4.new_notebook(
        cells=[
            v4.new_markdown_cell("1 / 0"),
            v4.new_raw_cell("1 / 0"),
            v4.new_code_cell(""),
            v4.new_code_cell(" \n"),
            v4.new_code_cell("# nothing"),
            v4.new_code_cell("1"),
        ]
    )
    real, fork = run_both(given)
    assert results(fork) == results(real)
    assert [cell.cell_type for cell in fork.cells] == [cell.cell_type for cell in given.cells]


@pytest.mark.long
@pytest.mark.parametrize(
    "sources",
    [
        ["print('a')", "1 / 0", "print('b')"],
        ["1", "import sys; sys.exit()", "2"],
        ["1", "import sys; sys.exit(3)", "2"],
        ["def", "1"],
    ],
    ids=["an error", "an exit", "an exit with a code", "a syntax error"],
)
def test_a_notebook_ends_at_the_same_cell_as_in_a_real_kernel(run_both, sources):
    real, fork = run_both(notebook(*sources))
    assert results(fork) == results(real)
    assert [cell.metadata.tags for cell in fork.cells] == [
        cell.metadata.tags for cell in real.cells
    ]


# outputs of other programs, whose order is random in a real kernel


def test_writes_to_a_descriptor_are_in_order_with_prints(ours):
    [outputs] = ours(
        "import os\nprint('a')\nwritten = os.write(1, b'b\\n')\nprint('c', flush=True)\n"
        "written = os.write(1, b'd\\n')\ndisplay('e')\nwritten = os.write(1, b'f\\n')"
    )
    shown = {"text/plain": "'e'"}
    assert outputs == [
        *text("stdout", "a\nb\nc\nd\n"),
        {"output_type": "display_data", "data": shown, "metadata": {}},
        *text("stdout", "f\n"),
    ]


def test_the_output_of_a_program_belongs_to_its_cell(ours):
    sources = [f"import subprocess\ndone = subprocess.run(['echo', '{name}'])" for name in "ab"]
    assert ours(*sources) == [text("stdout", "a\n"), text("stdout", "b\n")]


def test_the_two_streams_of_a_program_stay_apart(ours):
    [outputs] = ours("import os\ndone = os.system('echo a >&2; echo b')")
    assert outputs == [*text("stdout", "b\n"), *text("stderr", "a\n")]


def test_a_character_written_in_two_parts_is_one_character(ours):
    [outputs] = ours("import os\nfor byte in 'ú'.encode():\n    os.write(1, bytes([byte]))")
    assert outputs == text("stdout", "ú")


def test_bytes_that_are_not_text_are_replaced(ours):
    [outputs] = ours("import os\nwritten = os.write(1, b'a\\xff\\n')")
    assert outputs == text("stdout", "a\N{REPLACEMENT CHARACTER}\n")


def test_more_bytes_than_a_pipe_holds_are_all_read(ours):
    [outputs] = ours("import os\nwritten = os.write(1, b'a' * (3 << 20))")
    assert outputs == text("stdout", "a" * (3 << 20))


@pytest.mark.parametrize("kind", ["fork", "spawn"])
def test_the_prints_of_a_child_process_are_an_output(ours, kind):
    [outputs] = ours(
        "import multiprocessing\n"
        f"child = multiprocessing.get_context('{kind}').Process(target=print, args=['a'])\n"
        "child.start()\nchild.join()"
    )
    assert outputs == text("stdout", "a\n")


def test_the_output_of_an_awaited_program_belongs_to_its_cell(ours):
    [outputs] = ours(
        "import asyncio\nprogram = await asyncio.create_subprocess_exec('echo', 'a')\n"
        "code = await program.wait()"
    )
    assert outputs == text("stdout", "a\n")


def test_a_lone_surrogate_is_lost_and_nothing_else(ours):
    assert ours("print('\\ud800')", "print('a')") == [[], text("stdout", "a\n")]


def test_a_stream_accepts_only_text(ours):
    [[error]] = ours("import sys\nsys.stdout.write(1)")
    assert error["ename"] == "TypeError"
    assert error["evalue"] == "write() argument must be str, not <class 'int'>"


# intended differences


def test_startup_files_of_the_user_are_not_read(ours, tmp_path, monkeypatch):
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("print('started')", encoding="utf-8")
    (startup.parent / "ipython_config.py").write_text("1 / 0", encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    assert ours("print('a')") == [text("stdout", "a\n")]


def test_the_arguments_have_no_connection_file(ours):
    [outputs] = ours("import sys\nsys.argv")
    assert value(outputs) == "['ipykernel_launcher']"


def test_an_endless_recursion_is_an_error(ours):
    [_, [error]] = ours(
        "import sys; sys.setrecursionlimit(300)", "def deep(n):\n    return deep(n + 1)\ndeep(0)"
    )
    assert error["ename"] == "RecursionError"


def test_a_breakpoint_fails_for_lack_of_input(ours):
    [outputs] = ours("breakpoint()\nprint('a')")
    assert outputs[-1]["ename"] == "StdinNotImplementedError"
