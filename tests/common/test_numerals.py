import pytest

from caoan_stats.common import numerals


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("462.56", ".", "462.56"),
        ("462,56", ",", "462.56"),
        ("-15.7", ".", "-15.7"),
        ("+22", ".", "+22"),
        ("0.60", ".", "0.60"),
        ("03", ".", "03"),
    ],
)
def test_a_plain_number_keeps_its_decimals(text, mark, number):
    assert numerals.parse_plain(text, mark) == number


@pytest.mark.parametrize(
    "text",
    ["", "1e5", "NaN", "Infinity", "1_000", "١٢", ".5", "5.", "1 000", "79,5", "0x1F", "--1"],
)
def test_anything_else_is_not_plain(text):
    assert numerals.parse_plain(text, ".") is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("53.195", ("53195", "53.195")),
        ("9,433", ("9433", "9.433")),
        ("18.619.139.193", ("18619139193",)),
        ("9,433,834", ("9433834",)),
        ("1.234,5", ("1234.5",)),
        ("1,234.5", ("1234.5",)),
        ("18 619 139", ("18619139",)),
        ("−15,7", ("-15.7",)),
        ("0.52", ("0.52",)),
        ("1.23.4", ()),
        ("0.500", ("0.500",)),
        ("+53,195", ("53195", "53.195")),
        ("462.56 ha", ("462.56",)),
        ("khoảng 97.000 con", ("97000", "97.000")),
        ("'12", ("12",)),
        ("４６２", ("462",)),
        (".56", ()),
        ("4.6E+02", ()),
        ("79,5 triệu", ()),
        ("28 tỷ", ()),
        ("giảm 1500", ()),
        ("(0.4)", ()),
    ],
)
def test_readings_are_all_that_a_number_can_mean(text, numbers):
    assert numerals.readings(text) == numbers
