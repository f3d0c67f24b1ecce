"""The HTML templates of the package, rendered with every text escaped, and names for anchors."""

import re
import unicodedata
from functools import cache
from html import unescape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

TEMPLATES = Path(__file__).with_name("templates")


def render(name: str, **parts: object) -> str:
    """Return the template `display/templates/<name>.html.j2`, filled.

    Examples
    --------
    >>> render("text", sentences=["1 < 2"])
    '<p>1 &lt; 2</p>'
    """
    return environment(TEMPLATES).get_template(f"{name}.html.j2").render(parts)


def strip_tags(html: str) -> str:
    """Take the text out of HTML.

    Examples
    --------
    >>> strip_tags("<b>Thu</b> &amp; chi")
    'Thu & chi'
    """
    return unescape(re.sub(r"<[^>]*>", "", html))


def slug(words: str) -> str:
    """Write words for an anchor or a file name: small letters without marks, joined by `-`.

    Examples
    --------
    >>> slug("Đàn gia cầm (con)")
    'dan-gia-cam-con'
    """
    plain = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"[\u0300-\u036f]", "", plain)))


@cache
def environment(folder: Path) -> Environment:
    """Return the templates of a folder, with every text escaped."""
    return Environment(loader=FileSystemLoader(folder), autoescape=True)
