"""The HTML templates of the package, rendered with every text escaped, and names for anchors."""

import re
import unicodedata
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import unescape
from pathlib import Path

from jinja2 import Environment, PackageLoader

TEMPLATES = Path(__file__).with_name("templates")


def render(name: str, **parts: object) -> str:
    """Fill `templates/<name>.html.j2`.

    Examples
    --------
    >>> render("text", sentences=["1 < 2"])
    '<p>1 &lt; 2</p>'
    """
    return _environment().get_template(f"{name}.html.j2").render(parts)


def plain(html: str) -> str:
    """Take the text out of HTML.

    Examples
    --------
    >>> plain("<b>Thu</b> &amp; chi")
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
def script() -> dict[str, str]:
    """Give the script of a page, and the hash by which its policy allows this script alone."""
    text = (TEMPLATES / "caoan" / "links.js").read_text(encoding="utf-8").strip()
    return {"text": text, "hash": f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"}


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("caoan_stats"), autoescape=True)
