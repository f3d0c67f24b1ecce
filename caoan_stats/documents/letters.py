r"""The letters of a text: one Unicode form, and texts of before Unicode recognised by their signs.

TCVN3 and VNI put their letters where Western fonts have others: “céng hßa”, “coäng hoøa”. Signs are
written as escapes for `re`, as in `r"\u00b5"`, for they are no Vietnamese words.
"""

import re
import unicodedata
from collections.abc import Iterable

from caoan_stats.documents.failure import UnreadableError

_DROPPED = (
    r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    r"\ufff9-\ufffb\x00-\x08\x0e-\x1b\x7f]"
)
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(_DROPPED)
_SYMBOLS: dict[int, int | str] = {  # of the font Symbol, as Word stores them
    0xF0A3: "≤", 0xF0B3: "≥", 0xF0B1: "±", 0xF0B4: "×", 0xF0B0: "°", 0xF0B9: "≠", 0xF0BB: "≈",
    0xF0AE: "→", 0xF0B7: "•", 0xF02D: "-", 0xF02B: "+", 0xF025: "%", 0xF0A7: "•", 0xF0D8: "•",
}  # fmt: skip
_LETTERS: dict[int, int | str] = {  # like others: d with a stroke, hyphens, a stroke
    0xD0: 0x110, 0x189: 0x110, 0xF0: 0x111, 0x256: 0x111, 0x2010: "-", 0x2011: "-", 0x2044: "/",
}  # fmt: skip

_WORD = re.compile(r"[^\s,;:!?()\d%/]{2,}")
_UNICODE = re.compile(r"[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_TCVN3 = re.compile(
    r"[^\W\d_][\u00b5\u00b6-\u00b9\u00a8\u00ae\u00a9\u00ac\u00bc-\u00be\u00f7\u00d7](?=\w|$)"
    r"|\w[\u00ab\u00bb\u00aa]\w|\u00ae\w|[^\W\d_][\u00df\u00de\u00fe\u00e6\u00f8]"
)
_VNI = re.compile(
    r"(?i)[aeouy][\u00e4\u00e5\u00eb\u00ef\u00f8\u00fb\u00fc]|[aeo]\u00e2|a\u00ea"
    r"|\u00f1[\w\u00f6]|[\u00f6\u00f4][\u00f8\u00fb\u00ef\u00f9\u00f5]|\u00f6[a-z]"
)
_GARBLED = re.compile(
    r"\u00e1[\u00ba\u00bb]|\u00c6[\u00b0\u00a1]|\u00c4[\u2018\u0091\u0192]|\ufffd"
)
_WITHOUT_MEANING = re.compile(r"[\ufffd\ue000-\uefff\uf100-\uf8ff]")
LEAST_WORDS, LEAST_SHARE = 5, 0.3  # of words before Unicode, in a text that is refused


def clean(text: str) -> str:
    r"""Return a text in Unicode form NFC, with plain spaces, without signs that are not seen.

    >>> clean("Ðàn\u00a0gà\u200b  tăng\tnhẹ ")
    'Đàn gà tăng\tnhẹ'
    """
    seen = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    plain = unicodedata.normalize("NFC", seen).translate(_LETTERS | _SYMBOLS)
    return re.sub(r"(?: ?[\t\x1c-\x1f])+ ?", "\t", re.sub(r" {2,}", " ", plain)).strip()


def before_unicode(text: str) -> str:
    """Return the encoding of a text of before Unicode, `TCVN3` or `VNI`; else an empty text.

    >>> before_unicode("c\u00e9ng h\u00dfa x\u00b7 h\u00e9i ch\u00f1 ngh\u00dca ViÖt Nam")
    'TCVN3'
    """
    counts = {
        name: len(_words(text, pattern)) for name, pattern in (("TCVN3", _TCVN3), ("VNI", _VNI))
    }
    name = max(counts, key=lambda each: counts[each])
    return name if counts[name] > len(_words(text, _UNICODE)) else ""


def require_unicode(texts: Iterable[str], *, has_old_fonts: bool = False) -> int:
    """Return the number of the first of some texts that is of before Unicode, from 1; 0 if none is.

    Raises `UnreadableError` if a large share of the words is, or is damaged in another way. Of one
    text with two words nothing can be said, unless it has a font of that time.
    """
    texts = tuple(texts)
    whole = unicodedata.normalize("NFC", "\n".join(texts))
    if len(_WITHOUT_MEANING.findall(whole)) * 10 > len(whole):
        raise UnreadableError("document_garbled")
    modern = len(_words(whole, _UNICODE))
    if len(_words(whole, _GARBLED)) > max(modern, LEAST_WORDS):
        raise UnreadableError("document_garbled")
    found = {name: len(_words(whole, each)) for name, each in (("TCVN3", _TCVN3), ("VNI", _VNI))}
    name = max(found, key=lambda each: found[each])
    least = 2 if has_old_fonts else LEAST_WORDS
    if found[name] >= least and found[name] > LEAST_SHARE * (found[name] + modern):
        raise UnreadableError("document_before_unicode", encoding=name)
    if found[name] < least:
        return 0
    spoilt = (number for number, text in enumerate(texts, 1) if _is_spoilt(text))
    return next(spoilt, 0)


def _is_spoilt(text: str) -> bool:
    return len(_WORD.findall(text)) > 2 and bool(before_unicode(text))


def _words(text: str, pattern: re.Pattern[str]) -> list[str]:
    return [word for word in _WORD.findall(text) if pattern.search(word)]
