"""The text of an OpenDocument text, in the order in which it is read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from caoan_stats.documents.content import Content
from caoan_stats.documents.odt_styles import OUTLINE, Lists, Styles, read_styles, whole
from caoan_stats.documents.package import Package
from caoan_stats.documents.pieces import Piece, lines, row

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_OASIS}{name}:1.0": f"{name if name != 'drawing' else 'draw'}."
    for name in ("office", "style", "text", "table", "drawing")
} | {
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext.",
    "http://www.w3.org/XML/1998/namespace": "xml.",
}
_PARAGRAPHS = {"text.p", "text.h"}
_SKIPPED = {
    "office.annotation", "office.forms", "text.sequence-decls", "text.ruby-text", "?.title",
    "?.desc", "text.note-citation", "text.bibliography", "text.tracked-changes",
    "text.table-of-content", "text.alphabetical-index", "text.illustration-index",
    "text.table-index", "text.user-index", "text.object-index", "draw.glue-point",
}  # fmt: skip
_HIDDEN = {"text.hidden-text", "text.hidden-paragraph"}
_PICTURES = {"draw.image", "draw.object", "draw.object-ole"}
_COLUMN_LIMIT = 64  # that one cell stands for


def read(package: Package) -> Content:
    """Return the content of a document."""
    root = package.tree("content.xml", _PREFIXES)
    walk = _Walk(*read_styles(package.tree("styles.xml", _PREFIXES), root))
    body = root.find("office.body/office.text")
    pieces = [] if body is None else list(walk.pieces(body))
    notes = [replace(piece, kind="note", level=0) for piece in walk.notes]
    changes = Counter(
        {"text.insertion": "inserted", "text.deletion": "deleted"}.get(each.tag, "")
        for each in root.iterfind(".//text.changed-region/*")
    )
    return Content(lines([*pieces, *notes]), walk.counts + changes)


@dataclass
class _Walk:
    """Walks through the elements; what is open or counted changes on the way."""

    styles: Styles
    lists: Lists
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[Piece] = field(default_factory=list)
    _boxes: list[Piece] = field(default_factory=list)  # text boxes of the paragraph
    _tables: int = 0

    def pieces(self, parent: Iterable[Element]) -> Iterator[Piece]:
        """Yield the paragraphs and rows in an element."""
        for child in parent:
            if child.tag in _PARAGRAPHS:
                yield from self._paragraph(child, self._heading_label(child))
            elif child.tag == "table.table":
                yield from self._table(child)
            elif child.tag == "text.list":
                yield from self._list(child, 1, "", "")
            elif child.get("text.display") == "none":
                self.counts["hidden"] += 1
            elif child.tag not in _SKIPPED:
                self.counts["pictures"] += child.tag in _PICTURES
                yield from self.pieces(_readable(child))

    def _heading_label(self, element: Element) -> str:
        if element.tag != "text.h" or element.get("text.is-list-header") == "true":
            return ""
        return self.lists.label(OUTLINE, OUTLINE, whole(element, "text.outline-level"))

    def _paragraph(self, element: Element, label: str) -> Iterator[Piece]:
        style = element.get("text.style-name", "")
        is_hidden = self.styles.is_hidden("paragraph", style)
        text = "".join(self._texts(element))
        boxes, self._boxes = self._boxes, []
        self.counts["hidden"] += is_hidden and bool(text.strip())
        if text.strip() and not is_hidden:
            if element.tag == "text.h":
                yield Piece(label + text, "heading", whole(element, "text.outline-level"))
            else:
                yield Piece(label + text, "heading" if self.styles.is_title(style) else "text")
        yield from boxes

    def _list(self, element: Element, level: int, code: str, style: str) -> Iterator[Piece]:
        """Yield the items of a list; `code` and `style` are those of the list around it."""
        style = element.get("text.style-name") or style
        if level == 1:
            code = self._code(element, style)
        for item in element:
            if item.tag not in {"text.list-item", "text.list-header"}:
                continue
            start = whole(item, "text.start-value", -1)
            is_labelled = item.tag == "text.list-item"
            for child in item:
                if child.tag == "text.list":
                    yield from self._list(child, level + 1, code, style)
                elif child.tag in _PARAGRAPHS:
                    label = ""
                    if is_labelled:
                        label = self.lists.label(code, style, level, start if start >= 0 else None)
                    is_labelled = False
                    yield from self._paragraph(child, label)
                else:
                    yield from self.pieces([child])

    def _code(self, element: Element, style: str) -> str:
        """Return the code under which the items of a list count."""
        own = element.get("xml.id") or f"list {id(element)}"
        before = element.get("text.continue-list", "")
        if not before and element.get("text.continue-numbering") == "true":
            before = f"style {style}"
        if before in self.lists.counts:
            self.lists.counts[own] = self.lists.counts[before]
        counts = self.lists.counts.setdefault(own, {})
        self.lists.counts[f"style {style}"] = counts
        return own

    def _table(self, element: Element) -> Iterator[Piece]:
        rows = [list(_cells(found)) for found in _rows(element)]
        if len(rows) == 1 and len(rows[0]) == 1:  # a frame around text
            yield from self.pieces(rows[0][0])
            return
        self._tables += 1
        number = self._tables
        for cells in rows:
            contents = [list(self.pieces(cell)) for cell in cells]
            texts = [
                " ".join(piece.text for piece in found if not piece.table) for found in contents
            ]
            yield row(texts, number)
            yield from (piece for found in contents for piece in found if piece.table)

    def _texts(self, parent: Element) -> Iterator[str]:
        """Yield the texts in a paragraph, or in an element of it, without its tail."""
        yield _flat(parent.text)
        for child in parent:
            yield from self._marked(child)
            yield _flat(child.tail)

    def _marked(self, child: Element) -> Iterator[str]:
        name = child.tag
        if name == "text.s":
            yield " "
        elif name in {"text.tab", "text.line-break"}:
            yield "\t" if name == "text.tab" else "\n"
        elif name == "text.note":
            self.notes += self._apart(child.iterfind("text.note-body"))
        elif name == "draw.text-box":
            self._boxes += self._apart([child])
        elif name in _HIDDEN or self.styles.is_hidden("text", child.get("text.style-name", "")):
            self.counts["hidden"] += 1
        elif name not in _SKIPPED:
            self.counts["pictures"] += name in _PICTURES
            yield from self._texts(_readable(child))

    def _apart(self, elements: Iterable[Element]) -> list[Piece]:
        """Return the pieces in elements that stand within a paragraph but are read after it."""
        outer, self._boxes = self._boxes, []
        found = [piece for element in elements for piece in self.pieces(element)]
        self._boxes = outer
        return found


def _readable(element: Element) -> Element:
    """Return an element; of a frame, only its first content, for others stand for the same."""
    if element.tag != "draw.frame" or len(element) < 2:
        return element
    frame = Element("draw.frame")
    frame.append(element[0])
    return frame


def _rows(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == "table.table-row":
            yield child
        elif child.tag in {"table.table-header-rows", "table.table-rows", "table.table-row-group"}:
            yield from _rows(child)


def _cells(element: Element) -> Iterator[Element]:
    """Yield the cells of a row, an empty one for each that another covers."""
    for child in element:
        if child.tag.endswith("table-cell"):
            is_covered = child.tag == "table.covered-table-cell"
            cell = Element("none") if is_covered else child
            yield from [cell] * whole(child, "table.number-columns-repeated", 1, _COLUMN_LIMIT)


def _flat(text: str | None) -> str:
    return text.replace("\n", " ").replace("\t", " ") if text else ""
