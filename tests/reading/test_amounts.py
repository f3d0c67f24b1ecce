"""The numbers of a text: those that count something with their units, and those that do not."""

import pytest

from caoan_stats.reading.masks import masked
from caoan_stats.reading.number_words import number_of_words


@pytest.fixture(scope="module")
def amounts(known):
    """Return the amounts of a text as they would be typed, with the kind where it is not plain."""
    return lambda text: [
        each.text if each.kind == "number" else f"{each.kind} {each.text}"
        for each in known.amounts.find(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lợn 350 con, gà 9.000 con", ["350 con", "9.000 con"]),
        ("năng suất 118,5 tạ/ha", ["118,5 tạ/ha"]),
        ("thu 75 triệu đồng/người/năm", ["75 triệu đồng/người/năm"]),
        ("đạt 97,5% kế hoạch", ["97,5%"]),
        ("tổng số 350, trong đó", ["350"]),
        ("thu 21 tỷ 340 triệu đồng", ["21 tỷ 340 triệu đồng"]),
        ("thu 21 tỷ và 340 triệu đồng", ["21 tỷ 340 triệu đồng"]),
        ("từ 80 đến 85 triệu đồng", ["range 80 đến 85 triệu đồng"]),
        ("bán 31/46 lô", ["fraction 31/46 lô"]),
        ("xếp thứ nhất trên 17 xã", ["rank 1/17"]),
        ("có ba mươi hai hộ", ["word 32 hộ"]),
        ("không có trường hợp nào", ["zero 0"]),
        ("5 vụ/7 đối tượng", ["5 vụ", "7 đối tượng"]),
    ],
)
def test_an_amount_is_a_number_with_its_unit(text, found, amounts):
    assert amounts(text) == found


@pytest.mark.parametrize("text", ["năm 2024", "2024", "giai đoạn 2021-2025", "vụ xuân 2024"])
def test_a_year_is_no_amount(text, amounts):
    assert amounts(text) == []


def test_a_number_as_large_as_a_year_is_one_with_a_unit(amounts):
    assert amounts("đàn gà 2024 con") == ["2024 con"]


def test_hundreds_are_over_a_hundred(known):
    [amount] = known.amounts.find("hàng trăm lượt tuần tra")
    assert (amount.text, amount.qualifier) == ("100 lượt tuần tra", "over")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("không", 0),
        ("mười", 10),
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("ba chục", 30),
        ("một trăm linh tư", 104),
        ("hai nghìn ba trăm mười lăm", 2315),
        ("mấy chục", None),
    ],
)
def test_words_state_a_number(words, number):
    assert number_of_words(words) == number


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("ngày 15/4/2024", "ngày 15/4/2024"),
        ("hết tháng 9/2024", "tháng 9/2024"),
        ("trong 6 tháng", "6 tháng"),
        ("quý IV/2024 và quý 3", "quý IV/2024|quý 3"),
        ("theo Chỉ thị 16", "Chỉ thị 16"),
        ("số 12/BC-UBND", "12/BC-UBND"),
        ("ISO 9001:2015", "ISO 9001:2015"),
        ("trực 24/24", "24/24"),
        ("từ 7 giờ 30 đến 17h", "7 giờ 30|17h"),
        ("học sinh lớp 9", "lớp 9"),
        ("bão số 3", "bão số 3"),
        ("mô hình 5 trong 1", "5 trong 1"),
        ("thu trên 1 ha", "trên 1 ha"),
        ("gấp 2,5 lần", "gấp 2,5 lần"),
        ("trẻ dưới 5 tuổi", "dưới 5 tuổi"),
        ("gọi 0220 378 6541", "0220 378 6541"),
        ("tiêm mũi 3", "mũi 3"),
        ("3. Chăn nuôi", "3."),
        ("có 12 hộ", ""),
    ],
)
def test_a_number_that_counts_nothing_is_masked(text, hidden):
    assert "|".join(text[start:end] for start, end in sorted(masked(text))) == hidden
