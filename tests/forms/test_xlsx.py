"""A file that is not a valid workbook is refused."""

import zipfile

import pytest


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 no zip", "không phải sổ làm việc .xlsx, hoặc đã hỏng"),
        (b"indicator,year\n", "không phải sổ làm việc .xlsx, hoặc đã hỏng"),
        (b"", "không phải sổ làm việc .xlsx, hoặc đã hỏng"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "tệp Excel kiểu cũ (.xls)"),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "thấy tệp có mật khẩu; cần tệp mở được",
        ),
    ],
    ids=["broken", "text", "empty", "xls", "password"],
)
def test_a_file_that_is_not_a_workbook_is_refused(content, words, form, refusal):
    form.write_bytes(content)
    assert words in refusal()[0]


def test_a_workbook_that_unpacks_to_more_than_60_mb_is_refused(form, refusal):
    with zipfile.ZipFile(form, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/bomb.xml", b"0" * 70_000_000)
    assert refusal()[0].startswith("2024.xlsx: thấy tệp lớn hơn 60 MB")


def test_nested_xml_entities_are_not_expanded(form, refusal):
    entities = "".join(
        f'<!ENTITY {name} "{f"&{below};" * 10}">'
        for below, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    bomb = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 99}">{entities}]><x>&i;</x>'
    with zipfile.ZipFile(form) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(form, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, bomb if name == "xl/worksheets/sheet4.xml" else part)
    assert "không phải sổ làm việc .xlsx, hoặc đã hỏng" in refusal()[0]
