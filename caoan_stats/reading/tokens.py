"""Words of a text in one spelling: without case, and wherever an office sets the tone mark."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+(?:[23²³](?!\w))?|[^\w\s]|_")
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
    """Return the words and signs of a text.

    >>> [token.word for token in tokenize("Đàn gà: 97.000")]
    ['đan1', 'ga1', ':', '97', '.', '000']
    """
    return [Token(folded(each[0]), each.start(), each.end()) for each in _TOKEN.finditer(text)]


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, without its signs.

    >>> words_of("khiếu nại, tố cáo") == words_of("Khiếu nại tố cáo")
    True
    """
    return tuple(token.word for token in tokenize(text) if token.is_word)
