import csv
import io
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from caoan_stats import InvalidDataError
from caoan_stats.datafolder import csvfile, raw

AREA = "rice_sown_area,2023,462.56,-15.7,,bc2023,I.B.I.1.1,"


def read(tmp_path: Path, data: bytes) -> csvfile.CsvFile:
    path = tmp_path / "rice.csv"
    path.write_bytes(data)
    return csvfile.read_cells(path, "a,b")


def rows(file: csvfile.CsvFile) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in file.rows]


def fault(tmp_path: Path, data: bytes) -> tuple[str, int | None]:
    with pytest.raises(InvalidDataError) as caught:
        read(tmp_path, data)
    [error] = caught.value.errors
    return error.kind, error.line


def test_a_file_with_commas_has_decimal_points(tmp_path):
    file = read(tmp_path, b"a,b\n1.5,x\n")
    assert (file.separator, file.mark) == (",", ".")


def test_a_file_with_semicolons_has_decimal_commas(tmp_path):
    file = read(tmp_path, b"a;b\n1,5;x\n")
    assert (file.separator, file.mark) == (";", ",")
    assert rows(file) == [(2, ("1,5", "x"))]


def test_a_byte_order_mark_is_not_part_of_the_first_name(tmp_path):
    assert read(tmp_path, b"\xef\xbb\xbfa,b\n").header.cells == ("a", "b")


def test_the_sep_line_of_excel_is_read_and_counted(tmp_path):
    file = read(tmp_path, b"sep=;\r\na;b\r\n1;2\r\n")
    assert file.header.line == 2
    assert rows(file) == [(3, ("1", "2"))]


@pytest.mark.parametrize("line", [b"sep=;", b'"sep=;"', b"SEP=;;;", b"sep=; "])
def test_every_form_of_the_sep_line_of_excel_is_read(tmp_path, line):
    assert read(tmp_path, line + b"\na;b\n").separator == ";"


def test_invisible_characters_are_removed(tmp_path):
    assert rows(read(tmp_path, "a,b\n1\u200b,\ufeff2\n".encode())) == [(2, ("1", "2"))]


def test_decomposed_text_is_composed(tmp_path):
    decomposed = "a,b\n1,Đào Xá\n".encode()
    assert rows(read(tmp_path, decomposed)) == [(2, ("1", "Đào Xá"))]


def test_empty_lines_and_spaces_around_a_cell_are_removed(tmp_path):
    assert rows(read(tmp_path, b"a,b\n\n , \n 1 ,\xc2\xa02\n")) == [(4, ("1", "2"))]


def test_a_row_has_the_number_of_its_first_line(tmp_path):
    assert rows(read(tmp_path, b'a,b\n"x\ny",1\nz,2\n')) == [
        (2, ("x\ny", "1")),
        (4, ("z", "2")),
    ]


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_every_kind_of_line_ending_is_read(tmp_path, ending):
    assert rows(read(tmp_path, ending.join([b"a,b", b"1,2", b"3,4"]))) == [
        (2, ("1", "2")),
        (3, ("3", "4")),
    ]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf\n", b"sep=;\n"])
def test_a_file_without_text_is_reported_as_empty(tmp_path, data):
    assert fault(tmp_path, data) == ("empty_file", None)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_not_utf_8_is_reported_by_line(tmp_path, mark):
    assert fault(tmp_path, mark + b"a,b\n1,2\n1,\xfex\n") == ("not_utf8", 3)


def test_a_utf_16_file_is_reported_as_not_utf_8(tmp_path):
    assert fault(tmp_path, "a,b\n".encode("utf-16"))[0] == "not_utf8"


def test_a_nul_byte_is_reported_by_line(tmp_path):
    assert fault(tmp_path, b"a,b\n1,\0\n") == ("nul_byte", 2)


@pytest.mark.parametrize("row", [b'1,"x\n2,3\n', b'1,"x\n2,"y\n', b'"x"y,2\n'])
def test_an_open_quote_is_reported_by_its_first_line(tmp_path, row):
    assert fault(tmp_path, b"a,b\n0,0\n" + row) == ("open_quote", 3)


def test_a_cell_that_is_too_long_is_refused(tmp_path):
    assert fault(tmp_path, b"a,b\n1," + b"x" * 20_000) == ("long_cell", 2)


def test_a_missing_file_is_reported_by_name(tmp_path):
    with pytest.raises(InvalidDataError, match=r"^rice\.csv: found no such file"):
        csvfile.read_cells(tmp_path / "rice.csv", "a,b")


def test_a_folder_in_place_of_a_file_is_refused(tmp_path):
    with pytest.raises(InvalidDataError, match="cannot be opened"):
        csvfile.read_cells(tmp_path, "a,b")


def test_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "rice.csv")
    with pytest.raises(InvalidDataError, match="cannot be opened"):
        csvfile.read_cells(tmp_path / "rice.csv", "a,b")


def test_empty_columns_at_the_right_are_ignored(data, write_table):
    write_table("rice")
    header = "indicator,year,value,change,qualifier,source,section,note,,\n"
    (data / "raw/rice.csv").write_text(header + AREA + ",,\n,,,,,,,,,\n")
    assert len(raw.read_tables(data)["rice"]) == 1


@pytest.mark.parametrize(
    "row",
    [
        'rice_sown_area,2023,1,,,bc2023,I,"\nrice_yield,2023,115,,,bc2023,I,"',
        'rice_sown_area,2023,462.56,-15.7,,bc2023,I,"x\npigs,2022,,3,about,b,II,y\nz,2022,1,,,b,I,"',
        'rice_sown_area,2023,"1,,,bc2023,I,\nrice_yield,2023,1",,,bc2023,I,',
    ],
)
def test_a_row_between_two_stray_quotation_marks_is_reported(row, write_table, errors):
    write_table("rice", *row.split("\n"))
    assert errors()[0].startswith("rice.csv:2: found a quotation mark that is not closed")


@pytest.mark.parametrize(
    "note",
    [
        "a, b, c, d, e, f, g, h\nx",
        "x\na, b, c, d, e, f, g, h",
        "x\na,b,c,d,e,f,g,h\n1,2,3,4,5,6,7,8",
        'Giảm do: "mưa", "lũ", rét,\nsâu, bệnh, giá, vốn, giống, phân',
        ',,,,,,,\n,,,,,,,,"',
    ],
)
def test_a_note_of_several_lines_can_have_any_separators_and_quotation_marks(note, write_table):
    text = io.StringIO()
    csv.writer(text).writerow(["rice_yield", 2023, 115, "", "", "bc2023", "I.B", note])
    folder = write_table("rice", text.getvalue().rstrip())
    assert list(raw.read_tables(folder)["rice"]["note"]) == [note]


CELLS = st.text(st.sampled_from('ab1 ,;"\n.ă-') | st.characters(codec="utf-8"), max_size=12).map(
    lambda text: csvfile.normalize_text(text.replace("\r", " ").replace("\0", " ")).strip()
)


@pytest.mark.property
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(",;"),
    st.sampled_from(["\n", "\r\n"]),
)
@example([("rice", "2023", "a, b, c\nx")], csv.QUOTE_MINIMAL, ",", "\n")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_are_read_as_they_were_written(tmp_path, table, quoting, separator, ending):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=quoting, lineterminator=ending)
    writer.writerows([("a", "b", "c"), *table])
    lines = text.getvalue().replace('"', "").splitlines()
    # without its quotation marks this is a table with more rows: no one can tell which is meant
    assume(len(lines) == 1 + len(table) or sum(x.count(separator) == 2 for x in lines) < 3)
    assume(all(unicodedata.is_normalized("NFC", cell) for row in table for cell in row))
    written = [row for row in table if any(row)]
    assert [row for _, row in rows(read(tmp_path, text.getvalue().encode()))] == written


def test_two_stray_quotation_marks_cannot_hide_a_line(write_table, errors):
    write_table("rice", 'rice_sown_area,2023,1,,,bc2023,I,"', 'rice_yield,2023,1,,,bc2023,I,"')
    assert errors() == [
        "rice.csv:2: found a quotation mark that is not closed where its cell ends; expected a "
        "cell that begins and ends with one: close it at the end of the cell, or delete it"
    ]
