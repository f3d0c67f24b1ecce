"""Sentences of a report: label, figure, change, share of the plan, words."""

from decimal import Decimal

import pytest

from caoan_stats.writing.sentences import aim_sentence, fact_sentence, make_row


def said(label: str = "Đàn lợn", unit: str = "con", **facts: object) -> str:
    numbers = {name: Decimal(each) for name, each in facts.items() if name in NUMBERS}
    return fact_sentence(make_row(label, unit, 2023, **{**facts, **numbers}), 2023)


NUMBERS = {"value", "change", "pct_change", "pct_of_plan"}
AIM = {"label": "Hộ nghèo", "unit": "hộ", "year": 2024, "of": "", "closed": "", "note": ""}


def test_all_facts_are_one_sentence():
    facts = {"value": "300", "change": "-12", "pct_change": "-3.8", "pct_of_plan": "98.0"}
    assert said(**facts, qualifier="over", words="Tái đàn.") == (
        "Đàn lợn: trên 300 con, giảm 12 con (3,8%) so với năm 2022; đạt 98,0% kế hoạch; tái đàn."
    )


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("18619139193", "đồng", "18.619.139.193 đồng"),
        ("18.6E9", "đồng", "18,6 tỷ đồng"),
        ("30.0", "tỷ đồng", "30,0 tỷ đồng"),
        ("-0.50", "%", "−0,50%"),
        ("1", "thứ hạng", "thứ hạng 1"),
        ("0", "vụ", "không có"),
    ],
)
def test_a_figure_has_the_digits_that_are_stated(value, unit, words):
    assert said("Số", unit, value=value) == f"Số: {words}."


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"change": "0.3", "unit": "%"}, "tăng 0,3 điểm % so với năm 2022"),
        ({"change": "0"}, "bằng năm 2022"),
        ({"change": "-1", "unit": "thứ hạng", "scale": "rank"}, "tăng 1 bậc so với năm 2022"),
        ({"pct_change": "-5", "qualifier": "about"}, "giảm khoảng 5% so với năm 2022"),
        ({"direction": "steady"}, "giữ ổn định so với năm 2022"),
        ({"words": "Giữ vững"}, "giữ vững"),
        ({"pct_of_plan": "108", "qualifier": "over"}, "đạt trên 108% kế hoạch"),
    ],
)
def test_a_fact_stands_without_a_figure(facts, words):
    assert said(**facts) == f"Đàn lợn: {words}."


def test_a_figure_of_another_year_says_its_year():
    row = make_row("Hộ nghèo", "hộ", 2022, value=Decimal(28), change=Decimal(-2))
    assert fact_sentence(row, 2023) == "Hộ nghèo năm 2022: 28 hộ, giảm 2 hộ so với năm 2021."


def test_a_figure_that_is_not_public_has_its_mark_alone():
    assert said(hidden="<5", pct_of_plan="98") == "Đàn lợn: <5 con."
    assert said(hidden="ẩn") == "Đàn lợn: không công bố."


@pytest.mark.parametrize(
    ("aim", "words"),
    [
        ({"lower": "25", "upper": "25"}, "phấn đấu 25 hộ"),
        ({"upper": "25", "closed": "neither"}, "phấn đấu dưới 25 hộ"),
        ({"of": "change", "upper": "0", "closed": "neither"}, "phấn đấu giảm so với năm trước"),
        ({"note": "Giảm theo tiêu chí."}, "giảm theo tiêu chí"),
        ({"year": 2023, "note": "Giảm"}, "mục tiêu năm 2023 là giảm"),
        ({"year": 2025, "upper": "20"}, "đến năm 2025 phấn đấu không quá 20 hộ"),
    ],
)
def test_an_aim_is_a_sentence(aim, words):
    bounds = {side: Decimal(aim[side]) if side in aim else None for side in ("lower", "upper")}
    assert aim_sentence({**AIM, **aim, **bounds}, 2023) == f"Hộ nghèo: {words}."
