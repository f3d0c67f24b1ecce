import codecs

import pytest

from caoan_stats.documents.opening import open_document

TEXT = "Đàn lợn có 300 con.\nĐàn gà tăng nhẹ.\n"


@pytest.fixture
def written(tmp_path):
    def write(data: bytes, name: str = "report.txt"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
    ],
)
def test_utf_8_and_utf_16_are_read_with_and_without_a_mark(written, texts, data):
    assert texts(written(data)) == ["Đàn lợn có 300 con.", "Đàn gà tăng nhẹ."]


def test_a_line_keeps_its_number_where_lines_before_it_are_empty(written):
    document = open_document(written("\n\nLúa\n \nNgô\n".encode()))
    assert [(line.number, line.text) for line in document.lines] == [(3, "Lúa"), (5, "Ngô")]
    assert document.is_wrapped


def test_marks_left_over_from_a_converted_file_are_dropped(written, texts):
    text = "Lúa đạt\nh#bookmark33\n#bookmark4\n#bookmark của xã\n"
    assert texts(written(text.encode())) == ["Lúa đạt", "#bookmark của xã"]


@pytest.mark.parametrize("encoding", ["cp1258", "utf-32", "latin-1"])
def test_another_encoding_is_refused(written, refusal, encoding):
    text = TEXT if encoding != "latin-1" else "c\u00e9ng h\u00dfa x\u00b7 h\u00e9i"
    data = text.encode(encoding, errors="ignore")
    assert refusal(written(data)) == "document_encoding"


def test_a_wide_gap_in_a_line_parts_two_cells(written, texts):
    assert texts(written("1   Đàn lợn     300  con\n".encode())) == ["1\tĐàn lợn\t300 con"]
