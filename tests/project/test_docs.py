"""What the documents promise is tested by what they name."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from helpers.bad_files import REFUSED
from helpers.commands import accept
from helpers.hostile import KILLS, PARTS
from helpers.project import PROJECT

from caoan_stats.common.files import FILE_LIMIT, MEGABYTE
from caoan_stats.common.numerals import DIGIT_LIMIT
from caoan_stats.datafolder.csvfile import CELL_LIMIT, ROW_LIMIT
from caoan_stats.publish.jobs import CELLS, LIMITS

PACKAGE = PROJECT / "caoan_stats"
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


def test_the_limits_of_a_run_are_those_of_the_command():
    text = (PROJECT / "docs/scheduler.md").read_text(encoding="utf-8")
    limits = "a cell may take five minutes, a notebook four times what a cell may, and 2 GiB"
    assert limits in text
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


def commands(path: Path) -> list[str]:
    """Lines of the `console` blocks of a document, without prompts and comments."""
    blocks = CONSOLE.findall(path.read_text(encoding="utf-8"))
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [line.partition(" # ")[0].strip() for line in lines]


RUNNABLE = [path for path in DOCUMENTS if path.name != "command.md"]  # it has usage lines
COMMAND = re.compile(r"(?:^|&& )(?:\S*/)?(caoan-stats .*?)(?: [|>] .*)?$")
OURS = [
    (path.name, found[1])
    for path in RUNNABLE
    for line in commands(path)
    if (found := COMMAND.search(line))
]
TARGETS = [
    (path.name, line.split()[1])
    for path in RUNNABLE
    for line in commands(path)
    if line.startswith("make ")
]


@pytest.mark.parametrize(("name", "line"), OURS)
def test_every_command_line_is_one_that_the_command_takes(name, line):
    accept(line)


@pytest.mark.parametrize(("name", "target"), TARGETS)
def test_every_target_of_make_is_there(name, target):
    targets = re.findall(r"^([\w-]+):", (PROJECT / "Makefile").read_text(), flags=re.MULTILINE)
    assert target in targets


ON_PATH = re.compile(
    r"source \.venv/bin/activate|conda activate caoan_stats|export PATH=.*\.venv/bin"
)


@pytest.mark.parametrize("path", RUNNABLE, ids=lambda path: path.name)
def test_the_command_is_put_on_the_path_before_it_is_called_by_its_name(path):
    lines = commands(path)
    called = [place for place, line in enumerate(lines) if line.startswith("caoan-stats ")]
    assert not called or any(ON_PATH.match(line) for line in lines[: called[0]])


# architecture.md

ARCHITECTURE = (PROJECT / "docs/architecture.md").read_text(encoding="utf-8")
STEP = re.compile(r"^\| `([\w/]+\.py)` \| `([\w.]+)` \|", re.MULTILINE)


def layers() -> list[str]:
    """Layers of imports in pyproject.toml, from the top down."""
    tools = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    [contract] = [each for each in tools["importlinter"]["contracts"] if each["type"] == "layers"]
    return contract["layers"]


def defined(path: Path) -> set[str]:
    """Functions and classes of a module, and the methods of the classes as `Class.method`."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    top = [node for node in ast.parse(path.read_bytes()).body if isinstance(node, kinds)]
    methods = {
        f"{owner.name}.{node.name}"
        for owner in top
        for node in owner.body
        if isinstance(owner, ast.ClassDef) and isinstance(node, kinds)
    }
    return methods | {node.name for node in top}


def test_every_room_is_listed_with_the_first_sentence_of_its_docstring():
    section = ARCHITECTURE.partition("\n## The rooms\n")[2].partition("\n## ")[0]
    rooms = {
        path.parent.name: ast.get_docstring(ast.parse(path.read_bytes()))
        for path in PACKAGE.glob("*/__init__.py")
    }
    assert dict(re.findall(r"^\| `(\w+)/` \| (.+) \|$", section, flags=re.MULTILINE)) == {
        name: " ".join(words.split("\n\n")[0].split()) for name, words in rooms.items()
    }


def test_the_diagram_has_the_layers_of_imports_from_the_top_down():
    [diagram] = re.findall(r"^```mermaid\n(.*?)^```$", ARCHITECTURE, re.MULTILINE | re.DOTALL)
    boxes = re.findall(r'^ +(\w+)\["(.+)"\](?: --> (\w+))?$', diagram, flags=re.MULTILINE)
    assert [label for _, label, _ in boxes] == layers()
    names = [name for name, _, _ in boxes]
    assert [below for _, _, below in boxes] == [*names[1:], ""]


def test_every_public_module_is_named():
    named = {f"{name}.py" for name in re.findall(r"`(\w+)\.py`", ARCHITECTURE)}
    modules = {path.name for path in PACKAGE.glob("*.py") if not path.name.startswith("__")}
    assert modules <= named


def test_every_module_that_is_named_is_there():
    named = re.findall(r"`([\w/]+\.py)`", ARCHITECTURE)
    assert [name for name in named if not (PACKAGE / name).is_file()] == []
    steps = re.findall(r"^\| `[\w/]+\.py`", ARCHITECTURE, flags=re.MULTILINE)
    assert len(STEP.findall(ARCHITECTURE)) == len(steps) > 20


@pytest.mark.parametrize(("module", "function"), STEP.findall(ARCHITECTURE))
def test_every_step_is_a_function_of_its_module(module, function):
    assert function in defined(PACKAGE / module)
    assert not function.startswith("_")


def test_the_list_of_documents_is_whole():
    listed = (PROJECT / "docs/README.md").read_text(encoding="utf-8")
    names = [path.name for path in PROJECT.glob("docs/*.md") if path.name != "README.md"]
    assert [name for name in names if f"({name})" not in listed] == []
