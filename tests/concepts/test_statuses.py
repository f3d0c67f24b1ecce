"""A status is one row of a table: added there, it is everywhere that statuses are shown."""

import json
import re

import pytest
from helpers.project import PROJECT

from caoan_stats import page
from caoan_stats.concepts.statuses import STATUSES, Status, with_verdict
from caoan_stats.display import sentences, tables
from caoan_stats.publish import index

CSS = (PROJECT / "caoan_stats/publish/templates/caoan/report.css").read_text(encoding="utf-8")


@pytest.fixture
def card(shipped, monkeypatch):
    """A scorecard in which a target of jobs has a status that the program does not have yet."""
    monkeypatch.setitem(STATUSES, "near", Status("≈", "Gần đạt", "bad", "missed"))
    card = shipped.scorecard(2023).loc[["new_jobs"]]
    return card.assign(status="near")


def test_a_new_status_is_in_the_results_of_a_table_with_its_colour(card):
    html = page.table(card, "Việc làm").html
    assert re.search(r'<td [^>]*class="bad">\s*≈ Gần đạt \(110%\)', html)


def test_a_new_status_is_in_the_download(card):
    assert list(tables.results(card).data["Kết quả"]) == ["Gần đạt"]


def test_a_new_status_is_in_the_list_of_targets_with_its_colour(card):
    assert '<span class="status bad">≈ Gần đạt</span>' in page.aims(card).html


def test_a_new_status_is_counted_and_named_in_a_sentence(card):
    first, second = sentences.summary(card)
    assert first.endswith(": 1 gần đạt.")
    assert "gần đạt mục tiêu (từ 100 đến 150 người)" in second


@pytest.mark.usefixtures("card")
def test_a_new_status_is_a_missed_target():
    assert with_verdict("missed") == ["missed", "near"]


def test_a_new_status_is_in_the_index_for_programs(card):
    assert json.dumps(index._scorecard(card)["indicators"]).count('"near"') == 1


@pytest.mark.parametrize("colour", sorted({status.colour for status in STATUSES.values()}))
def test_every_colour_has_a_rule_on_the_page(colour):
    assert re.search(rf"^\.{colour} {{ color: var\(--\w+\); }}$", CSS, re.MULTILINE)


def test_no_status_is_named_in_the_style_of_the_page():
    assert [code for code in STATUSES if re.search(rf"\.{code}\b", CSS)] == []


def test_signs_tell_statuses_apart_without_colour():
    signs = [status.sign for status in STATUSES.values()]
    assert len({*signs}) == len(signs)
