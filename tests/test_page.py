import csv
import re
from base64 import b64decode

import pytest
from helpers.cards import conceal, make_card, make_row, make_trend
from helpers.statements import state

from caoan_stats import Dataset, page

POULTRY = ["poultry", "chickens", "ducks"]
ANIMALS = ["buffalo_cattle", "dogs", "rabbits"]
HOUSEHOLDS = ["poor_households", "near_poor_households"]
SOURCES = ["tthc_online", "tthc_in_person"]
OUTCOMES = ["tthc_early", "tthc_overdue"]


def test_a_table_has_a_caption_and_scoped_headers(shipped):
    html = page.table(shipped.scorecard(2023, "rice"), "Lúa").html
    assert "<caption>Lúa năm 2023</caption>" in html
    assert '<th scope="col" role="columnheader">Năm 2022</th>' in html
    assert '<th scope="row" role="rowheader">Diện tích gieo trồng lúa (ha)</th>' in html
    assert '<td role="cell" data-label="Năm 2023" class="number main">462,56</td>' in html


def test_a_trend_of_one_figure_without_a_target_is_one_sentence(shipped):
    block = page.trend(shipped.trend("budget_expenditure"))
    assert block.html == ('<p class="nothing">Chi ngân sách: năm 2023 18.060.195.980 đồng.</p>')


def test_a_trend_without_figures_is_one_sentence(shipped):
    block = page.trend(shipped.trend("new_rural_standard"))
    assert block.text == (
        "Tiêu chí nông thôn mới nâng cao, nông thôn mới kiểu mẫu: chưa có số liệu."
    )


def test_a_trend_of_two_figures_is_drawn(shipped):
    block = page.trend(shipped.trend("culture_family_rate"))
    assert block.html.count("<svg") == 1
    assert "<figcaption>Tỷ lệ gia đình văn hóa qua các năm (%)" in block.html


@pytest.mark.parametrize("year", [2022, 2024])
def test_a_block_without_figures_has_a_sentence_instead_of_a_chart(shipped, year):
    blocks = [
        page.bars(shipped.scorecard(year, "livestock").loc[POULTRY], "đàn gia cầm"),
        page.changes(shipped.scorecard(year, "welfare").loc[HOUSEHOLDS], "số hộ"),
        page.results(shipped.scorecard(year, "livestock"), "chăn nuôi"),
        page.plan(shipped.scorecard(year + 2), "Mục tiêu") if year == 2024 else page.text(["Chưa"]),
    ]
    assert all("<svg" not in block.html and "Chưa" in block.text for block in blocks)


def test_a_table_without_content_is_one_sentence(shipped):
    assert page.table(shipped.scorecard(2022), "Mục tiêu").html == (
        '<p class="nothing">Chưa có số liệu và mục tiêu của năm 2022 để lập bảng.</p>'
    )


def test_bars_and_changes_are_drawn_when_there_are_figures(shipped):
    bars = page.bars(shipped.scorecard(2023, "livestock").loc[ANIMALS], "vật nuôi")
    assert "<figcaption>Vật nuôi (con), năm 2023</figcaption>" in bars.html
    changes = page.changes(shipped.scorecard(2023, "welfare").loc[HOUSEHOLDS], "số hộ")
    assert "<figcaption>Số hộ (hộ), năm 2023 so với năm 2022</figcaption>" in changes.html


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("land", ["auction_lots_total", "auction_lots_sold"]),
        ("livestock", [*POULTRY, "dogs"]),
        ("budget", ["budget_revenue", "budget_expenditure", "budget_carry_over"]),
        ("military", ["draft_ready_pool", "prescreen_absent", "district_exam_fit"]),
    ],
)
def test_a_whole_is_never_drawn_beside_its_part(shipped, table, codes):
    block = page.bars(shipped.scorecard(2023, table).loc[codes], "việc")
    assert "<svg" not in block.html
    assert "bằng" in block.text


def test_two_figures_of_a_year_are_sentences(shipped):
    block = page.bars(shipped.scorecard(2023, "livestock").loc[ANIMALS[:2]], "vật nuôi")
    assert block.text == "Đàn trâu bò: 80 con.\nĐàn chó: khoảng 420 con."


def test_one_change_is_a_sentence(shipped):
    block = page.changes(shipped.scorecard(2023, "welfare").loc[HOUSEHOLDS[:1]], "số hộ")
    assert block.text.startswith("Hộ nghèo: 28 hộ, giảm 3 hộ")
    assert "<svg" not in block.html


def test_two_figures_with_a_break_between_them_are_a_sentence():
    rows = make_row(value=18), make_row(value=31, break_reason="Chuẩn nghèo mới.")
    block = page.trend(make_trend(2021, *rows))
    assert "<svg" not in block.html
    assert block.text.endswith("từ năm 2022 không so được với trước, vì chuẩn nghèo mới.")


def test_parts_of_different_units_are_not_stacked(shipped):
    block = page.composition(shipped.scorecard(2023, "welfare"), "welfare_files")
    assert "<svg" not in block.html
    assert "Xét khuyết tật" in block.text


def test_shares_are_of_the_total_that_is_stated(poultry):
    poultry.loc["poultry", "value"] = 200_000
    block = page.composition(poultry, "poultry")
    assert "bằng 48,5%" in block.text


@pytest.mark.parametrize("qualifier", ["over", "under"])
def test_shares_are_of_the_sum_of_the_parts_if_the_total_is_open(poultry, qualifier):
    poultry.loc["poultry", ["value", "qualifier"]] = [200_000, qualifier]
    block = page.composition(poultry, "poultry")
    assert "bằng 92,4%" in block.text


def test_the_numbers_of_a_chart_can_be_saved(shipped):
    block = page.trend(shipped.trend("culture_family_rate"))
    [link] = re.findall('download="[^"]*[.]csv" href="([^"]*)"', block.html)
    assert b64decode(link.partition(",")[2]).decode("utf-8-sig").splitlines() == [
        "Năm;Tỷ lệ gia đình văn hóa (%);Tính chất;Mục tiêu",
        "2022;90;khoảng, suy ra;",
        "2023;96;;",
        "2024;;;trên 96%",
    ]


def test_the_numbers_of_a_comparison_can_be_saved(shipped):
    block = page.changes(shipped.scorecard(2023, "welfare").loc[HOUSEHOLDS], "số hộ")
    [link] = re.findall('download="[^"]*[.]csv" href="([^"]*)"', block.html)
    assert b64decode(link.partition(",")[2]).decode("utf-8-sig").splitlines() == [
        "Chỉ tiêu;Đơn vị tính;Năm 2022;Năm 2023;Tính chất",
        "Hộ nghèo;hộ;31;28;",
        "Hộ cận nghèo;hộ;40;20;",
    ]


def test_a_change_without_its_two_figures_is_not_drawn():
    card = make_card(make_row(change=-4), year=2024)
    assert page.changes(card, "số hộ").text == (
        "Chưa có số liệu để so sánh số hộ năm 2024 với năm 2023."
    )


def test_the_sources_of_a_year_are_named(shipped):
    assert page.sources(shipped, 2023).text.startswith("Nguồn: Báo cáo kết quả thực hiện")
    assert page.sources(shipped, 2030).text == "Chưa có nguồn nào cho năm 2030."


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


def test_the_targets_of_a_year_without_any_are_one_sentence(shipped):
    assert (
        page.aims(shipped.scorecard(2022)).html
        == '<p class="nothing">Chưa có mục tiêu nào cho năm 2022.</p>'
    )


@pytest.fixture
def poultry(shipped):
    return shipped.scorecard(2023, "livestock")


@pytest.fixture
def dossiers(shipped):
    return shipped.scorecard(2023, "dossiers")


def concealed(card, code: str):
    return conceal(card, code, "<5")


def test_a_composition_is_drawn_when_every_part_is_known(poultry):
    block = page.composition(poultry, "poultry")
    assert "<figcaption>Cơ cấu đàn gia cầm, năm 2023</figcaption>" in block.html
    assert block.text.splitlines()[1].startswith("Đàn gia cầm khoảng 105.000 con, nhiều nhất là")


@pytest.mark.parametrize("part", ["chickens", "ducks"])
def test_a_composition_with_a_hidden_part_is_not_drawn(poultry, part):
    block = page.composition(concealed(poultry, part), "poultry")
    assert "<svg" not in block.html
    assert "<5 con." in block.text


@pytest.mark.parametrize("qualifier", ["over", "under"])
def test_an_open_figure_has_no_share(poultry, dossiers, qualifier):
    blocks = [
        page.composition(poultry.assign(qualifier=qualifier), "poultry"),
        page.flow(dossiers.assign(qualifier=qualifier), SOURCES, OUTCOMES),
    ]
    assert not any("<svg" in block.html for block in blocks)


def test_a_composition_of_zeros_is_not_drawn(poultry):
    assert "<svg" not in page.composition(poultry.assign(value=0.0), "poultry").html


def test_a_composition_without_figures_is_one_sentence(shipped):
    block = page.composition(shipped.scorecard(2024, "livestock"), "poultry")
    assert block.text == "Chưa có số liệu năm 2024 về đàn gia cầm."


def test_a_flow_is_drawn_without_figures_of_zero(dossiers):
    block = page.flow(dossiers, SOURCES, OUTCOMES)
    assert "<figcaption>Từ tiếp nhận đến kết quả, năm 2023 (hồ sơ)</figcaption>" in block.html
    assert "quá hạn" not in block.html.partition("</figcaption>")[2].partition(">")[2]


def test_the_description_of_a_flow_includes_figures_of_zero(dossiers):
    assert page.flow(dossiers, SOURCES, OUTCOMES).text.endswith("Hồ sơ quá hạn không có.")


@pytest.mark.parametrize("code", ["tthc_online", "tthc_overdue"])
def test_a_flow_with_a_hidden_figure_is_not_drawn(dossiers, code):
    block = page.flow(concealed(dossiers, code), SOURCES, OUTCOMES)
    assert "<svg" not in block.html
    assert "<5 hồ sơ." in block.text


def test_a_flow_with_an_empty_side_is_not_drawn(dossiers):
    assert "<svg" not in page.flow(dossiers, SOURCES, ["tthc_overdue"]).html


def test_notes_of_a_coming_year_name_its_other_targets_and_the_notes_of_its_own(data):
    ds = Dataset.open(
        state(
            data,
            "pigs 2023 bc2023 value=310",
            targets=[
                "pigs 2024 bc2023 lower=320 note=Theo nghị quyết của xã",
                "pigs 2024 nq2020 lower=350 base_year=2020",
            ],
        )
    )
    assert page.notes(ds, ds.scorecard(2024, "livestock")).text.splitlines()[:2] == [
        "Mục tiêu năm 2024 của đàn lợn: Theo nghị quyết của xã.",
        "Mục tiêu khác năm 2024 của đàn lợn: từ 350 con trở lên (nq2020 2020, mục II.I).",
    ]


def test_definitions_of_what_has_a_figure_or_a_target_are_folded_below_the_notes(shipped):
    html = page.notes(shipped, shipped.scorecard(2023, "rice")).html
    notes, _, folded = html.partition('<details class="definitions">')
    assert notes.endswith("</ul>\n")
    assert re.findall("<dt>(.*?)</dt>", folded) == [
        "Diện tích gieo trồng lúa", "Năng suất lúa trung bình", "Sản lượng lúa",
        "Năng suất lúa mỗi vụ",
    ]  # fmt: skip
    assert "<dd>Tổng diện tích gieo trồng lúa toàn xã, cộng các vụ" in folded


def test_definitions_of_several_scorecards_are_told_once(shipped):
    cards = [shipped.scorecard(year) for year in (2023, 2024)]
    names = re.findall("<dt>(.*?)</dt>", page.notes(shipped, *cards).html)
    assert "Số người có việc làm mới" in names
    assert len(names) == len({*names})


def test_notes_without_a_definition_have_nothing_folded(data):
    path = data / "indicators.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row[:-1] for row in csv.reader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    ds = Dataset.open(data)
    assert {*ds.indicators["definition"]} == {""}
    assert "<details" not in page.notes(ds, ds.scorecard(2023, "rice")).html


def test_a_lead_tells_first_what_matters_most(shipped):
    assert page.lead(shipped, 2023, "budget").text.splitlines()[0] == (
        "Thu ngân sách 18,62 tỷ đồng, đạt 97,14% kế hoạch; chi ngân sách 18,06 tỷ đồng; "
        "chi thường xuyên 5,71 tỷ đồng."
    )


def test_a_lead_has_at_most_six_tiles_and_what_explains_them(shipped):
    block = page.lead(shipped, 2023, "rice")
    assert block.html.count("<li>") == 4
    assert block.text.splitlines()[-1].startswith("Sản lượng lúa giảm 7.545 tạ: năng suất")
    assert page.lead(shipped, 2023).html.count("<li>") == 6


def test_the_lead_of_a_year_counts_its_targets(shipped):
    assert "9 chỉ tiêu được đặt mục tiêu: 1 vượt, 3 đạt, 1 chưa đạt, 4 không định lượng." in (
        page.lead(shipped, 2023).text
    )


def test_a_lead_without_figures_says_so(shipped):
    block = page.lead(shipped, 2024, "livestock")
    assert block.html == '<p class="nothing">Chưa có số liệu năm 2024.</p>'


def test_the_lead_of_a_coming_year_is_its_plan(shipped):
    assert page.lead(shipped, 2024, "rice").text.startswith("Kế hoạch năm 2024: ")


def test_a_disputed_figure_explains_nothing(data):
    ds = Dataset.open(data)
    assert "làm giảm" in page.lead(ds, 2023, "rice").text
    path = data / "raw/rice.csv"
    path.write_text(path.read_text("utf-8").replace("53195", "54195"), "utf-8")
    assert "làm giảm" not in page.lead(Dataset.open(data), 2023, "rice").text
