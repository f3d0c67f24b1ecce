import pytest

from caoan_stats import Dataset, page

POULTRY = ["poultry", "chickens", "ducks"]
HOUSEHOLDS = ["poor_households", "near_poor_households"]


def test_a_table_has_a_caption_and_scoped_heads(shipped):
    html = page.table(shipped.scorecard(2023, "rice"), "Lúa").html
    assert "<caption>Lúa năm 2023</caption>" in html
    assert '<th scope="col" role="columnheader">Năm 2022</th>' in html
    assert '<th scope="row" role="rowheader">Diện tích gieo trồng lúa (ha)</th>' in html
    assert '<td role="cell" data-label="Năm 2023" class="number">462,56</td>' in html


def test_a_trend_of_one_figure_without_a_target_is_told_in_words(shipped):
    block = page.trend(shipped.trend("budget_revenue"))
    assert block.html == (
        "<p>Thu ngân sách: năm 2023 18.619.139.193 đồng; "
        "chưa đủ số liệu để vẽ biểu đồ qua các năm.</p>"
    )


def test_a_trend_of_nothing_is_told_in_words(shipped):
    block = page.trend(shipped.trend("new_rural_standard"))
    assert block.text == (
        "Tiêu chí nông thôn mới nâng cao, nông thôn mới kiểu mẫu: chưa có số liệu."
    )


def test_a_trend_of_one_figure_and_a_target_is_drawn(shipped):
    block = page.trend(shipped.trend("income_per_capita"))
    assert block.html.count("<svg") == 1
    assert "<figcaption>Thu nhập bình quân đầu người một năm qua các năm (triệu đồng)" in block.html


@pytest.mark.parametrize("year", [2022, 2024])
def test_what_cannot_be_drawn_is_said(shipped, year):
    blocks = [
        page.bars(shipped.scorecard(year, "livestock").loc[POULTRY], "đàn gia cầm"),
        page.changes(shipped.scorecard(year, "welfare").loc[HOUSEHOLDS], "số hộ"),
        page.results(shipped.scorecard(year, "livestock"), "chăn nuôi"),
        page.plan(shipped.scorecard(year + 2), "Mục tiêu") if year == 2024 else page.text(["Chưa"]),
    ]
    assert all("<svg" not in block.html and "Chưa" in block.text for block in blocks)


def test_a_table_without_content_is_said(shipped):
    assert page.table(shipped.scorecard(2022), "Mục tiêu").html == (
        "<p>Chưa có số liệu và mục tiêu của năm 2022 để lập bảng.</p>"
    )


def test_bars_and_changes_are_drawn_where_there_are_figures(shipped):
    bars = page.bars(shipped.scorecard(2023, "livestock").loc[POULTRY], "đàn gia cầm")
    assert "<figcaption>Đàn gia cầm (con), năm 2023</figcaption>" in bars.html
    changes = page.changes(shipped.scorecard(2023, "welfare").loc[HOUSEHOLDS], "số hộ")
    assert "<figcaption>Số hộ (hộ), năm 2023 so với năm 2022</figcaption>" in changes.html


def test_growth_is_drawn_of_any_units_and_leaves_percentages_out(shipped):
    card = shipped.scorecard(2023).loc[["poor_households", "culture_family_rate"]]
    block = page.growth(card, "các chỉ tiêu")
    assert "<figcaption>Các chỉ tiêu, năm 2023 so với năm 2022</figcaption>" in block.html
    assert "Hộ nghèo" in block.text
    assert "văn hóa" not in block.text


def test_growth_of_nothing_is_said(shipped):
    block = page.growth(shipped.scorecard(2023, "budget"), "thu, chi")
    assert block.text == "Chưa có số liệu để so sánh thu, chi năm 2023 với năm 2022."


def test_results_are_drawn_against_targets_that_are_numbers(shipped):
    block = page.bullets(shipped.scorecard(2023), "kết quả")
    assert "<figcaption>Kết quả năm 2023 so với mục tiêu</figcaption>" in block.html
    assert block.text.count("mục tiêu (") == 3


def test_results_without_a_target_in_numbers_are_said(shipped):
    block = page.bullets(shipped.scorecard(2023, "rice"), "kết quả")
    assert block.text == "Chưa có kết quả nào của năm 2023 để so sánh với mục tiêu bằng số."


def test_the_sources_of_a_year_are_named(shipped):
    assert page.sources(shipped, 2023).html.startswith("<p>Nguồn: Báo cáo kết quả thực hiện")
    assert page.sources(shipped, 2030).html == "<p>Chưa có nguồn nào cho năm 2030.</p>"


def test_text_from_data_cannot_become_markup(data):
    path = data / "indicators.csv"
    text = path.read_text(encoding="utf-8").replace(
        "Diện tích gieo trồng lúa", "<script>x</script>"
    )
    path.write_text(text, encoding="utf-8")
    ds = Dataset.open(data)
    card = ds.scorecard(2023, "rice")
    blocks = [
        page.results(card, "lúa"),
        page.table(card, "Lúa"),
        page.trend(ds.trend("rice_sown_area")),
        page.changes(card.iloc[:1], "lúa"),
        page.notes(ds, card),
    ]
    assert all("<script" not in block.html for block in blocks)
    assert all("&lt;script&gt;" in block.html for block in blocks)
