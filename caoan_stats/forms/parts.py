"""The XML parts of a zipped workbook, counted before anything is made of them.

A file of a few kilobytes can unpack to gigabytes, or state a range of a billion cells. What a
person has typed is far below the limits; formats of whole rows and columns are few elements.
"""

import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import unquote
from xml.etree.ElementTree import Element, fromstring, iterparse
from xml.parsers import expat

from caoan_stats.common.files import MEGABYTE
from caoan_stats.forms.sheet import NotReadableError

PART_LIMIT, ELEMENT_LIMIT, DEPTH_LIMIT = 16 * MEGABYTE, 200_000, 100  # of all parts that are read
MEMBER_LIMIT = 5_000
_LONG = re.compile(b"<[^<]{200000}")  # a text, or one element with all its attributes
_MEMBER = b"PK\1\2"  # begins each entry of the list of members


class Parts:
    """The parts of an archive; what is read of them adds up."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.names = archive.namelist()
        self._known = {_plain(name): name for name in self.names} | {n: n for n in self.names}
        self._archive = archive
        self._bytes = self._elements = self._depth = 0

    def read(self, name: str) -> bytes:
        """Return an XML part that is safe to parse; raise `NotReadableError` beyond the limits."""
        with self._archive.open(self._name(name)) as member:
            data = member.read(PART_LIMIT - self._bytes + 1)
        self._bytes += len(data)
        if self._bytes > PART_LIMIT or _LONG.search(data):
            raise NotReadableError("crowded_workbook")
        self._depth, parser = 0, expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.EntityDeclHandler = _refuse
        parser.Parse(data, True)
        return data

    def tree(self, name: str) -> Element:
        """Return the root element of a part; an empty one if there is no such part."""
        return fromstring(self.read(name)) if self._name(name) else Element("none")  # noqa: S314

    def elements(self, name: str, kinds: Collection[str]) -> Iterator[Element]:
        """Yield the elements of some kinds in a part, one after the other without holding all."""
        for _, element in iterparse(BytesIO(self.read(name))):  # noqa: S314
            if element.tag.rpartition("}")[2] in kinds:
                yield element
                element.clear()

    def _name(self, name: str) -> str:
        """Return the name of a part as the archive writes it; empty if there is no such part."""
        return self._known.get(name) or self._known.get(_plain(name), "")

    def _start(self, _: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1 + len(attributes) // 10
        self._depth += 1
        if self._elements > ELEMENT_LIMIT or self._depth > DEPTH_LIMIT:
            raise NotReadableError("crowded_workbook")

    def _end(self, _: str) -> None:
        self._depth -= 1


@contextmanager
def opened(data: bytes) -> Iterator[Parts]:
    """Open an archive for reading its parts; any error is raised as a `NotReadableError`."""
    try:
        if data.count(_MEMBER) > MEMBER_LIMIT:
            raise NotReadableError("crowded_workbook")
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield Parts(archive)
    except NotReadableError:
        raise
    except Exception:  # of a damaged or hostile file: no archive, no XML, no numbers
        raise NotReadableError("no_workbook") from None


def _plain(name: str) -> str:
    """Return a name as it is compared: without case, kind of slash, and escapes of an address."""
    return unquote(name).replace("\\", "/").casefold()


def _refuse(*_: object) -> None:
    raise NotReadableError("no_workbook")  # an entity can name others, and files
