import errno
import os
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from caoan_stats import InvalidDataError
from caoan_stats.common.files import (
    DRAFT,
    existing,
    fingerprint,
    read_file,
    remove_drafts,
    write_file,
    write_files,
)


def test_a_file_is_written_whole_with_its_folder(tmp_path):
    write_file(tmp_path / "a" / "b.html", b"new")
    assert (tmp_path / "a" / "b.html").read_bytes() == b"new"
    assert list((tmp_path / "a").iterdir()) == [tmp_path / "a" / "b.html"]


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path, mask, mode):
    before = os.umask(mask)
    write_file(tmp_path / "a", b"new")
    os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == mode


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_a_file_keeps_its_permissions(tmp_path, mode):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_file(path, b"new")
    write_files({path: b"newer"})
    assert path.stat().st_mode & 0o777 == mode


def test_a_new_file_can_have_the_permissions_of_another(tmp_path):
    (tmp_path / "a").touch(mode=0o600)
    write_file(tmp_path / "b", b"new", like=tmp_path / "a")
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "b.html"
    write_file(path, b"old")
    full = OSError(errno.ENOSPC, "disk full")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(full))
    with pytest.raises(OSError, match="disk full") as caught:
        write_file(path, b"new")
    assert caught.value.filename == str(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


KILLED = """
import os, signal, sys
from pathlib import Path
from caoan_stats.common import files

steps = iter(range(int(sys.argv[2])))

def trace(frame, event, argument):
    if frame.f_code.co_filename != files.__file__:
        return None
    if next(steps, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)
    return trace

sys.settrace(trace)
place = Path(sys.argv[1])
if place.is_dir():
    files.write_files({place / name: b"new" for name in "ab"})
else:
    files.write_file(place, b"new" * 100_000)
"""


def kills(path: Path) -> Iterator[bool]:
    """Write in a process that is killed one step later each time, until it is not killed."""
    killed, steps = True, 0
    while killed:
        steps += 1
        command = [sys.executable, "-c", KILLED, str(path), str(steps)]
        killed = subprocess.run(command, check=False).returncode == -signal.SIGKILL
        yield killed


def test_a_file_is_the_old_or_the_new_one_whenever_its_process_is_killed(tmp_path):
    path, found = tmp_path / "page.html", []
    path.write_bytes(b"old")
    for _ in kills(path):
        found.append(path.read_bytes())
        path.write_bytes(b"old")
    assert set(found) == {b"old", b"new" * 100_000}
    assert found == sorted(found, reverse=True)  # the old ones first
    assert len(found) > 20


@pytest.mark.long
def test_several_files_change_in_order_whenever_their_process_is_killed(tmp_path):
    first, second, found = tmp_path / "a", tmp_path / "b", []
    first.write_bytes(b"old")
    second.write_bytes(b"old")
    for _ in kills(tmp_path):
        found.append((first.read_bytes(), second.read_bytes()))
        first.write_bytes(b"old")
        second.write_bytes(b"old")
    assert set(found) == {(b"old", b"old"), (b"new", b"old"), (b"new", b"new")}
    assert found == sorted(found, reverse=True)
    assert found.index((b"new", b"old")) > 20  # both drafts are on the disk before


@pytest.mark.parametrize("failing", ["a", "b"])
def test_several_files_change_together_or_not_at_all(failing, tmp_path, monkeypatch):
    for name in "ab":
        write_file(tmp_path / name, b"old")
    replace = Path.replace

    def fail_once(self: Path, target: Path) -> Path:
        if target.name == failing and self.read_bytes() == b"new":
            raise OSError(errno.EIO, "broken disk")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_once)
    with pytest.raises(OSError, match="broken disk") as caught:
        write_files({tmp_path / name: b"new" for name in "ab"})
    assert caught.value.filename == str(tmp_path / failing)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(
        "ab", b"old"
    )


def test_only_drafts_are_removed(tmp_path):
    write_file(tmp_path / "2023/page.html", b"new")
    (tmp_path / f"2023/.page.html.1{DRAFT}").touch()
    remove_drafts(tmp_path)
    assert [path.name for path in (tmp_path / "2023").iterdir()] == ["page.html"]


def test_a_fingerprint_depends_on_names_contents_and_parts(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"1")
    second.write_bytes(b"2")
    print_ = fingerprint(tmp_path, [first, second], "x")
    assert fingerprint(tmp_path, [second, first], "x") == print_
    assert fingerprint(tmp_path, [first, second], "y") != print_
    assert fingerprint(tmp_path, [first], "x") != print_
    assert fingerprint(tmp_path.parent, [first, second], "x") != print_
    second.write_bytes(b"3")
    assert fingerprint(tmp_path, [first, second], "x") != print_


def test_a_file_of_exactly_the_limit_is_read(tmp_path):
    (tmp_path / "x").write_bytes(b"12")
    assert read_file(tmp_path / "x", 2) == b"12"
    with pytest.raises(InvalidDataError):
        read_file(tmp_path / "x", 1)


def test_an_unreadable_file_is_reported_with_the_reason(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "rice.csv").write_bytes(b"a,b\n")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InvalidDataError) as caught:
        read_file(tmp_path / "rice.csv")
    assert str(caught.value) == (
        "rice.csv: found a file that cannot be opened (Permission denied); expected a readable "
        "CSV file: close it elsewhere and check the permission to read it"
    )


def test_a_path_is_found_by_its_name_in_another_unicode_form(tmp_path):
    decomposed = tmp_path / unicodedata.normalize("NFD", "Xã") / unicodedata.normalize("NFD", "lúa")
    decomposed.mkdir(parents=True)
    assert existing(tmp_path / "Xã" / "lúa") == decomposed
    assert existing(decomposed) == decomposed


def test_a_path_without_a_file_is_unchanged(tmp_path):
    for name in ("lúa", "no/such/file"):
        assert existing(tmp_path / name) == tmp_path / name
