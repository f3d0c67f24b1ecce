"""What the styles of a document of Word say of its paragraphs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from caoan_stats.common.spelling import without_accents

_HEADING = re.compile(r"(?:heading|dau de|tieu de|de muc)[ _]*([1-9])?")
_TITLE = re.compile(r"title|subtitle|ten|tieu de phu")
_DEPTH = 20  # styles from which one inherits
_OLD_FONT = re.compile(r"\.?vn[a-z]|vni[- ]", re.IGNORECASE)  # of TCVN3, of VNI


@dataclass(frozen=True)
class Styles:
    """The styles by their code."""

    styles: Mapping[str, Element]
    default: str  # style of paragraphs that name none

    def heading(self, properties: Element | None) -> int | None:
        """Return the level of a heading, 0 where it has none; None of other paragraphs."""
        own = None if properties is None else properties.find("outlineLvl")
        if own is not None:
            return _outline(own)
        for style in self._line_of(self.style_of(properties)):
            name = style.find("name")
            written = without_accents("" if name is None else name.get("val", "")).casefold()
            if match := _HEADING.fullmatch(written):
                return int(match[1] or 1)
            if _TITLE.fullmatch(written):
                return 0
            outline = style.find("pPr/outlineLvl")
            if outline is not None:
                return _outline(outline)
        return None

    def style_of(self, properties: Element | None) -> str:
        """Return the code of the style of a paragraph."""
        named = None if properties is None else properties.find("pStyle")
        return self.default if named is None else named.get("val", "")

    def list_of(self, properties: Element | None) -> tuple[str, str, str]:
        """Return the list of a paragraph, its level, and the style that says so; else empty."""
        own = None if properties is None else properties.find("numPr")
        code, level, style = "", "", ""
        if own is not None:
            code, level = _value(own, "numId"), _value(own, "ilvl")
        for each in self._line_of(self.style_of(properties)):
            inherited = each.find("pPr/numPr")
            if inherited is not None and not code:
                code, style = _value(inherited, "numId"), str(each.get("styleId"))
                level = level or _value(inherited, "ilvl")
        return ("", "", "") if code in {"", "0"} else (code, level, style)

    def is_hidden(self, run: Element, properties: Element | None) -> bool:
        """Whether a run of a paragraph is not shown."""
        own = run.find("rPr")
        named = None if own is None else own.find("rStyle")
        codes = ([] if named is None else [named.get("val", "")]) + [self.style_of(properties)]
        inherited = [each.find("rPr") for code in codes for each in self._line_of(code)]
        for each in (own, *inherited):
            vanish = None if each is None else each.find("vanish")
            if vanish is not None:
                return vanish.get("val") not in {"0", "false", "off"}
        return False

    def _line_of(self, code: str) -> Iterator[Element]:
        """Yield a style and those from which it inherits."""
        for _ in range(_DEPTH):
            style = self.styles.get(code)
            if style is None:
                return
            yield style
            code = _value(style, "basedOn")


def read_styles(root: Element) -> Styles:
    """Return the styles of the part `styles.xml`."""
    styles = {str(each.get("styleId")): each for each in root.iterfind("style")}
    defaults = (
        code
        for code, each in styles.items()
        if each.get("type") == "paragraph" and each.get("default") in {"1", "true", "on"}
    )
    return Styles(styles, next(defaults, ""))


def has_old_fonts(*roots: Element) -> bool:
    """Whether a part names a font of the time before Unicode, such as `.VnTime`."""
    fonts = (each for root in roots for each in root.iter("rFonts"))
    return any(_OLD_FONT.match(name) for each in fonts for name in each.attrib.values())


def _outline(element: Element) -> int | None:
    level = element.get("val", "9")
    return int(level) + 1 if level in set("012345678") else None


def _value(element: Element, name: str) -> str:
    found = element.find(name)
    return "" if found is None else found.get("val", "")
