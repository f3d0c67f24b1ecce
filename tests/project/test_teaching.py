"""Tab and Shift-Tab in a notebook show the public functions and their documentation."""

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from helpers.project import PROJECT

from caoan_stats import Dataset, audit_page, explore, page

PUBLIC = [
    member
    for owner in (Dataset, page, audit_page, explore)
    for name, member in inspect.getmembers(owner, inspect.isroutine)
    if not name.startswith("_") and member.__module__.startswith("caoan_stats")
    if member.__module__ == (owner.__module__ if owner is Dataset else owner.__name__)
]
CALLED = pytest.mark.parametrize("called", PUBLIC, ids=lambda each: each.__qualname__)
SESSION = """
import json
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell()
shell.run_cell("from caoan_stats import Dataset, page; ds = Dataset.open()")
with provisionalcompleter():
    offered = {
        name: [each.text for each in shell.Completer.completions(f"{name}.", len(name) + 1)]
        for name in ("ds", "page")
    }
seen = shell.object_inspect_mime("ds.scorecard")["text/plain"]
print(json.dumps({"offered": offered, "seen": seen}))
"""


def taken(called: Callable[..., object]) -> list[inspect.Parameter]:
    parameters = inspect.signature(called).parameters.values()
    return [each for each in parameters if each.name != "self"]


@CALLED
def test_every_parameter_and_result_has_a_type(called):
    assert [each.name for each in taken(called) if each.annotation is each.empty] == []
    assert inspect.signature(called).return_annotation is not inspect.Signature.empty


@CALLED
def test_every_parameter_is_described(called):
    described = str(inspect.getdoc(called))
    [section] = re.findall(r"Parameters\n-+\n(.*?)(?:\n\n|$)", described, flags=re.DOTALL) or [""]
    names = re.findall(r"^(\w.*)$", section, flags=re.MULTILINE)
    described_names = ", ".join(names).split(", ") if names else []
    assert described_names == [each.name for each in taken(called)]


@pytest.fixture(scope="module")
def session() -> dict:
    command = [sys.executable, "-c", SESSION]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("ds", {"audit", "indicators", "observations", "scorecard", "table", "titles", "trend"}),
        ("page", {"aims", "bars", "results", "table", "trend"}),
    ],
)
def test_tab_offers_the_public_names(name, known, session):
    assert known <= {*session["offered"][name]}


def test_shift_tab_shows_parameters_results_and_errors(session):
    seen = session["seen"]
    assert re.search(r"year: '?int \| str", seen)
    assert seen.index("Parameters") < seen.index("Returns") < seen.index("Raises")
