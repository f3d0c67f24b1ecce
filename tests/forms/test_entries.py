"""What a clerk types in a row of the workbook is read or refused."""

from dataclasses import replace
from decimal import Decimal

import pytest
from helpers.filling import filling
from helpers.importing import raw_files

from caoan_stats.forms.entries import to_entry
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.stated_rows import stated_rows
from caoan_stats.forms.typed import Cell, Place, TypedRow

PLACE = Place("2024.xlsx", 3, "G", "Lúa")


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


PEOPLE = Measure("người", 0, is_exact=True, plan="lower", is_wanted=True)


@pytest.mark.parametrize(
    ("text", "measure", "value", "bound"),
    [
        ("13/14", PEOPLE, "13", {"lower": "14"}),
        ("13 / 12 người", PEOPLE, "13", {"lower": "12"}),
        ("13 người/12 người", PEOPLE, "13", {"lower": "12"}),
        ("14/13 đ/c", replace(PEOPLE, words={"người": {"đ/c": 0}}), "14", {"lower": "13"}),
        ("5.910/5.500", PEOPLE, "5910", {"lower": "5500"}),
        ("13/14 kế hoạch", PEOPLE, "13", {"lower": "14"}),
        ("3/5 người theo kế hoạch", PEOPLE, "3", {"lower": "5"}),
        ("đạt 13/kế hoạch 14", PEOPLE, "13", {"lower": "14"}),
        ("13/14 người so với kế hoạch năm 2024", PEOPLE, "13", {"lower": "14"}),
        ("3/5 người", replace(PEOPLE, planned={2024: [Decimal(5)]}), "3", {"lower": "5"}),
        ("6,5/6ha", Measure("ha", 2, plan="lower"), "6.5", {"lower": "6"}),
        ("20,4/19,2 tỷ", Measure("đồng", 0, plan="lower"), "20.4e9", {"lower": "19.2e9"}),
        ("12 tỷ/11 tỷ đồng", Measure("đồng", 0, plan="lower"), "12e9", {"lower": "11e9"}),
        ("15/14", Measure("hộ", 0, plan="upper"), "15", {"upper": "14"}),
    ],
)
def test_what_was_reached_of_a_plan_is_a_value_and_a_target(text, measure, value, bound):
    done, plan = (to_entry(row)[0] for row in stated_rows(_typed(text, measure)))
    assert (done.cells["value"], done.questions) == (value, ())
    key = {"indicator": "x", "year": "2024", "source": "bc2024", "section": "I"}
    assert (plan.table, plan.cells) == ("targets", key | bound)
    assert [*done.readings, *plan.readings] == ["value", *bound]


@pytest.mark.parametrize(
    ("text", "is_part", "is_asked"),
    [
        ("5/6", False, True),
        ("31/12", False, True),
        ("13/14", False, False),
        ("31/46", True, True),
        ("46/31", True, False),
        ("24/1.950", False, True),
        ("5/6 người", False, True),
        ("219/230 người", False, True),
        ("230/219 người", False, False),
    ],
)
def test_what_may_be_a_date_a_fraction_or_a_part_of_a_total_is_asked(text, is_part, is_asked):
    done, _ = stated_rows(_typed(text, replace(PEOPLE, is_part=is_part)))
    entry, _ = to_entry(done)
    assert [each.kind for each in entry.questions] == ["date_or_plan"] * is_asked


@pytest.mark.parametrize("plan", ["lower", "upper"])
def test_less_than_a_plan_is_asked_where_more_is_not_better(plan):
    done, _ = stated_rows(_typed("20/28", replace(PEOPLE, plan=plan, is_wanted=False)))
    assert [each.kind for each in done.questions] == ["date_or_plan"]


def test_a_plan_of_another_year_does_not_tell_that_one_is_meant():
    measure = replace(PEOPLE, planned={2023: [Decimal(5)]})
    assert stated_rows(_typed("3/5 người", measure))[0].questions


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("13/14", Measure("%", 2)),
        ("17/4", Measure("thứ hạng", 0)),
        ("12/2024", PEOPLE),
        ("2023/2024", PEOPLE),
        ("1/2/2024", PEOPLE),
        ("5 người/6 hộ", PEOPLE),
    ],
)
def test_a_slash_that_is_no_plan_is_refused(text, measure):
    [row] = stated_rows(_typed(text, measure))
    entry, [error] = to_entry(row)
    assert (entry, error.kind) == (None, "fraction")


def _typed(text: str, measure: Measure) -> TypedRow:
    cells = {"indicator": "x", "year": "2024", "source": "bc2024", "section": "I", "value": text}
    typed = {name: Cell(content) for name, content in cells.items()}
    return TypedRow("economy", typed, dict.fromkeys(cells, PLACE), measure)


def test_a_plan_beside_a_figure_is_imported_as_a_target(form, import_form, new_lines):
    with filling(form) as typed:
        typed.type("new_jobs", "130/140 lao động theo kế hoạch")
    lines = import_form().stdout.splitlines()
    assert lines[:2] == [
        "Kinh tế!F4: hiểu là 130 người.",
        "Kinh tế!F4: hiểu là kế hoạch của năm: 140 người.",
    ]
    assert "new_jobs,2024,130,,,bc2024,I.B.1,,,\n" in new_lines()
    assert "new_jobs,2024,140,,,bc2024,I.B.1,,\n" in new_lines()


def test_nothing_is_written_while_a_part_of_a_total_is_asked_about(form, import_form, built):
    with filling(form) as typed:
        typed.type("auction_lots_sold", "31/46 lô")
    before = raw_files(built)
    result = import_form("--write")
    assert (result.exit_code, raw_files(built)) == (1, before)
    assert "Đất đai!F6: Thấy «31/46 lô». Cần số đã đạt được và kế hoạch của năm, là 31 và 46" in (
        result.stdout
    )


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


def test_limitations_and_a_direction_without_a_figure_are_imported(form, new_lines):
    with filling(form) as typed:
        typed.type("land_limitations", section="I.DGC.2", words="Đấu giá chậm; còn vi phạm")
        typed.type("land_violations", section="I.DGC.1", direction="giảm")
    assert new_lines().splitlines()[:2] == [
        "land_violations,2024,,,,bc2024,I.DGC.1,,down,",
        "land_limitations,2024,,,,bc2024,I.DGC.2,,,Đấu giá chậm; còn vi phạm",
    ]


def test_a_relative_change_of_a_rank_is_refused_where_it_was_typed(form, refusal):
    with filling(form) as typed:
        typed.type("par_index_rank", 7, change="giảm 5%")
    assert refusal()[0].startswith("2024.xlsx, trang «Thủ tục hành chính», ô G")


def test_a_number_for_an_indicator_without_a_unit_is_refused(form, refusal):
    with filling(form) as typed:
        typed.type("security_and_defence", 3)
    assert (
        "thấy «3»; cần ô trống, vì An ninh, trật tự xã hội và quốc phòng địa phương không có đơn vị"
        in refusal()[0]
    )
