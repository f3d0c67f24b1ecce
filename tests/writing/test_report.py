"""The report of a year: every statement once, in its section, with doubts and gaps."""

from collections import Counter

import pytest
from helpers.history import make_history
from helpers.words import brackets, lines_by_section, opened

from caoan_stats import Dataset
from caoan_stats.writing.gathering import statements_of
from caoan_stats.writing.report import write_report


@pytest.mark.parametrize("year", [2019, 2021, 2023, 2024])
def test_every_statement_stands_once_in_its_section(history, year):
    ds = Dataset.open(history, as_of=year)
    found = lines_by_section(opened(write_report(ds, year, "")))
    counts = Counter((place, line) for place, lines in found.items() for line in lines)
    stated = statements_of(ds, year)
    assert len(stated) > 60
    assert {(each.section, each.sentence) for each in stated} <= counts.keys()
    assert all(counts[each.section, each.sentence] == 1 for each in stated)


def test_every_fact_and_aim_of_the_shipped_report_is_a_statement(shipped):
    made = {(each.indicator, each.section) for each in statements_of(shipped, 2023)}
    facts, aims = shipped.facts, shipped.targets
    stated = {*zip(facts["indicator"], facts["section"], strict=True)}
    assert made == stated | {*zip(aims["indicator"], aims["section"], strict=True)}


def test_a_main_aim_is_a_numbered_line(report):
    lines = lines_by_section(report)
    assert lines["I.A.3"] == [
        "Thu ngân sách: 18.619.139.193 đồng; đạt 97,14% kế hoạch; mục tiêu năm 2023 là từ 100% "
        "trở lên so với kế hoạch (chưa đạt)."
    ]


def test_an_aim_whose_result_stands_elsewhere_has_its_own_line(report):
    lines = lines_by_section(report)
    assert "Hộ nghèo: mục tiêu năm 2023 là giảm so với năm trước (đạt)." in lines["I.A.4"]
    assert "Hộ nghèo: 28 hộ, giảm 3 hộ so với năm 2022." in lines["I.B.II.4"]


def test_an_aim_of_the_year_is_judged_and_those_to_come_are_not(report):
    lines = lines_by_section(report)
    stated = "Số người có việc làm mới: 110 người; mục tiêu năm 2023 là từ 100 đến 150 người"
    assert lines["I.A.5"] == [f"{stated} (đạt)."]
    assert not any(
        "đạt)" in line for place in lines if place.startswith("II") for line in lines[place]
    )


def test_a_figure_of_an_earlier_year_says_it(report):
    lines = lines_by_section(report)["I.B.II.5"]
    assert any(line.startswith("Xếp hạng chỉ số cải cách hành chính năm 2022: ") for line in lines)


def test_the_second_part_has_the_aims_of_the_next_year(report):
    assert lines_by_section(report)["II.I.7"] == [
        "Số người có việc làm mới: phấn đấu từ 130 đến 150 người."
    ]


def test_the_assessment_names_what_was_reached_and_missed_without_figures(report):
    lines = lines_by_section(report)
    assert lines["I.DGC.1"][1] == (
        "Các chỉ tiêu đạt và vượt mục tiêu: số người có việc làm mới; lượt khám chữa bệnh tại "
        "trạm Y tế; hộ nghèo; hộ cận nghèo."
    )
    assert lines["I.DGC.2"][1] == "Các chỉ tiêu chưa đạt mục tiêu: thu ngân sách."


def test_a_contradiction_is_a_comment_on_its_figure(report):
    comments = [comment.text for comment in report.comments]
    assert any(each.startswith("Mâu thuẫn năm 2023: Tỷ lệ hao tải") for each in comments)
    assert {comment.author for comment in report.comments} == {"caoan-stats"}


def test_a_note_on_figures_that_follow_each_other_is_one_comment(report):
    comments = [comment.text for comment in report.comments]
    assert comments.count("Tính đến ngày 14/12/2023.") == 1


def test_a_disputed_figure_is_named_among_the_limits(write):
    document = write(
        ("raw/livestock.csv", "buffaloes,2023,10,,,bc2023,I.B.I.1.3,,"),
        ("raw/livestock.csv", "cattle,2023,20,,,bc2023,I.B.I.1.3,,"),
    )
    assert (
        "Các số liệu còn mâu thuẫn, cần xem lại trước khi ban hành: đàn trâu bò."
        in lines_by_section(document)["I.DGC.2"]
    )


def test_a_note_that_says_no_more_than_its_aim_is_no_comment(report):
    comments = [comment.text for comment in report.comments]
    assert "Giảm so với năm 2022" not in comments
    assert "Phần II.III.5 nêu từ 96% trở lên" in comments


def test_a_break_of_a_series_is_a_comment(write):
    reason = "Áp dụng chuẩn nghèo mới"
    document = write(("breaks.csv", f"poor_households,2023,{reason}"))
    assert any("chuẩn nghèo mới" in comment.text for comment in document.comments)


def test_what_the_last_report_stated_and_this_one_does_not_is_a_bracket(tmp_path):
    data = make_history(tmp_path / "data")
    path = data / "raw/livestock.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(each for each in lines if not each.startswith("pigs,2024")), "utf-8")
    document = opened(write_report(Dataset.open(data, as_of=2024), 2024, ""))
    gap = "[bổ sung số liệu, đơn vị tính: con]"
    assert f"Đàn lợn: {gap}." in lines_by_section(document)["I.B.I.1.3"]
    assert gap in brackets(document)


def test_the_public_edition_hides_what_pages_hide(write):
    document = write(below=5)
    lines = [line for each in lines_by_section(document).values() for line in each]
    assert "Vắng khám tuyển tại huyện: <5 người." in lines
    assert "Lên khám tuyển tại huyện: không công bố." in lines
    assert not any("bổ sung số liệu" in line for line in lines)


def test_a_year_without_a_report_has_none(shipped):
    assert write_report(shipped, 2024, "") is None


def test_trends_are_drawn_from_three_years_on(report, latest):
    assert (len(report.inline_shapes), len(latest.inline_shapes)) == (0, 4)


def test_a_section_that_no_report_is_without_is_a_bracket(data, latest):
    assert lines_by_section(latest)["I.DGC.3"] == [
        "Nguyên nhân của hạn chế",
        "[Nguyên nhân khách quan, chủ quan]",
    ]
    for path in (data / "raw").glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(each for each in lines if ",II." not in each), "utf-8")
    document = opened(write_report(Dataset.open(data, as_of=2023), 2023, ""))
    assert lines_by_section(document)["II"][1:2] == ["[Mục tiêu, nhiệm vụ và giải pháp]"]
    assert not any(each.startswith("[Nguyên nhân") for each in brackets(document))
