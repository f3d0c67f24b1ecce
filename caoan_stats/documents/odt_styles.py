"""What the styles of an OpenDocument text say, and the numbers of its lists."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from caoan_stats.documents.numerals import numeral

_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
            "I": "upperRoman", "": "none"}  # fmt: skip
OUTLINE = "outline"  # name of the list that headings are in
_DEPTH = 20  # styles from which one inherits


@dataclass(frozen=True)
class Level:
    """One level of a list."""

    start: int
    style: str  # number format; empty of a bullet
    text: str  # with `%1` for the number of the first level; of a bullet, its sign


@dataclass
class Lists:
    """Counts the items of lists, by the code of a list and by level."""

    levels: Mapping[str, Mapping[int, Level]]  # by the name of a style
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, code: str, style: str, level: int, start: int | None = None) -> str:
        """Return the number or bullet of the next item, with the space after it."""
        levels = self.levels.get(style, {})
        if level not in levels:
            return ""
        own, counts = levels[level], self.counts.setdefault(code, {})
        following = counts[level] + 1 if level in counts else own.start
        counts[level] = following if start is None else start
        for deeper in [each for each in counts if each > level]:
            counts.pop(deeper)

        def number(match: re.Match[str]) -> str:
            known = levels.get(int(match[1]))
            return numeral(counts.get(int(match[1]), known.start), known.style) if known else ""

        text = re.sub(r"%(\d+)", number, own.text)
        return f"{text} " if text.strip() else ""


@dataclass(frozen=True)
class Styles:
    """Styles by their family and name."""

    styles: Mapping[tuple[str, str], Element]

    def is_hidden(self, family: str, name: str) -> bool:
        """Whether text in a style is not shown."""
        for style in self._line_of(family, name):
            own = style.find("style.text-properties")
            shown = None if own is None else own.get("text.display")
            if shown is not None:
                return shown == "none"
        return False

    def is_title(self, name: str) -> bool:
        """Whether paragraphs in a style are titles."""
        return any(
            style.get("style.name") in {"Title", "Subtitle"}
            for style in self._line_of("paragraph", name)
        )

    def _line_of(self, family: str, name: str) -> Iterator[Element]:
        for _ in range(_DEPTH):
            style = self.styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get("style.parent-style-name", "")


def read_styles(*roots: Element) -> tuple[Styles, Lists]:
    """Return the styles and lists of the parts `styles.xml` and `content.xml`."""
    styles, lists = {}, {}
    for root in roots:
        for style in root.iter("style.style"):
            styles[style.get("style.family", ""), style.get("style.name", "")] = style
        for found in root.iter("text.list-style"):
            lists[found.get("style.name", "")] = _levels(found)
        for found in root.iter("text.outline-style"):
            lists[OUTLINE] = _levels(found)
    return Styles(styles), Lists(lists)


def whole(element: Element, name: str, otherwise: int = 1, limit: int = 5_000) -> int:
    """Return an attribute that is a whole number from 0 to a limit."""
    text = element.get(name, "")
    return min(int(text), limit) if re.fullmatch(r"\d{1,9}", text) else otherwise


def _levels(style: Element) -> dict[int, Level]:
    levels = ((whole(each, "text.level", 0), each) for each in style)
    return {number: _level(each, number) for number, each in levels if number}


def _level(element: Element, number: int) -> Level:
    if "bullet" in element.tag:
        return Level(1, "", element.get("text.bullet-char", "").replace("%", ""))
    style = _FORMATS.get(element.get("style.num-format", ""), "decimal")
    start = whole(element, "text.start-value")
    written = element.get("loext.num-list-format")
    if written is not None:
        return Level(start, style, re.sub(r"%(\d+)%", r"%\1", written))
    shown = whole(element, "text.display-levels", 1, number)
    numbers = ".".join(f"%{each}" for each in range(number - shown + 1, number + 1))
    ends = [element.get(f"style.num-{end}", "").replace("%", "") for end in ("prefix", "suffix")]
    text = "" if style == "none" else numbers
    return Level(start, style, text.join(ends))
