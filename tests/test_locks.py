import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from caoan_stats import locks
from caoan_stats.locks import LockedError, hold

HOLD = (
    "import sys, time; from pathlib import Path; from caoan_stats.locks import hold\n"
    "with hold([Path(sys.argv[1])]): print(flush=True); time.sleep(float(sys.argv[2]))"
)


@pytest.fixture
def elsewhere():
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


def test_a_folder_is_made_and_left_without_a_trace(tmp_path):
    with hold([tmp_path / "a/b"]):
        (tmp_path / "a/b/page").touch()
        assert len(list((tmp_path / "a/b").iterdir())) == 2
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "b", "page"]


def test_a_folder_in_which_nothing_was_written_is_taken_away_again(tmp_path):
    with hold([tmp_path / "a/b"]):
        pass
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_that_was_there_stays(tmp_path):
    with hold([tmp_path]):
        pass
    assert tmp_path.is_dir()


def test_a_folder_that_another_process_holds_is_refused_with_who_and_since_when(
    tmp_path, elsewhere
):
    other = elsewhere(tmp_path)
    with pytest.raises(LockedError) as caught, hold([tmp_path]):
        pass
    holder = caught.value.holder
    assert (caught.value.folder, holder.pid, holder.host) == (
        tmp_path,
        other.pid,
        os.uname().nodename,
    )
    assert holder.since.tzinfo


def test_of_several_folders_none_is_held_where_one_is_refused(tmp_path, elsewhere):
    elsewhere(tmp_path / "b")
    with pytest.raises(LockedError), hold([tmp_path / "a", tmp_path / "b"]):
        pass
    with hold([tmp_path / "a"]):
        pass


def test_waiting_ends_when_the_other_has_ended(tmp_path, elsewhere):
    elsewhere(tmp_path, 1)
    told = []
    with hold([tmp_path], wait=60, waiting=told.append):
        pass
    assert [error.folder for error in told] == [tmp_path]


def test_waiting_ends_when_the_time_is_out(tmp_path, elsewhere):
    elsewhere(tmp_path)
    with pytest.raises(LockedError), hold([tmp_path], wait=0.2):
        pass


def test_the_lock_of_a_process_that_was_killed_is_taken_over(tmp_path, elsewhere):
    other = elsewhere(tmp_path)
    other.kill()
    other.wait()
    assert (tmp_path / locks.NAME).is_file()
    with hold([tmp_path]):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_lock_whose_holder_cannot_be_read_is_one_still(tmp_path, elsewhere):
    elsewhere(tmp_path)
    (tmp_path / locks.NAME).write_text("{")
    with pytest.raises(LockedError) as caught, hold([tmp_path]):
        pass
    assert caught.value.holder is None


def test_drafts_of_a_run_that_was_killed_are_taken_away_and_nothing_else(tmp_path):
    kept = [".hidden", "2023/rice.html", "2023/.rice.html.caoan", "x/y/.a.caoan-draft"]
    drafts = [".index.html.1.caoan-draft", "2023/.rice.html.2.caoan-draft"]
    drafts += ["failed/2023/.rice.ipynb.3.caoan-draft"]
    for name in [*kept, *drafts]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    with hold([tmp_path]):
        pass
    left = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(left) == sorted(kept)
