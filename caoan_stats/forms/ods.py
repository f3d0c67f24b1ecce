"""OpenDocument spreadsheets (.ods), as LibreOffice saves them, read as XML."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from io import BytesIO
from math import log10
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from openpyxl.utils import get_column_letter

from caoan_stats.datafolder.csvfile import CELL_LIMIT
from caoan_stats.forms import sheet
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
_HIDDEN = ("collapse", "filter")  # visibility of rows and columns
_NOTHING = re.compile("0(?:[.]0*)?[a-z]*")  # height or width
_DURATION = re.compile(r"PT([0-9]{1,2})H([0-9]{1,2})M([0-9]{1,2})[0-9.,]*S")
_CONDITION = re.compile(r"value\(\)([<>=!]+)(.+)")


def _name(prefixed: str) -> str:
    """Return the name of an element or attribute as ElementTree has it."""
    prefix, _, name = prefixed.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{name}"


def _get(element: Element, name: str, default: str = "") -> str:
    return element.get(_name(name), default)


def read(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook; raise `NotReadableError` if it is damaged or encrypted."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise NotReadableError("password")
            content = ElementTree.fromstring(archive.read("content.xml"))
            parts = [content]
            if "styles.xml" in archive.namelist():
                parts.append(ElementTree.fromstring(archive.read("styles.xml")))
        styles = _Styles.of(parts)
        tables = content.findall("office:body/office:spreadsheet/table:table", _NAMESPACES)
        own = [each for each in tables if each.find("table:table-source", _NAMESPACES) is None]
        return tuple(_Table(each, styles).sheet() for each in own)
    except NotReadableError:
        raise
    except Exception:  # of a damaged or hostile file: no archive, no XML, no numbers
        raise NotReadableError("no_workbook") from None


@dataclass(frozen=True)
class _Styles:
    """The styles of a workbook, by name and family; those of number formats by name alone."""

    elements: Mapping[tuple[str, str], Element]
    formats: dict[str, str] = field(default_factory=dict)  # Excel's code by style of a cell

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
        style = self.elements.get((family, name))
        values = [
            value for each in style or () for key, value in each.items()
            if key in map(_name, ("table:display", "style:row-height", "style:column-width"))
        ]  # fmt: skip
        return any(value == "false" or _NOTHING.fullmatch(value) for value in values)

    def number_format(self, name: str) -> str:
        """Return the number format of a style of cells, as Excel writes it."""
        if name not in self.formats:
            self.formats[name] = self._code(self._data_style(name))
        return self.formats[name]

    def _data_style(self, name: str) -> str:
        """Return the name of the number format of a style, its own or an inherited one."""
        seen: set[str] = set()
        while name not in seen and (style := self.elements.get(("table-cell", name))) is not None:
            if data_style := _get(style, "style:data-style-name"):
                return data_style
            seen.add(name)
            name = _get(style, "style:parent-style-name")
        return ""

    def _code(self, name: str) -> str:
        style = self.elements.get(("", name))
        if style is None:
            return "General"
        sections = []
        for mapped in style.findall("style:map", _NAMESPACES):
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
    for each in style:
        if each.tag in map(_name, ("number:text", "number:currency-symbol")):
            text = (each.text or "").replace('"', "")
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

    def sheet(self) -> Sheet:
        """Return the sheet; one that is too large without cells."""
        cells: dict[tuple[int, str], Cell] = {}
        is_large = False
        for rows, columns, cell in self._contents():
            if rows.stop > sheet.ROW_LIMIT + 1 or columns.stop > sheet.COLUMN_LIMIT + 1:
                is_large, cells = True, {}
                break
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
            end = start + int(_get(each, f"table:number-{kind}s-repeated", "1"))
            yield range(start, end), each
            start = end

    def _hidden(self, kind: str, limit: int) -> Iterator[int]:
        for numbers, each in self._parts(kind):
            has_no_size = self.styles.shows_nothing(f"table-{kind}", _get(each, "table:style-name"))
            if has_no_size or _get(each, "table:visibility") in _HIDDEN:
                yield from range(numbers.start, min(numbers.stop, limit + 1))

    def _cells(self) -> Iterator[tuple[range, range, Element, Element]]:
        """Yield the rows and columns that a cell stands for, the cell, and its row."""
        for rows, row in self._parts("row"):
            start = 1
            for cell in row:
                if cell.tag in map(_name, ("table:table-cell", "table:covered-table-cell")):
                    end = start + int(_get(cell, "table:number-columns-repeated", "1"))
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
        of_columns = [(columns, _get(each, default)) for columns, each in self._parts("column")]
        for rows, columns, cell, row in self._cells():
            if cell.tag == _name("table:table-cell"):
                inherited = next((name for each, name in of_columns if columns.start in each), "")
                style = _get(cell, "table:style-name") or _get(row, default) or inherited
                number_format = self.styles.number_format(style)
                if number_format == "General" and _get(cell, "office:value-type") == "percentage":
                    number_format = "0%"
                formula = _formula(_get(cell, "table:formula"))
                made = sheet.make_cell(_content(cell), number_format, formula)
                if made:
                    yield rows, columns, made


def _formula(text: str) -> str:
    """Return a formula as it is typed.

    >>> _formula("of:=SUM([.A2:.A3])")
    '=SUM(A2:A3)'
    """
    typed = text[text.find("=") :] if text else ""
    return re.sub(r"\[[.]?(.*?)\]", lambda found: found[1].replace(":.", ":"), typed)


def _content(cell: Element) -> object:
    """Return the typed content of a cell, or the saved result of its formula; None without one."""
    text = "\n".join(map(_text, cell.findall("text:p", _NAMESPACES)))
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


def _text(paragraph: Element) -> str:
    """Return the text of a paragraph, without comments."""
    parts = [paragraph.text or ""]
    for each in paragraph:
        if each.tag == _name("text:s"):
            parts.append(" " * min(int(_get(each, "text:c", "1")), CELL_LIMIT))
        elif each.tag in map(_name, ("text:tab", "text:line-break")):
            parts.append("\n" if each.tag == _name("text:line-break") else "\t")
        elif each.tag in map(_name, ("text:span", "text:a")):
            parts.append(_text(each))
        parts.append(each.tail or "")
    return "".join(parts)
