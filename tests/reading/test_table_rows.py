"""What the rows of a table in a report of 2024 state."""

import pytest
from helpers.reading import reading_of

from caoan_stats.reading.table_heads import column_kinds


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
    assert read("1    Đàn lợn (con)    340    350    102,9") == [
        "pigs 2024 value=350 pct_of_plan=102.9 ? no_head"
    ]


def test_without_a_head_what_the_data_has_of_last_year_is_no_plan(read):
    assert read("Đàn trâu, bò (con)    80    84    105,0") == [
        "buffalo_cattle 2024 value=84 pct_change=5.0 ? no_head",
        "buffalo_cattle 2023 value=80 ? no_head",
    ]


def test_three_numbers_that_do_not_give_the_share_are_left_alone(read):
    assert read("Đàn lợn (con)    340    350    90") == []


def test_a_unit_that_is_not_of_the_indicator_leaves_the_row_alone(read):
    assert read("| Chỉ tiêu | ĐVT | TH 2024 |\n| Đàn lợn | ha | 350 |") == []


def test_a_row_has_the_section_above_the_table(known):
    text = "I. KINH TẾ\n| Chỉ tiêu | KH 2024 | TH 2024 |\n| Đàn lợn | 340 | 350 |"
    assert {each.section for each in reading_of(text, known).statements} == {"I"}


# the rows of a head


def test_words_above_several_columns_are_of_each(read):
    assert read(
        "| STT | Chỉ tiêu | ĐVT | Năm 2024 | | |\n"
        "| | | | Kế hoạch | Thực hiện | Đạt so với KH (%) |\n"
        "| 1 | Đàn lợn | con | 340 | 350 | 102,9 |"
    ) == ["pigs 2024 value=350 pct_of_plan=102.9", "pigs 2024 lower=340 aim"]


def test_a_title_above_the_head_is_no_word_of_its_columns(read):
    assert read(
        "| Biểu 1. Kết quả so với kế hoạch năm 2025 | | |\n"
        "| Chỉ tiêu | KH 2024 | TH 2024 |\n"
        "| Đàn lợn | 340 | 350 |"
    ) == ["pigs 2024 value=350", "pigs 2024 lower=340 aim"]


def test_without_a_word_for_labels_the_first_column_of_words_has_them(read):
    assert read("| TT | Loại vật nuôi | Năm 2023 | Năm 2024 |\n| 1 | Đàn lợn | 310 | 350 |") == [
        "pigs 2024 value=350",
        "pigs 2023 value=310",
    ]


def test_a_table_of_next_years_aims_alone_is_read(read):
    assert read("| Chỉ tiêu | ĐVT | Kế hoạch năm 2025 |\n| Đàn lợn | con | 360 |") == [
        "pigs 2025 lower=360 aim"
    ]


# cells


def test_a_unit_above_the_table_is_that_of_its_rows(read):
    table = "| Nội dung | Dự toán | Thực hiện |\n| Tổng thu ngân sách | 18000 | 19500 |"
    assert read(f"Đơn vị tính: triệu đồng\n{table}") == [
        "budget_revenue 2024 value=19500E6",
        "budget_revenue 2024 lower=18000E6 aim",
    ]


@pytest.mark.parametrize(
    ("cell", "aim"),
    [
        ("130 - 150", "lower=130 upper=150 aim"),
        ("> 120", "lower=120 aim open"),
        ("từ 120 trở lên", "lower=120 aim"),
    ],
)
def test_a_plan_can_be_a_bound_or_a_range(cell, aim, read):
    assert read(
        f"| Chỉ tiêu | KH 2024 | TH 2024 |\n| Số người có việc làm mới | {cell} | 136 |"
    ) == ["new_jobs 2024 value=136", f"new_jobs 2024 {aim}"]


@pytest.mark.parametrize(
    ("cell", "change"),
    [("105,0", " pct_change=5.0"), ("5,0", " pct_change=5.0"), ("95", ""), ("", "")],
)
def test_a_ratio_is_the_change_in_percent_if_last_years_value_gives_it(cell, change, read):
    assert read(
        f"| Vật nuôi | Năm 2023 | Năm 2024 | So sánh (%) |\n| Đàn trâu, bò | 80 | 84 | {cell} |"
    ) == [f"buffalo_cattle 2024 value=84{change}", "buffalo_cattle 2023 value=80"]


def test_words_before_a_part_are_no_label(read):
    assert read("| Vật nuôi | Năm 2024 |\n| - Trong đó: Trâu | 22 |\n| - Bò | 62 |") == [
        "buffaloes 2024 value=22",
        "cattle 2024 value=62",
    ]


def test_numbers_of_rows_that_name_nothing_known_are_listed(left):
    assert left("| TT | Chỉ tiêu | TH 2024 |\n| 7 | Ghế đá | 45 |") == ["45"]


def test_numbers_of_columns_that_tell_nothing_are_listed(left):
    assert left("| Chỉ tiêu | TH 2020 | TH 2024 |\n| Đàn lợn | 290 | 350 |") == ["290"]


def test_a_row_with_fewer_cells_than_the_head_is_left_alone(read, left):
    text = "Chỉ tiêu\tĐVT\tKH 2024\tTH 2024\nĐàn lợn\t340\t350"
    assert read(text) == []
    assert left(text) == ["340", "350"]
