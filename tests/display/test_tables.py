from caoan_stats.concepts.statuses import STATUSES
from caoan_stats.display import tables

TITLE = (
    "Báo cáo kết quả thực hiện kế hoạch phát triển kinh tế - xã hội năm 2023 và phương hướng, "
    "nhiệm vụ, giải pháp năm 2024, UBND xã Cao An, tháng 12/2023"
)


def text(frame) -> str:
    return frame.to_csv(lineterminator="\n")


def data(frame) -> str:
    return frame.to_csv(lineterminator="\n", index=False)


def test_results_are_laid_out_as_vietnamese_text(shipped):
    assert text(tables.results(shipped.scorecard(2023)).cells.iloc[2:7]) == (
        "Chỉ tiêu,Năm 2022,Năm 2023,\"Tăng, giảm\",Mục tiêu 2023,Kết quả,Mục\n"
        'Thu ngân sách so với kế hoạch năm (%),,"97,14",,từ 100% trở lên,'
        '"✗ Chưa đạt (97,14%)",I.A.3\n'
        "Hộ nghèo (hộ),31,28,−3,Giảm so với năm 2022,○ Không định lượng,I.B.II.4\n"
        "Hộ cận nghèo (hộ),40,20,−20,Giảm so với năm 2022,○ Không định lượng,I.B.II.4\n"
        "Số người có việc làm mới (người),,110,,từ 100 đến 150 người,✓ Đạt (110%),I.A.5\n"
        'Tỷ lệ phát triển dân số tự nhiên (%),"0,6","0,52","−0,08 điểm %",'
        "Báo cáo không nêu mục tiêu bằng số,○ Không định lượng,I.A.6\n"
    )  # fmt: skip


def test_a_unit_shared_by_all_rows_is_in_the_column_names(shipped):
    assert text(tables.results(shipped.scorecard(2023, "livestock")).cells.iloc[:2]) == (
        "Chỉ tiêu,Năm 2023 (con),Mục\nĐàn lợn,trên 300,I.B.I.1.3\nĐàn trâu bò,80,I.B.I.1.3\n"
    )


def test_the_unit_of_a_single_row_stays_beside_its_label(shipped):
    card = shipped.scorecard(2023, "livestock").loc[["pigs"]]
    assert text(tables.results(card).cells) == (
        "Chỉ tiêu,Năm 2023,Mục\nĐàn lợn (con),trên 300,I.B.I.1.3\n"
    )


def test_a_column_without_content_is_left_out(shipped):
    cells = tables.results(shipped.scorecard(2023, "budget")).cells
    assert list(cells) == ["Năm 2023", "Mục tiêu 2023", "Kết quả", "Mục"]


def test_a_plan_is_laid_out_with_required_change_task_and_pace(shipped):
    layout = tables.plan(shipped.scorecard(2024)).cells.iloc[[0, 2, 6]]
    assert text(layout) == (
        "Chỉ tiêu,Năm 2023,Mục tiêu 2024,Còn phải,Nhiệm vụ kế hoạch,Tiến độ,Mục\n"
        'Thu nhập bình quân đầu người một năm (triệu đồng),"ước 79,5",từ 81 triệu đồng trở lên,'
        '"tăng 1,5 triệu đồng (1,89%)","101,89%",chưa đủ số liệu,II.I.1\n'
        'Tỷ lệ phát triển dân số tự nhiên (%),"0,52",dưới 1%,giữ vững,,đã ở mức này,II.I.3\n'
        "Chất lượng giáo dục của cả 3 cấp học,,Nâng cao chất lượng; duy trì sĩ số học sinh,,,,"
        "II.I.6\n"
    )


def test_a_download_has_numbers_and_words_in_separate_columns(shipped):
    rows = shipped.scorecard(2023).loc[["budget_revenue_pct_of_plan", "income_per_capita"]]
    assert data(tables.results(rows).data) == (
        "Mã chỉ tiêu,Chỉ tiêu,Đơn vị tính,Năm 2022,Tính chất số năm 2022,Năm 2023,"
        'Tính chất số năm 2023,"Tăng, giảm",Mục tiêu từ,Mục tiêu đến,Mục tiêu,Kết quả,'
        "Hoàn thành kế hoạch (%),Nguồn,Mục\n"
        "budget_revenue_pct_of_plan,Thu ngân sách so với kế hoạch năm,%,,,97.14,,,100.0,,"
        "từ 100% trở lên,Chưa đạt,97.14,bc2023,I.A.3\n"
        "income_per_capita,Thu nhập bình quân đầu người một năm,triệu đồng,,,79.5,ước,,,,"
        "Báo cáo không nêu mục tiêu bằng số,Không định lượng,,bc2023,I.A.1\n"
    )


def test_a_download_marks_derived_figures(shipped):
    card = shipped.scorecard(2023, "rice").loc[["rice_yield_per_crop"]]
    assert list(tables.results(card).data["Tính chất số năm 2023"]) == ["ước, suy ra"]


def test_a_total_and_its_parts_are_marked(shipped):
    card = shipped.scorecard(2023, "livestock").loc[["pigs", "poultry", "chickens", "ducks"]]
    assert tables.results(card).kinds == ("", "total", "part", "part")


def test_a_total_without_one_of_its_parts_is_an_ordinary_row(shipped):
    card = shipped.scorecard(2023, "livestock").loc[["poultry", "chickens"]]
    assert tables.results(card).kinds == ("", "")


def test_each_row_names_its_document(shipped):
    card = shipped.scorecard(2023, "rice").loc[["rice_yield", "rice_planting_rate"]]
    assert tables.results(card).sources == (TITLE, "")


def test_each_row_has_the_colour_of_its_status(shipped):
    card = shipped.scorecard(2023).loc[
        ["budget_revenue_pct_of_plan", "new_jobs", "poor_households"]
    ]
    assert tables.results(card).colours == ("bad", "good", "muted")
    every = shipped.scorecard(2023, list(shipped.titles))
    assert tables.results(every).colours == tuple(STATUSES[code].colour for code in every["status"])


def test_only_columns_of_numbers_are_numeric(shipped):
    layout = tables.results(shipped.scorecard(2023)).cells
    numeric = [name for name in layout if tables.is_numeric(layout[name])]
    assert numeric == ["Năm 2022", "Năm 2023", "Tăng, giảm"]
