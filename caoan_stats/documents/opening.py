"""Opens a document in any format that is read: .docx, .odt, .pdf and .txt."""

import errno
import os
import stat
from pathlib import Path

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.files import MEGABYTE
from caoan_stats.common.words import Phrase
from caoan_stats.documents import docx, formats, letters, odt, package, pdf, txt
from caoan_stats.documents.content import Content
from caoan_stats.documents.document import Document
from caoan_stats.documents.failure import UnreadableError

FILE_LIMIT = 50 * MEGABYTE
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def open_document(path: Path) -> Document:
    """Return the text of a document, whose format is told by its content.

    Nothing in it is run, and nothing that it names is opened. Raises `InvalidDataError` if it
    cannot be read: it has a password, is damaged, only pictures, of before Unicode, or too large.
    """
    try:
        content, has_macros = _read(_bytes(path), path.name)
        spoilt = _first_spoilt(content)
    except UnreadableError as error:
        raise InvalidDataError([_error(error, path.name)]) from None
    remarks = _remarks(path.name, content, has_macros)
    if spoilt:
        remarks += (DataError("document_has_old_lines", path.name, spoilt),)
    return Document(path.name, content.lines, content.is_wrapped, remarks)


def _bytes(path: Path) -> bytes:
    """Return the content of a file that nobody changes meanwhile."""
    try:
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise UnreadableError("document_no_file")
            data = file.read(FILE_LIMIT + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        raise UnreadableError("document_missing") from None
    except IsADirectoryError:
        raise UnreadableError("document_no_file") from None
    except OSError as error:
        if error.errno in {errno.ENXIO, errno.EACCES} and path.exists() and not path.is_file():
            raise UnreadableError("document_no_file") from None
        raise UnreadableError("document_locked", reason=error.strerror) from None
    if len(data) > FILE_LIMIT:
        raise UnreadableError("document_large", limit=FILE_LIMIT // MEGABYTE)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UnreadableError("document_changed")
    return data


def _read(data: bytes, name: str) -> tuple[Content, bool]:
    """Return the content of a document, and whether it has macros."""
    kind = formats.kind(data, name)
    if kind == "pdf":
        return pdf.read(data), False
    if kind == "txt":
        return txt.read(data), False
    with package.opened(data) as parts:
        reader = docx if kind == "docx" else odt
        return reader.read(parts), formats.has_macros(parts)


def _first_spoilt(content: Content) -> int:
    """Return the number of the first line of before Unicode, 0 if there is none.

    Raises `UnreadableError` if all of the text is, or if there is no text.
    """
    if not content.lines:
        kind = "document_only_pictures" if content.counts["pictures"] else "document_without_text"
        raise UnreadableError(kind)
    place = letters.require_unicode(
        [line.text for line in content.lines], has_old_fonts=content.has_old_fonts
    )
    return content.lines[place - 1].number if place else 0


def _remarks(name: str, content: Content, has_macros: bool) -> tuple[DataError, ...]:
    counts = content.counts
    found: dict[str, dict[str, object]] = {}
    if has_macros:
        found["macros"] = {}
    if counts["inserted"] or counts["deleted"]:
        found["changes"] = {each: counts[each] for each in ("inserted", "deleted")}
    for kind in ("hidden", "pictures", "recognised"):
        if counts[kind]:
            found[kind] = {"count": counts[kind]}
    if content.empty_pages:
        found["empty_pages"] = {"pages": tuple(map(str, content.empty_pages))}
    return tuple(
        DataError(f"document_has_{kind}", name, details=details) for kind, details in found.items()
    )


def _error(error: UnreadableError, name: str) -> DataError:
    details = dict(error.details)
    if error.kind == "document_other":
        details["found"] = Phrase(f"is_{details['found']}")
    return DataError(error.kind, name, details=details)
