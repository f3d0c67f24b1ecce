"""What an import takes from the sheet of next year's targets."""

from datetime import datetime

import pytest
from helpers.commands import call
from helpers.filling import TARGETS, Form, filling
from helpers.importing import last_lines, raw_files
from openpyxl import load_workbook

from caoan_stats import Dataset

pytestmark = pytest.mark.all_tables


@pytest.fixture
def form_of_2023(built, tmp_path, monkeypatch):
    """The workbook of 2023, whose report already has its targets in the data."""
    monkeypatch.chdir(tmp_path)
    assert call("new-year", "2023", "--data", str(built)).exit_code == 0
    return tmp_path / "2023.xlsx"


def places(lines: list[str]) -> list[str]:
    return [line.split(": thấy")[0].partition("ô ")[2] for line in lines[:-1]]


def test_targets_become_rows_of_the_next_year(form, built, import_form):
    with filling(form) as typed:
        typed.aim("income_per_capita", lower="trên 85 triệu đồng")
        typed.aim("new_jobs", lower="130", upper=150, section="II.I.7")
        typed.aim("natural_population_growth_rate", upper="dưới 1%")
        typed.aim("budget_revenue", of="% kế hoạch", lower=110, note="Vượt 10%")
        typed.aim("poor_households", lower="giảm so với năm trước")
        typed.aim("crop_production", note="Kịp thời vụ")
        typed.aim("", label="Sản lượng lúa", of="Mức tăng giảm", lower="500 tạ", base_year=2020)
    assert import_form("--write").exit_code == 0
    assert last_lines(built, "targets", 7) == [
        "income_per_capita,2025,85,,neither,bc2024,II.I.1,,,",
        "new_jobs,2025,130,150,,bc2024,II.I.7,,,",
        "crop_production,2025,,,,bc2024,II.I.1,Kịp thời vụ,,",
        "budget_revenue,2025,110,,,bc2024,II.I.1,Vượt 10%,pct_of_plan,",
        "natural_population_growth_rate,2025,,1,neither,bc2024,II.I.1,,,",
        "poor_households,2025,,0,neither,bc2024,II.I.1,,change,",
        "rice_production,2025,500,,,bc2024,II.I.1,,change,2020",
    ]
    assert call("check", "--data", str(built)).exit_code == 0


@pytest.mark.parametrize(
    ("indicator", "bound", "count"),
    [("culture_family_rate", 0.99, 1), ("upper_secondary_admission_rate", 0.99, 1),
     ("trained_labour_rate", 1.2, 0), ("poverty_rate", 0.9, 0)],
)  # fmt: skip
def test_a_percentage_that_may_be_a_fraction_of_1_is_asked_about(
    indicator, bound, count, form, built, import_form
):
    labels = Dataset.open(built).indicators["label"]
    with filling(form) as typed:
        typed.aim("", label=labels[indicator], lower=f"từ {bound} trở lên".replace(".", ","))
    asked = [line for line in import_form().stdout.splitlines() if line.startswith("Hỏi")]
    assert len(asked) == count


def test_a_target_typed_with_words_is_told_as_it_was_read(form, import_form):
    with filling(form) as typed:
        typed.aim("income_per_capita", lower="trên 85 triệu đồng")
        typed.aim("new_jobs", lower="130", upper=150)
    shown = [line for line in import_form().stdout.splitlines() if "hiểu là" in line]
    assert shown == ["Mục tiêu năm sau!G4: hiểu là mục tiêu trên 85 triệu đồng."]


@pytest.mark.parametrize(
    ("lower", "upper", "line"),
    [
        ("trên 130", "150", "130,150,right"),
        ("130", "dưới 150", "130,150,left"),
        ("trên 130", "dưới 150", "130,150,neither"),
        ("130 - 150", None, "130,150,"),
        (None, "từ 130 đến 150", "130,150,"),
        ("dưới 150", "trên 130", "130,150,neither"),
        (130, "đến 150", "130,150,"),
    ],
)
def test_the_two_cells_are_one_interval(lower, upper, line, form, built, import_form):
    with filling(form) as typed:
        typed.aim("new_jobs", lower=lower, upper=upper)
    assert import_form("--write").exit_code == 0
    assert last_lines(built, "targets", 1) == [f"new_jobs,2025,{line},bc2024,II.I.1,,"]


def test_a_cell_that_shows_a_percentage_is_read_as_shown(form, built, import_form):
    with filling(form) as typed:
        row = typed.aim("culture_family_rate", lower=0.965)
        typed.book[TARGETS][f"G{row}"].number_format = "0.0%"
    import_form("--write")
    assert last_lines(built, "targets", 1) == ["culture_family_rate,2025,96.5,,,bc2024,II.I.1,,"]


def test_an_import_of_the_same_targets_changes_nothing(form, built, import_form):
    with filling(form) as typed:
        typed.aim("new_jobs", lower="130 - 150")
        typed.aim("", label="sản lượng lúa", lower=53000)
    import_form("--write")
    before = raw_files(built)
    assert import_form("--write").stdout.splitlines()[-1] == (
        "Không có gì mới: 3 dòng đã có trong dữ liệu."
    )
    assert raw_files(built) == before


def test_a_form_as_it_was_handed_out_changes_no_target_of_the_data(form_of_2023, built):
    before = raw_files(built)
    result = call("import", form_of_2023.name, "--data", str(built), "--write")
    assert result.stdout == "Không có gì mới: 47 dòng đã có trong dữ liệu.\n"
    assert raw_files(built) == before


def test_targets_as_they_were_handed_out_are_not_those_of_another_document(form_of_2023, new_lines):
    with filling(form_of_2023) as typed:
        typed.book["Hướng dẫn"]["B17"] = "bc2023b"
        typed.book["Hướng dẫn"]["B20"] = "2024-01"
        typed.aim("new_jobs", lower="140")
    first, *others = new_lines(form_of_2023.name).splitlines()
    assert first == "new_jobs,2024,140,150,,bc2023b,II.I.1,,"
    assert [line.split(",")[0] for line in others] == ["bc2023b"]


def test_another_target_replaces_that_of_the_data_only_with_replace(form_of_2023, built):
    with filling(form_of_2023) as typed:
        typed.aim("new_jobs", lower="140", section="II.I.7")
    result = call("import", form_of_2023.name, "--data", str(built), "--write")
    assert result.exit_code == 1
    assert "mục tiêu: từ 130 đến 150 người → từ 140 đến 150 người\n" in result.stdout
    result = call("import", form_of_2023.name, "--data", str(built), "--write", "--replace")
    assert result.exit_code == 0
    lines = (built / "raw/targets.csv").read_text(encoding="utf-8").splitlines()
    assert "new_jobs,2024,140,150,,bc2023,II.I.7,," in lines


def test_a_target_that_is_taken_out_stays_in_the_data_and_this_is_told(form_of_2023, built):
    with filling(form_of_2023) as typed:
        row = typed.aim("new_jobs", lower=None, upper=None, section=None)
    result = call("import", form_of_2023.name, "--data", str(built), "--write")
    assert result.stdout.splitlines() == [
        f"Mục tiêu năm sau!B{row}: mục tiêu năm 2024 của «Số người có việc làm mới» đã bỏ trong "
        "phiếu vẫn còn trong dữ liệu; muốn bỏ hẳn thì xóa dòng của nó trong targets.csv.",
        "Không có gì mới: 46 dòng đã có trong dữ liệu.",
    ]


def test_a_deleted_row_is_told_by_its_label(form, import_form):
    with filling(form) as typed:
        row = typed.aim("new_jobs", section=None)
        typed.book["Mục tiêu năm sau"].delete_rows(row)
    result = import_form()
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "Trang «Mục tiêu năm sau» không còn dòng «Số người có việc làm mới»; phiếu này không nhập"
    )


def test_a_deleted_row_that_is_typed_at_the_end_is_not_told(form, import_form):
    with filling(form) as typed:
        row = typed.aim("new_jobs", section=None)
        typed.book["Mục tiêu năm sau"].delete_rows(row)
        typed.aim("", label="Số người có việc làm mới", lower="130 - 150")
    assert "không còn dòng" not in import_form().stdout


def test_a_page_of_the_next_year_shows_the_targets(form, built, import_form):
    with filling(form) as typed:
        typed.aim("new_jobs", lower="130 - 150")
    import_form("--write")
    card = Dataset.open(built).scorecard(2025)
    assert list(card["lower"]) == [130]


@pytest.mark.parametrize(
    ("cells", "place", "words"),
    [
        ({"lower": "khoảng 130"}, "G5", "cần một mức mục tiêu đọc được một cách"),
        ({"lower": "hoàn thành chỉ tiêu"}, "G5", "thì ghi vào cột Mục tiêu bằng lời"),
        ({"lower": "110%"}, "G5", "trong khi đơn vị là «người»; cần biết đó là % của gì"),
        ({"lower": "1", "of": "số lượng"}, "F5", "cần một trong: số liệu, mức tăng giảm"),
        ({"lower": "giảm 5", "of": "% kế hoạch"}, "G5", "mục tiêu đúng như đã chọn"),
        ({"lower": "trên 5", "upper": "từ 7 trở lên"}, "H5", "một cận dưới và một cận trên"),
        ({"lower": "5 - 7", "upper": "8"}, "H5", "một cận dưới và một cận trên"),
        ({"upper": 150}, "H5", "chỉ có «đến 150», mà chỉ tiêu này càng cao càng tốt"),
        ({"lower": 150, "upper": 130}, "H5", "cận dưới không lớn hơn cận trên"),
        ({"lower": datetime(2025, 7, 5)}, "G5", "ngày, giờ «05/07/2025»"),
        ({"lower": "=100+30"}, "G5", "công thức =100+30 chưa có kết quả"),
        ({"lower": 130, "section": None}, "J5", "điền Mục trong báo cáo"),
        ({}, "B5", "một cận, hoặc mục tiêu bằng lời"),
        ({"lower": 130, "base_year": 2025}, "K5", "năm gốc trước năm phải đạt"),
        ({"lower": True}, "G5", "cần một số"),
        ({"lower": "130 hộ"}, "G5", "của Số người có việc làm mới"),
    ],
)
def test_what_is_no_target_is_refused_by_its_cell(cells, place, words, form, refusal):
    with filling(form) as typed:
        typed.aim("new_jobs", **cells)
    lines = refusal()
    assert places(lines) == [place]
    assert words in lines[0]


def test_bounds_of_an_indicator_without_a_unit_are_refused(form, refusal):
    with filling(form) as typed:
        row = typed.aim("crop_production", lower="Giữ vững")
    assert refusal()[0].endswith(
        f"ô G{row}: thấy «Giữ vững», trong khi chỉ tiêu này không có đơn vị tính; cần mục tiêu "
        "bằng lời: chuyển sang cột Mục tiêu bằng lời"
    )


def test_a_number_on_the_worse_side_alone_is_refused(form, refusal):
    with filling(form) as typed:
        row = typed.aim("poor_households", lower=20, section=None)
    lines = refusal()
    assert places(lines) == [f"G{row}", f"J{row}"]
    assert "«từ 20», mà chỉ tiêu này càng thấp càng tốt" in lines[0]


@pytest.mark.parametrize(
    ("label", "advice"),
    [
        ("Sản lượg lúa", "viết Sản lượng lúa"),
        ("xyz", "chọn trong danh sách của ô"),
        ("", "điền Chỉ tiêu"),
    ],
)
def test_an_indicator_is_chosen_by_its_label(label, advice, form, refusal):
    with filling(form) as typed:
        row = typed.aim("", label=label, lower=5)
    [line] = refusal()[:-1]
    assert f"ô B{row}: " in line
    assert line.endswith(advice)


def test_a_target_that_is_far_from_the_newest_figure_is_asked(form, built, import_form):
    with filling(form) as typed:
        typed.aim("budget_revenue", lower="110")
        typed.aim("new_jobs", of="% kế hoạch", lower=8)
    before = raw_files(built)
    result = import_form("--write")
    assert result.exit_code == 1
    asked = [line for line in result.stdout.splitlines() if line.startswith("Hỏi: ")]
    assert "mục tiêu «110», trong khi số gần nhất là 18.619.139.193 (năm 2023)" in asked[1]
    assert "mục tiêu «8» % kế hoạch. Cần một tỷ lệ không quá xa 100%" in asked[0]
    assert raw_files(built) == before
    assert import_form("--write", "--accept", "báo cáo nêu như vậy").exit_code == 0
    assert "Hỏi:" not in import_form().stdout


def _rename(form: Form) -> None:
    form.book[TARGETS].title = "Sheet9"


def _merge(form: Form) -> None:
    form.book[TARGETS].merge_cells("G4:H4")


def _hide(form: Form) -> None:
    form.book[TARGETS].column_dimensions["G"].hidden = True


def _insert(form: Form) -> None:
    form.book[TARGETS].insert_cols(8)


def _relabel(form: Form) -> None:
    form.book[TARGETS]["B5"] = "Việc làm"


def _beside(form: Form) -> None:
    form.book[TARGETS]["L5"] = "xem lại"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_rename, "trang «Sheet9»"),
        (_merge, "G4:H4"),
        (_hide, "cột bị ẩn: G"),
        (_insert, "cần tên cột «Đến»"),
        (_relabel, "thấy «Việc làm»"),
        (_beside, "thấy «xem lại» ở ngoài các cột của phiếu"),
    ],
)
def test_a_sheet_that_was_changed_is_refused(spoil, words, form, refusal):
    with filling(form) as typed:
        typed.aim("new_jobs", lower=130)
        spoil(typed)
    assert words in refusal()[0]


def test_a_workbook_without_the_sheet_is_read(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        del typed.book[TARGETS]
    assert import_form().exit_code == 0


def test_the_saved_results_of_counts_and_units_are_not_figures(form, built, import_form):
    with filling(form) as typed:
        row = typed.aim("", label="Sản lượng lúa", lower=53000)
        typed.book[TARGETS][f"C{row}"] = "tạ"
        typed.book[TARGETS]["B2"] = "Đã điền 1/48"
        typed.book["Lúa"]["B7"] = "Đã điền 0/5"
        typed.book["Hướng dẫn"]["A23"] = 3
    assert import_form("--write").exit_code == 0
    assert last_lines(built, "targets", 1) == ["rice_production,2025,53000,,,bc2024,II.I.1,,"]


def test_the_form_can_be_opened_and_saved_by_another_program(form, import_form):
    book = load_workbook(form)  # saves no results of formulas
    book.save(form)
    assert import_form().stdout == "Trong tệp chưa có số liệu nào.\n"
