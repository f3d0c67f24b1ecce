import re

import pytest

from caoan_stats.display.target_list import show_targets

REVENUE, POOR = "budget_revenue_pct_of_plan", ["poor_households", "near_poor_households"]


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def test_a_target_shows_status_figure_difference_bounds_and_section(shipped):
    html = show_targets(shipped.scorecard(2023).loc[[REVENUE]]).html
    assert words(html) == (
        "Thu ngân sách so với kế hoạch năm ✗ Chưa đạt 97,14% , còn thiếu 2,86 điểm %. "
        "Mục tiêu: từ 100% trở lên · Mục I.A.3"
    )


def test_a_target_shows_the_change_of_its_figure(shipped):
    text = show_targets(shipped.scorecard(2023).loc[["culture_family_rate"]]).text
    assert text == (
        "Tỷ lệ gia đình văn hóa: ○ Không định lượng; 96%; tăng 6 điểm % so với năm 2022; "
        "mục tiêu: Báo cáo không nêu mục tiêu bằng số; mục I.A.7"
    )


def test_a_target_without_a_figure_shows_only_its_words(shipped):
    html = show_targets(shipped.scorecard(2023).loc[["education_quality"]]).html
    assert "<strong>" not in html
    assert words(html).endswith("Mục tiêu: Ngày càng nâng cao · Mục I.A.9")


def test_a_figure_that_is_not_public_is_shown_as_such(shipped):
    card = shipped.scorecard(2023).loc[["poor_households"]]
    concealed = card.assign(value=float("nan"), change=float("nan"), hidden="ẩn")
    assert "<strong>không công bố</strong>." in show_targets(concealed).html


def test_targets_of_one_section_are_grouped(shipped):
    html = show_targets(shipped.scorecard(2023).loc[[REVENUE, *POOR]]).html
    items = re.findall("<li>.*?</li>", html, flags=re.DOTALL)
    assert [re.findall(r'class="name">(.*?) <', item) for item in items] == [
        ["Thu ngân sách so với kế hoạch năm"],
        ["Hộ nghèo", "Hộ cận nghèo"],
    ]


def test_a_target_names_its_own_section_and_that_of_its_figure(shipped):
    text = show_targets(shipped.scorecard(2023).loc[["poor_households"]]).text
    assert text.endswith("; mục I.A.4, I.B.II.4")


def test_the_title_of_a_section_is_its_document(shipped):
    html = show_targets(shipped.scorecard(2023).loc[[REVENUE]]).html
    [title] = re.findall(r'<span title="(.*?)">Mục', html)
    assert title.startswith("Báo cáo kết quả thực hiện kế hoạch")


@pytest.mark.parametrize(
    ("code", "colour"),
    [
        (REVENUE, "bad"),
        ("new_jobs", "good"),
        ("clinic_visits", "good"),
        ("education_quality", "muted"),
    ],
)
def test_the_status_of_a_target_has_a_sign_words_and_a_colour(shipped, code, colour):
    html = show_targets(shipped.scorecard(2023).loc[[code]]).html
    assert re.search(rf'<span class="status {colour}">[▲✓✗○] [^<]+</span>', html)


def test_text_from_data_cannot_become_markup(shipped):
    card = shipped.scorecard(2023).loc[["education_quality"]].assign(note="<script>x</script>")
    assert "&lt;script&gt;" in show_targets(card).html
    assert "<script" not in show_targets(card).html
