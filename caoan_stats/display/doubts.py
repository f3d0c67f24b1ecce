"""The mark of a doubtful figure: a link to its note on a page, words in plain text.

In a text that becomes part of a page, a mark is a code between two characters that texts do not
have. `linked` and `spoken` replace it; a `row` is one of `Dataset.scorecard` or `Dataset.trend` as
a dict.
"""

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from caoan_stats.common.frames import Row
from caoan_stats.concepts.doubts import DOUBTS

SIGN = "*"
_START, _BETWEEN, _END = "\ue000", "\ue001", "\ue002"  # of the private use area of Unicode
_INSIDE = f"[^{_START}-{_END}]*"
_MARK = re.compile(rf"{_START}({_INSIDE}#ghi-chu-\w+){_BETWEEN}({_INSIDE}){_END}")
_LINK = re.compile(r'<a class="doubt" href="([^"#]*)#([^"]*)" (title="[^"]*") [^>]*>(.*?)</a>')
_PLACE = re.compile(r'<span id="([^"]*)"')


def mark(row: Row, which: str = "", page: str = "") -> str:
    """Return the mark of the figure of a row; empty if it is not doubtful.

    `which` is `previous_` for the figure of the year before; `page` is the path to the page that
    has its note, if it is another one.
    """
    if not (said := in_words(row, which)):
        return ""
    return f"{_START}{page}#{anchor(row['indicator'])}{_BETWEEN}{said}{_END}"


def anchor(indicator: str) -> str:
    """Return the name of the place on a page that has the notes on an indicator."""
    return f"ghi-chu-{indicator}"


def in_words(row: Row, which: str = "") -> str:
    """Return the doubts of a figure in words; empty without any, or if it is not public."""
    return "" if row[f"{which}hidden"] else ", ".join(DOUBTS[c] for c in row[f"{which}doubts"])


def linked(text: object) -> object:
    """Return a text as HTML if it has a mark, which becomes a link; anything else as it is."""
    if not isinstance(text, str) or _START not in text:
        return text
    html = r'<a class="doubt" href="\1" title="\2" aria-label="(\2)">' + SIGN + "</a>"
    return Markup(_MARK.sub(html, str(escape(text))))  # noqa: S704 - escaped before


def without_dangling(html: str, others: Mapping[str, str] | None = None) -> str:
    """Return a page on which marks that have no note are no links.

    `others` has the HTML of other pages by path.
    """
    pages = {"": html, **(others or {})}
    places = {path: set(_PLACE.findall(page)) for path, page in pages.items()}

    def resolved(link: re.Match[str]) -> str:
        is_there = link[2] in places.get(link[1], ())
        return link[0] if is_there else f'<span class="doubt" {link[3]}>{link[4]}</span>'

    return _LINK.sub(resolved, html)


def spoken(text: str) -> str:
    """Return a text with its marks in words; that there is a note alone is not said.

    >>> row = {"indicator": "pigs", "hidden": "", "doubts": ("derived",)}
    >>> spoken(f"85 con{mark(row)}")
    '85 con (suy ra)'
    """
    annotated = DOUBTS["annotated"]
    return _MARK.sub(lambda found: "" if found[2] == annotated else f" ({found[2]})", text)


def signed(text: str) -> str:
    """Return a text with the sign alone for each mark.

    >>> row = {"indicator": "pigs", "hidden": "", "doubts": ("derived",)}
    >>> signed(f"85 con{mark(row)}")
    '85 con*'
    """
    return _MARK.sub(SIGN, text)
