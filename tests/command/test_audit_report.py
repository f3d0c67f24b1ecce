"""How `caoan-stats check` reports contradictions between figures."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.statements import state
from typer.testing import CliRunner

from caoan_stats.command.cli import app

Change = Callable[[str, str, str], None]


@pytest.fixture
def change(data: Path) -> Change:
    """Replace a text that occurs once in a file of the data folder."""

    def replace(name: str, old: str, new: str) -> None:
        path = data / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def check(data: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Run `check` on the data folder; return its exit code and its output."""
    monkeypatch.delenv("COLUMNS", raising=False)  # set where the tests run in a terminal

    def run(*options: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["check", "--data", str(data), *options])
        assert result.exit_code in {0, 1}, result.output
        return result.exit_code, result.output

    return run


def words(text: str) -> str:
    """Return the rows of a printed table, their cells separated by `|`."""
    rows = re.split(r"[├┡┗└]", text)
    cells = [
        [[cell.strip() for cell in re.split("[│┃]", line)[1:-1]] for line in row.splitlines()[1:]]
        for row in rows
    ]
    return "\n".join(
        " | ".join(" ".join(part for part in column if part) for column in zip(*row, strict=False))
        for row in cells
    )


def test_the_shipped_data_passes_with_its_contradictions_listed_as_acknowledged(check):
    code, output = check()
    assert code == 0
    assert "Mâu thuẫn đã xem xét, giữ như nguồn (acknowledged.csv): 5" in output
    assert "Số liệu mâu thuẫn" not in output
    assert output.endswith(
        "Đối chiếu số liệu: 47 khớp, 0 mâu thuẫn mới, 5 mâu thuẫn đã xem xét, 13 số suy ra, "
        "3 chưa kiểm tra được.\n"
    )


def test_an_acknowledged_contradiction_is_shown_with_its_reason(check):
    output = words(check()[1])
    assert (
        "2023 | Tỷ lệ hao tải = hao tải / điện mua vào | 10,2% electricity.csv:7 | 10,14% | "
        "+0,06 điểm % | I.B.I.6.2 | Nguồn có thể đã làm tròn lên;"
    ) in output


def test_a_new_contradiction_shows_both_figures_and_their_places(check, change):
    change("raw/dossiers.csv", "tthc_in_progress,2023,1,", "tthc_in_progress,2023,3,")
    code, output = check()
    assert code == 1
    assert "Số liệu mâu thuẫn: 1\n" in output
    assert (
        "2023 | Tiếp nhận + kỳ trước chuyển sang = trước hạn + đúng hạn + quá hạn + đang giải "
        "quyết | 7.387 hồ sơ dossiers.csv:2 dossiers.csv:7 | 7.389 hồ sơ | −2 hồ sơ | I.B.II.5 | "
        "Hồ sơ tiếp nhận và xử lý: 7.377 hồ sơ (dossiers.csv:2) "
        "Hồ sơ từ kỳ trước chuyển sang: 10 hồ sơ (dossiers.csv:7)"
    ) in words(output)


def test_contradictions_are_reported_in_english_on_request(check, change):
    change("raw/health.csv", "clinic_visits,2023,5683,", "clinic_visits,2023,5583,")
    code, output = check("--lang", "en")
    assert code == 1
    assert "Contradictions: 1\n" in output
    assert (
        "2023 | clinic_visits = plan * pct_of_plan / 100 | 5,583 visits health.csv:4 | "
        "about 5,660 visits | −77 visits | I.B.II.1 | Visits to the commune clinic: 5,583 visits "
        "(health.csv:4) Visits to the commune clinic, percent of the plan: 108% (health.csv:4) "
        "Visits to the commune clinic, plan: 5,242 visits (targets.csv:6)"
    ) in words(output)


def test_the_suggested_line_acknowledges_the_contradiction(check, change, data):
    change("raw/livestock.csv", "poultry,2023,105000,,about", "poultry,2023,107000,,about")
    [line] = re.findall("poultry,=.*<lý do>", check()[1])
    with (data / "acknowledged.csv").open("a", encoding="utf-8") as file:
        file.write(line.replace("<lý do>", "số cũ") + "\n")
    code, output = check()
    assert (code, "giữ như nguồn (acknowledged.csv): 6" in output) == (0, True)


@pytest.fixture
def other_gap(change, data) -> None:
    """The rate of electricity loss, stated too high by another gap than the acknowledged one."""
    path = data / "acknowledged.csv"
    header, row, *_ = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{header},gap\n{row},0.063644\n", encoding="utf-8")
    rate = "electricity_loss_rate,2023,{},"
    change("raw/electricity.csv", rate.format("10.2"), rate.format("10.3"))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "vi",
            "acknowledged.csv:2: chênh lệch đã xem xét của «electricity_loss_rate = 100 * "
            "electricity_loss / electricity_purchased» năm 2023 là +0,063644 điểm %, nay đã khác; "
            "dòng gợi ý dưới đây thay cho dòng này.\n",
        ),
        (
            "en",
            "acknowledged.csv:2: acknowledges another gap of “electricity_loss_rate = 100 * "
            "electricity_loss / electricity_purchased” in 2023, +0.063644 percentage points; the "
            "line suggested below replaces it.\n",
        ),
    ],
)
def test_a_row_that_acknowledges_another_gap_is_to_be_replaced(
    language, sentence, check, other_gap
):
    code, output = check("--lang", language)
    assert code == 1
    assert sentence in output
    assert output.count("acknowledged.csv:2") == 1


def test_the_suggested_line_in_its_place_acknowledges_the_other_gap(check, other_gap, data):
    [line] = re.findall("electricity_loss_rate,=.*<lý do>.*", check()[1])
    path = data / "acknowledged.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"{header}\n{line.replace('<lý do>', 'làm tròn')}\n", encoding="utf-8")
    assert "điện mua vào" in check()[1].partition("Số liệu mâu thuẫn")[0]


def test_new_contradictions_are_below_acknowledged_ones(check, change):
    change("raw/dossiers.csv", "tthc_in_progress,2023,1,", "tthc_in_progress,2023,3,")
    output = check()[1]
    assert output.index("Mâu thuẫn đã xem xét") < output.index("Số liệu mâu thuẫn")


def test_a_narrow_terminal_has_a_line_for_each_item_and_cuts_no_place(check, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    output = check()[1]
    assert max(map(len, output[: output.index("Đối chiếu")].splitlines())) <= 60
    assert re.search(
        r"│ Nguồn nêu +│ 10,2% +│\n│ +│ electricity.csv:7 +│\n│ Tính ra +│ 10,14%", output
    )


def test_a_change_that_contradicts_last_years_figure_is_reported(check, data):
    with (data / "raw/welfare.csv").open("a", encoding="utf-8") as file:
        file.write("poor_households,2022,30,,,bc2023,I,,\n")
    code, output = check()
    assert code == 1
    assert "poor_households,=,previous + change,2023,<lý do>" in output
    assert (
        "2023 | Hộ nghèo = năm trước + mức tăng, giảm | 28 hộ welfare.csv:17 | 27 hộ | +1 hộ | "
        "I.B.II.4; I | Hộ nghèo: 28 hộ (welfare.csv:17) "
        "Hộ nghèo, mức tăng, giảm: −3 hộ (welfare.csv:17) 2022: Hộ nghèo: 30 hộ (welfare.csv:25)"
    ) in words(output)


def test_a_derived_figure_in_a_contradiction_is_marked(check, change):
    change(
        "relations.csv",
        "ocop_stars,<=,5,Hạng sao OCOP cao nhất là 5",
        "births_third_child_plus,<=,10,thử",
    )
    output = words(check()[1])
    assert "2022 | thử | 12 ca sinh suy ra | không quá 10 ca sinh | +2 ca sinh | I.B.II.1" in output


def test_a_stale_acknowledgement_is_reported_and_does_not_fail_the_check(check, change):
    change(
        "raw/electricity.csv",
        "electricity_loss_rate,2023,10.2,",
        "electricity_loss_rate,2023,10.1,",
    )
    code, output = check()
    assert code == 0
    assert (
        "acknowledged.csv:2: năm 2023 không có mâu thuẫn «electricity_loss_rate = 100 * "
        "electricity_loss / electricity_purchased»: xóa dòng này.\n"
    ) in output
    assert "acknowledged.csv:2: stale, " in check("--lang", "en")[1]


def test_a_division_by_zero_is_reported_with_the_line_of_its_relation(check, change, data):
    change(
        "raw/electricity.csv",
        "electricity_purchased,2023,9433834,",
        "electricity_purchased,2023,0,",
    )
    text = (data / "relations.csv").read_text(encoding="utf-8").splitlines()
    line = 1 + next(
        place for place, row in enumerate(text) if row.startswith("electricity_loss_rate")
    )
    assert (
        f"relations.csv:{line}: năm 2023 không kiểm tra được (not_checkable), vì chia cho 0: "
        "«electricity_loss_rate = 100 * electricity_loss / electricity_purchased».\n"
    ) in check()[1]
    assert f"relations.csv:{line}: 2023 is not_checkable" in check("--lang", "en")[1]


def test_a_direction_that_contradicts_the_figures_is_reported(check, data):
    with (data / "raw/economy.csv").open("a", encoding="utf-8") as file:
        file.write("vegetable_area,2022,40,,,bc2023,I,,,\n")
    code, output = check()
    assert code == 1
    assert "vegetable_area,=,direction,2023,<lý do>" in output
    assert "xu hướng: giữ ổn định (economy.csv:5) 2022: " in words(output)


@pytest.mark.parametrize(
    ("language", "poultry", "chickens", "dogs"),
    [
        ("vi", "khoảng 107.000 con", "Đàn gà: khoảng 97.000 con", "giảm trên 30 con"),
        ("en", "about 107,000 head", "Chickens: about 97,000 head", "fell over 30 head"),
    ],
)
def test_figures_of_a_contradiction_have_their_qualifiers(
    language, poultry, chickens, dogs, check, change, data
):
    change("raw/livestock.csv", "poultry,2023,105000,,about", "poultry,2023,107000,,about")
    change("raw/livestock.csv", ",section,note,words\n", ",section,direction,words\n")
    with (data / "raw/livestock.csv").open("a", encoding="utf-8") as file:
        file.write("dogs,2022,,-30,over,bc2023,I,up,\n")
    output = words(check("--lang", language)[1])
    assert f"| {poultry} livestock.csv:6 |" in output
    assert f"{chickens} (livestock.csv:7)" in output
    assert f"| {dogs} |" in output
    assert f": {dogs} (livestock.csv:10)" in output


@pytest.fixture
def revised(data: Path) -> None:
    """A later report that states another figure of 2023, and one of 2024 with its change."""
    with (data / "raw/sources.csv").open("a", encoding="utf-8") as file:
        file.write("bc2024,Báo cáo năm 2024,UBND xã Cao An,2024-12\n")
    with (data / "raw/welfare.csv").open("a", encoding="utf-8") as file:
        file.write(
            "poor_households,2023,30,,,bc2024,I.4,,\npoor_households,2024,25,-5,,bc2024,I.4,,\n"
        )


def test_a_revised_figure_has_its_qualifier(check, revised, change):
    change("raw/welfare.csv", "poor_households,2023,30,,,", "poor_households,2023,50,,about,")
    assert "28 hộ (bc2023, 2023-12); khoảng 50 hộ (bc2024, 2024-12)" in check()[1]


def test_revised_figures_are_listed_with_each_document_and_do_not_fail_the_check(check, revised):
    code, output = check()
    assert code == 0
    assert (
        "Số liệu được điều chỉnh: 1\n"
        "2023, Hộ nghèo: 28 hộ (bc2023, 2023-12); 30 hộ (bc2024, 2024-12)\n"
    ) in output
    assert (
        "Revised figures: 1\n2023, Poor households: 28 households (bc2023, 2023-12); "
        in (check("--lang", "en")[1])
    )


@pytest.fixture
def question(data: Path) -> None:
    """A figure of 2022 that is more than ten times smaller than that of 2023."""
    with (data / "raw/livestock.csv").open("a", encoding="utf-8") as file:
        file.write("chickens,2022,9000,,,bc2023,I,,\n")


def answer(data: Path, gap: str) -> None:
    with (data / "acknowledged.csv").open(encoding="utf-8") as file:
        header, *rows = file.read().splitlines()
    lines = [f"{header},gap", *(f"{row}," for row in rows)]
    lines.append(f"chickens,=,previous,2023,đã hỏi trại,{gap}")
    (data / "acknowledged.csv").write_text("\n".join(lines), encoding="utf-8")


def test_an_open_question_is_repeated_and_does_not_fail_the_check(check, question):
    code, output = check()
    assert code == 0
    assert (
        "Câu hỏi chưa trả lời: 1\n"
        "Hỏi: livestock.csv:7, «Đàn gà»: khoảng 97.000 con, năm 2022 là 9.000 con, chênh nhau "
        "10,8 lần. Có đúng đơn vị tính và đủ chữ số không?\n"
    ) in output
    assert "\nchickens,=,previous,2023,<lý do>\n" in output
    assert (
        "Open questions: 1\nQuestion: livestock.csv:7, “Chickens”: about 97,000 head, "
        in (check("--lang", "en")[1])
    )


@pytest.mark.parametrize(("gap", "is_open"), [("", False), ("88000", False), ("87000", True)])
def test_a_question_is_answered_by_a_row_of_the_acknowledged(gap, is_open, check, data, question):
    answer(data, gap)
    output = check()[1]
    assert ("Câu hỏi chưa trả lời: 1" in output, "acknowledged.csv:7: " in output) == (
        is_open,
        is_open,
    )
    assert (
        "acknowledged.csv:7: chênh lệch đã xem xét của «chickens = previous» năm 2023 là +87.000 "
        "con, nay đã khác; dòng gợi ý dưới đây thay cho dòng này.\n" in output
    ) is is_open
    assert ("\nchickens,=,previous,2023,<lý do>,88000\n" in output) is is_open


def test_an_answer_without_a_question_is_stale(check, data):
    answer(data, "")
    code, output = check()
    assert code == 0
    assert "acknowledged.csv:7: năm 2023 không có mâu thuẫn «chickens = previous»" in output


def test_build_accepts_data_with_contradictions(change, data):
    change("raw/dossiers.csv", "tthc_in_progress,2023,1,", "tthc_in_progress,2023,3,")
    assert CliRunner().invoke(app, ["build", "--data", str(data)]).exit_code == 0


@pytest.fixture
def resolved(data):
    """The answers to a contradiction of 2023 that the report of 2024 resolves."""
    state(
        data,
        "births 2022 bc2022 value=100",
        "births 2023 bc2023 value=110 change=8",
        "births 2023 bc2024 value=108",
    )
    return data / "acknowledged.csv"


def test_a_contradiction_on_the_pages_of_an_older_year_fails_the_check(check, resolved):
    code, output = check()
    assert code == 1
    assert "Số liệu mâu thuẫn trên các trang năm 2023, văn bản sau đã điều chỉnh: 1\n" in output
    assert "births,=,previous + change,2023,<lý do>" in output


def test_what_acknowledges_a_contradiction_of_an_older_page_is_not_stale(check, resolved):
    resolved.write_text(
        "left,operator,right,year,reason\nbirths,=,previous + change,2023,như nguồn\n",
        encoding="utf-8",
    )
    code, output = check()
    assert (code, "xóa dòng này" in output) == (0, False)


def test_a_share_of_the_plan_far_from_100_percent_is_a_question(check, data):
    state(data, "budget_revenue 2023 bc2023 value=18.6e9 pct_of_plan=8")
    assert (
        "Hỏi: budget.csv:2, «Thu ngân sách, tỷ lệ so với kế hoạch»: 8%, khác xa 100%." in check()[1]
    )


def test_the_same_contradiction_with_another_gap_on_an_older_page_is_reported(check, resolved):
    path = resolved.parent / "raw/population.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("births,2023,bc2024,I.B,108", "births,2023,bc2024,I.B,109"), "utf-8"
    )
    resolved.write_text(
        "left,operator,right,year,reason\n",
        encoding="utf-8",
    )
    assert "trên các trang năm 2023, văn bản sau đã điều chỉnh: 1" in check()[1]
