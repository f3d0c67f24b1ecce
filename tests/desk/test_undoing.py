import html
from pathlib import Path

import pytest
from helpers.importing import raw_files

from caoan_stats.datafolder.package import load_package
from caoan_stats.desk.blocks import status
from caoan_stats.desk.undoing import Undoing
from caoan_stats.forms import review

ROWS = "indicator;year;value;source;section\nrice_yield;2024;{};bc2023;I.B.1\n"


def write(data: Path, figure: int) -> None:
    """Import a figure of 2024."""
    (path := data.parent / "figures.csv").write_text(ROWS.format(figure), encoding="utf-8")
    review.write(review.review(path, load_package(data), accept="Đúng", replaces=True))


@pytest.fixture
def undoing(built) -> Undoing:
    write(built, 118)
    return Undoing(built, status(), lambda: None)


def asked(undoing: Undoing) -> str:
    return html.unescape(undoing.question.children[0].value) if undoing.question.children else ""


def test_without_an_import_nothing_can_be_taken_back(built):
    assert Undoing(built, status(), lambda: None).button.disabled


def test_what_is_taken_back_is_named_before(undoing, built):
    before = raw_files(built)
    undoing.button.click()
    assert "<li>+ Năng suất lúa trung bình, 2024: 118 tạ/ha</li>" in asked(undoing)
    assert undoing.yes.description.startswith("Hoàn tác ")
    assert raw_files(built) == before


def test_a_person_can_decide_otherwise(undoing, built):
    before = raw_files(built)
    undoing.button.click()
    undoing.no.click()
    undoing.yes.click()
    assert raw_files(built) == before
    assert asked(undoing) == ""


def test_an_import_is_taken_back_once_and_then_there_is_none(undoing):
    undoing.button.click()
    undoing.yes.click()
    assert "Đã hoàn tác" in undoing.result.value
    assert (undoing.button.disabled, asked(undoing)) == (True, "")


def test_an_import_since_the_question_is_asked_about_again(undoing, built):
    undoing.button.click()
    write(built, 119)
    after = raw_files(built)
    undoing.yes.click()
    assert "119 tạ/ha" in asked(undoing)
    assert raw_files(built) == after


def test_a_file_changed_since_is_told_and_kept(undoing, built):
    (path := built / "raw/rice.csv").write_bytes(path.read_bytes() + b"x\n")
    undoing.button.click()
    undoing.yes.click()
    assert "rice.csv" in undoing.result.value
    assert path.read_bytes().endswith(b"x\n")
