"""What `caoan-stats import` shows, questions and writes."""

import re
from pathlib import Path

import pytest
from helpers.commands import call
from helpers.filling import filling
from helpers.importing import last_lines, raw_files


def test_an_import_shows_by_label_what_would_change_and_writes_nothing(form, built, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118, qualifier="ước", section="I.B.I.1.1", note="Hai vụ, cộng lại")
        typed.type("rice_sown_area", change=-2.5)
    before = raw_files(built)
    result = import_form()
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:4] == [
        "+ Diện tích gieo trồng lúa, 2024, mức tăng, giảm: −2,5 ha",
        "+ Năng suất lúa trung bình, 2024: ước 118 tạ/ha",
        "+ Năng suất lúa trung bình, 2024, ghi chú: Hai vụ, cộng lại",
        "+ văn bản nguồn: Báo cáo kết quả thực hiện kế hoạch phát triển kinh tế - xã hội năm 2024 "
        "và phương hướng, nhiệm vụ, giải pháp năm 2025, UBND xã Cao An, tháng 12/2024",
    ]
    assert result.stdout.splitlines()[-1] == (
        "Sẽ thêm 3 dòng, thay 0 dòng trong 2 tệp; 0 dòng đã có. Gõ lại với --write để ghi."
    )
    assert raw_files(built) == before


def test_an_import_with_write_appends_its_rows_to_their_tables(form, built, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.type("poultry", "khoảng 97.000 con")
    before = raw_files(built)
    result = import_form("--write")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == (
        "Đã thêm 3 dòng, thay 0 dòng trong 3 tệp; 0 dòng đã có."
    )
    after = raw_files(built)
    added = {name: after[name].removeprefix(before[name]).decode() for name in after}
    assert {name: text for name, text in added.items() if text} == {
        "rice.csv": "rice_yield,2024,118,,,bc2024,I.B.1,\n",
        "livestock.csv": "poultry,2024,97000,,about,bc2024,I.B.1,,\n",
        "sources.csv": after["sources.csv"].decode().splitlines()[-1] + "\n",
    }
    assert call("check", "--data", str(built)).exit_code == 0


def test_a_second_import_changes_nothing(form, built, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", "ước 118", change=3)
    import_form("--write")
    before = raw_files(built)
    result = import_form("--write")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "Không có gì mới: 2 dòng đã có trong dữ liệu."
    assert raw_files(built) == before


def test_figures_derived_from_the_first_import_are_not_new_to_a_second(form, import_form):
    with filling(form) as typed:
        typed.type("pigs", 320)
        typed.type("rice_planting_rate", 98, change=2)
    import_form("--write")
    assert import_form("--write").stdout == "Không có gì mới: 3 dòng đã có trong dữ liệu.\n"


def test_a_form_without_figures_adds_nothing(import_form, built):
    before = raw_files(built)
    result = import_form("--write")
    assert (result.exit_code, result.stdout) == (0, "Trong tệp chưa có số liệu nào.\n")
    assert raw_files(built) == before


def test_a_second_import_can_add_more_rows(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    import_form("--write")
    with filling(form) as typed:
        typed.type("pigs", 330)
    result = import_form("--write")
    assert "Đã thêm 1 dòng, thay 0 dòng trong 1 tệp; 2 dòng đã có." in result.stdout


def test_an_import_reports_in_english_on_request(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", "ước 118")
    assert import_form("--lang", "en").stdout.splitlines()[-1] == (
        "Would add 2 lines and replace 0 in 2 files; 0 are there already. Run again with --write "
        "to write them."
    )


@pytest.mark.all_tables
@pytest.mark.parametrize(
    ("language", "readings"),
    [
        (
            "vi",
            [
                "Ngân sách!F2: hiểu là 28,05 tỷ đồng.",
                "Ngân sách!G4: hiểu là tốc độ tăng, giảm so với năm trước: tăng trên 12%.",
                "Lúa!F3: hiểu là ước 118 tạ/ha.",
                "Chăn nuôi!G2: hiểu là giảm khoảng 20 con.",
                "HTX kinh doanh điện!G7: hiểu là −0,08 điểm %.",
                "Y tế!L4: hiểu là 108% kế hoạch.",
            ],
        ),
        (
            "en",
            [
                "Ngân sách!F2: read as 28,050,000,000 VND.",
                "Ngân sách!G4: read as a rate of change against the year before: rose over 12%.",
                "Lúa!F3: read as estimated 118 quintals/ha.",
                "Chăn nuôi!G2: read as fell about 20 head.",
                "HTX kinh doanh điện!G7: read as −0.08 percentage points.",
                "Y tế!L4: read as 108% of the plan.",
            ],
        ),
    ],
)
def test_every_reading_of_words_is_shown_in_the_language_of_the_command(
    language, readings, form, import_form
):
    with filling(form) as typed:
        typed.type("budget_revenue", "28,05 tỷ")
        typed.type("budget_expenditure", change="tăng trên 12%")
        typed.type("rice_yield", "ước 118")
        typed.type("pigs", change="giảm khoảng 20 con")
        typed.type("electricity_loss_rate", change="giảm 0,08 điểm %")
        typed.type("clinic_visits", pct_of_plan="đạt 108 % kế hoạch")
    lines = import_form("--lang", language).stdout.splitlines()
    assert [line for line in lines if " read as " in line or ": hiểu là " in line] == readings


def test_a_plainly_typed_number_has_no_reading(form, import_form):
    with filling(form) as typed:
        typed.type("poultry", "97.000 con", change=-200)
    assert "hiểu là" not in import_form().stdout


@pytest.mark.parametrize(
    ("value", "times"), [(1_200_000, "12,4"), (9_000, "10,8"), (776_000, ""), (12_125, "")]
)
def test_a_figure_more_than_eight_times_off_last_year_is_questioned(
    value, times, form, import_form
):
    with filling(form) as typed:
        typed.type("chickens", value)
    result = import_form()
    questions = [line for line in result.stdout.splitlines() if line.startswith("Hỏi: ")]
    assert [f"chênh nhau {times} lần" in line for line in questions] == [True] * bool(times)
    assert result.exit_code == (1 if times else 0)


def test_the_question_names_the_cell_and_both_figures(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 1180)
    assert (
        "Hỏi: Lúa!F3: «Năng suất lúa trung bình»: 1.180 tạ/ha. Năm 2023 là ước 115 tạ/ha, "
        "chênh nhau 10,3 lần. Có đúng đơn vị tính và đủ chữ số không?\n"
    ) in import_form().stdout


@pytest.fixture
def unclear(form) -> None:
    """Figures of which three contradict each other, and one is far from last year's."""
    with filling(form) as typed:
        typed.type("rice_sown_area", 460.5)
        typed.type("rice_yield", 118)
        typed.type("rice_production", 44000)
        typed.type("chickens", 1_200_000)


def test_a_broken_relation_is_shown_with_the_cells_of_its_figures(unclear, import_form):
    result = import_form()
    assert result.exit_code == 1
    for words in ("Mâu thuẫn: Lúa!F4: ", "460,5 ha (Lúa!F2)", "118 tạ/ha (Lúa!F3)"):
        assert words in result.stdout


def test_figures_with_a_question_or_a_new_contradiction_are_not_written(
    unclear, built, import_form
):
    before = raw_files(built)
    result = import_form("--write")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == (
        "Câu hỏi chưa trả lời: 1, mâu thuẫn mới: 1; chưa ghi gì. Sửa số nhập sai; nếu báo cáo "
        "đúng là nêu như vậy thì trả lời và ghi lý do ở trang đầu của bản sao có đánh dấu."
    )
    assert raw_files(built) == before


def test_they_are_written_with_a_reason_that_answers_and_acknowledges_all(
    unclear, built, import_form
):
    acknowledged = built / "acknowledged.csv"
    before = acknowledged.read_text(encoding="utf-8").splitlines()
    result = import_form("--write", "--accept", " báo cáo nêu \n vậy")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-3:] == [
        "+ «Sản lượng lúa = diện tích gieo trồng × năng suất», năm 2024: báo cáo nêu 44.000 tạ, "
        "tính ra khoảng 54,3 nghìn tạ (−10.300 tạ), lý do giữ: báo cáo nêu vậy",
        "+ «Đàn gà»: 1.200.000 con, lý do giữ: báo cáo nêu vậy",
        "Đã thêm 7 dòng, thay 0 dòng trong 4 tệp; 0 dòng đã có.",
    ]
    assert last_lines(built, "rice", 1) == ["rice_production,2024,44000,,,bc2024,I.B.1,"]
    assert acknowledged.read_text(encoding="utf-8").splitlines() == [
        f"{before[0]},gap",
        *(f"{line}," for line in before[1:]),
        "rice_production,=,rice_sown_area * rice_yield,2024,báo cáo nêu vậy,-10339",
        "chickens,=,previous,2024,báo cáo nêu vậy,1103000",
    ]
    check = call("check", "--data", str(built))
    assert check.exit_code == 0
    assert "Câu hỏi" not in check.stdout
    assert import_form("--write").stdout == "Không có gì mới: 5 dòng đã có trong dữ liệu.\n"


def test_a_further_error_in_an_accepted_relation_is_seen(unclear, form, import_form):
    import_form("--write", "--accept", "báo cáo nêu vậy")
    with filling(form) as typed:
        typed.type("rice_production", 43000)
    result = import_form("--write", "--replace")
    assert result.exit_code == 1
    assert "Câu hỏi chưa trả lời: 0, mâu thuẫn mới: 1; chưa ghi gì." in result.stderr


@pytest.mark.parametrize("right", ["rice_sown_area * rice_yield", "rice_sown_area*rice_yield"])
def test_a_row_that_acknowledges_another_gap_is_replaced_on_accept(
    right, unclear, built, import_form
):
    path, old = built / "acknowledged.csv", f"rice_production,=,{right},2024,số cũ,-20"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    lines = [f"{header},gap", *(f"{row}," for row in rows), old]
    path.write_text("\n".join(lines), encoding="utf-8")
    result = import_form("--write", "--accept", "báo cáo nêu vậy")
    assert result.exit_code == 0
    new = f"rice_production,=,{right},2024,báo cáo nêu vậy,-10339"
    answer = "chickens,=,previous,2024,báo cáo nêu vậy,1103000"
    assert path.read_text(encoding="utf-8").splitlines() == [*lines[:-1], new, answer]
    assert call("check", "--data", str(built)).exit_code == 0


def test_a_reason_that_is_not_needed_is_not_written(form, built, import_form):
    before = (built / "acknowledged.csv").read_bytes()
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    assert import_form("--write", "--accept", "báo cáo nêu vậy").exit_code == 0
    assert (built / "acknowledged.csv").read_bytes() == before


@pytest.mark.parametrize(("reason", "words"), [(" ", "cần một lý do"), ("<lý do>", "--accept:1")])
def test_an_empty_reason_is_refused(reason, words, unclear, built, import_form):
    before = raw_files(built)
    result = import_form("--write", "--accept", reason)
    assert (result.exit_code, words in result.stderr) == (2, True)
    assert raw_files(built) == before


def test_an_open_question_of_older_data_does_not_hold_up_an_import(form, built, import_form):
    with (built / "raw/livestock.csv").open("a", encoding="utf-8") as file:
        file.write("pigs,2022,3,,,bc2023,I,,\n")
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    assert import_form("--write").exit_code == 0


def test_the_first_figure_of_a_commune_without_figures_is_imported(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call("init", "data", "--name", "xã Thử")
    row = "indicator;year;value;source;section\nincome_per_capita;2022;73,86;bc2022;I.1\n"
    Path("2022.csv").write_text(row, encoding="utf-8")
    result = call("import", "2022.csv", "--data", "data", "--write")
    assert (result.exit_code, result.exception) == (0, None)
    assert last_lines(Path("data"), "economy", 1) == ["income_per_capita,2022,73.86,,,bc2022,I.1,"]


def test_a_change_that_does_not_fit_last_year_is_a_contradiction(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118, change=5)
    result = import_form()
    assert result.exit_code == 1
    assert {"118 tạ/ha", "Lúa!F3"} <= set(re.findall(r"118 tạ/ha|Lúa!F3", result.stdout))


def test_an_older_contradiction_is_not_shown_again(form, built, import_form):
    (built / "acknowledged.csv").write_text("left,operator,right,year,reason\n", encoding="utf-8")
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    result = import_form()
    assert result.exit_code == 0
    assert "Mâu thuẫn" not in result.stdout
