"""`run --watch` makes pages again while someone edits."""

import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from caoan_stats.common.locks import hold

pytestmark = pytest.mark.long
PATIENCE = 30  # seconds
SHOWN = "from caoan_stats import Dataset\n\nDataset.open().scorecard(year, 'rice')"
ENDED = " giây: exports/index.html"


class Watched:
    """A running command whose output is read line by line."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process, self._lines = process, queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, words: str) -> list[str]:
        """Return the lines up to the first that contains the given words."""
        lines = []
        while not lines or words not in lines[-1]:
            lines.append(self._lines.get(timeout=PATIENCE))
        return lines

    @property
    def is_quiet(self) -> bool:
        return self._lines.empty()


@pytest.fixture
def watched(project, add_notebook) -> Iterator[Watched]:
    add_notebook("rice", SHOWN)
    command = [sys.executable, "-u", "-m", "caoan_stats", "run", "--watch", "--year", "2023"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        yield Watched(process)
        process.kill()


@pytest.fixture
def change(project) -> Callable[[str, str], None]:
    """Replace a text in the table of rice, and save it as Excel does: by a rename."""

    def change(old: str, new: str) -> None:
        path = project / "data/raw/rice.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        draft = path.with_name("~rice.tmp")
        draft.write_text(text.replace(old, new), encoding="utf-8")
        draft.replace(path)

    return change


def page(project: Path) -> str:
    return (project / "exports/2023/rice.html").read_text(encoding="utf-8")


def test_a_page_follows_its_data_through_an_error_and_its_correction(project, watched, change):
    assert "notebooks; bấm Ctrl-C để thôi." in watched.until("Ctrl-C")[-1]
    watched.until(ENDED)
    assert "462,56" in page(project)
    change("462.56", "463.57")
    assert watched.until(ENDED)[0] == "Vừa thay đổi: rice.csv.\n"
    assert "463,57" in page(project)
    change("463.57", "x")
    assert any("rice.csv:2, cột value: thấy «x»" in line for line in watched.until("Số lỗi: 1"))
    change("x,-15.7", "464.58,-15.7")
    watched.until(ENDED)
    assert "464,58" in page(project)


def test_files_that_a_run_writes_start_no_other_run(project, watched):
    watched.until(ENDED)
    (project / "data/raw/.~lock.rice.csv#").touch()
    (project / "data/processed/other.csv").touch()
    (project / "exports/other.csv").touch()
    shutil.copy(project / "notebooks/rice.ipynb", project / "notebooks/more.ipynb")
    assert watched.until("Vừa thay đổi")[-1] == "Vừa thay đổi: more.ipynb.\n"
    watched.until(ENDED)
    assert watched.is_quiet


def test_other_runs_can_start_between_two_runs_of_watch(project, watched):
    watched.until(ENDED)
    with hold([project / "exports"], wait=10):
        pass


@pytest.mark.parametrize(
    ("number", "words", "code"),
    [
        (signal.SIGINT, "Đã thôi theo dõi.", 0),
        (signal.SIGTERM, "Bị yêu cầu dừng (SIGTERM)", 143),
    ],
)
def test_watch_ends_on_sigint_and_on_sigterm(number, words, code, watched):
    watched.until(ENDED)
    watched.process.send_signal(number)
    watched.until(words)
    assert watched.process.wait(PATIENCE) == code
