"""Excel workbooks (.xlsx, .xlsm and their templates), read part by part.

One pass returns each formula with its saved result. A workbook to be changed is loaded by openpyxl,
which makes each cell of each range, so that `load` refuses what is too large for it.
"""

import posixpath
import re
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ExpatError

from openpyxl import Workbook, load_workbook
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

from caoan_stats.forms import parts, sheet
from caoan_stats.forms.parts import Parts
from caoan_stats.forms.sheet import NotReadableError, Sheet
from caoan_stats.forms.typed import Cell

Results = Mapping[tuple[int, int], object]  # by row and column, from 1
WRITABLE_CELLS = 100_000  # that openpyxl holds in a few seconds
WRITABLE_FORMULAS = 1_000_000  # characters of shared formulas in all cells
TRANSLATED = 100  # characters of the longest formula that is adapted to other cells
TRANSLATIONS = 1_000  # formulas of a workbook that are adapted
_ESCAPES = re.compile("(?:_x[0-9A-Fa-f]{4}_)+")  # `_x000D_`, as Office Open XML writes a character
_RANGE = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref=[\"']([^\"']+:[^\"']+)")
_UNKNOWN_FORMULA = "=…"
_ASIAN_DATES = dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy/m/d")  # openpyxl has none
_BUILT_IN = _ASIAN_DATES | BUILTIN_FORMATS
_TRUE = ("1", "true")


def read(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook; raise `NotReadableError` if it is damaged or too large."""
    with parts.opened(data) as archive:
        book = _Book.of(archive)
        count = sheet.Count()
        return tuple(_sheet(each, book, archive, count) for each in book.sheets)


def saved_results(data: bytes) -> dict[str, Results]:
    """Return the saved results of the formulas of each sheet, by its name."""
    with parts.opened(data) as archive:
        book = _Book.of(archive)
        return {
            each.name: {
                (typed.row, typed.column): typed.content
                for _, row in _elements(archive, each.path, ("row",))
                for typed in book.cells(row)
                if typed.formula
            }
            for each in book.sheets
        }


def load(data: bytes) -> Workbook:
    """Return a workbook to be changed, with the formats of its texts.

    Raises `NotReadableError` if it has too many cells, or ranges of too many, for openpyxl.
    """
    if not _is_light(data):
        raise NotReadableError("crowded_workbook")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about parts that it does not keep
        book = load_workbook(BytesIO(data), rich_text=True)
    if any(each.max_row * each.max_column > WRITABLE_CELLS for each in book.worksheets):
        raise NotReadableError("crowded_workbook")
    return book


def _is_light(data: bytes) -> bool:
    """Return whether openpyxl makes few cells of ranges, and adapts few and short formulas."""
    cells = adapted = longest = 0
    with parts.opened(data) as archive:
        for name in archive.names:  # openpyxl reads sheets from parts of any name
            with suppress(ExpatError, ParseError):  # no XML
                for each in archive.elements(name, ("mergeCell", "hyperlink", "f")):
                    if "ref" in each.attrib and each.tag.rpartition("}")[2] != "f":
                        rows, columns = sheet.bounds(each.attrib["ref"])
                        cells += len(rows) * len(columns)
                    elif each.get("t") == "shared":
                        longest = max(longest, len(each.text or ""))
                        adapted += longest
    return cells <= WRITABLE_CELLS and adapted <= WRITABLE_FORMULAS


def unescape(text: str) -> str:
    r"""Return a text without the escapes of Office Open XML.

    >>> unescape("two_x000D_\nlines, and _x005F_x000D_ itself")
    'two\r\nlines, and _x000D_ itself'
    """
    return _ESCAPES.sub(_characters, text)


def _characters(escapes: re.Match[str]) -> str:
    units = "".join(re.findall("_x(.{4})_", escapes[0]))
    return bytes.fromhex(units).decode("utf-16-be", "replace")  # two can be one character


class _Listed(NamedTuple):
    """A sheet in the list of the workbook."""

    name: str
    path: str
    is_hidden: bool


class _Typed(NamedTuple):
    """A cell that is not empty."""

    row: int
    column: int
    content: object
    number_format: str
    formula: str


@dataclass(frozen=True)
class _Book:
    """What the sheets of a workbook share."""

    sheets: Sequence[_Listed]
    texts: Sequence[str]
    formats: Sequence[str]  # codes of number formats, by number of the style
    epoch: datetime
    shared: dict[str, tuple[str, str]] = field(default_factory=dict)  # formulas and their cells
    left: Iterator[int] = field(default_factory=lambda: iter(range(TRANSLATIONS)))

    @classmethod
    def of(cls, archive: Parts) -> "_Book":
        """Return the book of an archive."""
        [path] = _targets(archive, "", "officeDocument").values()
        tree = archive.tree(path)
        of_sheets = _targets(archive, path, "worksheet")
        styles, texts = (
            next(iter(_targets(archive, path, kind).values()), "")
            for kind in ("styles", "sharedStrings")
        )
        settings = tree.find("{*}workbookPr")
        is_mac = settings is not None and settings.get("date1904") in _TRUE
        listed = []
        for each in tree.iterfind("{*}sheets/{*}sheet"):
            ids = (value for key, value in each.attrib.items() if key.endswith("}id"))
            if target := of_sheets.get(next(ids, "")):
                is_hidden = each.get("state", "visible") != "visible"
                listed.append(_Listed(each.attrib["name"], target, is_hidden))
        if len(listed) > sheet.SHEET_LIMIT:
            raise NotReadableError("crowded_workbook")
        return cls(
            listed,
            [_text(each) for each in archive.tree(texts).iterfind("{*}si")],
            _formats(archive.tree(styles)),
            MAC_EPOCH if is_mac else WINDOWS_EPOCH,
        )

    def cells(self, row: Element) -> Iterator[_Typed]:
        """Yield the cells of a row that have a content or a formula."""
        column = 0
        for cell in row:
            name = cell.get("r")
            last = int(row.attrib["r"]), column + 1
            number, column = coordinate_to_tuple(name) if name else last
            if not len(cell):
                continue
            found = {each.tag.rpartition("}")[2]: each for each in cell}
            number_format = self.formats[int(cell.get("s", "0"))] if self.formats else "General"
            content = self._content(cell.get("t", "n"), found, number_format)
            formula = self._formula(found["f"], number, column) if "f" in found else ""
            if formula or content not in (None, ""):
                yield _Typed(number, column, content, number_format, formula)

    def _content(self, kind: str, found: Mapping[str, Element], number_format: str) -> object:
        if kind == "inlineStr":
            return _text(found["is"]) if "is" in found else None
        value = found["v"].text if "v" in found else None
        content: object = unescape(value) if value else None
        match kind if value else "":
            case "n":
                content = self._number(str(value), number_format)
            case "s":
                content = self.texts[int(str(value))]
            case "b":
                content = bool(int(str(value)))
            case "d":
                content = from_ISO8601(value)  # type: ignore[no-untyped-call]
        return content

    def _number(self, value: str, number_format: str) -> object:
        number = float(value) if re.search("[.eE]", value) else int(value)
        if not _is_date(number_format):
            return number
        try:
            moment = from_excel(number, self.epoch, is_timedelta_format(number_format))
        except (OverflowError, ValueError):
            return "#VALUE!"
        return moment if isinstance(moment, date | time) else str(moment)

    def _formula(self, element: Element, row: int, column: int) -> str:
        """Return a formula; of those that share one, only the first states it."""
        text, number = element.text or "", element.get("si", "")
        if element.get("t") != "shared" or len(text) > TRANSLATED:
            return f"={text}" if text else _UNKNOWN_FORMULA
        place = f"{get_column_letter(column)}{row}"
        if text:
            self.shared[number] = f"={text}", place
            return f"={text}"
        if number not in self.shared or next(self.left, None) is None:
            return _UNKNOWN_FORMULA
        try:
            return str(Translator(*self.shared[number]).translate_formula(place))
        except (TokenizerError, TranslatorError):
            return _UNKNOWN_FORMULA


def _targets(archive: Parts, path: str, kind: str) -> dict[str, str]:
    """Return the parts of a kind that a part refers to, by number; of the archive for no part."""
    folder, name = posixpath.split(path)
    tree = archive.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
    own = [each for each in tree if each.get("TargetMode") != "External"]
    targets = {each.attrib["Id"]: each for each in own if each.get("Type", "").endswith(f"/{kind}")}
    return {
        number: posixpath.normpath(posixpath.join("/", folder, each.attrib["Target"]))[1:]
        for number, each in targets.items()
    }


@lru_cache(sheet.FORMAT_LIMIT)
def _is_date(number_format: str) -> bool:
    return bool(is_date_format(number_format))


def _formats(styles: Element) -> list[str]:
    own = {
        int(each.attrib["numFmtId"]): each.get("formatCode", "")[: sheet.FORMAT_LENGTH]
        for each in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    numbers = (int(each.get("numFmtId", "0")) for each in styles.iterfind("{*}cellXfs/{*}xf"))
    return [own.get(each) or _BUILT_IN.get(each, "General") for each in numbers]


def _text(element: Element) -> str:
    """Return a text; digits that its format raises or lowers are so as characters."""
    pieces = []
    for each in element:
        kind = each.tag.rpartition("}")[2]
        if kind == "t":
            pieces.append(each.text or "")
        elif kind == "r":  # not how it is pronounced
            align = each.find("{*}rPr/{*}vertAlign")
            text = each.findtext("{*}t", "")
            pieces.append(sheet.shifted(text, align.get("val", "") if align is not None else ""))
    return unescape("".join(pieces))


def _elements(archive: Parts, path: str, kinds: Collection[str]) -> Iterator[tuple[str, Element]]:
    """Yield the kind and the element of each row, and of others, of a sheet.

    A row without a number gets that of its first cell, or the one after the row before it.
    """
    number = 0
    for each in archive.elements(path, kinds):
        kind = each.tag.rpartition("}")[2]
        if kind == "row":
            name = next((cell.get("r") for cell in each), None)
            number = coordinate_to_tuple(name)[0] if name else number + 1
            number = int(each.get("r", number))
            each.set("r", str(number))
        yield kind, each


def _sheet(listed: _Listed, book: _Book, archive: Parts, count: sheet.Count) -> Sheet:
    cells: dict[tuple[int, str], Cell] = {}
    merged: list[str] = []
    hidden_rows: list[int] = []
    hidden_columns: set[int] = set()
    is_large = False
    book.shared.clear()
    for kind, each in _elements(archive, listed.path, ("row", "col", "mergeCell")):
        match kind:
            case "mergeCell":
                merged.append(each.attrib["ref"])
            case "col" if _is_hidden(each, "width"):
                last = min(int(each.attrib["max"]), sheet.COLUMN_LIMIT)
                hidden_columns.update(range(max(1, int(each.attrib["min"])), last + 1))
            case "row":
                if _is_hidden(each, "ht"):
                    hidden_rows.append(int(each.attrib["r"]))
                for found in book.cells(each):
                    if made := count.cell(found.content, found.number_format, found.formula):
                        is_large |= not sheet.is_inside(found.row, found.column)
                        cells[found.row, get_column_letter(found.column)] = made
        if is_large:
            break
    return Sheet(
        name=sheet.sheet_name(unescape(listed.name)),
        is_hidden=listed.is_hidden,
        is_large=is_large,
        cells={} if is_large else cells,
        merged=tuple(merged),
        hidden_rows=tuple(hidden_rows),
        hidden_columns=tuple(map(get_column_letter, sorted(hidden_columns))),
    )


def _is_hidden(element: Element, size: str) -> bool:
    return element.get("hidden") in _TRUE or float(element.get(size, "1")) == 0
