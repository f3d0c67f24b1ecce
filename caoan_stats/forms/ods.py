"""OpenDocument spreadsheets (.ods), as LibreOffice saves them, read as XML."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cache
from math import log10
from xml.etree.ElementTree import Element

from openpyxl.utils import get_column_letter

from caoan_stats.forms import parts, sheet
from caoan_stats.forms.sheet import NotReadableError, Sheet
from caoan_stats.forms.typed import Cell

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"
    for name, kind in {
        "office": "office", "table": "table", "text": "text", "style": "style",
        "number": "datastyle",
    }.items()
}  # fmt: skip
PARENT_LIMIT = 10  # styles from which one inherits
PART_LIMIT = 20  # elements of a style that are read
SPACE_LIMIT = 10  # that one element stands for
_HIDDEN = ("collapse", "filter")  # visibility of rows and columns
_NOTHING = re.compile("0(?:[.]0*)?[a-z]*")  # height or width
_DURATION = re.compile(r"PT([0-9]{1,2})H([0-9]{1,2})M([0-9]{1,2})[0-9.,]*S")
_CONDITION = re.compile(r"value\(\)([<>=!]+)(.+)")


@cache
def _name(prefixed: str) -> str:
    """Return the name of an element or attribute as ElementTree has it."""
    prefix, _, name = prefixed.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{name}"


def _get(element: Element, name: str, default: str = "") -> str:
    return element.get(_name(name), default)


def read(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook; raise `NotReadableError` if it cannot be read."""
    with parts.opened(data) as archive:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise NotReadableError("password")
        content = archive.tree("content.xml")
        styles, count = _Styles.of([content, archive.tree("styles.xml")]), sheet.Count()
        tables = content.findall("office:body/office:spreadsheet/table:table", _NAMESPACES)
        own = [each for each in tables if each.find("table:table-source", _NAMESPACES) is None]
        if len(own) > sheet.SHEET_LIMIT:
            raise NotReadableError("crowded_workbook")
        return tuple(_Table(each, styles, count).sheet() for each in own)


@dataclass(frozen=True)
class _Styles:
    """The styles of a workbook, by name and family; those of number formats by name alone."""

    elements: Mapping[tuple[str, str], Element]
    formats: dict[str, str] = field(default_factory=dict)  # Excel's code by style of a number

    @classmethod
    def of(cls, parts: Iterable[Element]) -> "_Styles":
        """Return the styles of the parts of a workbook."""
        return cls(
            {
                (_get(style, "style:family"), _get(style, "style:name")): style
                for part in parts
                for style in part.iter()
                if style.get(_name("style:name"))
            }
        )

    def shows_nothing(self, family: str, name: str) -> bool:
        """Return whether a sheet is not displayed, or a row or column has no size."""
        names = ("table:display", "style:row-height", "style:column-width")
        values = self._values((family, name), *names)
        return any(value == "false" or _NOTHING.fullmatch(value) for value in values)

    def position(self, name: str) -> str:
        """Return where a style puts text: `super`, `sub`, or on the line; LibreOffice has `33%`."""
        value = next(self._values(("text", name), "style:text-position"), "")
        if re.match("[1-9]", value):
            return "super"
        return "sub" if value.startswith("-") else value

    def _values(self, key: tuple[str, str], *names: str) -> Iterator[str]:
        """Yield the values of some properties of a style."""
        style = self.elements.get(key)
        parts = [] if style is None else style[:PART_LIMIT]
        return (value for each in parts for name in names if (value := _get(each, name)))

    def number_format(self, name: str) -> str:
        """Return the number format of a style of cells, as Excel writes it."""
        data_style = self._data_style(name)
        if data_style not in self.formats:
            if len(self.formats) > sheet.FORMAT_LIMIT:
                raise NotReadableError("crowded_workbook")
            self.formats[data_style] = self._code(data_style)[: sheet.FORMAT_LENGTH]
        return self.formats[data_style]

    def _data_style(self, name: str) -> str:
        """Return the name of the number format of a style, its own or an inherited one."""
        for _ in range(PARENT_LIMIT):
            style = self.elements.get(("table-cell", name))
            if style is None:
                return ""
            if data_style := _get(style, "style:data-style-name"):
                return data_style
            name = _get(style, "style:parent-style-name")
        return ""

    def _code(self, name: str) -> str:
        style = self.elements.get(("", name))
        if style is None:
            return "General"
        sections = []
        for mapped in style.findall("style:map", _NAMESPACES)[:PART_LIMIT]:
            condition = _CONDITION.fullmatch(_get(mapped, "style:condition"))
            applied = self.elements.get(("", _get(mapped, "style:apply-style-name")))
            if condition and applied is not None:
                sign = condition[1].replace("!=", "<>")
                sections.append(f"[{sign}{condition[2]}]{_section(applied)}")
        return ";".join([*sections, _section(style)])


def _section(style: Element) -> str:
    """Return a style without its conditions as a section of a number format."""
    is_percent = style.tag == _name("number:percentage-style")
    parts = []
    for each in style[:PART_LIMIT]:
        if each.tag in map(_name, ("number:text", "number:currency-symbol")):
            text = (each.text or "")[: sheet.FORMAT_LENGTH].replace('"', "")
            parts += [f'"{part}"' for part in text.split("%")] if is_percent else [f'"{text}"']
        elif each.tag == _name("number:boolean"):
            parts.append('"TRUE"')
        elif each.tag == _name("number:text-content"):
            parts.append("@")
        elif each.tag in map(
            _name, ("number:number", "number:scientific-number", "number:fraction")
        ):
            parts.append("0" + "," * _thousands(_get(each, "number:display-factor", "1")))
    return "".join(parts) + ("%" if is_percent else "")


def _thousands(factor: str) -> int:
    """Return how often a number is divided by 1000 to be divided by a factor.

    >>> _thousands("1000000"), _thousands("1")
    (2, 0)
    """
    return round(log10(float(factor)) / 3)


@dataclass(frozen=True)
class _Table:
    """The element of a sheet."""

    element: Element
    styles: _Styles
    count: sheet.Count

    def sheet(self) -> Sheet:
        """Return the sheet; one that is too large without cells."""
        cells: dict[tuple[int, str], Cell] = {}
        is_large = False
        for rows, columns, cell in self._contents():
            if not sheet.is_inside(rows.stop - 1, columns.stop - 1):
                is_large, cells = True, {}
                break
            self.count.add(len(rows) * len(columns) - 1)
            cells |= {(row, get_column_letter(each)): cell for row in rows for each in columns}
        return Sheet(
            name=sheet.sheet_name(_get(self.element, "table:name")),
            is_hidden=self.styles.shows_nothing("table", _get(self.element, "table:style-name")),
            is_large=is_large,
            cells=cells,
            merged=tuple(self._merged()),
            hidden_rows=tuple(self._hidden("row", sheet.ROW_LIMIT)),
            hidden_columns=tuple(
                map(get_column_letter, self._hidden("column", sheet.COLUMN_LIMIT))
            ),
        )

    def _parts(self, kind: str) -> Iterator[tuple[range, Element]]:
        """Yield each element of rows, or of columns, and the numbers that it stands for, from 1."""
        start = 1
        for each in self.element.iter(_name(f"table:table-{kind}")):
            end = start + _count(each, kind)
            yield range(start, end), each
            start = end

    def _hidden(self, kind: str, limit: int) -> Iterator[int]:
        for numbers, each in self._parts(kind):
            has_no_size = self.styles.shows_nothing(f"table-{kind}", _get(each, "table:style-name"))
            if has_no_size or _get(each, "table:visibility") in _HIDDEN:
                yield from range(numbers.start, min(numbers.stop, limit + 1))

    def _cells(self) -> Iterator[tuple[range, range, Element, Element]]:
        """Yield the rows and columns that a cell stands for, the cell, and its row.

        A cell without anything is left out.
        """
        kinds = [*map(_name, ("table:table-cell", "table:covered-table-cell"))]
        for rows, row in self._parts("row"):
            start = 1
            for cell in row:
                if cell.tag in kinds:
                    end = start + _count(cell, "column")
                    if cell.attrib or len(cell):
                        yield rows, range(start, end), cell, row
                    start = end

    def _merged(self) -> Iterator[str]:
        for rows, columns, cell, _ in self._cells():
            spans = [
                int(_get(cell, f"table:number-{kind}s-spanned", "1")) for kind in ("row", "column")
            ]
            if max(spans) > 1 and columns.start <= sheet.COLUMN_LIMIT:
                bottom, right = rows.start + spans[0] - 1, columns.start + spans[1] - 1
                first = f"{get_column_letter(columns.start)}{rows.start}"
                yield f"{first}:{get_column_letter(right)}{bottom}"

    def _contents(self) -> Iterator[tuple[range, range, Cell]]:
        """Yield each cell that is not empty, with the rows and columns that it stands for."""
        default = "table:default-cell-style-name"
        of_columns = {
            number: _get(each, default)
            for columns, each in self._parts("column")
            for number in range(columns.start, min(columns.stop, sheet.COLUMN_LIMIT + 1))
        }
        for rows, columns, cell, row in self._cells():
            if cell.tag != _name("table:table-cell"):
                continue
            content, formula = self._content(cell), _formula(_get(cell, "table:formula"))
            if content in (None, "") and not formula:
                continue
            inherited = of_columns.get(columns.start, "")
            style = _get(cell, "table:style-name") or _get(row, default) or inherited
            number_format = self.styles.number_format(style)
            if number_format == "General" and _get(cell, "office:value-type") == "percentage":
                number_format = "0%"
            if made := self.count.cell(content, number_format, formula):
                yield rows, columns, made

    def _content(self, cell: Element) -> object:
        """Return what is typed in a cell, or the saved result of its formula; None without one."""
        paragraphs = cell.findall("text:p", _NAMESPACES)
        text = "\n".join(_text(each, self.styles) for each in paragraphs)
        match _get(cell, "office:value-type"):
            case "float" | "percentage" | "currency":
                return float(_get(cell, "office:value"))
            case "boolean":
                return _get(cell, "office:boolean-value") == "true"
            case "date":
                return _moment(_get(cell, "office:date-value")) or text
            case "time":
                return _time(_get(cell, "office:time-value")) or text
            case "":
                return text or None
        return _get(cell, "office:string-value") or text


def _count(element: Element, kind: str) -> int:
    """Return how many rows or columns an element stands for."""
    return max(0, int(_get(element, f"table:number-{kind}s-repeated", "1")))


def _formula(text: str) -> str:
    """Return a formula as it is typed.

    >>> _formula("of:=SUM([.A2:.A3])")
    '=SUM(A2:A3)'
    """
    typed = text[text.find("=") :] if text else ""
    return re.sub(r"\[[.]?([^][]*)\]", lambda found: found[1].replace(":.", ":"), typed)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _time(text: str) -> time | None:
    duration = _DURATION.fullmatch(text)
    if not duration or int(duration[1]) >= 24:
        return None
    return time(int(duration[1]), int(duration[2]), int(duration[3]))


def _text(paragraph: Element, styles: _Styles) -> str:
    """Return the text of a paragraph, without comments; raised digits are so as characters."""
    parts = [paragraph.text or ""]
    for each in paragraph:
        if each.tag == _name("text:s"):
            parts.append(" " * min(int(_get(each, "text:c", "1")), SPACE_LIMIT))
        elif each.tag in map(_name, ("text:tab", "text:line-break")):
            parts.append("\n" if each.tag == _name("text:line-break") else "\t")
        elif each.tag in map(_name, ("text:span", "text:a")):
            position = styles.position(_get(each, "text:style-name"))
            parts.append(sheet.shifted(_text(each, styles), position))
        parts.append(each.tail or "")
    return "".join(parts)
