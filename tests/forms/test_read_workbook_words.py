"""Who fills in a workbook is told of labels and headings, and never of codes, columns and files."""

import re
from collections.abc import Callable

import pytest
from helpers.filling import Form, filling
from helpers.project import PROJECT

pytestmark = pytest.mark.all_tables

CATALOGUE = (PROJECT / "data/indicators.csv").read_text(encoding="utf-8").splitlines()
CODES = {line.partition(",")[0] for line in CATALOGUE}
QUOTED = re.compile("[«“][^»”]*[»”]")  # what the clerk has typed
TECHNICAL = re.compile(
    r"\b(decimals|value|pct_\w+|change|qualifier|section|direction|words|note|source|indicator)\b"
    r"|\w+[.](csv|json)|data/|raw/"
)
ENGLISH_WORDS = {"decimals", "value", "change", "words", "note", "source", "indicator", "section",
                 "direction", "qualifier"}  # fmt: skip
LINES = re.compile(r"^[+-] .*$|^[\w/]+[.]csv:$", re.MULTILINE)  # of files, which others show


def mistakes(form: Form) -> None:
    """Type what is refused in each cell that a clerk can fill in."""
    form.type("rice_sown_area", "1.234", change="bằng 105%", qualifier="độ", section=None)
    form.type("rice_yield", "x", change="tăng 5 so với đầu năm", pct_of_plan="vượt 108%")
    form.type("rice_production", "12 con", direction="lên", pct_change=-200)
    form.type("rice_planting_rate", "5e12")
    form.type("rice_yield_per_crop", 53.195)
    form.type("pigs", "khoảng 300", qualifier="trên")
    form.type("chickens", "97,5")
    form.type("poultry", -3)
    form.type("security_and_defence", 3)
    form.type("budget_revenue", None, note="chỉ ghi chú")
    form.type("budget_expenditure", "12345678901234567")
    form.type("par_index_rank", 2, pct_change=100)
    form.type("poor_households", "#REF!", note="#N/A")


def facts_without_meaning(form: Form) -> None:
    form.type("par_index_rank", 2, pct_change=100)
    form.type("security_and_defence", pct_change=3)
    form.type("rice_sown_area", 3, change=400, pct_of_plan=-3)
    form.type("rice_production", "5e12")
    form.type("pigs", note="#N/A", words="#REF!")


def layout(form: Form) -> None:
    sheet = form.book["Lúa"]
    sheet["A3"], sheet["B4"], sheet["C5"] = "rice_yeld", "Sản lượng", None
    sheet["A8"], sheet["B8"] = "rice_production", "Sản lượng lúa"
    sheet["F6"], sheet["Q3"] = "=1+1", "xem lại"
    sheet.merge_cells("F3:G4")
    form.book["Kinh tế"].delete_cols(7)
    form.book["Ngân sách"].insert_cols(5)
    form.book["Chăn nuôi"].title = "Vật nuôi"
    form.book.create_sheet("Nháp")["A1"] = 3
    form.book["An sinh xã hội"].row_dimensions[3].hidden = True
    cover = form.book["Hướng dẫn"]
    cover["B16"], cover["B17"], cover["A18"], cover["B20"] = 2023, None, "Tên", "sớm"


def questions(form: Form) -> None:
    form.type("rice_yield", 118, section="mục 5")
    form.type("rice_planting_rate", 97.5, section=1.1).number_format = "0.00%"
    form.book["Hướng dẫn"]["B17"] = "báo cáo 2024"
    form.book["Lúa"].delete_rows(4)
    form.book["Lúa"]["A2"] = None
    form.book["Lúa"]["D3"] = 5
    form.type("poultry", "khoảng 97.000 con")


CHANGES: tuple[Callable[[Form], None], ...] = (mistakes, facts_without_meaning, layout, questions)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_message_of_a_workbook_names_a_code_a_column_or_a_file(
    change, language, form, import_form
):
    with filling(form) as typed:
        change(typed)
    result = import_form("--lang", language)
    told = QUOTED.sub("", LINES.sub("", result.stderr + result.stdout))
    assert result.exit_code
    found = {match[0] for match in TECHNICAL.finditer(told)}
    assert found - (ENGLISH_WORDS if language == "en" else set()) == set()
    assert CODES.intersection(re.findall(r"\w+_\w+", told)) == set()
    assert ("(trống)" in result.stderr) <= (language == "vi")


def test_what_is_empty_is_named_in_the_language_of_the_reader(form, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.book["Lúa"]["C5"] = None
    assert "thấy «(trống)»; cần đơn vị «%»" in import_form("--lang", "vi").stderr
    assert "found “(empty)”; expected the unit “%”" in import_form("--lang", "en").stderr
