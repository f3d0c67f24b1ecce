"""LibreOffice, which is another program than Word, opens and prints what is written."""

import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest


def test_the_archive_has_no_times_and_no_thumbnail(written):
    with ZipFile(BytesIO(written)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


def printed(folder: Path, content: bytes) -> str:
    """Return the text of a document as LibreOffice prints it, a form feed after each page."""
    (folder / "a.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    order = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*order, folder / "a.docx"], check=True, capture_output=True, timeout=300)
    order = ["pdftotext", "-layout", folder / "a.pdf", "-"]
    return subprocess.run(order, check=True, capture_output=True, timeout=60).stdout.decode()


@pytest.mark.long
def test_libreoffice_prints_a_report_with_head_contents_annex_and_page_numbers(tmp_path, written):
    first, second, *others = printed(tmp_path, written).split("\f")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert first.count("KẾT QUẢ ĐẠT ĐƯỢC NĂM 2023") == 2  # contents, heading
    assert first.split()[0] != "1"
    assert second.split()[0] == "2"
    annex = next(page for page in others if "Phụ lục" in page)
    assert "Kết quả thực hiện các chỉ tiêu năm 2023" in annex
