import pytest

from caoan_stats.documents.failure import UnreadableError
from caoan_stats.documents.letters import clean, require_unicode

TCVN3 = "céng hßa x· héi chñ nghÜa ViÖt Nam, ñy ban nh©n d©n x· Cao An b¸o c¸o kÕt qu¶ thùc hiÖn"
VNI = "coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, uûy ban nhaân daân xaõ baùo caùo keát quaû naêm"
MODERN = "Tổng diện tích gieo trồng lúa cả năm đạt 462,56 ha, năng suất 62,5 tạ/ha, tăng so với năm"
PLAIN = "Thôn Phú An có 25 con trâu, toàn xã có 12 ao cá, quân dân yêu xuân, cân sâu, nhân dân mua"

UY = "quân yêu xuân, tuân quên huân, xuân yêu quân"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gia\u0300 ho\u0301a", "Già hóa"),
        ("\u00d0\u00f4ng \u00d0\u1ea1t", "Đông Đạt"),
        ("12\u00a0\u2009ha", "12 ha"),
        ("tăng\u200b tr\u00adưởng\ufeff", "tăng trưởng"),
        ("2021\u20112025", "2021-2025"),
        ("  a \t  b ", "a\tb"),
        ("\uf0b3 97 %", "≥ 97 %"),
    ],
)
def test_a_text_is_one_unicode_form_without_what_is_not_seen(text, expected):
    assert clean(text) == expected


@pytest.mark.parametrize(("text", "encoding"), [(TCVN3, "TCVN3"), (VNI, "VNI")])
def test_text_of_before_unicode_is_refused_with_its_name(text, encoding):
    with pytest.raises(UnreadableError) as caught:
        require_unicode([text])
    assert (caught.value.kind, caught.value.details) == (
        "document_before_unicode",
        {"encoding": encoding},
    )


@pytest.mark.parametrize("text", [MODERN, PLAIN, UY, "So 12 «lúa» · 5 m² ©2024 café 3×4", "a"])
def test_unicode_is_not_taken_for_an_older_text(text):
    assert require_unicode([text]) == 0


def test_a_few_words_of_before_unicode_are_told_by_their_line():
    assert require_unicode([MODERN] * 20 + [TCVN3] + [MODERN] * 20) == 21


def test_fonts_of_before_unicode_let_two_words_suffice():
    short = ["b¸o c¸o"]
    assert require_unicode(short) == 0
    with pytest.raises(UnreadableError):
        require_unicode(short, has_old_fonts=True)


def test_unicode_in_a_font_of_before_unicode_is_read():
    assert require_unicode([MODERN], has_old_fonts=True) == 0


@pytest.mark.parametrize("text", ["\ue001\ue002\ue003 5", MODERN.encode().decode("latin-1")])
def test_damaged_letters_are_refused(text):
    with pytest.raises(UnreadableError, match="document_garbled"):
        require_unicode([text])
