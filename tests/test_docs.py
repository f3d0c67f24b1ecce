"""What the documents promise is tested by what they name."""

import ast
import re

import pytest
from conftest import PROJECT
from test_kills import KILLS, PARTS
from test_large_files import REFUSED

from caoan_stats.contents import LARGEST, MEGABYTE
from caoan_stats.csvfile import CELL_LIMIT, ROW_LIMIT
from caoan_stats.limits import CELLS, LIMITS
from caoan_stats.numerals import DIGITS

README = (PROJECT / "README.md").read_text(encoding="utf-8")
PROMISES = (PROJECT / "docs/reliability.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/\w+\.py)::(\w+)`", PROMISES)


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED)))
def test_a_test_that_shows_a_promise_is_there(file, name):
    tree = ast.parse((PROJECT / file).read_text(encoding="utf-8"))
    assert name in [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def test_every_promise_has_a_test():
    rows = re.findall(r"^\| (?!promise|---)(.+?) \| (.+) \|$", PROMISES, flags=re.MULTILINE)
    assert [promise for promise, shown in rows if "::" not in shown] == []


def test_the_numbers_of_the_promises_are_those_of_the_tests():
    assert f"killed ({PARTS * KILLS} times, " in PROMISES
    assert f"| {len(REFUSED)} kinds of bad files" in PROMISES


def test_what_a_file_may_be_is_what_the_program_takes():
    size, rows = f"{LARGEST // MEGABYTE} MB", f"{ROW_LIMIT:,} rows"
    cells = f"{CELL_LIMIT:,} characters a cell"
    assert f"may be: {size}, {rows}, {cells}, {DIGITS} digits a number" in PROMISES


def test_the_limits_of_the_readme_are_those_of_the_command():
    assert (
        "a cell may take five minutes, a notebook four times what a cell may, and 2 GiB" in README
    )
    assert (LIMITS.cell, CELLS, LIMITS.notebook, LIMITS.memory) == (300, 4, 1200, 2048)
