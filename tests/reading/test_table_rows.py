"""What the rows of a table in a report of 2024 state."""

import pytest
from helpers.reading import reading_of

from caoan_stats.reading.table_rows import column_kinds


def test_the_head_tells_what_each_column_states(read):
    assert read(
        "| Chỉ tiêu | ĐVT | KH 2024 | TH 2024 | % TH/KH |\n"
        "| Đàn lợn | con | 340 | 350 | 102,9 |\n"
        "| Năng suất lúa | tạ/ha | 118 | 120,5 | 102,1 |"
    ) == [
        "pigs 2024 value=350 pct_of_plan=102.9",
        "pigs 2024 lower=340 aim",
        "rice_yield 2024 value=120.5 pct_of_plan=102.1",
        "rice_yield 2024 lower=118 aim",
    ]


def test_a_table_has_last_year_and_the_plan_of_next_year_too(read):
    assert read(
        "STT | Chỉ tiêu | Đơn vị | TH 2023 | TH 2024 | KH 2025\n1 | Đàn lợn | Con | 310 | 350 | 360"
    ) == ["pigs 2024 value=350", "pigs 2025 lower=360 aim", "pigs 2023 value=310"]


def test_a_plan_of_what_is_better_low_is_an_upper_bound(read):
    assert read("| Chỉ tiêu | ĐVT | KH 2024 | TH 2024 |\n| Số hộ nghèo | hộ | 26 | 24 |") == [
        "poor_households 2024 value=24",
        "poor_households 2024 upper=26 aim",
    ]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("STT", ""),
        ("Nội dung", "label"),
        ("Đơn vị tính", "unit"),
        ("Thực hiện năm 2024", "value"),
        ("Ước thực hiện", "value"),
        ("Kế hoạch năm 2024", "plan"),
        ("Kế hoạch năm 2025", "next_plan"),
        ("Năm 2023", "previous"),
        ("Năm 2020", ""),
        ("So với kế hoạch (%)", "pct_of_plan"),
        ("So với cùng kỳ (%)", "ratio"),
        ("Ghi chú", ""),
    ],
)
def test_the_words_of_a_head_tell_a_column(cell, kind):
    assert column_kinds([cell], 2024) == [kind]


def test_plan_value_and_share_of_the_plan_are_known_without_a_head_but_doubted(read):
    assert read("Đàn lợn (con)    340    350    102,9") == [
        "pigs 2024 value=350 pct_of_plan=102.9 ? no_head"
    ]


def test_three_numbers_that_do_not_give_the_share_are_left_alone(read):
    assert read("Đàn lợn (con)    340    350    90") == []


def test_a_unit_that_is_not_of_the_indicator_leaves_the_row_alone(read):
    assert read("| Chỉ tiêu | ĐVT | TH 2024 |\n| Đàn lợn | ha | 350 |") == []


def test_a_row_has_the_section_above_the_table(known):
    text = "I. KINH TẾ\n| Chỉ tiêu | KH 2024 | TH 2024 |\n| Đàn lợn | 340 | 350 |"
    assert {each.section for each in reading_of(text, known).statements} == {"I"}
