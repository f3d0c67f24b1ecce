"""A file of the data folder keeps its format when an import adds or replaces lines."""

from helpers.filling import filling
from helpers.importing import last_lines
from helpers.project import HEADER


def test_the_dialect_of_each_file_is_kept(form, built, import_form):
    rice = built / "raw/rice.csv"
    rows = "indicator;year;value;change;qualifier;source;section;note\r\n"
    rice.write_bytes(f"\ufeff{rows}rice_yield;2023;115,5;;;bc2023;I.B.I.1.1;".encode())
    with filling(form) as typed:
        typed.type("rice_yield", 118.25, note="a; b")
    assert import_form("--write", "--accept", "số năm trước đã đổi").exit_code == 0
    assert rice.read_bytes().decode().split("\r\n")[1:] == [
        "rice_yield;2023;115,5;;;bc2023;I.B.I.1.1;",
        'rice_yield;2024;118,25;;;bc2024;I.B.1;"a; b"',
        "",
    ]


def test_a_row_that_spans_several_lines_is_replaced_as_a_whole(import_csv, built):
    rice = built / "raw/rice.csv"
    rice.write_text(
        f'{HEADER}rice_yield,2024,118,,,bc2023,I,"a\n\nb"\n\nrice_sown_area,2024,460,,,bc2023,I,\n',
        encoding="utf-8",
    )
    text = "indicator,year,value,source,section\nrice_yield,2024,119,bc2023,I\n"
    assert import_csv(text, "--write", "--replace").exit_code == 0
    assert rice.read_text(encoding="utf-8") == (
        f"{HEADER}rice_yield,2024,119,,,bc2023,I,\n\nrice_sown_area,2024,460,,,bc2023,I,\n"
    )


def test_a_row_is_added_right_after_a_replaced_last_row_that_spanned_several_lines(
    import_csv, built
):
    rice = built / "raw/rice.csv"
    rice.write_text(f'{HEADER}rice_yield,2024,118,,,bc2023,I,"a\nb"\n', encoding="utf-8")
    text = (
        "indicator,year,value,source,section\n"
        "rice_yield,2024,119,bc2023,I\n"
        "rice_planting_rate,2024,100,bc2023,I\n"
    )
    assert import_csv(text, "--write", "--replace").exit_code == 0
    assert rice.read_text(encoding="utf-8") == (
        f"{HEADER}rice_yield,2024,119,,,bc2023,I,\nrice_planting_rate,2024,100,,,bc2023,I,\n"
    )


def test_a_column_that_a_new_row_needs_is_added_at_the_end_of_every_line(import_csv, built):
    rice = built / "raw/rice.csv"
    header = '"indicator";year;value;change;qualifier;source;section;note'
    old = f'{header}\r\n"rice_yield";2023;115,50;;;bc2023;I;"a; b"\r\n\r\n'
    more = 'rice_production;2023;53195;;;bc2023;I;"x\r\ny"'
    rice.write_bytes(f"\ufeffsep=;\r\n{old}{more}".encode())
    text = "indicator,year,pct_change,words,source,section\nrice_yield,2024,2.6,Giữ vững,bc2023,I\n"
    assert import_csv(text, "--write").exit_code == 0
    assert rice.read_bytes().decode() == (
        f"\ufeffsep=;\r\n{header};pct_change;words\r\n"
        '"rice_yield";2023;115,50;;;bc2023;I;"a; b";;\r\n\r\n'
        f"{more};;\r\n"
        "rice_yield;2024;;;;bc2023;I;;2,6;Giữ vững\r\n"
    )


def test_the_order_of_the_columns_is_kept(import_csv, built):
    rice = built / "raw/rice.csv"
    header = "words,source,indicator,year,value,change,qualifier,section,note\n"
    rice.write_text(f"{header},bc2023,rice_yield,2023,115,,,I,\n", encoding="utf-8")
    text = "indicator,year,value,source,section\nrice_yield,2024,118,bc2023,I\n"
    assert import_csv(text, "--write").exit_code == 0
    assert last_lines(built, "rice", 1) == [",bc2023,rice_yield,2024,118,,,I,"]


def test_columns_without_a_name_at_the_end_take_the_new_ones(import_csv, built):
    rice = built / "raw/rice.csv"
    rice.write_text(f"{HEADER.strip()},,\nrice_yield,2023,115,,,bc2023,I,,,\n", encoding="utf-8")
    text = "indicator,year,direction,source,section\nrice_yield,2024,tăng,bc2023,I\n"
    assert import_csv(text, "--write").exit_code == 0
    assert rice.read_text(encoding="utf-8") == (
        f"{HEADER.strip()},direction,\n"
        "rice_yield,2023,115,,,bc2023,I,,,\n"
        "rice_yield,2024,,,,bc2023,I,,up\n"
    )


def test_a_column_that_the_schema_does_not_have_is_refused(import_csv, built):
    schema = built / "observations.schema.json"
    lines = schema.read_text(encoding="utf-8").splitlines(keepends=True)
    schema.write_text("".join(line for line in lines if '"pct_change"' not in line), "utf-8")
    text = "indicator,year,pct_change,source,section\nrice_yield,2024,2.6,bc2023,I\n"
    result = import_csv(text, "--write")
    assert result.exit_code == 2
    assert "thấy «2.6» ở cột «pct_change», mà bảng số liệu này chưa có chỗ ghi" in result.stderr
