import importlib.metadata
import platform
import subprocess
import sys

import pytest

from caoan_stats.common import library


def test_the_versions_are_the_installed_ones():
    found = dict(each.split(" ") for each in library.versions().split(", "))
    installed = {name: importlib.metadata.version(name) for name in library.RENDERERS}
    assert found == {"python": platform.python_version(), **installed}


def test_the_library_is_hashed_once_in_a_process(monkeypatch):
    first = library.digest()
    monkeypatch.setattr(library, "files", lambda: pytest.fail("hashed again"))
    assert library.digest() == first


def test_the_package_and_the_command_import_no_library_for_pages():
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
        "import sys; import caoan_stats, caoan_stats.command.cli\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
