"""How the cells of the workbook look, and what they accept."""

from datetime import date

from helpers.commands import call
from openpyxl import load_workbook


def test_last_years_qualifier_is_shown_with_the_number(form):
    cell = load_workbook(form)["Lúa"]["D3"]
    assert (cell.value, cell.number_format) == (115, '"ước "#,##0.##')


def test_a_derived_figure_is_in_italics(form):
    sheet = load_workbook(form)["Lúa"]
    assert [sheet["D2"].font.italic, sheet["D6"].font.italic] == [False, True]


def test_only_the_cells_to_fill_in_are_unlocked(form):
    for sheet in load_workbook(form).worksheets[1:]:
        assert sheet.protection.sheet
        locked = [[cell.protection.locked for cell in row] for row in sheet.iter_rows(min_row=2)]
        with_unit = [cell.value is not None for cell in sheet["C"][1:]]
        found = [row for row, has_unit in zip(locked, with_unit, strict=True) if has_unit]
        assert {tuple(row) for row in found} <= {(True,) * 5 + (False,) * 10}


def test_headings_and_labels_stay_visible_while_scrolling(form):
    assert {sheet.freeze_panes for sheet in load_workbook(form).worksheets[1:]} == {"C2"}


def test_cells_validate_and_explain_their_input(form):
    rules = load_workbook(form)["Lúa"].data_validations.dataValidation
    found = {str(rule.sqref): (rule.type, rule.formula1, rule.prompt) for rule in rules}
    assert found["F2:F6 G2:G6 K2:K6 L2:L6 O2:O6"] == ("decimal", "-1000000000000000", None)
    assert found["H2:H6"] == ("list", '"ước,khoảng,trên,dưới,gần"', None)
    assert found["M2:M6"] == ("list", '"tăng,giảm,ổn định"', None)
    assert found["I2"] == ("textLength", "100", "Năm trước: I.B.I.1.1")


def test_no_cell_is_a_formula_or_a_date(form):
    cells = [
        cell.value
        for sheet in load_workbook(form).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert not [each for each in cells if isinstance(each, date) or str(each).startswith("=")]


def test_a_label_that_looks_like_a_formula_is_text(data, tmp_path, monkeypatch):
    catalogue = (data / "indicators.csv").read_text(encoding="utf-8")
    spoilt = catalogue.replace(",Sản lượng lúa,", ",=1+1,")
    (data / "indicators.csv").write_text(spoilt, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    call("new-year", "2024", "--data", str(data))
    cell = load_workbook("2024.xlsx")["Lúa"]["B4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
