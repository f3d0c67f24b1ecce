"""What a page shows of a whole: drawn where every part is known, in words where one is not."""

import pytest

from caoan_stats import page

SOURCES = ["tthc_online", "tthc_in_person"]
OUTCOMES = ["tthc_early", "tthc_overdue"]


@pytest.fixture
def poultry(shipped):
    return shipped.scorecard(2023, "livestock")


@pytest.fixture
def dossiers(shipped):
    return shipped.scorecard(2023, "dossiers")


def concealed(card, code: str):
    card.loc[code, ["value", "change", "hidden"]] = [float("nan"), float("nan"), "<5"]
    return card


def test_a_composition_is_drawn_where_every_part_is_known(poultry):
    block = page.composition(poultry, "poultry")
    assert "<figcaption>Cơ cấu đàn gia cầm, năm 2023</figcaption>" in block.html
    assert block.text.splitlines()[1].startswith("Đàn gia cầm khoảng 105.000 con, nhiều nhất là")


@pytest.mark.parametrize("part", ["chickens", "ducks"])
def test_a_composition_is_told_in_words_where_a_part_is_not_public(poultry, part):
    block = page.composition(concealed(poultry, part), "poultry")
    assert "<svg" not in block.html
    assert "<5 con." in block.text


def test_a_composition_of_nothing_is_told_in_words(poultry):
    assert "<svg" not in page.composition(poultry.assign(value=0.0), "poultry").html


def test_a_composition_of_what_is_not_known_yet_is_told_in_words(shipped):
    block = page.composition(shipped.scorecard(2024, "livestock"), "poultry")
    assert block.text == "Chưa có số liệu năm 2024 về Đàn gia cầm."


def test_a_flow_is_drawn_without_what_is_zero(dossiers):
    block = page.flow(dossiers, SOURCES, OUTCOMES)
    assert "<figcaption>Từ tiếp nhận đến kết quả, năm 2023 (hồ sơ)</figcaption>" in block.html
    assert "quá hạn" not in block.html.partition("</figcaption>")[2].partition(">")[2]


def test_the_words_of_a_flow_name_what_is_zero(dossiers):
    assert page.flow(dossiers, SOURCES, OUTCOMES).text.endswith("Hồ sơ quá hạn không có.")


@pytest.mark.parametrize("code", ["tthc_online", "tthc_overdue"])
def test_a_flow_is_told_in_words_where_a_figure_is_not_public(dossiers, code):
    block = page.flow(concealed(dossiers, code), SOURCES, OUTCOMES)
    assert "<svg" not in block.html
    assert "<5 hồ sơ." in block.text


def test_a_flow_without_anything_on_one_side_is_told_in_words(dossiers):
    assert "<svg" not in page.flow(dossiers, SOURCES, ["tthc_overdue"]).html
