import pytest

from caoan_stats.reading.persons import masked, quoted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("hộ ông Trần Văn Mẫu có 3 ha", "hộ ông [tên] có 3 ha"),
        ("khen bà Lê Thị Thử và anh Ngô Bá Thử Nghiệm", "khen bà [tên] và anh [tên]"),
        ("đồng chí Đỗ Đức Mẫu làm trưởng ban", "đồng chí [tên] làm trưởng ban"),
        ("Đ/c: Hoàng Ánh Mẫu", "Đ/c: [tên]"),
        ("cháu Vũ Thử Bình An, lớp 5A", "cháu [tên], lớp 5A"),
        ("gồm Nguyễn Thị Mẫu, Phạm Văn Thử", "gồm [tên], [tên]"),
        ("tặng cụ Mẫu 100 tuổi", "tặng cụ Mẫu 100 tuổi"),
    ],
)
def test_the_name_of_a_person_is_masked(text, shown):
    assert masked(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("sinh năm 1950", "sinh năm [năm]"),
        ("sinh ngày 02/3/1950", "sinh ngày [năm]"),
        ("HKTT: thôn Bến, xã Bình An; được hỗ trợ 2 triệu", "HKTT: [địa chỉ]; được hỗ trợ 2 triệu"),
        ("trú tại thôn Bến; 12 hộ", "trú tại [địa chỉ]; 12 hộ"),
        ("CCCD số 001234567890", "CCCD số [số]"),
        ("CMND: 012345678 cấp năm 2010", "CMND: [số] cấp năm 2010"),
        ("liên hệ 0912345678", "liên hệ [số]"),
        ("điện thoại: 0220 3123 456", "điện thoại: [số]"),
    ],
)
def test_what_else_tells_who_a_person_is_is_masked(text, shown):
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "thôn Bến Đông có 120 hộ, xã Bình An có 8 thôn",
        "trường Trung học cơ sở Võ Thị Sáu đạt chuẩn mức độ 2",
        "đường Nguyễn Văn Cừ dài 2 km",
        "Ngân hàng Chính sách xã hội cho vay 18.619.139.193 đồng",
        "UBND huyện Cẩm Giàng, HTX Dịch vụ Nông nghiệp, Ban Chỉ huy Quân sự",
        "Luật Đất đai năm 2024 và Nghị quyết 01/NQ-HĐND",
        "đồng chí Bí thư Đảng ủy dự, bà Mẹ Việt Nam anh hùng được thăm hỏi",
        "số thẻ bảo hiểm y tế là 912.345.678 đồng, tổng 123456789 đồng",
        "đàn gia cầm sinh sản năm 2024 đạt 12.500 con",
        "bà con nông dân thu 54,8 tạ/ha",
    ],
)
def test_places_offices_laws_and_figures_stay(text):
    assert masked(text) == text


def test_a_masked_text_stays_as_it_is():
    once = masked("ông Trần Văn Mẫu, sinh năm 1950, HKTT: thôn Bến; điện thoại 0912345678")
    assert masked(once) == once


SENTENCE = "Ông Trần Văn Mẫu nuôi 40 con; đàn lợn toàn xã có 3.100 con, tăng 2,5 %; đàn bò giảm."


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("3.100", "… đàn lợn toàn xã có 3.100 con …"),
        ("2,5", "… tăng 2,5 % …"),
        ("40", "Ông [tên] nuôi 40 con …"),
    ],
)
def test_a_quote_is_the_clause_of_a_figure_and_the_rest_is_cut(number, shown):
    start = SENTENCE.index(number)
    assert quoted(SENTENCE, start, start + len(number)) == shown
