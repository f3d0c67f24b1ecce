"""The text of a document of Word, in the order in which it is read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from caoan_stats.documents.content import Content
from caoan_stats.documents.docx_numbering import Numbering, read_numbering
from caoan_stats.documents.docx_styles import Styles, has_old_fonts, read_styles
from caoan_stats.documents.package import Package
from caoan_stats.documents.pieces import Piece, lines, row

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    f"{_OFFICE}wordprocessingml/2006/main": "",
    f"{_STRICT}wordprocessingml/main": "",
    f"{_OFFICE}officeDocument/2006/math": "m.",
    f"{_STRICT}officeDocument/math": "m.",
    f"{_OFFICE}markup-compatibility/2006": "mc.",
}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SKIPPED = {
    "pPr", "rPr", "sdtPr", "delText", "delInstrText", "rt", "sectPr", "tblPr",
    "fldData", "annotationRef",
}  # fmt: skip
_DELETED, _INSERTED = {"del", "moveFrom"}, {"ins", "moveTo"}
_PICTURES = {"?.pic", "?.imagedata", "?.chart", "?.relIds"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


def read(package: Package) -> Content:
    """Return the content of a document."""
    main = package.related("").get("officeDocument", "word/document.xml")
    parts = package.related(main)
    trees = {
        kind: package.tree(parts.get(kind, ""), _PREFIXES)
        for kind in ("styles", "numbering", "footnotes", "endnotes")
    }
    root = package.tree(main, _PREFIXES)
    numbering = read_numbering(trees["numbering"], trees["styles"])
    walk = _Walk(read_styles(trees["styles"]), numbering, _are_fields_closed(root))
    body = tuple(walk.pieces(root))
    notes = tuple(
        replace(piece, kind="note", level=0)
        for kind, code in walk.notes
        for note in trees[kind]
        if note.get("id") == code
        for piece in walk.pieces(note)
    )
    return Content(lines(body + notes), walk.counts, has_old_fonts(root, trees["styles"]))


@dataclass
class _Walk:
    """Walks through the elements; what is open or counted changes on the way."""

    styles: Styles
    numbering: Numbering
    are_fields_closed: bool
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind and code, as referred to
    _fields: list[str] = field(default_factory=list)  # open ones: `code`, `result`, `contents`
    _boxes: list[Piece] = field(default_factory=list)  # text boxes of the paragraph
    _carried: str = ""  # text that the next paragraph begins with
    _tables: int = 0

    def pieces(self, parent: Element) -> Iterator[Piece]:
        """Yield the paragraphs and rows in an element."""
        for child in parent:
            if child.tag == "p":
                yield from self._paragraph(child)
            elif child.tag == "tbl":
                yield from self._table(child)
            elif child.tag in _DELETED:
                self.counts["deleted"] += 1
            elif child.tag not in _SKIPPED and not _is_contents(child):
                yield from self.pieces(_chosen(child))

    def _paragraph(self, element: Element) -> Iterator[Piece]:
        properties = element.find("pPr")
        text = self._carried + "".join(self._texts(element, properties))
        boxes, self._boxes, self._carried = self._boxes, [], ""
        if not self.are_fields_closed:
            self._fields = []
        if _goes_into_next(properties):
            self._carried = text
        else:
            label = self._label(properties)
            level = self.styles.heading(properties)
            if text.strip():
                yield Piece(label + text, "text" if level is None else "heading", level or 0)
        yield from boxes

    def _label(self, properties: Element | None) -> str:
        code, level, style = self.styles.list_of(properties)
        if not level.isdecimal():
            return self.numbering.label(code, self.numbering.level_of_style(code, style))
        return self.numbering.label(code, int(level))

    def _table(self, element: Element) -> Iterator[Piece]:
        rows = [each for each in _inner(element, "tr") if self._is_shown(each)]
        cells = [list(_inner(each, "tc")) for each in rows]
        if len(rows) == 1 and len(cells[0]) == 1:  # a frame around text
            yield from self.pieces(cells[0][0])
            return
        self._tables += 1
        number = self._tables
        for each, own in zip(rows, cells, strict=True):
            contents = [list(self.pieces(cell)) for cell in own]
            texts = [
                " ".join(piece.text for piece in found if not piece.table) for found in contents
            ]
            spans = [_span(cell, "tcPr/gridSpan") for cell in own]
            filled = [
                part
                for text, span in zip(texts, spans, strict=True)
                for part in (text, *[""] * (span - 1))
            ]
            yield row([""] * _span(each, "trPr/gridBefore", 0) + filled, number)
            yield from (piece for found in contents for piece in found if piece.table)

    def _is_shown(self, element: Element) -> bool:
        properties = element.find("trPr")
        if properties is None:
            return True
        is_deleted, is_hidden = (properties.find(name) is not None for name in ("del", "hidden"))
        self.counts["inserted"] += properties.find("ins") is not None
        self.counts["deleted"] += is_deleted
        self.counts["hidden"] += is_hidden
        return not is_deleted and not is_hidden

    def _texts(self, parent: Element, properties: Element | None) -> Iterator[str]:
        """Yield the texts in a paragraph, or in an element of it."""
        for child in parent:
            name = child.tag
            if name in {"t", "m.t"}:
                yield (child.text or "") if set(self._fields) <= {"result"} else ""
            elif name in _SIGNS:
                yield _SIGNS[name] if set(self._fields) <= {"result"} else ""
            elif name == "r" and self.styles.is_hidden(child, properties):
                self.counts["hidden"] += any(each.text for each in child.iter("t"))
            elif name in _SKIPPED or name in _DELETED or _is_contents(child):
                self.counts["deleted"] += name in _DELETED
            else:
                yield from self._marked(child, properties)

    def _marked(self, child: Element, properties: Element | None) -> Iterator[str]:
        """Yield the texts in an element of a paragraph that is more than text."""
        name = child.tag
        if name == "fldChar":
            self._field(child.get("fldCharType", ""))
        elif name == "instrText":
            self._code(child.text or "")
        elif name == "sym":
            yield _symbol(child.get("char", ""))
        elif name in _NOTES:
            self.notes.append((_NOTES[name], child.get("id", "")))
        elif name == "txbxContent":
            self._boxes += self._box(child)
        elif name == "m.num":
            yield from self._texts(child, properties)
            yield "/"
        else:
            self.counts["inserted"] += name in _INSERTED
            self.counts["pictures"] += name in _PICTURES
            yield from self._texts(_chosen(child), properties)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("code")
        elif self._fields:
            field_of = self._fields.pop()
            if kind == "separate":
                self._fields.append("contents" if field_of == "contents code" else "result")

    def _code(self, text: str) -> None:
        if self._fields[-1:] == ["code"] and text.strip().startswith("TOC"):
            self._fields[-1] = "contents code"

    def _box(self, element: Element) -> list[Piece]:
        inner = _Walk(self.styles, self.numbering, self.are_fields_closed, self.counts, self.notes)
        inner._tables = self._tables
        found = list(inner.pieces(element))
        self._tables = inner._tables
        return found


def _chosen(element: Element) -> Element:
    """Return the one alternative that is read, or the element itself."""
    if element.tag != "mc.AlternateContent":
        return _shown_control(element) if element.tag == "sdt" else element
    choice = element.find("mc.Choice")
    return next(iter(element), element) if choice is None else choice


def _shown_control(element: Element) -> Element:
    """Return a content control, or an empty element if it only says what to type."""
    is_empty = element.find("sdtPr/showingPlcHdr") is not None
    return Element("none") if is_empty else element


def _is_contents(element: Element) -> bool:
    """Whether it is a table of contents, which repeats the headings."""
    if element.tag == "fldSimple":
        return element.get("instr", "").strip().startswith("TOC")
    kind = element.find("sdtPr/docPartObj/docPartGallery") if element.tag == "sdt" else None
    return kind is not None and kind.get("val") == "Table of Contents"


def _goes_into_next(properties: Element | None) -> bool:
    """Whether the end of a paragraph is deleted, or it is the large first letter of the next."""
    if properties is None:
        return False
    frame = properties.find("framePr")
    ends = (properties.find(f"rPr/{name}") for name in _DELETED)
    return any(each is not None for each in ends) or (
        frame is not None and frame.get("dropCap", "none") != "none"
    )


def _inner(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, those in content controls too."""
    for child in element:
        if child.tag == name:
            yield child
        elif child.tag in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            yield from _inner(child, name)


def _span(element: Element, path: str, otherwise: int = 1) -> int:
    found = element.find(path)
    text = "" if found is None else found.get("val", "")
    return min(int(text), 63) if text.isdecimal() else otherwise


def _symbol(code: str) -> str:
    return chr(int(code, 16)) if code.isalnum() and len(code) == 4 else ""


def _are_fields_closed(root: Element) -> bool:
    kinds = Counter(each.get("fldCharType") for each in root.iter("fldChar"))
    return kinds["begin"] == kinds["end"]
