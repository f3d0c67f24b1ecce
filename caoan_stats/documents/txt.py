"""The lines of a text file in Unicode."""

import re

from caoan_stats.documents.content import Content
from caoan_stats.documents.document import Line
from caoan_stats.documents.failure import UnreadableError
from caoan_stats.documents.letters import clean

_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_ARTEFACT = re.compile(r"h?#bookmark\d+")  # left over where a PDF was converted
_COLUMNS = re.compile(r" {3,}")  # the gap between two cells of a row
LINE_LIMIT = 200_000
_SAMPLE = 20_000  # bytes that tell UTF-16 from UTF-8


def read(data: bytes) -> Content:
    """Return the content of a text in UTF-8 or UTF-16, with or without a byte-order mark.

    Raises `UnreadableError` if it is in another encoding, or no text.
    """
    text = _decoded(data)
    texts = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    if len(texts) > LINE_LIMIT:
        raise UnreadableError("document_crowded")
    numbered = (
        (number, clean(_COLUMNS.sub("\t", each.strip()))) for number, each in enumerate(texts, 1)
    )
    return Content(
        tuple(Line(each, number) for number, each in numbered if each and not _is_artefact(each)),
        is_wrapped=True,
    )


def _is_artefact(text: str) -> bool:
    return bool(_ARTEFACT.fullmatch(text))


def _decoded(data: bytes) -> str:
    mark = next((each for each in _MARKS if data.startswith(each)), b"")
    encoding = _MARKS[mark] if mark else _encoding(data[:_SAMPLE])
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError("document_encoding") from None
    if "\0" in text:
        raise UnreadableError("document_encoding")
    return text


def _encoding(sample: bytes) -> str:
    """Return UTF-16 if every other byte is often zero, as of spaces and plain letters."""
    first, second = sample[::2].count(0), sample[1::2].count(0)
    least = len(sample) // 20 + 1
    if second > least and first * 10 < second:
        return "utf-16-le"
    return "utf-16-be" if first > least and second * 10 < first else "utf-8"
