import os
from pathlib import Path

import pytest

from caoan_stats import InvalidDataError
from caoan_stats.datafolder import csvfile


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


def test_a_comma_goes_with_a_decimal_point(tmp_path):
    file = read(tmp_path, b"a,b\n1.5,x\n")
    assert (file.separator, file.mark) == (",", ".")


def test_a_semicolon_goes_with_a_decimal_comma(tmp_path):
    file = read(tmp_path, b"a;b\n1,5;x\n")
    assert (file.separator, file.mark) == (";", ",")
    assert rows(file) == [(2, ("1,5", "x"))]


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path):
    assert read(tmp_path, b"\xef\xbb\xbfa,b\n").header.cells == ("a", "b")


def test_the_line_sep_of_excel_is_read_and_counted(tmp_path):
    file = read(tmp_path, b"sep=;\r\na;b\r\n1;2\r\n")
    assert file.header.line == 2
    assert rows(file) == [(3, ("1", "2"))]


@pytest.mark.parametrize("line", [b"sep=;", b'"sep=;"', b"SEP=;;;", b"sep=; "])
def test_excel_writes_the_line_sep_in_several_ways(tmp_path, line):
    assert read(tmp_path, line + b"\na;b\n").separator == ";"


def test_invisible_characters_do_not_count(tmp_path):
    assert rows(read(tmp_path, "a,b\n1\u200b,\ufeff2\n".encode())) == [(2, ("1", "2"))]


def test_decomposed_text_is_composed(tmp_path):
    decomposed = "a,b\n1,Đào Xá\n".encode()
    assert rows(read(tmp_path, decomposed)) == [(2, ("1", "Đào Xá"))]


def test_empty_lines_and_spaces_around_a_cell_do_not_count(tmp_path):
    assert rows(read(tmp_path, b"a,b\n\n , \n 1 ,\xc2\xa02\n")) == [(4, ("1", "2"))]


def test_a_row_counts_from_the_line_that_it_begins_on(tmp_path):
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
def test_a_file_without_text_is_empty(tmp_path, data):
    assert fault(tmp_path, data) == ("empty_file", None)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_no_utf8_is_told_by_line(tmp_path, mark):
    assert fault(tmp_path, mark + b"a,b\n1,2\n1,\xfex\n") == ("not_utf8", 3)


def test_an_excel_file_is_told_as_no_utf8(tmp_path):
    assert fault(tmp_path, "a,b\n".encode("utf-16"))[0] == "not_utf8"


def test_a_nul_byte_is_told_by_line(tmp_path):
    assert fault(tmp_path, b"a,b\n1,\0\n") == ("nul_byte", 2)


@pytest.mark.parametrize("row", [b'1,"x\n2,3\n', b'1,"x\n2,"y\n', b'"x"y,2\n'])
def test_an_open_quote_is_told_by_the_line_that_it_opens_on(tmp_path, row):
    assert fault(tmp_path, b"a,b\n0,0\n" + row) == ("open_quote", 3)


def test_an_endless_cell_is_refused(tmp_path):
    assert fault(tmp_path, b"a,b\n1," + b"x" * 20_000) == ("long_cell", 2)


def test_a_missing_file_is_told_by_name(tmp_path):
    with pytest.raises(InvalidDataError, match=r"^rice\.csv: found no such file"):
        csvfile.read_cells(tmp_path / "rice.csv", "a,b")


def test_a_folder_in_place_of_a_file_cannot_be_opened(tmp_path):
    with pytest.raises(InvalidDataError, match="cannot be opened"):
        csvfile.read_cells(tmp_path, "a,b")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "rice.csv")
    with pytest.raises(InvalidDataError, match="cannot be opened"):
        csvfile.read_cells(tmp_path / "rice.csv", "a,b")
