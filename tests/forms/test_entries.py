"""What a clerk types in a row of the workbook is read or refused."""

import pytest
from helpers.filling import filling

from caoan_stats.forms.entries import to_entry
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.typed import Cell, Place, TypedRow

PLACE = Place("2024.xlsx", 3, "G", "Lúa")


@pytest.mark.all_tables
@pytest.mark.parametrize(
    ("indicator", "text", "line"),
    [
        ("budget_revenue", "18.619.139.193", "budget_revenue,2024,18619139193,,,"),
        ("budget_revenue", "28,05 tỷ", "budget_revenue,2024,28.05e9,,,"),
        ("rice_planting_rate", "97,14 %", "rice_planting_rate,2024,97.14,,,"),
        ("income_per_capita", "79,5 triệu đồng", "income_per_capita,2024,79.5,,,"),
        ("poultry", "khoảng 97.000 con", "poultry,2024,97000,,about,"),
    ],
)
def test_a_number_typed_as_text_is_read(indicator, text, line, form, new_lines):
    with filling(form) as typed:
        typed.type(indicator, text)
    assert f"{line}bc2024,I.B.1," in new_lines()


def test_an_ambiguous_number_is_refused_with_both_readings(form, refusal):
    with filling(form) as typed:
        typed.type("rice_sown_area", "1.234")
    assert refusal()[0] == (
        "2024.xlsx, trang «Lúa», ô F2: thấy «1.234», đọc được hai cách: 1234 hoặc 1,234; cần một "
        "số chỉ đọc được một cách, thường có nhiều nhất 2 chữ số thập phân: viết 1234 nếu dấu «.» "
        "phân cách hàng nghìn; nếu đó là dấu thập phân thì xem lại nguồn, rồi viết 1,2340 ha"
    )


def test_a_cell_in_percent_format_is_read_as_it_is_displayed(form, new_lines):
    with filling(form) as typed:
        typed.type("rice_planting_rate", 0.9714).number_format = "0.00%"
    assert "rice_planting_rate,2024,97.14,,," in new_lines()


def test_a_qualifier_is_read_in_vietnamese(form, new_lines):
    with filling(form) as typed:
        typed.type("rice_yield", 118, qualifier="Khoảng")
    assert "rice_yield,2024,118,,about,bc2024" in new_lines()


@pytest.mark.parametrize(
    ("figure", "line"),
    [(118, "rice_yield,2024,118,,,"), ("khoảng 118", "rice_yield,2024,118,,about,")],
)
def test_a_word_that_means_no_qualifier_leaves_its_cell_empty(figure, line, form, new_lines):
    with filling(form) as typed:
        typed.type("rice_yield", figure, qualifier="Đạt")
    assert f"{line}bc2024,I.B.1,\n" in new_lines()


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


@pytest.mark.parametrize(
    ("column", "text", "cells"),
    [
        ("pct_change", "tăng 13,6%", {"pct_change": "13.6"}),
        ("pct_change", -2.5, {"pct_change": "-2.5"}),
        ("pct_of_plan", "97,14 %", {"pct_of_plan": "97.14"}),
        ("change", "tăng 13,6%", {"pct_change": "13.6"}),
        ("change", "tăng 13,6% cùng kỳ", {"pct_change": "13.6"}),
        ("change", "cao hơn năm 2023 13,6%", {"pct_change": "13.6"}),
        ("change", "bằng 113,6% so với cùng kỳ năm 2023", {"pct_change": "13.6"}),
        ("change", "bằng cùng kỳ", {"change": "0", "direction": "steady"}),
        ("value", "bằng cùng kỳ", {"change": "0", "direction": "steady"}),
        ("change", "Không tăng, không giảm", {"change": "0", "direction": "steady"}),
        ("pct_change", "giữ nguyên so với năm trước", {"change": "0", "direction": "steady"}),
        ("direction", "bằng năm 2023", {"change": "0", "direction": "steady"}),
        ("direction", "không đổi", {"change": "0", "direction": "steady"}),
        ("change", "tăng so với cùng kỳ", {"direction": "up"}),
        ("direction", "tương đương cùng kỳ", {"direction": "steady"}),
        ("change", "giảm 2 phần trăm", {"pct_change": "-2"}),
        ("change", "giảm 2 ha", {"change": "-2"}),
        ("direction", "Giữ  vững", {"direction": "steady"}),
        ("direction", "giảm", {"direction": "down"}),
        ("direction", "up", {"direction": "up"}),
        ("words", "Giữ vững", {"words": "Giữ vững"}),
    ],
)
def test_each_fact_is_read(column, text, cells):
    assert _facts(column, Cell(text)) == cells


def test_a_change_in_percent_format_is_a_relative_change():
    assert _facts("change", Cell(0.136, as_percentage=True)) == {"pct_change": "13.6"}


def test_a_change_of_a_percentage_is_not_relative():
    row = TypedRow("rice", {"change": Cell("giảm 2%")}, {"change": PLACE}, Measure("%", 2))
    entry, _ = to_entry(row)
    assert entry.cells == {"change": "-2"}


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"change": "tăng 13,6%", "pct_change": "13,6"}, "two_rates"),
        ({"change": "tăng 0,5 điểm %"}, "other_unit"),
        ({"direction": "lên"}, "not_allowed"),
        ({"pct_of_plan": "97 ha"}, "other_unit"),
        ({"pct_of_plan": "vượt 108% kế hoạch"}, "unclear_comparison"),
        ({"change": "đạt 108% kế hoạch"}, "other_base"),
    ],
)
def test_a_fact_that_is_not_clear_is_refused(cells, kind):
    entry, errors = _entry(cells)
    assert (entry, [error.kind for error in errors]) == (None, [kind])


@pytest.mark.parametrize(
    "cells",
    [
        {"change": "giảm khoảng 5 ha"},
        {"change": "tăng khoảng 5%"},
        {"change": "giảm khoảng 5 ha", "pct_change": "giảm khoảng 2%"},
        {"change": "giảm khoảng 5 ha", "qualifier": "khoảng"},
        {"change": -5, "pct_change": "giảm khoảng 2%", "qualifier": "khoảng"},
        {"change": "giảm khoảng 5 ha", "direction": "giảm", "words": "Giảm nhẹ"},
        {"value": "khoảng 97 ha", "change": "giảm 5 ha"},
    ],
)
def test_a_row_has_one_qualifier_that_of_its_value_or_else_of_its_other_numbers(cells):
    entry, errors = _entry(cells)
    assert (entry.cells["qualifier"], errors) == ("about", [])


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        ({"value": 97, "change": "giảm khoảng 5 ha"}, ["other_qualifier"]),
        ({"value": "trên 97", "change": "giảm khoảng 5 ha"}, ["other_qualifier"]),
        ({"value": "khoảng 97", "change": "giảm khoảng 5 ha"}, ["other_qualifier"]),
        ({"change": "giảm khoảng 5 ha", "pct_change": -2}, ["other_qualifier"]),
        (
            {"change": "giảm khoảng 5 ha", "pct_change": "giảm trên 2%"},
            ["other_qualifier", "other_qualifier"],
        ),
        ({"change": "giảm khoảng 5 ha", "qualifier": "trên"}, ["two_qualifiers"]),
    ],
)
def test_a_qualifier_that_the_row_cannot_keep_is_refused(cells, kinds):
    entry, errors = _entry(cells)
    assert (entry, [error.kind for error in errors]) == (None, kinds)


def test_the_error_of_such_a_qualifier_says_what_to_write(form, refusal):
    with filling(form) as typed:
        typed.type("poultry", 97000, change="giảm khoảng 200 con")
    assert refusal()[0] == (
        "2024.xlsx, trang «Chăn nuôi», ô G6: thấy «giảm khoảng 200 con»; cần một từ kèm theo cho "
        "cả dòng: có số liệu của năm thì từ đó thuộc về số liệu, không thì thuộc về mọi số khác: "
        "bỏ «khoảng» và ghi vào ghi chú, hoặc để trống các số khác của dòng"
    )


def _entry(cells: dict[str, object]):
    """The entry and the errors of a row in ha."""
    typed = {column: Cell(content) for column, content in cells.items()}
    return to_entry(TypedRow("rice", typed, dict.fromkeys(typed, PLACE), Measure("ha", 2)))


def _facts(column: str, cell: Cell) -> dict[str, str]:
    """The cells of a row of 2024 in ha in which one was typed."""
    cells = {column: cell, "year": Cell("2024")}
    entry, errors = to_entry(TypedRow("rice", cells, {column: PLACE}, Measure("ha", 2)))
    assert errors == []
    return {name: text for name, text in entry.cells.items() if name != "year"}


def test_a_result_in_words_is_steady_without_a_change():
    row = TypedRow("security", {"direction": Cell("không đổi")}, {"direction": PLACE})
    assert to_entry(row)[0].cells == {"direction": "steady"}


@pytest.mark.all_tables
def test_the_facts_of_a_workbook_are_imported(form, import_form, new_lines):
    with filling(form) as typed:
        typed.type("budget_revenue", "18,6 tỷ", change="tăng 3,5%", pct_of_plan=0.9714)
        typed.cell("budget_revenue", "pct_of_plan").number_format = "0.00%"
        typed.type("security_and_defence", direction="ổn định", words="Giữ vững")
    lines = import_form().stdout.splitlines()
    assert lines[:2] == [
        "Ngân sách!F2: hiểu là 18,6 tỷ đồng.",
        "Ngân sách!G2: hiểu là tốc độ tăng, giảm so với năm trước: 3,5%.",
    ]
    assert new_lines().splitlines()[:2] == [
        "budget_revenue,2024,18.6e9,,,bc2024,I.B.1,,97.14,,3.5",
        "security_and_defence,2024,,,,bc2024,I.B.1,,Giữ vững,steady",
    ]


@pytest.mark.all_tables
def test_limitations_and_a_direction_without_a_figure_are_imported(form, new_lines):
    with filling(form) as typed:
        typed.type("land_limitations", section="I.DGC.2", words="Đấu giá chậm; còn vi phạm")
        typed.type("land_violations", section="I.DGC.1", direction="giảm")
    assert new_lines().splitlines()[:2] == [
        "land_violations,2024,,,,bc2024,I.DGC.1,,down,",
        "land_limitations,2024,,,,bc2024,I.DGC.2,,,Đấu giá chậm; còn vi phạm",
    ]


@pytest.mark.all_tables
def test_a_relative_change_of_a_rank_is_refused_where_it_was_typed(form, refusal):
    with filling(form) as typed:
        typed.type("par_index_rank", 7, change="giảm 5%")
    assert refusal()[0].startswith("2024.xlsx, trang «Thủ tục hành chính», ô G")


@pytest.mark.all_tables
def test_a_number_for_an_indicator_without_a_unit_is_refused(form, refusal):
    with filling(form) as typed:
        typed.type("security_and_defence", 3)
    assert (
        "thấy «3»; cần ô trống, vì An ninh, trật tự xã hội và quốc phòng địa phương không có đơn vị"
        in refusal()[0]
    )
