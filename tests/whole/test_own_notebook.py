"""A notebook of one's own, with pandas and matplotlib alone and through `page`, is a good page."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from helpers.browser import Screen, open_page, violations
from helpers.project import PROJECT
from nbformat import v4
from playwright.sync_api import Page

pytestmark = pytest.mark.long

SCREENS = [Screen(320), Screen(1000), Screen(1280, "dark"), Screen(673, media="print")]
CELLS = [
    "import pandas as pd; import matplotlib.pyplot as plt; from caoan_stats import Dataset, page\n"
    "ds = Dataset.open(as_of=year)\n"
    "wide = pd.DataFrame({f'cột số {at}': [1234567.89 * at, None] for at in range(30)})",
    "wide",
    "ds.observations.pivot_table(index='table', columns=['year', 'status'], aggfunc='size')",
    "plt.figure(figsize=(12, 3)); plt.plot([1, 2]); plt.show()",
    "page.frame(wide, 'Ba mươi cột')",
    "page.frame(ds.table('rice'), 'Lúa qua các năm')",
    "page.figure(ds.table('rice')['rice_yield'].plot.barh(), 'Năng suất lúa', 'Lúa giảm.')",
    "fig, axes = plt.subplots(1, 3, figsize=(12, 3)); axes[0].imshow([[0, 1]])\n"
    "page.figure(axes, 'Ba ô', 'Một ô có màu, hai ô trống.')",
]


@pytest.fixture(scope="module")
def own_page(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(PROJECT / "data", folder / "data")
    (folder / "notebooks").mkdir()
    parameters = v4.new_code_cell("year: int = 2023", metadata={"tags": ["parameters"]})
    cells = [v4.new_markdown_cell("# Phân tích riêng"), parameters]
    cells += [v4.new_markdown_cell("| cột | số |\n|---|---|\n| a | 1 |")]
    cells += [v4.new_code_cell(source) for source in CELLS]
    kernel = {"name": "caoan_stats", "display_name": "", "language": "python"}
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "notebooks/rieng.ipynb")
    command = [sys.executable, "-m", "caoan_stats", "run", "--year", "2023"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "exports/2023/rieng.html"


@pytest.fixture(params=SCREENS, ids=str)
def page(browser, own_page, request) -> Iterator[Page]:
    page = open_page(browser, request.param)
    page.goto(own_page.as_uri())
    yield page
    page.context.close()


def test_an_own_page_is_never_wider_than_the_screen(page):
    root = page.locator("html")
    assert root.evaluate("each => each.scrollWidth") <= root.evaluate("each => each.clientWidth")


def test_an_own_page_meets_wcag_2_2_aa(page):
    assert violations(page) == {}


def test_a_figure_of_a_cell_is_shown_once(page):
    assert (page.locator("main img").count(), page.locator("main svg").count()) == (1, 2)


def test_a_frame_on_paper_shows_every_column(browser, own_page):
    page = open_page(browser, Screen(673, media="print"))
    page.goto(own_page.as_uri())
    cells = page.locator(".many td:not(:empty)")
    right = "all => Math.max(...all.map(each => each.getBoundingClientRect().right))"
    assert cells.count() == 30
    assert cells.evaluate_all(right) <= 673
