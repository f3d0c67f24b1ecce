"""Codes and sections unlike all others of the data, and shares shown a hundredfold, are asked."""

import pytest
from helpers.filling import filling, save_as_ods
from helpers.importing import raw_files

from caoan_stats import Dataset
from caoan_stats.forms.conventions import report_code


def questions(result) -> list[str]:
    lines = (line.removeprefix("Hỏi: ") for line in result.stdout.splitlines())
    return [line for line in lines if "Có phải là" in line]


@pytest.mark.all_tables
@pytest.mark.parametrize(
    ("section", "near"),
    [
        ("mục 5", "I.B.I.1.1"),
        ("Mục I.B.5", "I.B.5"),
        ("i.b.1", "I.B.1"),
        ("I B 1", "I.B.1"),
        ("I.B.1.", "I.B.1"),
        ("1.1", "I.B.I.1.1"),
        (1.1, "I.B.I.1.1"),
        (5, "I.B.I.1.1"),
        ("Phần thứ nhất", "I.B.I.1.1"),
    ],
)
def test_a_section_unlike_all_others_is_asked_about(section, near, form, built, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118, section=section)
    before = raw_files(built)
    result = import_form("--write")
    assert questions(result) == [
        f"Lúa!I3: Thấy mục «{section}». Cần một mục viết như các mục khác của dữ liệu: I.B.II.4, "
        f"I.B.II.5, I.B.III.2. Có phải là {near} không? Viết lại cho đúng báo cáo; nếu báo cáo "
        "đúng là ghi như vậy thì giữ nguyên."
    ]
    assert result.exit_code == 1
    assert raw_files(built) == before


@pytest.mark.parametrize("section", ["I", "II.A", "IV.B.12.3", "I.DGC.7", "I.B.I.1.1"])
def test_a_section_of_the_same_kind_of_parts_is_not_asked_about(section, form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118, section=section)
    assert import_form().exit_code == 0


def test_a_section_that_is_accepted_keeps_its_point_and_is_not_asked_about_again(
    form, import_form, new_lines
):
    with filling(form) as typed:
        typed.type("rice_yield", 118, section=1.1)
    assert "rice_yield,2024,118,,,bc2024,1.1,\n" in new_lines()
    assert import_form("--write", "--accept", "x").exit_code == 0
    with filling(form) as typed:
        typed.type("rice_production", 53000, section="1.2")
    assert questions(import_form()) == []


def test_a_section_is_asked_about_once(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118, section="mục 5")
        typed.type("pigs", 300, section="mục 5")
    assert len(questions(import_form())) == 1


def test_a_section_in_a_csv_is_asked_about(import_csv):
    header = "indicator;year;value;source;section"
    result = import_csv(f"{header}\nrice_yield;2024;118;bc2023;mục 5\n")
    assert "2024.csv:2: Thấy mục «mục 5»." in questions(result)[0]


@pytest.mark.parametrize("code", ["báo cáo 2024", "BC2024", "bc 2024", "số 12/BC-UBND"])
def test_the_code_of_a_source_unlike_all_others_is_asked_about(code, form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.book["Hướng dẫn"]["B17"] = code
    result = import_form()
    assert questions(result) == [
        f"Hướng dẫn!B17: Thấy mã nguồn «{code}». Cần một mã như các mã khác của dữ liệu: bc2023. "
        "Có phải là bc2024 không? Nếu phải thì viết bc2024; nếu muốn dùng mã này thì giữ nguyên."
    ]
    assert result.exit_code == 1


@pytest.mark.parametrize("code", ["bc2024", "kh2024", "bc2024b"])
def test_the_code_of_a_source_like_the_others_is_not_asked_about(code, form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.book["Hướng dẫn"]["B17"] = code
    assert import_form().exit_code == 0


def retitle(book) -> None:
    book["Hướng dẫn"]["A2"] = "Số liệu kinh tế - xã hội phường Bình Minh"


@pytest.mark.parametrize("save", [lambda _: None, save_as_ods])
def test_a_workbook_of_another_commune_is_asked_about(save, form, built, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        retitle(typed.book)
    save(form)
    before = raw_files(built)
    result = import_form("--write")
    assert questions(result) == [
        "Hướng dẫn!A2: Thấy phiếu của «Số liệu kinh tế - xã hội phường Bình Minh». Cần phiếu của "
        "«Số liệu kinh tế - xã hội xã Cao An». Có phải là phiếu của địa phương này không? Nếu "
        "không phải thì nhập vào thư mục dữ liệu của địa phương ghi trong phiếu; nếu chỉ "
        "tên gọi đã đổi thì giữ nguyên."
    ]
    assert result.exit_code == 1
    assert raw_files(built) == before
    assert import_form("--write", "--accept", "đổi tên").exit_code == 0


@pytest.mark.parametrize("title", [None, "SỐ LIỆU KINH TẾ -  XÃ HỘI XÃ CAO AN "])
def test_a_workbook_without_a_title_or_with_the_same_is_not_asked_about(title, form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.book["Hướng dẫn"]["A2"] = title
    assert import_form().exit_code == 0


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        (["bc2023"], "bc2024"),
        (["bc2022", "kh2023"], "bc2024"),
        (["BC-2023/UBND"], "BC-2024/UBND"),
        (["plan"], "bc2024"),
    ],
)
def test_the_code_of_a_report_is_like_that_of_the_last_one(codes, code, data):
    text = "".join(f"{each},Báo cáo,UBND xã,2023-12\n" for each in codes)
    (data / "raw/sources.csv").write_text(f"source,title,issuer,date\n{text}")
    for path in (data / "raw").glob("*.csv"):
        if path.name != "sources.csv":
            path.write_text(path.read_text().splitlines()[0] + "\n")
    (data / "acknowledged.csv").write_text("left,operator,right,year,reason,gap\n")
    assert report_code(Dataset.open(data), 2024) == code


@pytest.mark.parametrize(
    ("number", "number_format", "written"),
    [
        (0.9714, "0.00%", "97.14"),
        (97.14, '0.00"%"', "97.14"),
        (97.14, r"0.00\%", "97.14"),
        (97.14, '[>1]0.0"%";0%', "97.14"),
        (250, '0"%"', "250"),
    ],
)
def test_a_share_is_read_as_its_cell_shows_it(
    number, number_format, written, form, import_form, new_lines
):
    with filling(form) as typed:
        typed.type("rice_planting_rate", number).number_format = number_format
    assert f"rice_planting_rate,2024,{written},,,bc2024,I.B.1,\n" in new_lines()
    assert questions(import_form()) == []


def test_a_change_shown_with_a_percent_sign_is_a_rate_of_change(form, new_lines):
    with filling(form) as typed:
        typed.type("rice_sown_area", change=13.6)
        typed.cell("rice_sown_area", "change").number_format = '0.0"%"'
    assert "rice_sown_area,2024,,,,bc2024,I.B.1,,13.6\n" in new_lines()


def test_a_number_that_a_percent_format_shows_a_hundredfold_is_asked_about(form, import_form):
    with filling(form) as typed:
        typed.type("rice_planting_rate", 97.5).number_format = "0.00%"
    assert questions(import_form()) == [
        "Lúa!F5: Thấy một số mà định dạng phần trăm của ô hiện thành 9750%. Cần số đúng như báo "
        "cáo nêu. Có phải là 97,5% không? Nếu phải thì gõ lại 97,5% vào ô; nếu báo cáo đúng là nêu "
        "9750% thì giữ nguyên."
    ]


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [("#,##0,", "53,195"), ("0.0,,", "0,053195"), ('#,##0,;-#,##0;"-"', "53,195")],
)
def test_a_number_that_its_format_shows_divided_by_1000_is_asked_about(
    number_format, shown, form, import_form
):
    with filling(form) as typed:
        typed.type("rice_production", 53195).number_format = number_format
    assert questions(import_form()) == [
        f"Lúa!F4: Thấy số 53195, mà định dạng của ô hiện thành {shown}. Cần số đúng như báo cáo "
        f"nêu. Có phải là {shown} không? Nếu phải thì gõ lại {shown} vào ô; nếu báo cáo đúng là "
        "nêu 53195 thì giữ nguyên."
    ]


def test_a_target_that_its_format_shows_divided_by_1000_is_asked_about(form, import_form):
    with filling(form) as typed:
        row = typed.aim("", label="Sản lượng lúa", lower=53195)
        typed.book["Mục tiêu năm sau"][f"G{row}"].number_format = "#,##0,"
    asked = [line for line in questions(import_form()) if "53195, mà" in line]
    assert asked[0].startswith(f"Mục tiêu năm sau!G{row}: Thấy số 53195")


@pytest.mark.parametrize(
    ("number_format", "outcome"),
    [
        ('#,##0," nghìn tạ"', "rice_production,2024,53195,,,bc2024,I.B.1,\n"),
        ('"khoảng "#,##0', "rice_production,2024,53195,,about,bc2024,I.B.1,\n"),
        ('#,##0" tạ"', "rice_production,2024,53195,,,bc2024,I.B.1,\n"),
        ('#,##0" con"', "đơn vị «con»; cần đơn vị «tạ» của Sản lượng lúa"),
    ],
)
def test_words_that_a_format_shows_beside_a_number_are_read(
    number_format, outcome, form, import_form, new_lines
):
    with filling(form) as typed:
        typed.type("rice_production", 53195).number_format = number_format
    assert outcome in new_lines() + import_form().stderr
