"""Figures are imported from a CSV."""

import re

import pytest
from helpers.filling import filling
from helpers.importing import last_lines, raw_files
from helpers.project import PROJECT
from openpyxl import load_workbook


def test_a_csv_with_semicolons_and_decimal_commas_is_read(import_csv, built):
    text = (
        "indicator;year;value;change;qualifier;source;section;note\n"
        "rice_sown_area;2024;460,5;-2,06;;bc2023;I.B.I.1.1;\n"
        "poultry;2024;khoảng 97.000 con;;;bc2023;I.B.I.1.2;x\n"
    )
    result = import_csv(text, "--write")
    assert result.exit_code == 0
    assert last_lines(built, "rice", 1) == ["rice_sown_area,2024,460.5,-2.06,,bc2023,I.B.I.1.1,"]
    assert last_lines(built, "livestock", 1) == ["poultry,2024,97000,,about,bc2023,I.B.I.1.2,x,"]


def test_a_csv_needs_only_the_columns_that_it_uses(import_csv, new_lines):
    import_csv("year,indicator,value,source,section\n2024,rice_yield,118.5,bc2023,I\n")
    assert new_lines("2024.csv") == "rice_yield,2024,118.5,,,bc2023,I,\n"


def test_the_report_of_a_new_year_is_added_as_suggested_and_reported(import_csv):
    header, row = "indicator;year;value;source;section", "pigs;2024;320;{};I"
    result = import_csv(f"{header}\n{row.format('bc2024')}\n")
    assert result.exit_code == 0
    assert result.stdout.startswith("2024.csv:2: nguồn bc2024 chưa có nên được thêm theo gợi ý")
    assert "+ văn bản nguồn: Báo cáo kết quả" in result.stdout
    other = import_csv(f"{header}\n{row.format('bc2025')}\n")
    assert other.exit_code == 2
    assert "2024.csv:2, cột source: thấy «bc2025»; cần một mã trong sources.csv" in other.stderr


@pytest.mark.all_tables
def test_a_csv_can_have_a_column_for_each_fact(import_csv, new_lines):
    result = import_csv(
        "indicator;year;pct_change;pct_of_plan;direction;words;source;section\n"
        "clinic_visits;2024;giảm 3,5%;101,25;giảm;Đảm bảo;bc2023;I\n"
    )
    assert result.exit_code == 0
    assert new_lines("2024.csv") == "clinic_visits,2024,,,,bc2023,I,,101.25,Đảm bảo,-3.5,down\n"


@pytest.mark.parametrize("name", ["clerk.md", "clerk.vi.md"])
def test_the_csv_in_the_clerks_guide_is_read(name, import_csv, new_lines):
    text = (PROJECT / "docs" / name).read_text(encoding="utf-8")
    [figures] = re.findall(r"^```\n(indicator;.*?)```$", text, flags=re.MULTILINE | re.DOTALL)
    assert import_csv(figures).exit_code == 0
    assert new_lines("2024.csv").splitlines()[:2] == [
        "rice_sown_area,2024,459.5,,,bc2024,I.B.1,",
        "poultry,2024,97000,,about,bc2024,I.B.2,,",
    ]


def test_a_sheet_saved_as_csv_is_read(import_csv, new_lines, form, built):
    with (built / "raw/sources.csv").open("a", encoding="utf-8") as file:
        file.write("bc2024,Báo cáo,UBND xã,2024-12\n")
    with filling(form) as typed:
        typed.type("rice_yield", "118,5", qualifier="ước")
    rows = [*load_workbook(form)["Lúa"].values]
    for width in (15, 14, 10):  # the last two of older workbooks
        cells = [[str(cell or "") for cell in row][:width] for row in rows]
        import_csv("\n".join(map(";".join, cells)))
        assert new_lines("2024.csv") == "rice_yield,2024,118.5,,estimate,bc2024,I.B.1,\n"


def test_a_sheet_saved_as_csv_can_restate_last_years_figure(import_csv, new_lines, form):
    with filling(form) as typed:
        typed.type("poor_households", 25, restated="khoảng 30 hộ")
    rows = [*load_workbook(form)["An sinh xã hội"].values]
    import_csv("\n".join(";".join(f'"{cell or ""}"' for cell in row) for row in rows))
    assert new_lines("2024.csv").splitlines()[:2] == [
        "poor_households,2023,30,,about,bc2024,I.B.1,,",
        "poor_households,2024,25,,,bc2024,I.B.1,,",
    ]


@pytest.mark.all_tables
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("indicator;value\nrice_yield;118\n", "thấy các cột «indicator;value»"),
        (
            "indicator;year;value;source;section\nrice_yeld;2024;118;bc2023;I\n",
            "2024.csv:2, cột indicator: thấy «rice_yeld»; cần một mã trong indicators.csv: viết "
            "rice_yield",
        ),
        (
            "indicator;year;value;source;section\nrice_yield;2024;118;bc2019;I\n",
            "2024.csv:2, cột source: thấy «bc2019»; cần một mã trong sources.csv: viết bc2023",
        ),
        (
            "indicator;year;value;source;section\nrice_sown_area;2024;12.345;bc2023;I\n",
            "2024.csv:2, cột value: thấy «12.345», đọc được hai cách",
        ),
        (
            "indicator;year;value;source;section\nrice_yield;2024²;118;bc2023;I\n",
            "2024.csv:2, cột year: thấy «2024²», có dấu «²»; cần",
        ),
        (
            "indicator;year;change;source;section\nrice_yield;2024;-7²;bc2023;I\n",
            "2024.csv:2, cột change: thấy «-7²», có dấu «²»; cần",
        ),
        (
            "indicator;year;value;source;section\nrice_yield;24;118;bc2023;I\n",
            "2024.csv:2, cột year: thấy «24»; cần số từ 1945 đến 2100: kiểm tra lại year",
        ),
        (
            "indicator;year;value;source;section\nrice_yield;2024;118;bc2023;I\n"
            "rice_yield;2024;119;bc2023;I\n",
            "2024.csv:3, cột indicator: thấy «rice_yield, 2024, bc2023» lần thứ hai; cần mỗi "
            "indicator, year, source chỉ một dòng: giữ một trong hai dòng: 2024.csv:2",
        ),
        (
            "indicator;year;value;source;section\nrice_yield;2024;118;bc2023\n",
            "2024.csv:2: thấy 4 ô: «rice_yield;2024;118;bc2023»; cần 5 ô như dòng tên cột",
        ),
        (
            "indicator;year;value;source;section\nnew_rural_standard;2024;118;bc2023;I\n",
            "2024.csv:2, cột value: thấy «118»; cần ô trống, vì new_rural_standard không có đơn vị",
        ),
    ],
)
def test_a_csv_with_an_error_is_refused_by_line_and_column(text, words, import_csv, built):
    before = raw_files(built)
    result = import_csv(text, "--write")
    assert result.exit_code == 2
    assert words in result.stderr
    assert raw_files(built) == before


@pytest.mark.parametrize(
    "text",
    [
        "Indicator; YEAR ;Value;SOURCE;Section\nrice_yield;2024;118,5;bc2023;I\n",
        "indicator;year;value;source;section\nrice_yield;2024.0;118,5;bc2023;I\n",
        "indicator;year;value;source;section\nrice_yield;2024,0;118,5;bc2023;I\n",
        "indicator;year;value;source;section\nrice_yield;năm 2024;118,5;bc2023;I\n",
        "Mục trong báo cáo;Số liệu năm 2024;Mã chỉ tiêu;source\nI;118,5;rice_yield;bc2023\n",
        "Năm;Mã nguồn;Mã chỉ tiêu;Số liệu năm 2024;Mục trong báo cáo\n"
        "2024;bc2023;rice_yield;118,5;I\n",
        "MỤC TRONG BÁO CÁO;số liệu  năm 2024;Mã Chỉ Tiêu;source\nI;118,5;rice_yield;bc2023\n",
    ],
)
def test_headings_are_read_in_any_order_and_case_and_years_as_people_type_them(
    text, import_csv, new_lines
):
    import_csv(text)
    assert new_lines("2024.csv") == "rice_yield,2024,118.5,,,bc2023,I,\n"


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("rice_sown_aera", "viết rice_sown_area"),
        ("Diện tích gieo trồng lúa", "viết rice_sown_area"),
        ("xyz", "sửa mã, hoặc thêm nó vào danh mục đó"),
    ],
)
def test_an_unknown_indicator_is_the_only_error_of_its_row(code, advice, import_csv):
    header = "indicator;year;value;source;section"
    assert import_csv(f"{header}\n{code};2024;459,5;bc2023;I\n").stderr.splitlines() == [
        f"2024.csv:2, cột indicator: thấy «{code}»; cần một mã trong indicators.csv: {advice}",
        "Số lỗi: 1, số tệp có lỗi: 1; chưa ghi gì.",
    ]


def test_a_cell_of_a_csv_can_have_several_lines_with_separators(import_csv):
    text = (
        'indicator,year,value,source,section,note\nrice_yield,2024,118,bc2023,I,"a, b, c, d\nx"\n'
    )
    assert "ghi chú: a, b, c, d x\n" in import_csv(text).stdout


def test_a_sheet_with_another_column_is_refused_with_what_to_take_out(import_csv):
    text = "Mã chỉ tiêu;Số liệu năm 2024;Mục trong báo cáo;Người nhập\nrice_yield;118;I;x\n"
    assert "bỏ Người nhập\n" in import_csv(text).stderr
