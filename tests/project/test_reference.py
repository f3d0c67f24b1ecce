"""The reference is generated from the docstrings and the command."""

import ast
import json
import re
import sys

import pytest
from helpers.project import PROJECT

import caoan_stats

sys.path.insert(0, str(PROJECT / "docs"))
import reference

OURS = re.compile(r"(ds|page|audit_page|explore|Dataset)\.\w+$")  # not those of pandas
LIBRARY = (PROJECT / "docs/reference.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "write"), [("reference.md", reference.library), ("command.md", reference.command)]
)
def test_the_reference_is_up_to_date(name, write):
    assert (PROJECT / "docs" / name).read_text(encoding="utf-8") == write()


def test_the_reference_has_every_public_name():
    assert [name for name in caoan_stats.__all__ if f"### `{name}`" not in LIBRARY] == []


def test_the_reference_has_every_function_that_a_notebook_calls():
    called = set()
    for path in (PROJECT / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_bytes())["cells"]
        code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        calls = [node.func for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
        called |= {call.attr for call in calls if OURS.match(ast.unparse(call))}
    assert len(called) > 12
    assert [name for name in sorted(called) if f"#### `{name}`" not in LIBRARY] == []
