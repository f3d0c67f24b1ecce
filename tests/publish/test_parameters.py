"""The year of a run reaches a notebook, in whatever form its cell declares the parameter."""

import ast
import json

import pytest
from nbformat import v4

from caoan_stats.publish.parameters import assigned, parameterized


@pytest.fixture
def values(tmp_path):
    """Write cells, each with its tag, and return what a name is after all have run for 2022."""

    def values(*cells: tuple[str, str], metadata: dict | None = None, name: str = "year") -> object:
        notebook = v4.new_notebook()
        notebook.metadata = metadata or {}
        for tag, source in cells:
            new = v4.new_markdown_cell if source.startswith("#!") else v4.new_code_cell
            notebook.cells.append(new(source, metadata={"tags": [tag] if tag else []}))
        path = tmp_path / "one.ipynb"
        path.write_text(json.dumps(notebook), encoding="utf-8")
        done = parameterized(path, {"year": 2022})
        known: dict[str, object] = {}
        for cell in done.cells:
            if cell.cell_type == "code" and not cell.source.startswith("%"):
                exec(cell.source, known)
        return known[name]

    return values


FORMS = [
    "year = 2023  # year = năm báo cáo",
    "year: int | None = 2023",
    "year: 'int | None' = 2023",
    "year: int",
    "year = 2023; table = 'rice'",
    "table = 'a = b'; year = 2023",
    "year = y = 2023",
    "y = year = 2023",
    "year, table = 2023, 'rice'",
    "(table, [year, *rest]) = 'rice', (2023, 1)",
    "year = (\n    2023  # = năm\n)",
    "year = 2023 if 1 == 1 else 2024",
    "if True:\n    year = 2023",
    "print(year := 2023)",
    "%matplotlib inline\nyear = 2023",
    "%%time\nyear = 2023",
]


@pytest.mark.parametrize("source", FORMS)
def test_a_parameter_has_the_value_of_the_run_whatever_the_form_of_its_assignment(values, source):
    assert values(("parameters", source)) == 2022


def test_other_names_of_the_cell_keep_their_values(values):
    assert values(("parameters", "year, table = 2023, 'rice'"), name="table") == "rice"


@pytest.mark.parametrize(
    "source", ["year = '2023'", "year: str = '2023'", "table, year = 1, '2023'", "y = year = '2'"]
)
def test_a_parameter_whose_default_is_text_is_given_as_text(values, source):
    assert values(("parameters", source)) == "2022"


@pytest.mark.parametrize(
    "source",
    [
        "# year = 2023",
        "'year = 2023'",
        "nam = 2023",
        "y == 2022",
        "def f():\n    year = 2023",
        "[1 for year in [2023]]",
        "box.year = 2023",
        "dict(year=2023)",
        "",
        "#! year = 2023",
    ],
)
def test_what_is_no_assignment_declares_nothing(values, source):
    with pytest.raises(ValueError, match=r"^one\.ipynb declares no parameter year"):
        values(("parameters", source))


def test_code_that_is_not_python_is_an_error_with_its_line(values):
    with pytest.raises(ValueError, match=r"^invalid syntax \(parameters cell, line 2\)$"):
        values(("parameters", "table = 1\nyear = = 2"))


@pytest.mark.parametrize(
    "cells",
    [
        [("parameters", "table = 'rice'"), ("parameters", "year = 2023")],
        [("parameters", "year = 2021"), ("parameters", "year = 2023")],
        [("parameters", "#! markdown"), ("parameters", "year = 2023")],
        [("injected-parameters", "year = 1999"), ("parameters", "year = 2023")],
        [("parameters", "year = 2023"), ("", "x = year"), ("injected-parameters", "year = 1999")],
    ],
)
def test_no_other_cell_with_a_tag_takes_the_value_of_the_run_away(values, cells):
    assert values(*cells) == 2022


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"kernelspec": {}},
        {"kernelspec": None},
        {"kernelspec": {"name": "", "display_name": ""}, "language_info": {"name": ""}},
        {"kernelspec": {"name": "python3", "display_name": "P"}, "language_info": {"name": "P"}},
    ],
)
def test_a_notebook_without_a_kernel_or_a_language_is_for_the_python_of_this_project(
    values, metadata
):
    assert values(("parameters", "year = 2023"), metadata=metadata) == 2022


def test_names_are_those_that_the_code_assigns_itself():
    code = "for a in b: c = 1\ntry: d = 1\nexcept E: e = 2\nclass F: g = 3\nlambda: (h := 1)"
    assert list(assigned(ast.parse(code))) == ["a", "c", "d", "e"]
