"""`caoan-stats new-notebook` writes a notebook that makes a page in the place after the others."""

import json
from pathlib import Path

import pytest
from helpers.commands import call

from caoan_stats.publish.notebooks import read_notebook


def make(*options: str) -> tuple[int, str]:
    result = call("new-notebook", *options, "--lang", "en")
    return result.exit_code, result.output


def code(path: Path) -> str:
    cells = json.loads(path.read_bytes())["cells"]
    return "\n".join("".join(each["source"]) for each in cells if each["cell_type"] == "code")


def test_a_new_notebook_is_about_the_table_of_its_name(project):
    path = project / "notebooks/welfare.ipynb"
    assert make("welfare") == (
        0,
        f"{path} written. Edit it in JupyterLab, then run caoan-stats run --notebook welfare.\n",
    )
    assert read_notebook(path).title == "An sinh xã hội"
    assert 'table = "welfare"' in code(path)
    assert "rice" not in code(path)


def test_the_table_and_the_title_can_be_named(project):
    make("ho-ngheo", "--table", "welfare", "--title", "Hộ nghèo")
    notebook = read_notebook(project / "notebooks/ho-ngheo.ipynb")
    assert (notebook.title, "welfare" in notebook.names) == ("Hộ nghèo", True)


def test_a_new_notebook_comes_after_those_that_are_there(project):
    orders = []
    for name in ("rice", "welfare"):
        make(name)
        orders.append(read_notebook(project / f"notebooks/{name}.ipynb").order)
    assert orders == [1, 2]


def test_the_folder_of_notebooks_is_created(project):
    (project / "notebooks").rmdir()
    assert make("rice")[0] == 0


def test_a_new_notebook_gives_a_page_for_each_year_with_figures(project):
    make("rice")
    assert call("run", "--notebook", "rice").exit_code == 0
    assert [path.parent.name for path in project.glob("exports/*/rice.html")] == ["2023"]
    page = (project / "exports/2023/rice.html").read_text(encoding="utf-8")
    assert "<figcaption>Diện tích gieo trồng lúa qua các năm (ha)</figcaption>" in page
    index = (project / "exports/index.html").read_text(encoding="utf-8")
    assert '<a href="2023/rice.html"' in index


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Lúa", "The name “Lúa” cannot be used: it needs lower-case ASCII letters"),
        ("a/b", "The name “a/b” cannot be used"),
        ("-a", "No such option: -a"),
        ("annual", "The name “annual” cannot be used"),
        ("paddy", "There is no table “paddy”; name one with --table: economy, budget, rice, "),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(name, message, project):
    code, output = make(name)
    assert code == 2
    assert message in output
    assert list((project / "notebooks").iterdir()) == []


def test_an_existing_notebook_is_not_overwritten(project):
    path = project / "notebooks/rice.ipynb"
    path.write_text("mine", encoding="utf-8")
    assert make("rice") == (
        2,
        f"{path} already exists and was not overwritten. Choose another name.\n",
    )
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_title_that_another_page_has_is_refused(project):
    make("rice")
    assert make("paddy", "--table", "rice") == (
        2,
        "There is a page with the title “Lúa”; choose another with --title.\n",
    )
