"""Documents that are made part by part, as Word, LibreOffice and PDF printers store them."""

import zipfile
from pathlib import Path

import pytest

from caoan_stats.common.errors import InvalidDataError
from caoan_stats.documents.document import Document
from caoan_stats.documents.opening import open_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
ODF = " ".join(
    f'xmlns:{prefix}="{OASIS}{name}:1.0"'
    for prefix, name in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
    }.items()
)  # fmt: skip


def relations(targets: dict[str, str]) -> str:
    """The part that names other parts by kind."""
    rows = (
        f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(rows)}</Relationships>'


@pytest.fixture
def word(tmp_path):
    """Make a document of Word from the XML of its body and of other parts."""

    def make(body: str, name: str = "report.docx", extra: dict | None = None, **parts: str) -> Path:
        path = tmp_path / name
        types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", f"<Types>{types}</Types>")
            archive.writestr("_rels/.rels", relations({"officeDocument": "word/document.xml"}))
            archive.writestr(
                "word/_rels/document.xml.rels", relations({each: f"{each}.xml" for each in parts})
            )
            archive.writestr(
                "word/document.xml", f"<w:document {ROOT}><w:body>{body}</w:body></w:document>"
            )
            for part, xml in parts.items():
                archive.writestr(f"word/{part}.xml", f"<w:{part} {ROOT}>{xml}</w:{part}>")
            for part, data in (extra or {}).items():
                archive.writestr(part, data)
        return path

    return make


@pytest.fixture
def office_text(tmp_path):
    """Make an OpenDocument text from the XML of its body and styles."""

    def make(body: str, styles: str = "") -> Path:
        path = tmp_path / "report.odt"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr(
                "content.xml",
                f"<office:document-content {ODF}><office:automatic-styles>{styles}"
                f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
                "</office:body></office:document-content>",
            )
        return path

    return make


def text_at(x: float, y: float, text: str, size: int = 12) -> str:
    """A text of a page of a PDF, its lower left corner given in points."""
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


@pytest.fixture
def at():
    return text_at


@pytest.fixture
def pdf(tmp_path):
    """Make a PDF from the drawing commands of its pages; `trailer` goes into its trailer."""

    def make(*pages: str, trailer: str = "", name: str = "report.pdf") -> Path:
        kids = " ".join(f"{2 * i + 4} 0 R" for i in range(len(pages)))
        image = "/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        last = 4 + 2 * len(pages)
        for number, page in enumerate(pages):
            objects += [
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 "
                f"3 0 R >> /XObject << /I1 {last} 0 R >> >> /Contents {2 * number + 5} 0 R >>",
                f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
            ]
        objects.append(f"<< /Type /XObject {image} /Length 1 >>\nstream\nx\nendstream")
        data, places = b"%PDF-1.4\n", []
        for number, each in enumerate(objects, 1):
            places.append(len(data))
            data += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
        rows = "".join(f"{place:010} 00000 n \n" for place in places)
        size = len(objects) + 1
        end = (
            f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n"
            f"<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(data)}\n%%EOF\n"
        )
        path = tmp_path / name
        path.write_bytes(data + end.encode())
        return path

    return make


@pytest.fixture
def texts():
    """The texts of a document's lines."""

    def read(path: Path) -> list[str]:
        return [line.text for line in open_document(path).lines]

    return read


@pytest.fixture
def refusal():
    """The kind of the error of a document that is refused."""

    def read(path: Path) -> str:
        with pytest.raises(InvalidDataError) as caught:
            open_document(path)
        [error] = caught.value.errors
        assert error.sentence("vi")
        assert error.sentence("en").startswith(path.name)
        return error.kind

    return read


@pytest.fixture
def remarks():
    """What is remarked of a document, by kind."""

    def read(path: Path) -> dict[str, dict]:
        document: Document = open_document(path)
        assert all(error.sentence("vi") for error in document.remarks)
        return {error.kind: dict(error.details) for error in document.remarks}

    return read
