"""What the documents promise is tested by what they name."""

import ast
import re

import pytest
from conftest import PROJECT

PROMISES = (PROJECT / "docs/reliability.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/\w+\.py)::(\w+)`", PROMISES)


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED)))
def test_a_test_that_shows_a_promise_is_there(file, name):
    tree = ast.parse((PROJECT / file).read_text(encoding="utf-8"))
    assert name in [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def test_every_promise_has_a_test():
    rows = re.findall(r"^\| (?!promise|---)(.+?) \| (.+) \|$", PROMISES, flags=re.MULTILINE)
    assert [promise for promise, shown in rows if "::" not in shown] == []
