"""The XML parts of a zipped document, counted before anything is made of them.

A file of a few kilobytes can unpack to gigabytes. What people have written is far below the limits.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from caoan_stats.common.files import MEGABYTE
from caoan_stats.documents.failure import UnreadableError

PART_LIMIT, ELEMENT_LIMIT, DEPTH_LIMIT = 40 * MEGABYTE, 500_000, 150  # of all parts that are read
MEMBER_LIMIT = 5_000
_MEMBER = b"PK\1\2"  # begins each entry of the list of members
_RELATIONS = "_rels/{}.rels"
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, ParseError, OSError, EOFError, NotImplementedError, ValueError,
    LookupError,
)  # fmt: skip


class Package:
    """The parts of an archive; what is read of them adds up."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.names = archive.namelist()
        self._known = {_plain(name): name for name in self.names} | {n: n for n in self.names}
        self._archive = archive
        self._bytes = self._elements = 0

    def read(self, name: str) -> bytes:
        """Return a part, empty if there is none; raise `UnreadableError` beyond the limit."""
        stored = self._known.get(name) or self._known.get(_plain(name))
        if not stored:
            return b""
        with self._archive.open(stored) as member:
            data = member.read(PART_LIMIT - self._bytes + 1)
        self._bytes += len(data)
        if self._bytes > PART_LIMIT:
            raise UnreadableError("document_crowded")
        return data

    def tree(self, name: str, prefixes: Mapping[str, str]) -> Element:
        """Return the root of a part, an empty element if there is none.

        The namespaces of its tags and attributes are replaced by `prefixes`, others by `?.`.
        """
        data = self.read(name)
        if not data:
            return Element("none")
        builder = _Builder(prefixes, ELEMENT_LIMIT - self._elements)
        parser = XMLParser(target=builder)  # noqa: S314
        parser.feed(data)
        self._elements += builder.count
        root: Element = parser.close()
        return root

    def related(self, name: str) -> dict[str, str]:
        """Return the parts that a part of Office names, by the last word of their relation."""
        folder, base = posixpath.split(name)
        relations = self.tree(posixpath.join(folder, _RELATIONS.format(base)), {})
        return {
            str(each.get("Type")).rpartition("/")[2]: posixpath.normpath(
                posixpath.join("/", folder, str(each.get("Target")))
            ).lstrip("/")
            for each in relations
            if each.get("TargetMode") != "External"
        }


class _Builder:
    """Builds a tree of elements with short names, up to a limit."""

    def __init__(self, prefixes: Mapping[str, str], limit: int) -> None:
        self._tree, self._prefixes, self._limit = TreeBuilder(), prefixes, limit
        self._names: dict[str, str] = {}
        self.count = self._depth = 0
        self.data = self._tree.data  # called by the parser
        self.close = self._tree.close

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        self.count += 1
        self._depth += 1
        if self.count > self._limit or self._depth > DEPTH_LIMIT:
            raise UnreadableError("document_crowded")
        named = {self._name(name): value for name, value in attributes.items()}
        return self._tree.start(self._name(tag), named)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return self._tree.end(self._name(tag))

    def doctype(self, *_: Any) -> None:
        raise UnreadableError("document_damaged")  # it can declare entities that name others

    def _name(self, name: str) -> str:
        if name not in self._names:
            space, _, local = name[1:].rpartition("}") if name[0] == "{" else ("", "", name)
            self._names[name] = (self._prefixes.get(space, "?.") if space else "") + local
        return self._names[name]


@contextmanager
def opened(data: bytes) -> Iterator[Package]:
    """Open an archive; what is damaged in it is raised as an `UnreadableError`."""
    if data.count(_MEMBER) > MEMBER_LIMIT:
        raise UnreadableError("document_crowded")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if any(member.flag_bits & 1 for member in archive.infolist()):
                raise UnreadableError("document_password")
            yield Package(archive)
    except RecursionError:
        raise UnreadableError("document_crowded") from None
    except _DAMAGED:
        raise UnreadableError("document_damaged") from None


def _plain(name: str) -> str:
    """Return a name as it is compared: without case, kind of slash, and escapes of an address."""
    return unquote(name).replace("\\", "/").casefold()
