import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from caoan_stats.common.errors import InvalidDataError
from caoan_stats.documents import opening, package
from caoan_stats.documents.opening import open_document

PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


@pytest.fixture
def written(tmp_path):
    def write(data: bytes, name: str = "report.docx"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def archive(**parts: bytes) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name.replace("__", "/"), part)
    return data.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le")


def test_the_format_is_told_by_content_and_not_by_the_name(word, pdf, at, texts):
    assert texts(word(PARAGRAPH.format("Lúa"), name="report.pdf")) == ["Lúa"]
    assert texts(pdf(at(50, 700, "Lua"), name="report.docx")) == ["Lua"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "document_empty"),
        (b" \n", "document_empty"),
        (ole("EncryptedPackage"), "document_password"),
        (ole("WordDocument"), "document_other"),
        (b"{\\rtf1 abc}", "document_other"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>a</p>", "document_other"),
        (b"\x89PNG\r\n\x1a\n", "document_other"),
        (archive(xl__workbook=b""), "document_other"),
        (b"PK\3\4" + b"x" * 100, "document_damaged"),
    ],
)
def test_what_is_no_document_is_refused_in_words(written, refusal, data, kind):
    assert refusal(written(data)) == kind


def test_an_error_names_the_format_and_what_to_do(written):
    with pytest.raises(InvalidDataError) as caught:
        open_document(written(ole("WordDocument"), "cu.doc"))
    sentence = caught.value.errors[0].sentence("vi")
    assert "văn bản Word kiểu cũ (.doc)" in sentence
    assert "lưu lại thành .docx" in sentence


def test_a_table_of_data_is_refused(written, refusal):
    assert refusal(written(b"indicator,year\n", "figures.csv")) == "document_other"


def test_half_a_document_is_refused(word, refusal):
    path = word(PARAGRAPH.format("Lúa"))
    path.write_bytes(path.read_bytes()[:-200])
    assert refusal(path) == "document_damaged"


def test_a_document_without_text_is_refused(word, refusal):
    assert refusal(word("<w:p/>")) == "document_without_text"


def test_a_document_that_is_only_a_picture_is_told_so(word, refusal):
    body = "<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>"
    assert refusal(word(body)) == "document_only_pictures"


def test_declared_entities_are_refused(word, refusal):
    bomb = b'<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><styles>&b;</styles>'
    path = word(PARAGRAPH.format("Lúa"), styles="")
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, part in parts.items():
            new.writestr(name, bomb if name == "word/styles.xml" else part)
    assert refusal(path) == "document_damaged"


def test_a_zip_bomb_is_refused_before_it_unpacks(word, refusal):
    assert refusal(word(PARAGRAPH.format("a" * (package.PART_LIMIT + 1)))) == "document_crowded"


def test_too_many_elements_are_refused(word, refusal, monkeypatch):
    monkeypatch.setattr(package, "ELEMENT_LIMIT", 1_000)
    assert refusal(word("<w:p/>" * 1_001)) == "document_crowded"


def test_deep_elements_are_refused(word, refusal):
    assert refusal(word("<w:sdt>" * 300 + "</w:sdt>" * 300)) == "document_crowded"


def test_a_file_above_the_limit_is_refused(written, refusal, monkeypatch):
    monkeypatch.setattr(opening, "FILE_LIMIT", 1_000_000)
    assert refusal(written(b"a" * 1_000_001)) == "document_large"


def test_a_file_that_changes_while_it_is_read_is_refused(written, refusal, monkeypatch):
    path = written("Lúa đạt 12 ha".encode(), "report.txt")
    known = os.fstat

    def changed(descriptor):
        found = known(descriptor)
        with path.open("ab") as file:
            file.write(b" ")
        return found

    monkeypatch.setattr(opening.os, "fstat", changed)
    assert refusal(path) == "document_changed"


def test_a_missing_file_is_told(tmp_path, refusal):
    assert refusal(tmp_path / "report.docx") == "document_missing"


def test_a_folder_and_a_pipe_are_refused_without_waiting(tmp_path, refusal):
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == "document_no_file"
    assert refusal(tmp_path) == "document_no_file"


def test_a_file_without_the_right_to_read_it_is_told(written, refusal, monkeypatch):
    path = written(b"a")

    def refuse(*_args, **_options):  # as for a user who is not root
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(path) == "document_locked"


def test_old_fonts_and_old_letters_together_are_refused(word, refusal):
    font = '<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr>'
    assert (
        refusal(word(f"<w:p><w:r>{font}<w:t>b\u00b8o c\u00b8o</w:t></w:r></w:p>"))
        == "document_before_unicode"
    )
