import importlib.metadata
import platform
import subprocess
import sys

import pytest

from caoan_stats.common import library
from caoan_stats.publish import jobs, keys


def test_a_key_names_its_parts_and_tells_nothing_else_of_them():
    assert (
        jobs.page_key({"data": "a", "notebook": "b"}) == "data:ca978112ca1b notebook:3e23e8160039"
    )


def test_what_has_changed_is_named_in_the_order_of_the_key():
    assert jobs.changed_parts("a:1 b:2 c:3", "a:1 b:0 c:0") == ["b", "c"]
    assert jobs.changed_parts("", "a:1 b:0") == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ('<html><meta name="caoan-stats-key" content="a:1 b:2">', "a:1 b:2"),
        ("<html>", ""),
        ('<html><meta name="caoan-stats-key" content="a:', ""),
        (" " * jobs.KEY_WITHIN + '<meta name="caoan-stats-key" content="a:1">', ""),
    ],
)
def test_a_page_carries_its_key_in_its_head(tmp_path, content, key):
    path = tmp_path / "page.html"
    path.write_text(content, encoding="utf-8")
    assert jobs.read_key(path) == key


def test_where_there_is_no_page_there_is_no_key(tmp_path):
    assert jobs.read_key(tmp_path / "page.html") is None


def test_the_versions_are_those_that_are_installed():
    said = dict(each.split(" ") for each in library.versions().split(", "))
    installed = {name: importlib.metadata.version(name) for name in keys.RENDERERS}
    assert said == {"python": platform.python_version(), **installed}


def test_the_library_is_hashed_once_a_process(monkeypatch):
    first = library.digest()
    monkeypatch.setattr(library, "files", lambda: pytest.fail("hashed again"))
    assert library.digest() == first


def test_the_package_and_the_command_import_nothing_that_only_pages_need():
    heavy = (
        "pandas",
        "matplotlib",
        "nbconvert",
        "nbformat",
        "papermill",
        "IPython",
        "frictionless",
    )
    code = (
        "import sys; import caoan_stats, caoan_stats.command.cli, caoan_stats.publish.run, caoan_stats.publish.plan\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
