"""Bytes of a Word document: the same for the same content."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as Word

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time in a ZIP archive


def to_bytes(document: Word) -> bytes:
    """Return the file of a document, without the times at which its parts were written."""
    for relation in [*document.part.package.rels.values()]:
        if relation.reltype.endswith("/thumbnail"):
            document.part.package.rels.pop(relation.rId)
    written, packed = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, EPOCH)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            target.writestr(info, source.read(name))
    return packed.getvalue()
