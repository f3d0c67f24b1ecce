"""The public edition hides small counts, and no one can compute them."""

import base64
import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from helpers.attack import Page, possible_values
from helpers.project import PROJECT

from caoan_stats import Dataset
from caoan_stats.common.frames import records
from caoan_stats.relations.intervals import around
from caoan_stats.relations.relation import Relation, parse_relations, relation_key

pytestmark = pytest.mark.long

BELOW = 5
LINK = re.compile(r'href="data:text/csv;charset=utf-8;base64,([^"]*)"')
OTHER_COUNTS = {
    "security": {
        "drug_organising_cases": "3",
        "drug_organising_prosecuted": "1",
        "drug_use_cases": "2",
        "drug_use_offenders": "3",
        "compulsory_rehab": "4",
    },
    "military": {
        "war_invalid_reviews": "1",
        "district_exam_absent": "2",
        "district_exam_attended": "34",
        "district_exam_attendance_rate": "94.4",
        "district_exam_rejected": "12",
    },
    "justice": {"parentage_recognitions": "4"},
}


def run(data: Path, out: Path, *options: str) -> Path:
    command = [sys.executable, "-m", "caoan_stats", "run", "--data", str(data), "--out", str(out)]
    done = subprocess.run(
        [*command, "--year", "2023", *options],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("public")


@pytest.fixture(scope="module")
def public(folder) -> Path:
    return run(PROJECT / "data", folder / "out", "--public")


@pytest.fixture(scope="module")
def texts(public) -> dict[str, str]:
    return _texts(public)


def _texts(out: Path) -> dict[str, str]:
    files = sorted(path for path in out.rglob("*") if path.suffix in (".html", ".json"))
    return {str(path.relative_to(out)): path.read_text(encoding="utf-8") for path in files}


def test_public_pages_do_not_depend_on_hidden_counts(folder, texts):
    data = folder / "data"
    shutil.copytree(PROJECT / "data", data, ignore=shutil.ignore_patterns("processed"))
    for table, counts in OTHER_COUNTS.items():
        path = data / "raw" / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        for code, value in counts.items():
            text, found = re.subn(rf"(?m)^({code},2023),[^,]+,", rf"\g<1>,{value},", text)
            assert found == 1, code
        path.write_text(text, encoding="utf-8")
    assert _texts(run(data, folder / "other", "--public")) == texts


def test_the_hidden_counts_are_those_that_the_other_data_replaces():
    rows = Dataset.open(PROJECT / "data", public_below=BELOW).observations
    hidden = set(rows.loc[rows["hidden"] != "", "indicator"])
    assert hidden == {code for counts in OTHER_COUNTS.values() for code in counts}


def test_no_hidden_count_can_be_computed_from_the_downloads(public, shipped):
    figures = {row["Mã chỉ tiêu"]: row for row in _downloaded(public)}
    nature = {code: row["Tính chất số năm 2023"] for code, row in figures.items()}
    small = {code for code, text in nature.items() if text == f"<{BELOW}"}
    assert len(small) == 8
    units = shipped.tables["units"].set_index("unit")["exact"]
    counts = {code for code, unit in shipped.indicators["unit"].items() if units.get(unit)}
    shown = {
        code: around(Decimal(row["Năm 2023"].replace(",", ".")), exact=code in counts)
        for code, row in figures.items()
        if row["Năm 2023"]
    }
    hidden = {code for code, text in nature.items() if text == "ẩn"}
    sensitive = set(shipped.indicators.index[shipped.indicators["sensitive"]])
    page = Page(shown, small, hidden, counts, sensitive)
    truths = _near(shipped, small | hidden)
    for code in small:
        assert possible_values(page, truths, code, BELOW) == {1, 2, 3, 4}, code


def _downloaded(out: Path) -> Iterator[dict[str, str]]:
    for path in (out / "2023").glob("*.html"):
        for link in LINK.findall(path.read_text(encoding="utf-8")):
            text = base64.b64decode(link).decode("utf-8-sig")
            rows = csv.DictReader(io.StringIO(text), delimiter=";")
            yield from (row for row in rows if row.get("Tính chất số năm 2023") is not None)


def _near(shipped: Dataset, codes: set[str]) -> list[Relation]:
    """Return the relations that hold and are connected to hidden figures."""
    audit = shipped.audit(2023)
    broken = {relation_key(row) for row in records(audit[audit["status"] == "broken"])}
    rows = records(shipped.tables["relations"])
    truths = parse_relations(row for row in rows if relation_key(row) not in broken)
    names, near = set(codes), []
    while more := [each for each in truths if each not in near and names & set(each.names)]:
        near += more
        names |= {name for each in more for name in each.names}
    return near


def test_every_page_states_that_it_is_the_public_edition(texts):
    pages = [text for name, text in texts.items() if name.endswith(".html")]
    assert len(pages) == 13
    assert all("<strong>Bản công khai.</strong>" in text for text in pages)


def test_the_json_index_states_the_threshold(public):
    assert json.loads((public / "index.json").read_bytes())["public_below"] == BELOW


def test_tables_charts_and_sentences_show_under_five(texts):
    page = texts["2023/security.html"]
    assert 'data-label="Năm 2023" class="number main">&lt;5</td>' in page
    assert "Sử dụng trái phép chất ma túy bị xử lý &lt;5 trường hợp" in page
    assert "; tổ chức sử dụng trái phép chất ma túy bị phát hiện &lt;5 trường hợp;" in page


def test_the_public_edition_removes_the_pages_of_the_full_one(tmp_path):
    out = run(PROJECT / "data", tmp_path, "--notebook", "livestock", "--notebook", "dossiers")
    (out / "failed/2023").mkdir(parents=True)
    (out / "failed/2023/rice.ipynb").write_text('{"metadata": {"papermill": {}}}')
    (out / "2023/own.html").write_text("<p>of the commune</p>")
    run(PROJECT / "data", out, "--notebook", "livestock", "--public")
    left = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*"))
    assert left == [
        "2023/annual.html", "2023/livestock.html", "2023/own.html", "hidden-figures.json",
        "index.html", "index.json",
    ]  # fmt: skip
    assert "Bản công khai" in (out / "2023/livestock.html").read_text(encoding="utf-8")


def test_no_full_page_of_another_layout_is_left_in_a_public_folder(tmp_path):
    folders = [shutil.copytree(PROJECT / "data", tmp_path / name) for name in ("xa-a", "xa-b")]
    both = ("--data", str(folders[1]), "--notebook", "rice")
    out = run(folders[0], tmp_path / "out", "--notebook", "rice")
    pages = ("2023/annual.html", "2023/rice.html", "index.html")
    assert run(folders[0], out, *both, "--public") == out
    each = {f"{name}/{page}" for name in ("xa-a", "xa-b") for page in pages}
    assert set(_texts_of_pages(out)) == {"index.html", *each}
    run(folders[0], out, *both)
    run(folders[0], out, "--notebook", "rice", "--public")
    assert set(_texts_of_pages(out)) == {*pages}
    assert all("Bản công khai" in text for text in _texts_of_pages(out).values())


def _texts_of_pages(out: Path) -> dict[str, str]:
    return {name: text for name, text in _texts(out).items() if name.endswith(".html")}


def test_a_threshold_in_the_environment_makes_a_public_edition(tmp_path, monkeypatch):
    monkeypatch.setenv("CAOAN_STATS_PUBLIC_BELOW", "4")
    out = run(PROJECT / "data", tmp_path, "--notebook", "livestock")
    assert "từ 1 đến 3" in (out / "2023/livestock.html").read_text(encoding="utf-8")


def test_another_threshold_is_another_edition(tmp_path):
    out = run(PROJECT / "data", tmp_path, "--notebook", "security", "--public-below", "10")
    page = (out / "2023/security.html").read_text(encoding="utf-8")
    assert "số đếm nhạy cảm từ 1 đến 9" in page
    assert "&lt;10" in page


@pytest.mark.parametrize("below", ["0", "2", "x"])
def test_a_threshold_that_hides_nothing_is_refused(below, tmp_path):
    command = [sys.executable, "-m", "caoan_stats", "run", "--public-below", below]
    done = subprocess.run([*command, "--out", str(tmp_path)], capture_output=True, check=False)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []
