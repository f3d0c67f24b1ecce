import errno
import os

import pytest

from caoan_stats.common import locks
from caoan_stats.common.locks import LockedError, hold


def test_a_folder_is_created_and_keeps_no_lock_file(tmp_path):
    with hold([tmp_path / "a/b"]):
        (tmp_path / "a/b/page").touch()
        assert len(list((tmp_path / "a/b").iterdir())) == 2
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "b", "page"]


def test_a_new_folder_is_removed_when_nothing_was_written_in_it(tmp_path):
    with hold([tmp_path / "a/b"]):
        pass
    assert list(tmp_path.iterdir()) == []


def test_each_hold_has_a_token_of_its_own_that_ends_with_it(tmp_path):
    tokens = []
    for _ in range(2):
        with hold([tmp_path]):
            tokens.append(locks.token_of(tmp_path))
    assert "" not in tokens
    assert tokens[0] != tokens[1]
    assert locks.token_of(tmp_path) == ""


def test_a_disk_without_locks_is_reported_with_the_folder(tmp_path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(locks.FileLock, "acquire", refuse)
    with pytest.raises(OSError, match="No locks available") as caught, hold([tmp_path]):
        pass
    assert caught.value.filename == str(tmp_path)


def test_an_existing_empty_folder_stays(tmp_path):
    with hold([tmp_path]):
        pass
    assert tmp_path.is_dir()


def test_a_folder_held_by_another_process_is_refused_with_the_process_and_the_time(tmp_path, busy):
    other = busy(tmp_path)
    with pytest.raises(LockedError) as caught, hold([tmp_path]):
        pass
    holder = caught.value.holder
    assert (caught.value.folder, holder.pid, holder.host) == (
        tmp_path,
        other.pid,
        os.uname().nodename,
    )
    assert holder.since.tzinfo


def test_no_folder_is_held_when_one_of_several_is_refused(tmp_path, busy):
    busy(tmp_path / "b")
    with pytest.raises(LockedError), hold([tmp_path / "a", tmp_path / "b"]):
        pass
    with hold([tmp_path / "a"]):
        pass


def test_waiting_ends_when_the_other_process_ends(tmp_path, busy):
    busy(tmp_path, 1)
    errors = []
    with hold([tmp_path], wait=60, on_wait=errors.append):
        pass
    assert [error.folder for error in errors] == [tmp_path]


def test_waiting_continues_when_the_other_process_removes_its_empty_folder(tmp_path, busy):
    busy(tmp_path / "new", 1)
    with hold([tmp_path / "new"], wait=60):
        (tmp_path / "new/page").touch()


def test_waiting_ends_after_the_given_time(tmp_path, busy):
    busy(tmp_path)
    with pytest.raises(LockedError), hold([tmp_path], wait=0.2):
        pass


def test_the_lock_of_a_killed_process_is_taken_over(tmp_path, busy):
    other = busy(tmp_path)
    other.kill()
    other.wait()
    assert (tmp_path / locks.LOCK_NAME).is_file()
    with hold([tmp_path]):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_lock_with_an_unreadable_holder_is_still_a_lock(tmp_path, busy):
    busy(tmp_path)
    (tmp_path / locks.LOCK_NAME).write_text("{")
    with pytest.raises(LockedError) as caught, hold([tmp_path]):
        pass
    assert caught.value.holder is None


def test_drafts_of_a_killed_run_are_removed_and_nothing_else(tmp_path):
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
