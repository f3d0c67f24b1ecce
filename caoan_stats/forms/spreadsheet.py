"""The file of a workbook in any format that is read, told apart by its content."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from caoan_stats.common import files
from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.words import Phrase
from caoan_stats.forms import ods, xls, xlsx
from caoan_stats.forms.sheet import NotReadableError, Sheet

UNPACKED_LIMIT = 60 * files.MEGABYTE
_OLE = b"\xd0\xcf\x11\xe0"  # of files of Office 97, and of later ones with a password
_IN_OLE: Mapping[str, str] = {"EncryptedPackage": "password", "WordDocument": "word"}
_BEGINNINGS: Mapping[bytes, str] = {  # of files that are no workbook
    b"%PDF": "pdf", b"{\\rtf": "word", b"\x89PNG": "image", b"\xff\xd8\xff": "image",
    b"GIF8": "image", b"RIFF": "image", b"BM": "image", b"II*\0": "image", b"MM\0*": "image",
}  # fmt: skip
_PARTS: Mapping[str, str] = {
    "word/document.xml": "word",
    "ppt/presentation.xml": "slides",
    "xl/workbook.bin": "binary",
}
_READERS = {"xlsx": xlsx.read, "xls": xls.read, "ods": ods.read}


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Return every sheet of a workbook that Excel, LibreOffice, WPS or Google saved.

    Raises `InvalidDataError` if it is missing, too large, password-protected, or not a workbook.
    """
    data = files.read_file(path)
    try:
        kind = _kind(data)
        if kind in _READERS:
            return _READERS[kind](data)
    except NotReadableError as error:
        limit = {"limit": UNPACKED_LIMIT // files.MEGABYTE}
        raise InvalidDataError([DataError(error.kind, path.name, details=limit)]) from None
    details = {"found": Phrase(f"is_{kind}")}
    raise InvalidDataError([DataError("other_document", path.name, details=details)])


def _kind(data: bytes) -> str:
    """Return the format of a file; raise `NotReadableError` if it cannot be read."""
    for beginning, kind in _BEGINNINGS.items():
        if data.startswith(beginning):
            return kind
    if b"ftyphei" in data[:16]:  # of a photo by a phone
        return "image"
    if data.startswith(_OLE):
        return _kind_in_ole(data)
    return _kind_in_archive(data)


def _kind_in_ole(data: bytes) -> str:
    for part, kind in _IN_OLE.items():
        if part.encode("utf-16-le") in data:
            if kind == "password":
                raise NotReadableError(kind)
            return kind
    return "xls"


def _kind_in_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            size = sum(member.file_size for member in archive.infolist())
            mimetype = (
                archive.read("mimetype") if "mimetype" in names and size < UNPACKED_LIMIT else b""
            )
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        raise NotReadableError("no_workbook") from None
    if size > UNPACKED_LIMIT:
        raise NotReadableError("large_file")
    if mimetype.startswith(ods.MIMETYPE):
        return "ods"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return "word"
    return next((kind for part, kind in _PARTS.items() if part in names), "xlsx")
