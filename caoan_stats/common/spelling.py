"""What a misspelt word may have been meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

LENGTH = 200  # of a word that is looked up
WORDS = 2_000  # of the longest list that it is looked up in


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known word that is most like another; empty where none is, or that takes too long.

    Examples
    --------
    >>> nearest("rice_yeld", ["pigs", "rice_yield"]), nearest("xyz", ["pigs", "rice_yield"])
    ('rice_yield', '')
    """
    words = list(islice(known, WORDS + 1))
    if len(word) > LENGTH or len(words) > WORDS:
        return ""
    return next(iter(get_close_matches(word, words, n=1)), "")
