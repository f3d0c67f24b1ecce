"""Suggestions for misspelt words, and words without accents."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

LENGTH = 200  # characters of the longest word that is compared; longer ones are slow
WORDS = 2_000  # words of the longest list that is searched


def without_accents(words: str) -> str:
    """Return Vietnamese words without their accents, also typed in decomposed Unicode.

    >>> without_accents("Năng suất lúa, Đàn gà")
    'Nang suat lua, Dan ga'
    """
    plain = unicodedata.normalize("NFD", words).replace("đ", "d").replace("Đ", "D")
    return re.sub(r"[\u0300-\u036f]", "", plain)


def same_letters(word: str, known: Iterable[str]) -> str:
    """Return the known word that differs only in case, accents and other signs; empty if none does.

    >>> same_letters("Tạ/ha", ["ta", "ta_per_ha", "tan"]), same_letters("Tạ", ["tan", "ta"])
    ('', 'ta')
    """
    plain = {re.sub(r"[\W_]", "", without_accents(each.casefold())): each for each in (*known, "")}
    return plain.get(re.sub(r"[\W_]", "", without_accents(word.casefold())), "")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most similar to `word`; empty if none is, or a limit is exceeded.

    Examples
    --------
    >>> nearest("rice_yeld", ["pigs", "rice_yield"]), nearest("xyz", ["pigs", "rice_yield"])
    ('rice_yield', '')
    """
    words = list(islice(known, WORDS + 1))
    if len(word) > LENGTH or len(words) > WORDS:
        return ""
    return next(iter(get_close_matches(word, words, n=1)), "")
