"""Words of a text in one spelling: without case, and wherever an office sets the tone mark."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

ABBREVIATIONS: Mapping[str, str] = {  # of offices; as one writes them, in lower case
    "sx": "sản xuất", "gtsx": "giá trị sản xuất", "sl": "sản lượng", "ttcn": "tiểu thủ công nghiệp",
    "ntts": "nuôi trồng thủy sản", "nsnn": "ngân sách nhà nước", "tx": "thường xuyên",
    "csxh": "chính sách xã hội", "nhcsxh": "ngân hàng chính sách xã hội", "nh": "ngân hàng",
    "htx": "hợp tác xã", "khkt": "khoa học kỹ thuật", "ntm": "nông thôn mới",
    "gpmb": "giải phóng mặt bằng", "qsd": "quyền sử dụng", "qsdđ": "quyền sử dụng đất",
    "gcn": "giấy chứng nhận", "gcnqsd": "giấy chứng nhận quyền sử dụng",
    "gcnqsdđ": "giấy chứng nhận quyền sử dụng đất", "bhyt": "bảo hiểm y tế",
    "bhxh": "bảo hiểm xã hội", "bhxhtn": "bảo hiểm xã hội tự nguyện",
    "bhxtn": "bảo hiểm xã hội tự nguyện", "ncc": "người có công", "btxh": "bảo trợ xã hội",
    "tthc": "thủ tục hành chính", "cchc": "cải cách hành chính", "thcs": "trung học cơ sở",
    "thpt": "trung học phổ thông", "gđvh": "gia đình văn hóa", "dvctt": "dịch vụ công trực tuyến",
    "dstn": "dân số tự nhiên", "vsattp": "vệ sinh an toàn thực phẩm", "attp": "an toàn thực phẩm",
    "atvstp": "an toàn vệ sinh thực phẩm", "dqtv": "dân quân tự vệ", "kt": "kinh tế",
    "cn": "công nghiệp", "xd": "xây dựng", "tm": "thương mại", "dv": "dịch vụ",
    "gd": "giáo dục", "tgxh": "trợ giúp xã hội", "hlatgt": "hành lang an toàn giao thông",
    "lđ": "lao động", "bq": "bình quân", "hđ": "hợp đồng",
}  # fmt: skip
_TOKEN = re.compile(r"[^\W_]+(?:[23²³](?!\w))?|[^\w\s]|_")
_MISPLACED = [
    "ừơ",
    "ứơ",
    "ửơ",
    "ữơ",
    "ựơ",
    "ìê",
    "íê",
    "ỉê",
    "ĩê",
    "ịê",
    "ùô",
    "úô",
    "ủô",
    "ũô",
    "ụô",
]
_PLACED = ["ườ", "ướ", "ưở", "ưỡ", "ượ", "iề", "iế", "iể", "iễ", "iệ", "uồ", "uố", "uổ", "uỗ", "uộ"]
_TONES = {"\u0300": "1", "\u0301": "2", "\u0303": "3", "\u0309": "4", "\u0323": "5"}
_LAST_I = re.compile(r"(?<=[bcdđghklmnprstvx])i$")  # `tỉ` is `tỷ`, `kĩ` is `kỹ`


class Token(NamedTuple):
    """A word or a sign of a text, and where it stands."""

    word: str  # as `folded` returns it; of a sign, the sign
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it has a letter or a digit."""
        return self.word[0].isalnum()


@cache
def folded(word: str) -> str:
    """Return a word in one spelling: its letters, then its tone as a digit.

    >>> folded("Hoà") == folded("hòa"), folded("trừơng") == folded("trường"), folded("tỉ")
    (True, True, 'ty4')
    """
    letters, tone = [], ""
    for sign in unicodedata.normalize("NFD", word.casefold()):
        if sign in _TONES:
            tone = _TONES[sign]
        else:
            letters.append(sign)
    plain = unicodedata.normalize("NFC", "".join(letters))
    return _LAST_I.sub("y", plain) + tone


def tokenize(text: str) -> list[Token]:
    """Return the words and signs of a text, abbreviations as the words that they stand for.

    >>> [token.word for token in tokenize("Đàn gà: 97.000")]
    ['đan1', 'ga1', ':', '97', '.', '000']
    """
    return [
        Token(folded(word), each.start(), each.end())
        for each in _TOKEN.finditer(text)
        for word in ABBREVIATIONS.get(each[0].casefold(), each[0]).split()
    ]


def respelled(text: str) -> str:
    """Return a text with the tone marks of `ươ`, `iê` and `uô` on their second letters.

    >>> respelled("07 trừơng hợp đựơc cấp")
    '07 trường hợp được cấp'
    """
    for wrong, right in zip(_MISPLACED, _PLACED, strict=True):
        text = text.replace(wrong, right)
    return text


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, without its signs.

    >>> words_of("khiếu nại, tố cáo") == words_of("Khiếu nại tố cáo")
    True
    """
    return tuple(token.word for token in tokenize(text) if token.is_word)
