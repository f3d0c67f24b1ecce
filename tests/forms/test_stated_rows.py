"""A value with a plan beside it, “13/14”, is a figure and a target, or a question."""

from dataclasses import replace
from decimal import Decimal

import pytest
from helpers.filling import filling
from helpers.importing import raw_files

from caoan_stats.forms.entries import to_entry
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.stated_rows import stated_rows
from caoan_stats.forms.typed import Cell, Place, TypedRow

pytestmark = pytest.mark.all_tables

PLACE = Place("2024.xlsx", 3, "G", "Lúa")
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


@pytest.mark.parametrize("text", ["13²/14", "13/14²"])
def test_a_footnote_in_a_plan_is_refused(text):
    [row] = stated_rows(_typed(text, PEOPLE))
    entry, [error] = to_entry(row)
    assert (entry, error.kind) == (None, "note_sign")


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
