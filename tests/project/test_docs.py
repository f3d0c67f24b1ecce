"""What the documents promise is tested by what they name."""

import ast
import re
from pathlib import Path

import pytest
from helpers.bad_files import REFUSED
from helpers.commands import accept
from helpers.hostile import KILLS, PARTS
from helpers.project import PROJECT

from caoan_stats.common.files import FILE_LIMIT, MEGABYTE
from caoan_stats.common.numerals import DIGIT_LIMIT
from caoan_stats.datafolder.csvfile import CELL_LIMIT, ROW_LIMIT
from caoan_stats.publish.worker import CELLS, LIMITS

README = (PROJECT / "README.md").read_text(encoding="utf-8")
PROMISES = (PROJECT / "docs/reliability.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PROMISES)


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
    size, rows = f"{FILE_LIMIT // MEGABYTE} MB", f"{ROW_LIMIT:,} rows"
    cells = f"{CELL_LIMIT:,} characters a cell"
    assert f"may be: {size}, {rows}, {cells}, {DIGIT_LIMIT} digits a number" in PROMISES


def test_the_limits_of_the_readme_are_those_of_the_command():
    assert (
        "a cell may take five minutes, a notebook four times what a cell may, and 2 GiB" in README
    )
    assert (LIMITS.cell, CELLS, LIMITS.notebook, LIMITS.memory) == (300, 4, 1200, 2048)


# every document

DOCUMENTS = [*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md"), PROJECT / "data/README.md"]
LINK = re.compile(r"\]\((?!\w+:)([^)#]*)(?:#([^)]*))?\)")
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub and GitLab make them."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file_and_heading_that_are_there(path):
    for file, anchor in LINK.findall(path.read_text(encoding="utf-8")):
        place = (path.parent / file) if file else path
        assert place.exists()
        assert not anchor or anchor in anchors(place)


def lines(command: str) -> list[tuple[str, str]]:
    """Each line of a `console` block that calls a command, with its document."""
    return [
        (path.name, line.removeprefix("$ ").strip())
        for path in DOCUMENTS
        if path.name != "command.md"  # where the usage lines are
        for block in CONSOLE.findall(path.read_text(encoding="utf-8"))
        for line in block.splitlines()
        if line.removeprefix("$ ").startswith(f"{command} ")
    ]


@pytest.mark.parametrize(("name", "line"), lines("caoan-stats"))
def test_every_command_line_is_one_that_the_command_takes(name, line):
    accept(re.split(r" [|>] | # ", line)[0])


@pytest.mark.parametrize(("name", "line"), lines("make"))
def test_every_target_of_make_is_there(name, line):
    targets = re.findall(r"^([\w-]+):", (PROJECT / "Makefile").read_text(), flags=re.MULTILINE)
    assert line.split()[1] in targets


def test_the_list_of_documents_is_whole():
    listed = (PROJECT / "docs/README.md").read_text(encoding="utf-8")
    names = [path.name for path in PROJECT.glob("docs/*.md") if path.name != "README.md"]
    assert [name for name in names if f"({name})" not in listed] == []
