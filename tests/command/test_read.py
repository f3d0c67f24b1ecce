import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.commands import call
from openpyxl import load_workbook
from typer.testing import Result

from caoan_stats.documents.document import Document, Line
from caoan_stats.reading.statement import Reading, Statement, Unread

TITLE = "Kết quả thực hiện kế hoạch phát triển kinh tế - xã hội năm 2024"
REPORT = f"""UBND XÃ CAO AN
Cao An, ngày 15 tháng 12 năm 2024

BÁO CÁO
{TITLE}
và phương hướng năm 2025

I. Kinh tế
Đàn lợn có 310 con. Đàn chó có khoảng 430 con. Đường dài 12 km.
"""
PIGS = Statement(
    Line("", 9), "pigs", 2024, value="310", section="I", certainty="certain", quote="lợn 310 con"
)
DOGS = Statement(Line("", 9), "dogs", 2024, value="430", section="I", quote="chó 430 con")


@pytest.fixture
def read(built, tmp_path, monkeypatch) -> Callable[..., Result]:
    """Write texts to files and read them, as if each had the two figures and an unread number."""
    monkeypatch.chdir(tmp_path)

    def reading(document: Document, known: object, year: int, learned: object) -> Reading:
        return Reading(document.file, year, (PIGS, DOGS), (Unread(Line("", 9), "12 km", "I", ""),))

    monkeypatch.setattr("caoan_stats.command.read.read_document", reading)

    def run(*options: str, **texts: str) -> Result:
        for name, text in (texts or {"bao-cao": REPORT}).items():
            Path(f"{name}.txt").write_text(text, encoding="utf-8")
        files = [f"{name}.txt" for name in texts or {"bao-cao": REPORT}]
        return call("read", *files, "--data", "data", *options)

    return run


def test_a_report_becomes_the_workbook_of_its_year_and_the_next_step_is_told(read):
    result = read()
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout == (
        "Đã đọc 2 số và mục tiêu trong bao-cao.txt: 1 chắc chắn, 1 cần xem; 1 số chưa đọc.\n"
        "Đã lập 2024.xlsx, điền sẵn; chưa ghi gì vào dữ liệu. Mở tệp đó, xem các ô màu cam và "
        "trang «Số chưa đọc», rồi gõ caoan-stats import 2024.xlsx --data data.\n"
    )
    sheet = load_workbook("2024.xlsx")["Chăn nuôi"]
    assert [row[5] for row in sheet.iter_rows(max_row=4, values_only=True)][1:] == [
        310, None, "? 430 con",
    ]  # fmt: skip


def test_nothing_is_written_to_the_data(read, built):
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    read()
    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before


def test_an_existing_workbook_is_not_overwritten(read):
    Path("2024.xlsx").write_bytes(b"typed")
    result = read()
    assert result.exit_code == 2
    assert result.stderr == (
        "2024.xlsx đã có; không ghi đè. Đổi tên hoặc chuyển tệp đó đi rồi lập lại.\n"
    )
    assert Path("2024.xlsx").read_bytes() == b"typed"


def cover() -> dict[object, object]:
    sheet = load_workbook("2024.xlsx")["Hướng dẫn"]
    return {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}


def test_the_cover_has_the_source_from_the_head_of_the_report(read):
    read()
    found = cover()
    assert [found["Mã nguồn"], found["Tên văn bản"], found["Cơ quan ban hành"]] == [
        "bc2024", f"Báo cáo k{TITLE[1:]} và phương hướng năm 2025", "UBND xã Cao An",
    ]  # fmt: skip
    assert found["Ngày ban hành"] == "2024-12-15"


def test_a_given_code_is_that_of_the_source(read):
    read("--source", "bs2024")
    assert cover()["Mã nguồn"] == "bs2024"


def test_a_known_source_keeps_its_row(read):
    read("--source", "bc2023")
    assert cover()["Ngày ban hành"] == "2023-12"


# which year, which commune


def test_a_passage_without_a_head_needs_its_year(read):
    text = "Đàn lợn có 310 con."
    result = read(doan=text)
    assert result.exit_code == 2
    assert result.stderr == (
        "doan.txt: đầu văn bản không cho biết rõ báo cáo của năm nào (…). Nêu năm: "
        "caoan-stats read doan.txt --year … --data data\n"
    )
    assert read("--year", "2024", doan=text).exit_code == 0


def test_a_head_of_another_year_is_asked_about(read):
    result = read("--year", "2023")
    assert result.exit_code == 2
    assert result.stderr == (
        "bao-cao.txt: đầu văn bản là báo cáo năm 2024, không phải năm 2023. Gõ: "
        "caoan-stats read bao-cao.txt --year 2024 --data data\n"
    )


def test_a_title_with_two_years_is_asked_about_until_one_is_given(read):
    text = REPORT.replace("năm 2024\n", "năm 2023 và năm 2024\n")
    assert "--year 2023 --data data" in read(a=text).stderr
    assert read("--year", "2024", a=text).exit_code == 0


def test_a_report_of_a_part_of_a_year_is_refused_whatever_year_is_given(read):
    result = read("--year", "2024", a=REPORT.replace("năm 2024\n", "9 tháng đầu năm 2024\n"))
    assert result.exit_code == 2
    assert result.stderr.startswith("a.txt: báo cáo của một phần năm (9 tháng đầu năm);")
    assert not Path("2024.xlsx").exists()


def test_a_report_of_another_commune_is_asked_about_until_its_source_is_named(read):
    text = REPORT.replace("XÃ CAO AN", "XÃ BÌNH AN")
    result = read(a=text)
    assert result.exit_code == 2
    assert result.stderr == (
        "a.txt: đầu văn bản là của xã Bình An; thư mục dữ liệu này là của xã Cao An. Nêu thư mục "
        "dữ liệu của địa phương đó bằng --data; nếu đúng là văn bản cần đọc thì nêu mã nguồn: "
        "caoan-stats read a.txt --year 2024 --source bc2024 --data data\n"
    )
    assert read("--source", "bc2024", a=text).exit_code == 0


# several files


def test_files_are_parts_of_one_report(read):
    result = read(**{"bao-cao": REPORT, "phu-luc": "Biểu 1\nĐàn lợn\t310"})
    assert "trong bao-cao.txt, phu-luc.txt: 2 chắc chắn" in result.stdout
    sheet = load_workbook("2024.xlsx")["Chăn nuôi"]
    assert sheet["R2"].value == "I, dòng 9, bao-cao.txt\nI, dòng 9, phu-luc.txt"


def test_reports_of_two_years_are_not_one(read):
    result = read(a=REPORT, b=REPORT.replace("2024", "2023"))
    assert result.exit_code == 2
    assert "không cho biết rõ báo cáo của năm nào" in result.stderr


def test_all_files_that_cannot_be_read_are_told_at_once(built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = call("read", "a.txt", "b.txt", "--data", "data")
    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()[:2]] == ["a.txt", "b.txt"]


# CSV


def rows_of(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def test_csv_has_a_row_a_statement_with_the_file_as_it_was_named(read):
    result = read("--csv", "o.csv", "--year", "2024", a="Đàn lợn có 310 con.", b="Đàn chó.")
    assert "Đã ghi 4 dòng vào o.csv.\n" in result.stdout
    shown = [[row[name] for name in ("file", "line", "value")] for row in rows_of("o.csv")]
    assert shown == [
        ["a.txt", "9", "310"], ["a.txt", "9", "430"], ["b.txt", "9", "310"], ["b.txt", "9", "430"],
    ]  # fmt: skip
    assert Path("2024.xlsx").exists()


def test_with_csv_an_existing_workbook_is_left_as_it_is(read):
    Path("2024.xlsx").write_bytes(b"typed")
    result = read("--csv", "o.csv")
    assert result.exit_code == 0
    assert "2024.xlsx đã có nên không lập lại; chỉ ghi o.csv.\n" in result.stdout
    assert Path("2024.xlsx").read_bytes() == b"typed"
    assert len(rows_of("o.csv")) == 2


def test_an_earlier_report_is_the_pattern(read, monkeypatch):
    asked = []

    def learn(document: Document, known: object, year: int) -> tuple[str, ...]:
        asked.append((document.file, year))
        return ()

    monkeypatch.setattr("caoan_stats.command.read.patterns", learn)
    Path("cu.txt").write_text(REPORT.replace("2024", "2023"), encoding="utf-8")
    assert read("--like", "cu.txt").exit_code == 0
    assert asked == [("cu.txt", 2023)]


def test_it_speaks_english_too(read):
    assert read("--lang", "en").stdout.startswith(
        "Read 2 figures and aims in bao-cao.txt: 1 certain"
    )
