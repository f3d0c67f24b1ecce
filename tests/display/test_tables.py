from decimal import Decimal

import pandas as pd
import pytest
from helpers.cards import make_card, make_row
from helpers.statements import state

from caoan_stats import Dataset
from caoan_stats.concepts.statuses import STATUSES
from caoan_stats.display import tables
from caoan_stats.display.doubts import mark, signed, spoken

TITLE = (
    "Báo cáo kết quả thực hiện kế hoạch phát triển kinh tế - xã hội năm 2023 và phương hướng, "
    "nhiệm vụ, giải pháp năm 2024, UBND xã Cao An, tháng 12/2023"
)


def text(frame) -> str:
    return signed(frame.to_csv(lineterminator="\n"))


def data(frame) -> str:
    return frame.to_csv(lineterminator="\n", index=False)


def test_results_are_laid_out_as_vietnamese_text(shipped):
    assert text(tables.results(shipped.scorecard(2023)).cells.iloc[2:9]) == (
        "Chỉ tiêu,Năm 2022,Năm 2023,\"Tăng, giảm\",Mục tiêu 2023,Kết quả,Mục\n"
        "Thu ngân sách (đồng),,18.619.139.193,,từ 100% trở lên so với kế hoạch,"
        '"✗ Chưa đạt (97,14%)",I.A.3\n'
        'Hộ nghèo (hộ),31*,28,"−3 (−9,68%)",giảm so với năm trước,✓ Đạt,I.B.II.4\n'
        "Hộ cận nghèo (hộ),40*,20,−20 (−50%),giảm so với năm trước,✓ Đạt,I.B.II.4\n"
        "Số người có việc làm mới (người),,110,,từ 100 đến 150 người,✓ Đạt (110%),I.A.5\n"
        'Tỷ lệ phát triển dân số tự nhiên (%),"khoảng 0,60*","0,52","−0,08 điểm %",,,I.A.6\n'
        "Tỷ lệ gia đình văn hóa (%),khoảng 90*,96,+6 điểm %,,,I.A.7\n"
        "Công tác cải cách hành chính,,,,,Đảm bảo theo kế hoạch,I.A.8\n"
    )  # fmt: skip


def test_a_unit_shared_by_all_rows_is_in_the_column_names(shipped):
    assert text(tables.results(shipped.scorecard(2023, "livestock")).cells.iloc[:2]) == (
        "Chỉ tiêu,Năm 2023 (con),Kết quả\nĐàn lợn,trên 300,Tái đàn\nĐàn trâu bò,80,\n"
    )


def test_the_unit_of_a_single_row_stays_beside_its_label(shipped):
    card = shipped.scorecard(2023, "livestock").loc[["pigs"]]
    assert text(tables.results(card).cells) == (
        "Chỉ tiêu,Năm 2023,Kết quả,Mục\nĐàn lợn (con),trên 300,Tái đàn,I.B.I.1.3\n"
    )


def test_a_column_without_content_is_left_out(shipped):
    cells = tables.results(shipped.scorecard(2023, "budget")).cells
    assert list(cells) == ["Năm 2023 (đồng)", "Mục tiêu 2023", "Kết quả", "Mục"]


def test_a_plan_is_laid_out_with_required_change_task_and_pace(shipped):
    layout = tables.plan(shipped.scorecard(2024)).cells.iloc[[0, 2, 6]]
    assert text(layout) == (
        "Chỉ tiêu,Năm 2023,Mục tiêu 2024,Còn phải,Nhiệm vụ kế hoạch,Tiến độ,Mục\n"
        'Thu nhập bình quân đầu người (triệu đồng),"ước 79,5*",từ 81 triệu đồng trở lên,'
        '"tăng khoảng 1,5 triệu đồng (1,9%)","khoảng 101,9%",chưa đủ số liệu,II.I.1\n'
        'Tỷ lệ phát triển dân số tự nhiên (%),"0,52",dưới 1%,giữ vững,,đã ở mức này,II.I.3\n'
        "Chất lượng giáo dục của cả 3 cấp học,,Nâng cao chất lượng; duy trì sĩ số học sinh,,,,"
        "II.I.6\n"
    )


def test_a_download_has_numbers_and_words_in_separate_columns(shipped):
    rows = shipped.scorecard(2023).loc[["budget_revenue", "income_per_capita"]]
    assert data(tables.results(rows).data) == (
        "Mã chỉ tiêu,Chỉ tiêu,Đơn vị tính,Năm 2022,Tính chất số năm 2022,Năm 2023,"
        'Tính chất số năm 2023,"Tăng, giảm","Tăng, giảm (%)",Xu hướng,Mục tiêu từ,Mục tiêu đến,'
        "Mục tiêu,Kết quả,Hoàn thành kế hoạch (%),Bằng lời,Nguồn,Mục,Nguồn của mục tiêu,"
        "Mục của mục tiêu\n"
        "budget_revenue,Thu ngân sách,đồng,,,18619139193,,,,,100,,"
        "từ 100% trở lên so với kế hoạch,Chưa đạt,97.14,,bc2023,I.A.3,bc2023,I.A.3\n"
        "income_per_capita,Thu nhập bình quân đầu người,triệu đồng,,,79.5,"
        '"ước, có ghi chú",,,tăng,,,'
        ",Không nêu mục tiêu,,,bc2023,I.A.1,,\n"
    )


def test_a_download_marks_assumed_figures(shipped):
    card = shipped.scorecard(2023, "rice").loc[["rice_yield_per_crop"]]
    assert list(tables.results(card).data["Tính chất số năm 2023"]) == ["ước, giả định"]


def test_a_download_marks_derived_figures(history):
    card = history(2022).scorecard(2022, "economy").loc[["income_per_capita"]]
    assert list(tables.results(card).data["Tính chất số năm 2022"]) == ["ước, suy ra"]


def test_a_total_and_its_parts_are_marked(shipped):
    card = shipped.scorecard(2023, "livestock").loc[["pigs", "poultry", "chickens", "ducks"]]
    assert tables.results(card).kinds == ("", "total", "part", "part")


def test_a_total_without_one_of_its_parts_is_an_ordinary_row(shipped):
    card = shipped.scorecard(2023, "livestock").loc[["poultry", "chickens"]]
    assert tables.results(card).kinds == ("", "")


def test_a_row_without_a_unit_is_one_of_words(shipped):
    card = shipped.scorecard(2023, "land").loc[["land_violations", "environment"]]
    assert tables.results(card).kinds == ("", "said")


def test_each_row_names_its_document(shipped):
    card = shipped.scorecard(2023, "rice").loc[["rice_yield", "rice_planting_rate"]]
    assert tables.results(card).sources == ((TITLE,), ())


def test_each_row_has_the_colour_of_its_status(shipped):
    card = shipped.scorecard(2023).loc[["budget_revenue", "new_jobs", "education_quality"]]
    assert tables.results(card).colours == ("bad", "good", "")
    every = shipped.scorecard(2023, list(shipped.titles)).query("words == ''")
    assert tables.results(every).colours == tuple(STATUSES[code].colour for code in every["status"])


def test_only_columns_of_numbers_are_numeric(shipped):
    layout = tables.results(shipped.scorecard(2023)).cells
    numeric = [name for name in layout if tables.is_numeric(layout[name])]
    assert numeric == ["Năm 2022", "Năm 2023", "Tăng, giảm"]


def cell(column: str, **row: object) -> str:
    """Return a cell of a table of one row, with its marks in words."""
    return spoken(tables.results(make_card(make_row(**row))).cells[column].iloc[0])


def test_a_rounded_figure_is_shown_with_the_digits_that_are_known():
    assert cell("Năm 2024", value=1.82e10, shown=Decimal("182E8"), unit="đồng") == "18,2 tỷ"


def test_a_revised_figure_is_marked():
    older = {"value": 28, "qualifier": "", "source": "bc2023"}
    assert cell("Năm 2023", previous=30, previous_revised=(older,)) == "30 (số điều chỉnh)"


def test_an_assumed_figure_is_marked_once_in_its_row():
    row = {"value": 57.5, "assumed": True, "change": -6}
    assert (cell("Năm 2024", **row), cell("Tăng, giảm", **row)) == ("57,5 (giả định)", "−6")


def test_a_disputed_figure_has_no_verdict():
    row = {"value": 28, "upper": 30, "status": "met", "doubts": ("disputed",)}
    assert cell("Kết quả", **row) == "⚠ Cần xem lại"
    assert tables.results(make_card(make_row(**row))).colours == ("bad",)


def test_a_download_says_every_doubt_in_a_column():
    row = {"value": 28, "previous": 31, "derived": True, "previous_doubts": ("disputed", "revised")}
    data = tables.results(make_card(make_row(**row))).data
    assert list(data["Tính chất số năm 2024"]) == ["suy ra"]
    assert list(data["Tính chất số năm 2023"]) == ["cần xem lại, số điều chỉnh"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"change": 0}, "0"),
        ({"change": 0, "change_qualifier": "about"}, "xấp xỉ"),
        ({"pct_change": -0.4, "pct_shown": Decimal(-40)}, "−40%"),
        ({"change": 2000, "change_shown": Decimal("2E3"), "change_qualifier": "about"},
         "khoảng +2 nghìn"),
        ({"change": -1, "unit": "thứ hạng", "scale": "rank"}, "tăng 1 bậc"),
        ({"change": 1, "unit": "thứ hạng", "scale": "rank"}, "giảm 1 bậc"),
    ],
)  # fmt: skip
def test_a_change_is_written_as_far_as_it_is_known(row, words):
    assert cell("Tăng, giảm", value=1, **row) == words


@pytest.mark.parametrize("status", ["undecided", "no_data"])
def test_a_target_that_is_not_judged_has_no_attainment(status):
    row = {"value": 104, "lower": 104.0, "attainment": 1.0, "status": status}
    assert "%" not in cell("Kết quả", **row)


def test_the_words_of_the_source_follow_the_status_of_their_target():
    row = {"status": "met", "value": 97, "lower": 97.0, "words": "Giữ vững"}
    assert cell("Kết quả", **row).endswith("; Giữ vững")


def test_the_words_of_the_source_are_the_result_of_a_target_in_words():
    row = {"status": "in_words", "words": "Ngày càng nâng cao", "note": "Nâng cao chất lượng"}
    assert cell("Kết quả", **row) == "Ngày càng nâng cao"


def test_a_result_names_the_section_of_its_target_if_another_document_sets_it(history):
    card = history(2024).scorecard(2024).loc[["culture_family_rate", "new_jobs"]]
    assert list(tables.results(card).cells["Mục"]) == [
        "I.A.7; mục tiêu: II.I.5 (báo cáo 2023)",
        "I.A.5; mục tiêu: II.I.7 (báo cáo 2023)",
    ]


def test_a_plan_names_the_document_of_a_target_over_several_years(history):
    codes = ["income_per_capita", "budget_revenue", "new_jobs"]
    layout = tables.plan(history(2024).scorecard(2025).loc[codes]).cells
    assert list(layout["Mục"]) == ["II.1 (nghị quyết 2021–2025)", "II.I.2", "II.I.7"]
    assert list(layout["Tiến độ"]) == [
        "khá, theo đà 2020–2024",
        "đúng tiến độ, theo đà 2023–2024",
        "chưa xác định được, theo đà 2023–2024",
    ]


def test_a_row_names_every_document_of_its_figures(history):
    card = history(2024).scorecard(2024).loc[["poor_households"]]
    [titles] = tables.results(card).sources
    assert [title.split(" và ")[0][-8:] for title in titles] == ["năm 2024", "năm 2023"]


def test_columns_of_marked_numbers_are_numeric():
    marked = f"khoảng 31,45{mark(make_row(assumed=True))}"
    cells = pd.Series([marked, "18,2 tỷ", "xấp xỉ", ""])
    assert tables.is_numeric(cells)


def test_a_row_without_figures_shows_what_its_source_states_of_them():
    card = make_card(
        make_row(direction="up"),
        make_row(pct_of_plan=108, attainment=1.08),
        make_row(pct_change=0.12, pct_shown=Decimal(12), pct_qualifier="over"),
    )
    cells = tables.results(card).cells
    assert list(cells["Tăng, giảm"]) == ["tăng", "", "tăng trên 12%"]
    assert list(cells["Kết quả"]) == ["", "đạt 108% kế hoạch", ""]


def test_a_share_that_follows_has_no_more_digits_than_its_figures(data):
    line = "budget_revenue 2023 bc2023 value=13.1e9 qualifier=estimate"
    ds = Dataset.open(state(data, line, targets=["budget_revenue 2023 bc2022 lower=13000000000"]))
    cells = tables.results(ds.scorecard(2023).loc[["budget_revenue"]]).cells
    assert list(cells["Kết quả"]) == ["▲ Vượt (khoảng 100,8%)"]


def test_a_stated_share_of_the_plan_is_shown_as_stated(data):
    line = "credit_vbsp_amount 2023 bc2023 value=19.26 pct_of_plan=101.4"
    ds = Dataset.open(state(data, line, targets=["credit_vbsp_amount 2023 bc2022 lower=19"]))
    cells = tables.results(ds.scorecard(2023).loc[["credit_vbsp_amount"]]).cells
    assert list(cells["Kết quả"]) == ["✓ Đạt (101,4% kế hoạch)"]


def test_the_main_document_of_a_table_is_that_of_its_own_results():
    before = make_row(previous=5, source="bc2023", section="I.1")
    own = make_row(value=6, source="bc2024", section="I.2")
    card = make_card(before, before, own, documents={"bc2023": "báo cáo 2023"})
    cells = tables.results(card).cells
    assert list(cells["Mục"]) == ["I.1 (báo cáo 2023)"] * 2 + ["I.2"]


def test_a_download_has_only_the_digits_that_are_known():
    card = make_card(make_row(value=54.34, shown=Decimal(54), qualifier="about"))
    assert list(tables.results(card).data["Năm 2024"]) == [54]


def test_the_section_that_all_rows_share_stands_below_the_table(shipped):
    table = tables.results(shipped.scorecard(2023, "livestock"))
    assert table.foot == "Nguồn: báo cáo 2023, mục I.B.I.1.3."
    assert "Mục" not in table.cells
    assert table.main == "Năm 2023 (con)"


def test_sections_that_differ_stay_beside_their_rows(shipped):
    table = tables.results(shipped.scorecard(2023))
    assert table.foot == "Nguồn: báo cáo 2023."
    assert table.cells["Mục"].iloc[0] == "I.A.1"


def test_a_result_in_words_is_marked_if_there_is_a_note_on_it():
    row = {"words": "Hoàn thành", "unit": "", "doubts": ("derived",)}
    assert cell("Kết quả", **row) == "Hoàn thành (suy ra)"
