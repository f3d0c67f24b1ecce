"""HTML templates, plain text of HTML, and names of anchors and files."""

import re
from functools import cache
from html import unescape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from caoan_stats.common.spelling import without_accents
from caoan_stats.common.words import phrase
from caoan_stats.display.doubts import linked, signed

TEMPLATES = Path(__file__).with_name("templates")


def render(name: str, **parts: object) -> str:
    """Return the HTML of `display/templates/<name>.html.j2` with every text escaped.

    >>> render("text", sentences=["1 < 2"])
    '<p>1 &lt; 2</p>'
    """
    return environment(TEMPLATES).get_template(f"{name}.html.j2").render(parts)


def strip_tags(html: str) -> str:
    """Return the text of HTML, without tags and with entities resolved.

    >>> strip_tags("<b>Thu</b> &amp; chi")
    'Thu & chi'
    """
    return unescape(re.sub(r"<[^>]*>", "", html))


def slug(words: str) -> str:
    """Return words as an anchor or file name: lower-case ASCII letters and digits, joined by `-`.

    >>> slug("Đàn gia cầm (con)")
    'dan-gia-cam-con'
    """
    return "-".join(re.findall(r"[a-z0-9]+", without_accents(words.lower())))


@cache
def environment(folder: Path) -> Environment:
    """Return the Jinja environment of a folder of templates, which escapes every text."""
    found = Environment(loader=FileSystemLoader(folder), autoescape=True, finalize=linked)
    found.globals["phrase"] = phrase
    found.filters["signed"] = signed
    return found
