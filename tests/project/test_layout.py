"""Each test file is in the room of its module, and no file is too long to read."""

import ast
from pathlib import Path

import pytest
from helpers.project import PROJECT

PACKAGE, TESTS = PROJECT / "caoan_stats", PROJECT / "tests"
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
OTHERS = ["helpers", "project", "whole"]
FILES = sorted(path.relative_to(TESTS) for path in TESTS.rglob("*.py"))
OF_A_MODULE = [
    path for path in FILES if path.name.startswith("test_") and path.parent.name not in OTHERS
]
LINES = 400


def starts_with(name: str, module: str) -> bool:
    """Return whether a name is that of a module, with or without a suffix."""
    return name == module or name.startswith(f"{module.rstrip('_')}_")


def test_each_folder_of_tests_is_named_as_a_room():
    folders = {path.parts[0] for path in FILES if len(path.parts) > 1}
    assert folders <= {*ROOMS, *OTHERS}


@pytest.mark.parametrize("path", OF_A_MODULE, ids=Path.as_posix)
def test_the_name_of_a_test_file_begins_with_a_module_of_its_room(path):
    name = path.stem.removeprefix("test_")
    modules = [each.stem for each in (PACKAGE / path.parent).glob("*.py")]
    assert any(starts_with(name, module) for module in modules)


@pytest.mark.parametrize("path", FILES, ids=Path.as_posix)
def test_no_file_of_tests_has_more_than_400_lines(path):
    assert len((TESTS / path).read_text(encoding="utf-8").splitlines()) <= LINES


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_a_docstring_and_nothing_else_in_its_init(room):
    tree = ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1
