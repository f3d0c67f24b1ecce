"""The format of a document, told by its content."""

import re
from collections.abc import Mapping
from pathlib import PurePath

from caoan_stats.documents.failure import UnreadableError
from caoan_stats.documents.package import Package, opened

_BEGINNINGS: Mapping[bytes, str] = {
    b"{\\rtf": "rtf", b"\x89PNG": "image", b"\xff\xd8\xff": "image", b"GIF8": "image",
    b"RIFF": "image", b"BM": "image", b"II*\0": "image", b"MM\0*": "image", b"%!PS": "other",
    b"Rar!": "archive", b"7z\xbc\xaf": "archive", b"\x1f\x8b": "archive",
}  # fmt: skip
_ZIP, _OLE = (b"PK\3\4", b"PK\5\6"), b"\xd0\xcf\x11\xe0"
_OLE_STREAMS = {"EncryptedPackage": "password", "WordDocument": "doc", "Workbook": "workbook"}
_PARTS = {"xl/workbook.xml": "workbook", "xl/workbook.bin": "workbook", "ppt/": "slides"}
_DATA = {".csv", ".tsv", ".json", ".ipynb", ".py", ".toml"}
_MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html|head|body)", re.IGNORECASE)
_ODT = b"application/vnd.oasis.opendocument.text"


def kind(data: bytes, name: str) -> str:
    """Return `docx`, `odt`, `pdf` or `txt`.

    Raises `UnreadableError` if it is another format, damaged, or has a password.
    """
    if not data.strip():
        raise UnreadableError("document_empty")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        with opened(data) as package:
            return _kind_of_package(package)
    if data.startswith(_OLE):
        found = (kind for part, kind in _OLE_STREAMS.items() if part.encode("utf-16-le") in data)
        _refuse(next(found, "other"))
    _refuse(next((kind for start, kind in _BEGINNINGS.items() if data.startswith(start)), ""))
    if b"ftyp" in data[4:8]:
        _refuse("image")  # of a photo by a phone
    if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        _refuse("markup")
    if PurePath(name).suffix.lower() in _DATA:
        _refuse("data")
    return "txt"


def _refuse(found: str) -> None:
    if found == "password":
        raise UnreadableError("document_password")
    if found:
        raise UnreadableError("document_other", found=found)


def _kind_of_package(package: Package) -> str:
    if package.read("mimetype").startswith(_ODT):
        if b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise UnreadableError("document_password")
        return "odt"
    if b"wordprocessingml" in package.read("[Content_Types].xml"):
        return "docx"
    if "EncryptedPackage" in package.names:
        raise UnreadableError("document_password")
    found = (
        kind for part, kind in _PARTS.items() if any(n.startswith(part) for n in package.names)
    )
    _refuse(next(found, "archive"))
    raise AssertionError  # it was refused


def has_macros(package: Package) -> bool:
    """Whether a document has a program in it."""
    return any(
        name.casefold().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/"))
        for name in package.names
    )
