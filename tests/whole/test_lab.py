"""The notebooks in JupyterLab, as an analyst uses them."""

import re
from collections.abc import Callable, Iterator

import pytest
from helpers.browser import Screen, chromium, open_page
from helpers.labs import Lab, lab
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Lab]:
    with lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def run(server) -> Iterator[Callable[[str], Locator]]:
    """Open a notebook, run all cells, and wait until the last has run."""
    with chromium() as browser:

        def run_(name: str) -> Locator:
            page = open_page(browser, Screen(1280))
            page.goto(f"{server.url(f'/lab/tree/{name}.ipynb')}&reset")
            notebook = page.locator(".jp-NotebookPanel")
            expect(notebook.locator(".jp-Cell").first).to_be_visible()
            expect(page.get_by_text("Python (caoan_stats) | Idle")).to_be_visible()
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            last = notebook.locator(".jp-CodeCell .jp-InputPrompt").last
            expect(last).to_have_text(re.compile(r"\[\d+\]:"))
            return notebook

        yield run_


def test_the_rice_notebook_shows_its_chart_without_an_error(run):
    notebook = run("rice")
    expect(notebook.locator(".jp-OutputArea-output svg").first).to_be_visible()
    expect(notebook.locator('[data-mime-type="application/vnd.jupyter.stderr"]')).to_have_count(0)
    expect(notebook.locator('[data-mime-type="application/vnd.jupyter.error"]')).to_have_count(0)


def test_another_choice_in_explore_draws_another_chart(run):
    notebook = run("explore")
    table, indicator = notebook.locator(".widget-dropdown select").all()
    shown = notebook.locator(".widget-html")
    expect(shown).to_contain_text("Thu nhập bình quân đầu người")
    table.select_option(label="Lúa")
    expect(shown).to_contain_text("Diện tích gieo trồng lúa qua các năm")
    expect(shown.locator("svg")).to_be_visible()
    before = shown.locator("svg").inner_html()
    indicator.select_option(label="Sản lượng lúa")
    expect(shown).to_contain_text("Sản lượng lúa qua các năm")
    assert shown.locator("svg").inner_html() != before
    expect(notebook.locator('[data-mime-type="application/vnd.jupyter.error"]')).to_have_count(0)
