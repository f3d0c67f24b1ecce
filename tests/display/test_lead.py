import re
from decimal import Decimal

import pytest
from helpers.cards import make_card, make_row, make_trend

from caoan_stats.display.doubts import spoken
from caoan_stats.display.lead import brief, move, show_lead, show_plan, tile

RANK = {"unit": "thứ hạng", "scale": "rank", "better": "lower"}
LINE = make_trend(2020, *(make_row(value=value) for value in (1, 3, 2, 5)))
SHORT = make_trend(2022, make_row(value=1), make_row(value=3))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"value": 18619139193, "unit": "đồng", "pct_of_plan": 97.14},
         "Hộ nghèo 18,62 tỷ đồng, đạt 97,14% kế hoạch"),
        ({"value": 28, "change": -3, "pct_shown": Decimal("-9.68")}, "Hộ nghèo 28 hộ, giảm 9,68%"),
        ({"value": 96, "change": 6, "unit": "%"}, "Hộ nghèo 96%, tăng 6 điểm %"),
        ({"value": 2, "change": -1, **RANK}, "Hộ nghèo thứ hạng 2, tăng 1 bậc"),
        ({"value": 0}, "Hộ nghèo không có"),
        ({"words": "Giữ vững"}, "Hộ nghèo, giữ vững"),
        ({"direction": "up"}, "Hộ nghèo, tăng"),
        ({"value": 5, "hidden": "<5"}, "Hộ nghèo <5 hộ"),
    ],
)  # fmt: skip
def test_a_figure_is_told_in_few_words(row, words):
    assert brief(make_row(**row)) == words


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"change": 0}, "không đổi"),
        ({"break_reason": "Chuẩn mới", "change": 3}, ""),
        ({"pct_shown": Decimal(12), "pct_qualifier": "over"}, "tăng trên 12%"),
    ],
)
def test_a_change_is_told_in_few_words(row, words):
    assert move(make_row(value=3, **row)) == words


@pytest.mark.parametrize(
    ("row", "sign", "colour"),
    [
        ({"change": -3, "better": "lower"}, "▼", "good"),
        ({"change": 3, "better": "lower"}, "▲", "bad"),
        ({"change": 3, "better": "higher"}, "▲", "good"),
        ({"change": -1, **RANK}, "▲", "good"),
        ({"change": 3}, "▲", "muted"),
        ({"direction": "down", "better": "higher"}, "▼", "bad"),
        ({}, "", "muted"),
    ],
)
def test_a_tile_tells_a_change_by_a_sign_and_its_side_by_a_colour(row, sign, colour):
    content = tile(make_row(value=3, **row), SHORT)
    assert (content["sign"], content["colour"]) == (sign, colour)


@pytest.mark.parametrize(
    ("second", "tiles"),
    [({"value": 3}, ["<3 hộ>"]), ({"words": "Giữ vững"}, ["<tốt>", "<giữ vững>"])],
)
def test_words_are_tiles_only_where_no_figure_is(second, tiles):
    card = make_card(make_row(words="Tốt"), make_row(**second))
    html = show_lead(card, ["a", "b"], {"a": SHORT, "b": SHORT}, []).html
    assert [f"<{each}>" for each in re.findall('class="value">([^<]*)', html)] == tiles


def test_a_tile_has_a_line_from_four_years_on():
    assert tile(make_row(value=5), LINE)["line"] == "0,24 32,12 64,18 96,0"
    assert tile(make_row(value=5), SHORT)["line"] == ""


def test_a_doubtful_figure_is_marked_in_its_tile():
    row = make_row(value=5, derived=True, revised=({"value": 4},))
    assert spoken(tile(row, SHORT)["value"]) == "5 hộ (suy ra, số điều chỉnh)"


def test_a_lead_is_a_sentence_then_tiles_then_reasons():
    card = make_card(make_row(value=28, change=-3), make_row(value=5, label="Thỏ", unit="con"))
    block = show_lead(card, ["b", "a"], {"a": SHORT, "b": SHORT}, ["Vì bán đàn."])
    assert block.text.splitlines() == [
        "Thỏ 5 con; hộ nghèo 28 hộ, giảm 3 hộ.",
        "Thỏ: 5 con",
        "Hộ nghèo: 28 hộ; giảm 3 hộ",
        "Vì bán đàn.",
    ]
    assert block.html.count("<li>") == 2


def test_a_year_without_results_begins_with_its_first_targets_in_numbers():
    card = make_card(
        make_row(lower=60, label="Năng suất lúa", unit="tạ/ha"),
        make_row(status="in_words", label="Giáo dục", note="Nâng cao chất lượng"),
    )
    assert show_plan(card).text == "Kế hoạch năm 2024: năng suất lúa từ 60 tạ/ha trở lên."
    assert show_plan(card.loc[["b"]]) is None


def test_a_share_of_the_plan_stands_in_parentheses_after_a_verdict():
    row = make_row(value=97, lower=100, status="missed", pct_of_plan=97)
    assert tile(row, SHORT)["share"] == "(97% kế hoạch)"
    assert tile({**row, "status": "no_target"}, SHORT)["share"] == "đạt 97% kế hoạch"
