import pytest

from caoan_stats.documents.document import Document, Line
from caoan_stats.reading.head import Head, is_same_commune, suggest


def head_of(text: str) -> Head:
    lines = (Line(text, number) for number, text in enumerate(text.split("\n"), 1))
    return suggest(Document("bao-cao.txt", tuple(lines)))


REPORT = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ BÌNH AN\tĐộc lập - Tự do - Hạnh phúc
Số: 125/BC-UBND\tBình An, ngày 15 tháng 12 năm 2024

BÁO CÁO
Kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2024,
phương hướng, nhiệm vụ năm 2025
_____
Năm 2024 là năm thứ tư thực hiện kế hoạch 5 năm 2021-2025.
"""


def test_the_head_of_a_report_tells_title_year_issuer_date_and_commune():
    assert head_of(REPORT) == Head(
        2024,
        "Báo cáo kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2024, "
        "phương hướng, nhiệm vụ năm 2025",
        "UBND xã Bình An",
        "2024-12-15",
        "xã Bình An",
        years=(2024,),
    )


def test_what_stands_side_by_side_may_be_on_one_line_of_a_pdf():
    text = REPORT.replace("\t", "          ")
    assert head_of(text) == head_of(REPORT)


def test_without_the_word_for_a_report_its_first_line_is_the_title():
    head = head_of(
        " Kết quả thực hiện kế hoạch năm 2023 \n\nvà phương hướng năm 2024\n\nNăm 2023, có 5 khu."
    )
    assert (head.year, head.title) == (
        2023,
        "Báo cáo kết quả thực hiện kế hoạch năm 2023 và phương hướng năm 2024",
    )


def test_a_title_in_capitals_is_written_as_it_is_cited():
    text = "BÁO CÁO\nKẾT QUẢ CÔNG TÁC NĂM 2024\nI. Kinh tế"
    assert head_of(text).title == "Báo cáo kết quả công tác năm 2024"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Tổng kết năm 2024, kế hoạch năm 2025", 2024),
        ("Kết quả năm 2024 thực hiện Nghị quyết giai đoạn 2021-2025", 2024),
        ("Kết quả thực hiện Nghị quyết 12/2023/NQ-HĐND năm 2024", 2024),
        ("Kết quả năm 2023 và năm 2024", None),
        ("Tình hình kinh tế - xã hội", None),
        ("Phương hướng, nhiệm vụ năm 2025", None),
        ("Tình hình 10 tháng và ước cả năm 2024", 2024),
    ],
)
def test_the_year_is_that_of_the_results_if_there_is_one(title, year):
    assert head_of(f"BÁO CÁO\n{title}\n").year == year


@pytest.mark.parametrize(
    "part", ["6 tháng đầu năm", "9 tháng", "quý III", "sáu tháng đầu năm", "tháng 10", "Quý 2"]
)
def test_a_report_of_a_part_of_a_year_is_told_by_it(part):
    head = head_of(f"BÁO CÁO\nTình hình kinh tế - xã hội {part} năm 2024, nhiệm vụ cuối năm\n")
    assert (head.year, head.part) == (None, part.casefold())


@pytest.mark.parametrize(
    "passage",
    [
        "Kết quả 6 tháng đầu năm 2024 đạt 12 ha lúa, tăng 5 ha.",
        "Công tác thu ngân sách năm 2023 đạt 118,6% kế hoạch huyện giao.",
        "Cả năm 2024 gieo cấy 454,4 ha lúa; báo cáo của thôn nêu 9 tháng.",
        "",
    ],
)
def test_a_passage_has_no_head(passage):
    assert head_of(passage) == Head()


@pytest.mark.parametrize(
    ("place", "date"),
    [
        ("Bình An, ngày 5 tháng 1 năm 2025", "2025-01-05"),
        ("Bình An, ngày … tháng 12 năm 2024", "2024-12"),
        ("Bình An, ngày .... tháng .... năm 2024", "2024"),
    ],
)
def test_what_is_left_open_in_a_date_is_left_out(place, date):
    text = REPORT.replace("Bình An, ngày 15 tháng 12 năm 2024", place)
    assert head_of(text).date == date


@pytest.mark.parametrize(
    ("name", "other", "is_same"),
    [
        ("UBND XÃ CAO AN", "xã Cao An", True),
        ("xã Hoà Bình", "xã Hòa Bình", True),
        ("xã Cao An", "phường Cao An", False),
        ("xã Cao An", "xã Bình An", False),
        ("xã Cao An", "xã Cao Ân", False),
        ("", "xã Bình An", True),
    ],
)
def test_a_commune_is_known_however_it_is_written(name, other, is_same):
    assert is_same_commune(name, other) is is_same
