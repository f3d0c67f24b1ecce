import errno
import os

import pytest

from caoan_stats.files import fingerprint, publish


def test_a_file_is_published_whole_with_its_folder(tmp_path):
    publish(tmp_path / "a" / "b.html", b"new")
    assert (tmp_path / "a" / "b.html").read_bytes() == b"new"
    assert list((tmp_path / "a").iterdir()) == [tmp_path / "a" / "b.html"]


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "b.html"
    publish(path, b"old")
    full = OSError(errno.ENOSPC, "disk full")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(full))
    with pytest.raises(OSError, match="disk full") as caught:
        publish(path, b"new")
    assert caught.value.filename == str(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_fingerprint_follows_names_contents_and_parts(tmp_path):
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
