"""What a clerk types in a row of the workbook is read or refused."""

import pytest
from helpers.filling import filling


@pytest.mark.parametrize(
    ("indicator", "text", "line"),
    [
        ("budget_revenue", "18.619.139.193", "budget_revenue,2024,18619139193,,,"),
        ("budget_revenue", "28,05 tỷ", "budget_revenue,2024,28050000000,,,"),
        ("budget_revenue_pct_of_plan", "97,14 %", "budget_revenue_pct_of_plan,2024,97.14,,,"),
        ("income_per_capita", "79,5 triệu đồng", "income_per_capita,2024,79.5,,,"),
        ("poultry", "khoảng 97.000 con", "poultry,2024,97000,,about,"),
    ],
)
def test_a_number_typed_as_text_is_read(indicator, text, line, form, import_form):
    with filling(form) as typed:
        typed.type(indicator, text)
    assert f"+ {line}bc2024,I.B.1,\n" in import_form().stdout


def test_an_ambiguous_number_is_refused_with_both_readings(form, refusal):
    with filling(form) as typed:
        typed.type("rice_sown_area", "1.234")
    assert refusal()[0] == (
        "2024.xlsx, trang «Lúa», ô F2: thấy «1.234», đọc được hai cách: 1234 hoặc 1,234; cần nhiều "
        "nhất 2 chữ số thập phân cho rice_sown_area: viết 1234 nếu dấu «.» phân cách hàng nghìn; "
        "nếu đó là dấu thập phân thì xem lại nguồn, hoặc cột decimals trong indicators.csv"
    )


def test_a_cell_in_percent_format_is_read_as_it_is_displayed(form, import_form):
    with filling(form) as typed:
        typed.type("budget_revenue_pct_of_plan", 0.9714).number_format = "0.00%"
    assert "+ budget_revenue_pct_of_plan,2024,97.14,,," in import_form().stdout


def test_a_qualifier_is_read_in_vietnamese(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118, qualifier="Khoảng")
    assert "+ rice_yield,2024,118,,about,bc2024" in import_form().stdout


@pytest.mark.parametrize(
    ("figure", "line"),
    [(118, "rice_yield,2024,118,,,"), ("khoảng 118", "rice_yield,2024,118,,about,")],
)
def test_a_word_that_means_no_qualifier_leaves_its_cell_empty(figure, line, form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", figure, qualifier="Đạt")
    assert f"+ {line}bc2024,I.B.1,\n" in import_form().stdout


def test_two_different_qualifiers_are_refused(form, refusal):
    with filling(form) as typed:
        typed.type("poultry", "khoảng 97.000", qualifier="trên")
    assert refusal()[0] == (
        "2024.xlsx, trang «Chăn nuôi», ô H6: thấy «trên», nhưng con số ghi kèm «khoảng»; cần một "
        "từ kèm theo: giữ một trong hai từ"
    )


def test_a_negative_count_is_refused_and_the_column_for_a_decrease_is_named(form, refusal):
    with filling(form) as typed:
        typed.type("pigs", -5, change=-5)
        typed.type("natural_population_growth_rate", -0.2)
    assert refusal() == [
        "2024.xlsx, trang «Chăn nuôi», ô F2: thấy «-5», nhỏ hơn 0; cần số từ 0 trở lên, vì đơn vị "
        "là «con»: viết số có trong năm; mức giảm thì ghi vào cột tăng, giảm",
        "Số lỗi: 1, số tệp có lỗi: 1; chưa ghi gì.",
    ]


def test_a_missing_section_is_reported_beside_the_other_errors_of_its_row(form, refusal):
    with filling(form) as typed:
        typed.type("pigs", "x", section=None)
    lines = refusal()
    assert [line.partition(":")[0] for line in lines[:-1]] == [
        "2024.xlsx, trang «Chăn nuôi», ô F2",
        "2024.xlsx, trang «Chăn nuôi», ô I2",
    ]
