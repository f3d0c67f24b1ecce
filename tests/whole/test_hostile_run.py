"""Pages of a data folder whose texts are all payloads, made by the command and opened in a browser.

Each page is compared with that of a folder of harmless texts of the same shape: an element or an
attribute that differs comes from a payload.
"""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from base64 import b64decode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import pytest
from helpers.hostile import spoil
from helpers.payloads import MARK, PAYLOADS, harmless
from helpers.project import PROJECT
from playwright.sync_api import Page

from caoan_stats import Dataset
from caoan_stats.common.frames import records
from caoan_stats.display import alt_texts
from caoan_stats.display.marks import NAME_WIDTH, wrapped

pytestmark = pytest.mark.long

HOSTILE, HARMLESS = 'xa "><img src=x onerror=window.pwned=1> [bold]&amp;', "xa"
# options and exit code of the run: 1 for the notebook that fails on purpose
EDITIONS = {
    "full": ((), 1),
    "public": (("--public", "--notebook", "overview", "--notebook", "security"), 0),
}
SUBJECTS = [
    "annual", "audit", "budget", "dossiers", "economy", "frames", "governance", "livestock",
    "overview", "rice", "security", "society", "welfare",
]  # fmt: skip
TRENDS = ("natural_population_growth_rate", "culture_family_rate")
LINK = re.compile(r'href="data:text/csv;charset=utf-8;base64,([^"]*)"')
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"-?\d+(,\d+)?")
ELEMENTS = """
() => {
  const lines = [];
  const list = (each, depth) => {
    lines.push([depth, each.tagName, ...each.getAttributeNames()].join(" "));
    [...each.children].forEach(child => list(child, depth + 1));
  };
  list(document.documentElement, 0);
  return lines;
}
"""
SHOW = """
from caoan_stats import Dataset, audit_page, page

ds = Dataset.open()
card = ds.scorecard(year)
"""
FRAMES = f"{SHOW}\nprint(*ds.indicators['label'], sep='\\n')\ndisplay(ds)\nds.indicators"
FAILING = f"""{SHOW}
display(ds, card, ds.sources, page.summary(card), page.aims(card), page.notes(ds, card))
display(page.table(card, "x"), page.trend(ds.trend("new_jobs")))
display(audit_page.contradictions(ds.audit(year), "x"))
raise ValueError(" ".join(" ".join(ds.indicators["label"]).split()) + "\\x1b[2J\\x07")
"""


@dataclass(frozen=True)
class Opened:
    """The elements and the text of an opened page, and what happened while it was opened."""

    elements: list[str]
    text: str
    happened: list[str]


@dataclass(frozen=True)
class Exports:
    """The exports and the output of a run of both folders."""

    project: Path
    out: Path
    output: str

    def pages(self) -> list[Path]:
        """Return the pages of the hostile folder, relative to its exports."""
        folder = self.out / HOSTILE
        return sorted(path.relative_to(folder) for path in folder.rglob("*.html"))

    def both(self, page: Path) -> tuple[Path, Path]:
        return self.out / HOSTILE / page, self.out / HARMLESS / page


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project with our notebooks and two more, and both folders beside its data."""
    project = tmp_path_factory.mktemp("hostile")
    shutil.copytree(PROJECT / "notebooks", project / "notebooks")
    for name, write in ((HOSTILE, str), (HARMLESS, harmless), ("data", None)):
        ignored = shutil.ignore_patterns("processed")
        shutil.copytree(PROJECT / "data", project / name, ignore=ignored)
        if write:
            spoil(project / name, write)
    for name, code in (("frames", FRAMES), ("failing", FAILING)):
        cells = [nbformat.v4.new_code_cell("year = 2023", metadata={"tags": ["parameters"]})]
        cells.append(nbformat.v4.new_code_cell(code))
        notebook = nbformat.v4.new_notebook(cells=cells)
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
        nbformat.write(notebook, project / "notebooks" / f"{name}.ipynb")
    return project


def command(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "4000", "PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        [sys.executable, "-m", "caoan_stats", *arguments],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def run(project: Path, edition: str) -> Exports:
    folders = ("--data", HOSTILE, "--data", HARMLESS)
    options, code = EDITIONS[edition]
    done = command(project, "run", *folders, "--year", "2023", "--out", edition, *options)
    failed = [line for line in done.stdout.splitlines() if ": LỖI: " in line]
    assert [line for line in failed if "/failing: " not in line] == []
    assert (done.returncode, done.stderr) == (code, "")
    return Exports(project, project / edition, done.stdout)


@pytest.fixture(scope="module")
def full(project) -> Exports:
    return run(project, "full")


@pytest.fixture(scope="module", params=EDITIONS)
def exports(request, project) -> Exports:
    return request.getfixturevalue("full") if request.param == "full" else run(project, "public")


@pytest.fixture(scope="module")
def hostile(full) -> Dataset:
    return Dataset.open(full.project / HOSTILE)


def watched(page: Page) -> list[str]:
    """Return a list to which everything that happens in a page is added."""
    happened: list[str] = []
    page.on("console", lambda message: happened.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: happened.append(f"error: {error}"))
    page.on(
        "dialog", lambda dialog: happened.append(f"dialog: {dialog.message}") or dialog.dismiss()
    )
    page.on("request", lambda request: happened.append(f"request: {request.url}"))
    return happened


@pytest.fixture(scope="module", params=["with its policy", "without its policy"])
def open_(request, browser):
    """Open a page with its security policy, or without."""
    page = browser.new_context(bypass_csp=request.param.startswith("without")).new_page()
    happened = watched(page)

    @cache
    def open_(path: Path) -> Opened:
        happened.clear()
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        if page.evaluate(MARK):
            happened.append("a payload has run")
        elements, text = page.evaluate(ELEMENTS), page.locator("html").text_content() or ""
        return Opened(elements, text, [each for each in happened if each != f"request: {page.url}"])

    yield open_
    page.context.close()


def downloads(path: Path) -> list[list[list[str]]]:
    """Return the rows of every CSV that a page contains."""
    files = [b64decode(link).decode("utf-8-sig") for link in LINK.findall(path.read_text("utf-8"))]
    return [[*csv.reader(io.StringIO(file, newline=""), delimiter=";")] for file in files]


def test_the_browser_detects_a_payload_that_runs(open_, tmp_path):
    path = tmp_path / "x.html"
    path.write_text(f"<meta charset=utf-8>{PAYLOADS['html picture']}", encoding="utf-8")
    assert "a payload has run" in open_(path).happened


def test_a_bypassed_policy_blocks_no_script(browser, full, tmp_path):
    text = (full.out / HARMLESS / "index.html").read_text(encoding="utf-8")
    spoilt = text.replace("</main>", f"{PAYLOADS['html script']}</main>")
    path = tmp_path / "x.html"
    path.write_text(spoilt, encoding="utf-8")
    for passed, mark in ((False, None), (True, 1)):
        page = browser.new_context(bypass_csp=passed).new_page()
        page.goto(path.as_uri())
        assert page.evaluate(MARK) == mark
        page.context.close()


def test_the_run_makes_every_page_except_the_failing_one(full):
    pages = ["2023/" + name + ".html" for name in SUBJECTS]
    assert [page.as_posix() for page in full.pages()] == [*pages, "index.html"]


def test_no_text_becomes_an_element_or_an_attribute(exports, open_):
    unlike = {}
    for page in exports.pages():
        found, expected = (open_(path).elements for path in exports.both(page))
        pairs = zip([*found, ""], [*expected, ""], strict=False)
        if found != expected:
            unlike[page.as_posix()] = next(pair for pair in pairs if pair[0] != pair[1])
    assert unlike == {}


def test_no_text_runs_or_requests_anything(exports, open_):
    paths = [
        exports.out / "index.html",
        *(exports.out / HOSTILE / page for page in exports.pages()),
    ]
    happened = {path.stem: found for path in paths if (found := open_(path).happened)}
    assert happened == {}


def test_the_front_page_shows_both_communes_alike(exports, open_, hostile):
    opened = open_(exports.out / "index.html")
    rows = [place for place, each in enumerate(opened.elements) if each.split()[1] == "TR"][1:]
    first, second = opened.elements[rows[0] : rows[1]], opened.elements[rows[1] :]
    assert first == second[: len(first)]
    assert hostile.title in opened.text


def test_every_text_that_is_shown_is_readable_as_written(full, open_, hostile):
    text = "\n".join(open_(full.out / HOSTILE / page).text for page in full.pages())
    figures = hostile.observations
    shown = [
        hostile.title,
        *hostile.sources["title"],
        *hostile.sources["issuer"],
        *hostile.indicators.loc[[*figures["indicator"]], "label"],
        *figures.loc[figures["year"] == 2023, "section"],
        *hostile.notes.loc[hostile.notes["year"] == 2023, "note"],
        *hostile.targets.loc[hostile.targets["lower"].isna(), "note"],
        *hostile.audit(2023)["label"],
        *hostile.audit(2023)["acknowledged"],
    ]
    assert {*PAYLOADS.values()} <= {*shown}
    assert [each for each in dict.fromkeys(shown) if each not in text] == []


def test_the_label_of_a_chart_has_the_words_of_the_data(full, browser, hostile):
    page = browser.new_page()
    for name in ("society", "annual"):
        page.goto((full.out / HOSTILE / f"2023/{name}.html").as_uri())
        labels = page.locator("svg").evaluate_all("all => all.map(each => each.ariaLabel)")
        assert [code for code in TRENDS if alt_texts.trend(hostile.trend(code)) not in labels] == []
    page.close()


def test_a_chart_shows_the_words_of_the_data(full, browser, hostile):
    page = browser.new_page()
    for name in ("security", "annual"):
        page.goto((full.out / HOSTILE / f"2023/{name}.html").as_uri())
        shown = set(page.locator("svg text").all_text_contents())
        labels = hostile.indicators.loc[["gambling_cases", "drug_use_cases"]]
        lines = [
            line for label in labels["label"] for line in wrapped(label, NAME_WIDTH).split("\n")
        ]
        assert [line for line in lines if line not in shown] == []
    page.close()


def test_no_page_shows_a_warning_of_python(exports):
    pages = [exports.out / HOSTILE / page for page in exports.pages()]
    assert [page for page in pages if "Warning:" in page.read_text(encoding="utf-8")] == []


def test_no_cell_of_a_download_is_a_formula(exports):
    for page in exports.pages():
        path, twin = exports.both(page)
        for table, other in zip(downloads(path), downloads(twin), strict=True):
            assert [len(row) for row in table] == [len(row) for row in other]
            for row, like in zip(table, other, strict=True):
                numbers = [place for place, cell in enumerate(like) if NUMBER.fullmatch(cell)]
                assert [row[place] for place in numbers] == [like[place] for place in numbers]
                words = [cell for place, cell in enumerate(row) if place not in numbers]
                assert [cell for cell in words if cell.startswith(SIGNS)] == []


def test_a_formula_in_a_download_has_an_apostrophe_and_is_complete(full):
    tables = [table for page in full.pages() for table in downloads(full.out / HOSTILE / page)]
    cells = {cell for table in tables for row in table for cell in row}
    assert {f"'{text}" for text in PAYLOADS.values() if text.startswith(SIGNS)} <= cells
    plain = {text for text in PAYLOADS.values() if not re.search(r'(^|[,\n]"?)[=+\-@＝]', text)}
    assert plain <= cells


def test_the_json_index_has_the_texts_unchanged(full, hostile):
    content = json.loads((full.out / HOSTILE / "index.json").read_bytes())
    assert content["title"] == hostile.title
    shown, card = content["scorecard"]["indicators"], records(hostile.scorecard(2023))
    for name in ("label", "unit", "source", "section"):
        assert [row[name] for row in shown] == [row[name] for row in card]


def test_a_failing_notebook_is_reported_in_one_line_without_control_characters(full):
    [line] = [line for line in full.output.splitlines() if line.startswith(f"{HOSTILE}/2023/fail")]
    assert "LỖI: ValueError: " in line
    assert "\\u001b[2J\\u0007 (bản đã chạy: " in line
    assert line.isprintable()
    assert PAYLOADS["markup bold"] in line
    assert PAYLOADS["markup emoji"] in line


def test_the_copy_of_a_failed_notebook_has_only_html_and_text(full):
    copy = full.out / HOSTILE / "failed/2023/failing.ipynb"
    outputs = [each for cell in nbformat.read(copy, 4).cells for each in cell.get("outputs", ())]
    kinds = {kind for each in outputs for kind in each.get("data", {})}
    assert kinds == {"text/plain", "text/html"}
    assert outputs[-1].output_type == "error"
    assert PAYLOADS["html script"] in outputs[-1].evalue


def test_the_index_does_not_show_the_error_of_a_notebook(full):
    html = (full.out / HOSTILE / "index.html").read_text(encoding="utf-8")
    assert "failing năm 2023" in html
    assert "ValueError" not in html


@pytest.mark.parametrize("language", ["vi", "en"])
def test_check_prints_texts_unchanged(full, hostile, tmp_path, language):
    folder = shutil.copytree(full.project / HOSTILE, tmp_path / "x")
    path = folder / "acknowledged.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    done = command(full.project, "check", "--data", str(folder), "--lang", language)
    assert (done.returncode, done.stderr) == (1, "")
    broken = hostile.audit(2023).query("status == 'broken'")
    codes = [code for row in broken["indicators"] for code in row.split(", ")]
    texts = [*hostile.indicators.loc[codes, f"label_{language}"], *broken["sections"]]
    lines = [line for text in texts for line in text.split("\n")]
    assert [line for line in lines if line not in done.stdout] == []
    assert {sign for sign in done.stdout if unicodedata.category(sign) in {"Cc", "Cf"}} == {"\n"}


def test_nothing_but_the_notebooks_is_executed(exports):
    found = {path.name for path in exports.project.iterdir()}
    assert found - {*EDITIONS} == {HOSTILE, HARMLESS, "data", "notebooks"}
    assert {path.suffix for path in (exports.project / "notebooks").iterdir()} == {".ipynb"}
