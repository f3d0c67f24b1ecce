"""Indicators by name: codes, Vietnamese labels, and words of labels, with accents or without."""

import re
from difflib import get_close_matches

import pandas as pd

from caoan_stats.common.spelling import without_accents

SUGGESTIONS = 5  # indicators in an error


def find(indicators: pd.DataFrame, words: str) -> pd.DataFrame:
    """Return the rows of the catalogue whose label or code has all of the words.

    Parameters
    ----------
    indicators
        The catalogue, as `Dataset.indicators`.
    words
        Words, or beginnings of words. One without accents also finds those with accents: `lua`
        finds “lúa”, but `lúa` does not find “lụa”.
    """
    wanted = _words(words)
    texts = [f"{label} {code}" for code, label in indicators["label"].items()]
    return indicators[[all(_has(text, word) for word in wanted) for text in texts]]


def code_of(indicators: pd.DataFrame, name: str) -> str:
    """Return the code of an indicator by its code or its Vietnamese label.

    Raises `KeyError` with at most `SUGGESTIONS` similar indicators if none or several have the
    name.
    """
    if name in indicators.index:
        return name
    plain = {str(code): _plain(label) for code, label in indicators["label"].items()}
    same = [code for code, label in plain.items() if label == _plain(name)]
    if len(same) == 1:
        return same[0]
    close = get_close_matches(_plain(name), plain.values(), SUGGESTIONS)
    near = [
        *same,
        *find(indicators, name).index,
        *get_close_matches(name, plain, SUGGESTIONS),
        *(code for code, label in plain.items() if label in close),
    ]
    labels = indicators["label"].to_dict()
    known = [f"{code} ({labels[code]})" for code in dict.fromkeys(near)]
    advice = f"did you mean one of: {', '.join(known[:SUGGESTIONS])}" if known else "see find()"
    raise KeyError(f"no indicator {name!r}; {advice}")


def _plain(words: str) -> str:
    return without_accents(words.casefold())


def _has(text: str, word: str) -> bool:
    """Return whether a text has a word that begins with `word`."""
    searched = without_accents(text) if without_accents(word) == word else text
    return any(each.startswith(word) for each in _words(searched))


def _words(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation.

    >>> _words("Tiêm Hib (5 trong 1)")
    ['tiêm', 'hib', '5', 'trong', '1']
    """
    return re.findall(r"[^\W_]+", text.casefold())
