"""Pictures of notebooks, embedded in a page."""

import os
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from markupsafe import escape

from caoan_stats.common.words import phrase
from caoan_stats.publish.remarks import LARGEST

Finding = tuple[str, str]  # kind and name of a remark, or `FROM_FILE` and a path
Attachments = Mapping[str, Mapping[str, str]]  # of a cell, by name and media type
FROM_FILE = "from_file"  # kind of a picture from a file, also one that is missing
_KEPT = ("width", "height", "title", "style", "class", "id")  # attributes
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SCHEME = re.compile(r"//|(?!file:)[a-z][a-z0-9+.-]+:", re.IGNORECASE)  # not the letter of a disk
_FILE = re.compile(r"\S+\.\w{2,4}|image(?: \d+)?|untitled.*", re.IGNORECASE)
_BEGINNINGS = {  # of files
    "png": rb"\x89PNG\r\n\x1a\n",
    "jpeg": rb"\xff\xd8\xff",
    "gif": rb"GIF8[79]a",
    "webp": rb"RIFF....WEBP",
    "avif": rb"....ftypavi[fs]",
    "bmp": rb"BM",
    "svg+xml": rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg\b",
}


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a start tag that have a value.

    >>> attributes("<img src='a&amp;b.png' width=20>")
    {'src': 'a&b.png', 'width': '20'}
    """
    return {name.lower(): unescape("".join(text)) for name, *text in _ATTRIBUTE.findall(tag)}


def described(alt: str, name: str) -> tuple[str, list[Finding]]:
    """Return the alternative text of a picture, or words for a missing one and its finding.

    A name of a file says nothing about what is on a picture.
    """
    if alt.strip() and not _FILE.fullmatch(alt.strip()):
        return alt, []
    return phrase("frame.picture"), [("undescribed", name)]


def embedded(tag: str, folder: Path, attachments: Attachments) -> tuple[str, list[Finding]]:
    """Return an `img` tag with its picture in it, and what is to be remarked.

    The tag is empty if the picture cannot be shown.
    """
    given = attributes(tag)
    source = given.get("src") or given.get("href") or given.get("xlink:href") or ""
    name = "image" if source.startswith("data:") else unquote(source.removeprefix("attachment:"))
    files = [] if _SCHEME.match(source) else [(FROM_FILE, str(_file(source, folder)))]
    try:
        address = _address(source, folder, attachments)
    except _NotShownError as error:
        return "", [*files, (str(error), name)]
    if not tag.lower().startswith("<img"):  # of a drawing, which has a description of its own
        return tag.replace(escape(source), escape(address)), files
    alt, findings = described(given.get("alt", ""), name)
    kept = "".join(f' {key}="{escape(given[key])}"' for key in _KEPT if key in given)
    return f'<img alt="{escape(alt)}" src="{escape(address)}"{kept}>', [*files, *findings]


class _NotShownError(Exception):
    """A picture that cannot be shown, with the kind of its remark."""


def _address(source: str, folder: Path, attachments: Attachments) -> str:
    """Return the address of a picture with the picture in it."""
    if source.startswith("data:image/"):
        if is_large(len(source) * 3 // 4):
            raise _NotShownError("large")
        return source
    if source.startswith("attachment:"):
        return data_address(_attached(unquote(source.removeprefix("attachment:")), attachments))
    if _SCHEME.match(source):
        raise _NotShownError("remote")
    return data_address(_read(_file(source, folder)))


def is_large(size: int) -> bool:
    """Return whether a picture of so many bytes is too large for a page."""
    return size > LARGEST * 1_000_000


def data_address(content: bytes) -> str:
    """Return the content of a file as the address of a picture."""
    for kind, beginning in _BEGINNINGS.items():
        if re.match(beginning, content, re.DOTALL):
            return f"data:image/{kind};base64,{b64encode(content).decode()}"
    raise _NotShownError("format")


def _attached(name: str, attachments: Attachments) -> bytes:
    for data in attachments.get(name, {}).values():
        try:
            content = b64decode("".join(data))
        except ValueError:
            raise _NotShownError("format") from None
        if is_large(len(content)):
            raise _NotShownError("large")
        return content
    raise _NotShownError("absent")


def _file(source: str, folder: Path) -> Path:
    """Return the path of a file from that of a notebook, however its name is written."""
    whole = unquote(re.sub(r"^file:(?://(?=/))?", "", source)).replace("\0", "")
    bare = unquote(re.split(r"[?#]", source)[0]).replace("\0", "")
    names = [normalize(form, name) for name in (whole, bare) for form in ("NFC", "NFD")]
    paths = [folder / name for name in (whole, *names)]
    return next(filter(os.path.isfile, paths), paths[0])


def _read(path: Path) -> bytes:
    try:
        if is_large(path.stat().st_size):
            raise _NotShownError("large")
        return path.read_bytes()
    except OSError:
        raise _NotShownError("absent") from None
