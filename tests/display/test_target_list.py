import re

import pytest
from helpers.cards import conceal, make_card, make_row

from caoan_stats.display.target_list import show_targets

REVENUE, POOR = "budget_revenue", ["poor_households", "near_poor_households"]


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def test_a_target_shows_status_figure_difference_bounds_and_section(shipped):
    html = show_targets(shipped.scorecard(2023).loc[[REVENUE]]).html
    assert words(html) == (
        "Thu ngân sách ✗ Chưa đạt 18.619.139.193 đồng , đạt 97,14% kế hoạch, "
        "còn thiếu 2,86 điểm %. Mục tiêu: từ 100% trở lên so với kế hoạch · Mục I.A.3"
    )


def test_a_main_aim_without_a_target_is_listed_with_the_change_of_its_figure(shipped):
    text = show_targets(shipped.scorecard(2023).loc[["culture_family_rate"]]).text
    assert text == (
        "Tỷ lệ gia đình văn hóa: – Không nêu mục tiêu; 96%; tăng 6 điểm % so với năm 2022; "
        "mục I.A.7"
    )


def test_a_main_aim_in_words_has_no_status(shipped):
    html = show_targets(shipped.scorecard(2023).loc[["education_quality"]]).html
    assert words(html) == "Chất lượng giáo dục của cả 3 cấp học ngày càng nâng cao . Mục I.A.9"


def test_a_target_in_words_shows_the_words_of_its_result(history):
    html = show_targets(history(2024).scorecard(2024).loc[["education_quality"]]).html
    assert words(html) == (
        "Chất lượng giáo dục của cả 3 cấp học ngày càng nâng cao . "
        "Mục tiêu: Nâng cao chất lượng · Mục II.I.6 (báo cáo 2023), I.A.9"
    )


def test_a_figure_that_its_target_cannot_judge_is_not_called_missing(history):
    text = show_targets(history(2022).scorecard(2022).loc[["poor_households"]]).text
    assert text == (
        "Hộ nghèo: … Chưa đối chiếu được; 31 hộ; không so được với năm 2021; "
        "mục tiêu: giảm so với năm trước; "
        "mục II.I.4 (báo cáo 2021), I.B.II.4"
    )


def test_a_figure_that_is_not_public_is_shown_as_such(shipped):
    card = shipped.scorecard(2023).loc[["poor_households"]]
    concealed = conceal(card, "poor_households", "ẩn")
    assert "<strong>không công bố</strong>." in show_targets(concealed).html


def test_targets_of_one_section_are_grouped(shipped):
    html = show_targets(shipped.scorecard(2023).loc[[REVENUE, *POOR]]).html
    items = re.findall("<li>.*?</li>", html, flags=re.DOTALL)
    assert [re.findall(r'class="name">(.*?) <', item) for item in items] == [
        ["Thu ngân sách"],
        ["Hộ nghèo", "Hộ cận nghèo"],
    ]


def test_sections_of_one_number_in_two_documents_are_two_groups():
    rows = [
        make_row(lower=1.0, target_source=source, target_section="I.1", source="a", section="I.2")
        for source in ("a", "b")
    ]
    assert show_targets(make_card(*rows)).html.count("<li>") == 2


def test_a_target_names_its_own_section_and_that_of_its_figure(shipped):
    text = show_targets(shipped.scorecard(2023).loc[["poor_households"]]).text
    assert text.endswith("; mục I.A.4, I.B.II.4")


def test_the_title_of_a_section_is_its_document(shipped):
    html = show_targets(shipped.scorecard(2023).loc[[REVENUE]]).html
    [title] = re.findall(r'<span title="(.*?)">Mục', html)
    assert title.startswith("Báo cáo kết quả thực hiện kế hoạch")


def test_the_title_of_two_sections_is_both_documents(history):
    html = show_targets(history(2023).scorecard(2023).loc[["new_jobs"]]).html
    [title] = re.findall(r'<span title="(.*?)">Mục I.2 \(quyết định 2023\), I.A.5<', html)
    assert title.startswith("Quyết định điều chỉnh")
    assert "; Báo cáo kết quả" in title


@pytest.mark.parametrize(
    ("code", "colour"),
    [
        (REVENUE, "bad"),
        ("new_jobs", "good"),
        ("clinic_visits", "good"),
        ("income_per_capita", "muted"),
    ],
)
def test_the_status_of_a_target_has_a_sign_words_and_a_colour(shipped, code, colour):
    html = show_targets(shipped.scorecard(2023).loc[[code]]).html
    assert re.search(rf'<span class="status {colour}">[▲✓✗–] [^<]+</span>', html)


def test_text_from_data_cannot_become_markup(shipped):
    card = shipped.scorecard(2023).loc[["education_quality"]].assign(words="<script>x</script>")
    assert "&lt;script&gt;" in show_targets(card).html
    assert "<script" not in show_targets(card).html
