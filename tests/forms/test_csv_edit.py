"""A file of the data folder keeps its format when an import adds or replaces lines."""

from helpers.filling import filling
from helpers.project import HEADER


def test_the_dialect_of_each_file_is_kept(form, built, import_form):
    rice = built / "raw/rice.csv"
    rows = "indicator;year;value;change;qualifier;source;section;note\r\n"
    rice.write_bytes(f"\ufeff{rows}rice_yield;2023;115,5;;;bc2023;I.B.I.1.1;".encode())
    with filling(form) as typed:
        typed.type("rice_yield", 118.25, note="a; b")
    assert import_form("--write").exit_code == 0
    assert rice.read_bytes().decode().split("\r\n")[1:] == [
        "rice_yield;2023;115,5;;;bc2023;I.B.I.1.1;",
        'rice_yield;2024;118,25;;;bc2024;I.B.1;"a; b"',
        "",
    ]


def test_a_row_that_spans_several_lines_is_replaced_as_a_whole(form, built, import_form):
    rice = built / "raw/rice.csv"
    rice.write_text(
        f'{HEADER}rice_yield,2024,118,,,bc2023,I,"a\n\nb"\n\nrice_sown_area,2024,460,,,bc2023,I,\n',
        encoding="utf-8",
    )
    with filling(form) as typed:
        typed.type("rice_yield", 119)
    assert import_form("--write", "--replace").exit_code == 0
    assert rice.read_text(encoding="utf-8") == (
        f"{HEADER}rice_yield,2024,119,,,bc2024,I.B.1,\n\nrice_sown_area,2024,460,,,bc2023,I,\n"
    )


def test_a_row_is_added_right_after_a_replaced_last_row_that_spanned_several_lines(
    form, built, import_form
):
    rice = built / "raw/rice.csv"
    rice.write_text(f'{HEADER}rice_yield,2024,118,,,bc2023,I,"a\nb"\n', encoding="utf-8")
    with filling(form) as typed:
        typed.type("rice_yield", 119)
        typed.type("rice_planting_rate", 100)
    result = import_form("--write", "--replace")
    assert result.exit_code == 0
    assert rice.read_text(encoding="utf-8") == (
        f"{HEADER}rice_yield,2024,119,,,bc2024,I.B.1,\n"
        "rice_planting_rate,2024,100,,,bc2024,I.B.1,\n"
    )
