"""A review lists all that a person has to look at in a file; a finding is answered once."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.filling import filling
from helpers.importing import raw_files

from caoan_stats.common.errors import InvalidDataError
from caoan_stats.datafolder.package import load_package
from caoan_stats.datafolder.processed import load_tables
from caoan_stats.display.lexicon import make_labels
from caoan_stats.forms import changes
from caoan_stats.forms.csv_edit import Change
from caoan_stats.forms.entries import Entry
from caoan_stats.forms.review import Review, review, write
from caoan_stats.forms.shown import shown_change
from caoan_stats.forms.typed import Answer, Place


@pytest.fixture
def reviewed(form, built):
    """Review the workbook."""
    return lambda **options: review(Path(form.name), load_package(built), **options)


def open_places(found: Review) -> list[tuple[str, str]]:
    return [(finding.kind, str(finding.place)) for finding in found.open]


def test_errors_questions_contradictions_and_conflicts_are_found_at_once_in_sheet_order(
    form, import_form, reviewed
):
    with filling(form) as typed:
        typed.type("poor_households", 25)
    import_form("--write")
    with filling(form) as typed:
        typed.type("poor_households", 26)
        typed.type("budget_revenue", "không rõ")
        typed.type("chickens", 1_200_000)
        typed.type("rice_yield", 118)
        typed.type("rice_sown_area", 460)
        typed.type("rice_production", 44000)
    assert open_places(reviewed()) == [
        ("error", "Ngân sách!F2"),
        ("contradiction", "Lúa!F4"),
        ("question", "Chăn nuôi!F7"),
        ("conflict", "An sinh xã hội!F17"),
    ]


def test_a_wrong_source_on_the_cover_hides_no_other_finding(form, reviewed):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
        cover = typed.book["Hướng dẫn"]
        [date] = [row[1] for row in cover.iter_rows() if row[0].value == "Ngày ban hành"]
        date.value = "32/13/2024"
    assert open_places(reviewed()) == [
        ("error", f"Hướng dẫn!B{date.row}"),
        ("question", "Chăn nuôi!F7"),
    ]


def test_a_formula_without_a_result_is_one_error(form, reviewed):
    with filling(form) as typed:
        typed.type("rice_yield", "=100+18")
    assert open_places(reviewed()) == [("error", "Lúa!F3")]


def test_a_question_has_what_why_and_what_to_do(form, reviewed):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
    [question] = reviewed().open
    assert (question.what, question.why, question.remedy) == (
        "«Đàn gà»: 1.200.000 con.",
        "Năm 2023 là khoảng 97.000 con, chênh nhau 12,4 lần.",
        "Có đúng đơn vị tính và đủ chữ số không?",
    )


def test_figures_that_are_not_in_the_file_are_named_without_a_file_of_the_data(form, reviewed):
    with filling(form) as typed:
        typed.type("rice_yield", 118, change=5)
    [contradiction] = reviewed().open
    assert contradiction.why == (
        "Các số liệu: Năng suất lúa trung bình: 118 tạ/ha (Lúa!F3); Năng suất lúa trung bình, mức "
        "tăng, giảm: 5 tạ/ha (Lúa!G3); 2023: Năng suất lúa trung bình: ước 115 tạ/ha (đã có trong "
        "dữ liệu)."
    )


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"pct_of_plan": 8}, "Ngân sách!L2"),
        ({"value": 21_500_000_000, "change": 2}, "Ngân sách!G2"),
    ],
)
def test_a_finding_about_another_fact_than_the_value_is_at_its_cell(form, reviewed, facts, place):
    with filling(form) as typed:
        typed.type("budget_revenue", **facts)
    assert place in [str(finding.place) for finding in reviewed().open]


@pytest.mark.parametrize(
    ("facts", "places"),
    [
        ({"words": "470"}, ["Chăn nuôi!N7"]),
        ({"words": "470 trang trại"}, []),
        ({"change": 60_000}, ["Chăn nuôi!G7"]),
        ({"change": "tăng 60000"}, []),
        ({"change": 40_000}, []),
        ({"pct_change": 81.5}, ["Chăn nuôi!K7"]),
        ({"pct_change": 8.5}, []),
    ],
)
def test_a_number_that_seems_to_be_the_value_is_asked_about_in_another_column(
    form, reviewed, facts, places
):
    with filling(form) as typed:
        typed.type("chickens", **facts)
    asked = [str(each.place) for each in reviewed().open if each.kind == "question"]
    assert asked == places


def test_a_number_in_the_column_of_last_year_is_asked_about_if_the_row_has_no_other(form, reviewed):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        for code in ("chickens", "rice_yield"):
            sheet, row = typed.row(code)
            sheet[f"D{row}"].value = 99
    assert open_places(reviewed()) == [("question", "Chăn nuôi!D7")]


@pytest.mark.parametrize(
    ("date", "is_open"), [("2025-01-15", False), ("2042-12", True), ("2023-12-31", True)]
)
def test_a_date_of_issue_far_from_the_year_is_asked_about(form, reviewed, date, is_open):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        cover = typed.book["Hướng dẫn"]
        [cell] = [row[1] for row in cover.iter_rows() if row[0].value == "Ngày ban hành"]
        cell.value = date
    assert bool(reviewed().open) == is_open


@pytest.mark.all_tables
def test_what_follows_from_a_cell_that_is_asked_about_is_left_out_until_that_is_answered(
    form, reviewed
):
    with filling(form) as typed:
        typed.type("culture_family_rate", 97.5, change=1.5).number_format = "0.00%"
    [question] = reviewed().open
    right = Answer("right", "Theo báo cáo", Place("", 1, "reason"))
    found = reviewed(answers={question.token: right})
    assert len(found.open) > 1


def test_a_file_that_is_not_there_is_a_finding_of_the_whole_file(reviewed, form):
    form.unlink()
    [finding] = reviewed().findings
    assert (finding.kind, finding.place, finding.what) == (
        "error", None, "Thấy không có tệp này.",
    )  # fmt: skip


def test_an_invalid_data_folder_is_no_finding_of_the_file(reviewed, built):
    (built / "raw/rice.csv").write_text("x\n", encoding="utf-8")
    with pytest.raises(InvalidDataError):
        reviewed()


def test_what_would_change_has_label_year_fact_and_both_contents(form, import_form, reviewed):
    with filling(form) as typed:
        typed.type("rice_yield", "ước 118", change=3)
    import_form("--write", "--accept", "báo cáo nêu vậy")
    with filling(form) as typed:
        typed.type("rice_yield", 119, section="I.B.2", change=None)
    shown = [
        (each.label, each.year, each.fact, each.before, each.after) for each in reviewed().changes
    ]
    assert shown == [
        ("Năng suất lúa trung bình", 2024, "", "ước 118 tạ/ha", "119 tạ/ha"),
        ("Năng suất lúa trung bình", 2024, "mức tăng, giảm", "3 tạ/ha", ""),
        ("Năng suất lúa trung bình", 2024, "mục trong báo cáo", "I.B.1", "I.B.2"),
    ]


@pytest.mark.parametrize(
    ("cells", "place", "words"),
    [
        ({"lower": "2", "of": "change"}, "G", "tăng từ 2 tạ/ha trở lên so với năm trước"),
        ({"upper": "120", "note": "cả năm"}, "H", "không quá 120 tạ/ha"),
        ({"note": "Giữ ổn định"}, "I", "Giữ ổn định"),
    ],
)
def test_a_target_changes_in_words_at_the_cell_where_it_was_typed(built, cells, place, words):
    lexicon = make_labels(load_tables(built), "vi")
    row = {"indicator": "rice_yield", "year": "2025", "source": "bc2024", "section": "II"}
    letters = {"indicator": "B", "lower": "G", "upper": "H", "note": "I"}
    places = {name: Place("2024.xlsx", 3, each, "Mục tiêu") for name, each in letters.items()}
    old = {**row, "lower": "118", "closed": "neither"}
    shown, *_ = shown_change(Change(Entry("targets", row | cells, places, {}), 3, old), lexicon)
    assert (str(shown.place), str(shown)) == (
        f"Mục tiêu!{place}3",
        f"± Năng suất lúa trung bình, 2025, mục tiêu: trên 118 tạ/ha → {words}",
    )


def test_nothing_is_written_while_something_is_open(form, reviewed, built):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
    before = raw_files(built)
    with pytest.raises(ValueError, match="open"):
        write(reviewed())
    assert raw_files(built) == before


def test_nothing_is_written_into_a_folder_that_has_changed_since(form, reviewed, built):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    found = reviewed()
    with (built / "raw/rice.csv").open("a", encoding="utf-8") as file:
        file.write("rice_yield,2024,119,,,bc2023,I,\n")
    before = raw_files(built)
    with pytest.raises(InvalidDataError, match="changed"):
        write(found)
    assert raw_files(built) == before


def test_what_a_person_confirms_is_answered_for_this_import_alone(
    form, reviewed, built, monkeypatch
):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    real = changes.to_entry

    def asking(row):
        entry, errors = real(row)
        asked = (entry.place("value").error("not_a_number", found="118", example="79,5"),)
        return replace(entry, questions=asked if row.table == "rice" else ()), errors

    monkeypatch.setattr(changes, "to_entry", asking)
    assert open_places(reviewed()) == [("question", "Lúa!F3")]
    before = (built / "acknowledged.csv").read_bytes()
    write(reviewed(accept="đúng như báo cáo"))
    assert (built / "acknowledged.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("choice", "reason", "told"),
    [
        ("right", "", "Câu trả lời chưa có lý do: ghi lý do ở cột I"),
        ("", "Mới mở trại", "Đã ghi lý do nhưng chưa chọn câu trả lời"),
        ("ok", "", "«ok» không phải là câu trả lời"),
        ("mend", "", "Đã chọn «sửa» nhưng ô vẫn như cũ"),
        ("", "", "Có đúng đơn vị tính"),
    ],
)
def test_an_answer_that_does_not_count_is_told_what_it_lacks(form, reviewed, choice, reason, told):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
    [question] = reviewed().findings
    given = Answer(choice, reason, Place("2024 - cần sửa.xlsx", 7, "I", "Cần xem lại"))
    [finding] = reviewed(answers={question.token: given}).open
    assert finding.remedy.startswith(told)


def test_answers_given_outside_the_file_count_more_than_those_in_it(form, reviewed):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
    [question] = reviewed(accept="Theo báo cáo").findings
    outside = Answer("right", "Mới mở trại", Place("", 1, "reason"))
    [answered] = reviewed(answers={question.token: outside}, accept="Theo báo cáo").findings
    assert answered.answer == outside
