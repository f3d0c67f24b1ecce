"""Pages are small, load nothing, and are the same when they are made again."""

import re
import subprocess
import sys

import pytest
from helpers.project import ANNUAL, PAGES, PROJECT

LOADED = re.compile(
    r"""(?:src|srcset|data|action|poster)=["']?(?:https?:)?//|@import|url\(["']?(?:https?:)?//"""
    r"""|<(?:link|base|iframe|object|embed)\b|http-equiv=["']?refresh|fetch\(|XMLHttpRequest"""
)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_subject_weighs_at_most_120_kb(exports, name):
    assert (exports / name).stat().st_size <= 120_000


@pytest.mark.parametrize("name", ANNUAL)
def test_a_report_of_a_year_weighs_at_most_500_kb(exports, name):
    assert (exports / name).stat().st_size <= 500_000


def test_the_front_page_weighs_at_most_120_kb(exports):
    assert (exports / "index.html").stat().st_size <= 120_000


@pytest.mark.parametrize("name", ["index.html", *ANNUAL, *PAGES])
def test_a_page_loads_nothing_from_elsewhere(exports, name):
    assert LOADED.findall((exports / name).read_text(encoding="utf-8")) == []


@pytest.mark.long
def test_the_same_data_gives_the_same_bytes(exports, tmp_path):
    command = [sys.executable, "-m", "caoan_stats", "run", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    assert done.returncode == 0
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    assert len(made) == len(PAGES) + len(ANNUAL) + 2
    changed = [
        path for path in made if (exports / path).read_bytes() != (tmp_path / path).read_bytes()
    ]
    assert changed == []
