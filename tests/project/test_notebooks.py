"""Each notebook consists of parameters, headings and calls; its content is computed."""

import ast
import json
import re

import nbformat
import pytest
from helpers.project import PROJECT
from papermill.translators import PythonTranslator

from caoan_stats import Dataset
from caoan_stats.command.new_notebook import TEMPLATE

NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=[*NOTEBOOKS, TEMPLATE], ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def test_the_project_has_these_notebooks():
    assert [path.stem for path in NOTEBOOKS] == [
        "audit", "budget", "dossiers", "economy", "explore", "governance", "livestock", "overview",
        "rice", "security", "society", "welfare",
    ]  # fmt: skip


def test_a_notebook_is_valid_and_has_no_outputs(notebook):
    nbformat.validate(notebook)
    assert all(
        not cell.outputs and cell.execution_count is None
        for cell in notebook.cells
        if cell.cell_type == "code"
    )


def test_a_notebook_has_one_parameters_cell_with_the_year(notebook):
    tagged = [
        cell.source for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])
    ]
    assert tagged == ["year: int = 2023  # năm báo cáo"]


def test_papermill_describes_the_parameter(notebook):
    [cell] = [each for each in notebook.cells if "parameters" in each.metadata.get("tags", [])]
    [year] = PythonTranslator.inspect(cell)
    assert year == ("year", "int", "2023", "năm báo cáo")


def test_a_notebook_defines_nothing_and_names_no_path(notebook):
    for source in code(notebook):
        nodes = list(ast.walk(ast.parse(source)))
        assert not any(
            isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef) for node in nodes
        )
        strings = [node.value for node in nodes if isinstance(node, ast.Constant)]
        texts = [text for text in strings if isinstance(text, str)]
        assert not any(re.search(r"^(\.{0,2}/|~)|\\|\.[a-z]{2,5}$", text) for text in texts)


def test_a_notebook_has_no_number_except_the_year_and_one(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            numbers = [
                node.value
                for node in ast.walk(ast.parse(cell.source))
                if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
            ]
            assert set(numbers) <= {1}
        if cell.cell_type == "markdown":
            assert not re.search(r"\d", cell.source)


def test_a_notebook_begins_with_its_title_and_a_lead_then_has_headings_and_calls(notebook):
    kinds = "".join("h" if cell.cell_type == "markdown" else "c" for cell in notebook.cells)
    assert re.fullmatch(r"hccc?(h+c+)+", kinds)
    assert notebook.cells[0].source.startswith("# ")


def test_each_section_begins_with_its_question(notebook):
    sections = [cell.source for cell in notebook.cells if cell.source.startswith("## ")]
    assert sections
    assert [source for source in sections if not re.match(r"## .+\n\n\w[^?\n]*\?", source)] == []


def test_the_tables_of_a_subject_are_named_once(notebook):
    tables = {*Dataset.open(PROJECT / "data").titles}
    named = re.findall(r'"(\w+)"', "\n".join(code(notebook)))
    assert all(named.count(table) <= 1 for table in tables)


def test_each_notebook_has_its_own_place_in_the_report():
    ours = [json.loads(path.read_bytes())["metadata"]["caoan_stats"] for path in NOTEBOOKS]
    orders = [each["order"] for each in ours if not each.get("interactive")]
    assert len(set(orders)) == len(orders)
