"""Automatic numbers of paragraphs in a document of Word."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from caoan_stats.documents.numerals import numeral


@dataclass(frozen=True)
class Level:
    """One level of a list."""

    start: int
    style: str  # number format, such as `upperRoman`
    text: str  # with `%1` for the number of the first level
    end: str  # between the number and the text
    is_legal: bool  # all numbers in digits
    restart: int | None  # level after which it starts anew, from 1; 0 never, None after any above
    paragraph_style: str


@dataclass(frozen=True)
class List:
    """A list as paragraphs name it."""

    group: str  # lists of a group count together
    levels: Mapping[int, Level]
    starts: Mapping[int, int]  # of levels that start anew in this list


@dataclass
class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    lists: Mapping[str, List]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def level_of_style(self, name: str, style: str) -> int:
        """Return the level of a list that paragraphs of a style have."""
        levels = self.lists[name].levels if name in self.lists else {}
        return next((key for key, each in levels.items() if each.paragraph_style == style), 0)

    def label(self, name: str, level: int) -> str:
        """Return the number or bullet of the next paragraph of a list, with the space after it."""
        known = self.lists.get(name)
        if known is None or level not in known.levels:
            return ""
        counts = self._counts.setdefault(known.group, {})
        if name not in self._seen:
            self._seen.add(name)
            for each in known.starts:
                counts.pop(each, None)
        counts[level] = counts[level] + 1 if level in counts else _start(known, level)
        for deeper in [each for each in counts if each > level]:
            restart = known.levels[deeper].restart if deeper in known.levels else None
            if restart is None or restart > level:
                counts.pop(deeper)
        return _written(known, level, counts)


def read_numbering(root: Element, styles: Element) -> Numbering:
    """Return the lists of the parts `numbering.xml` and `styles.xml`."""
    groups = {str(each.get("abstractNumId")): each for each in root.iterfind("abstractNum")}
    names = {str(each.get("numId")): each for each in root.iterfind("num")}
    linked = {
        str(style.get("styleId")): _value(style.find("pPr/numPr"), "numId")
        for style in styles.iterfind("style")
        if style.get("type") == "numbering"
    }

    def group_of(name: str, depth: int = 5) -> str:
        group = _value(names.get(name), "abstractNumId")
        link = _value(groups.get(group), "numStyleLink")
        return group_of(linked[link], depth - 1) if link in linked and depth else group

    return Numbering({name: _list(each, group_of(name), groups) for name, each in names.items()})


def _list(element: Element, group: str, groups: Mapping[str, Element]) -> List:
    own = element.findall("lvlOverride")
    levels = _levels(groups[group].iterfind("lvl")) if group in groups else {}
    changed = _levels(each for override in own for each in override.iterfind("lvl"))
    starts = {
        _whole(each.get("ilvl"), 0): _whole(_value(each, "startOverride"), 1)
        for each in own
        if each.find("startOverride") is not None
    }
    return List(group, levels | changed, starts)


def _levels(elements: Iterable[Element]) -> dict[int, Level]:
    return {_whole(each.get("ilvl"), 0): _level(each) for each in elements}


def _level(element: Element) -> Level:
    restart = _value(element, "lvlRestart")
    legal = element.find("isLgl")
    return Level(
        start=_whole(_value(element, "start"), 0),
        style=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText"),
        end="" if _value(element, "suff") == "nothing" else " ",
        is_legal=legal is not None and legal.get("val") not in {"0", "false"},
        restart=_whole(restart, 0) if restart else None,
        paragraph_style=_value(element, "pStyle"),
    )


def _start(known: List, level: int) -> int:
    return known.starts.get(level, known.levels[level].start)


def _written(known: List, level: int, counts: Mapping[int, int]) -> str:
    own = known.levels[level]
    if own.style == "bullet":
        return own.text + own.end if own.text.strip() else ""

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        if place not in known.levels:
            return ""
        style = "decimal" if own.is_legal else known.levels[place].style
        return numeral(counts.get(place, _start(known, place)), style)

    text = re.sub(r"%([1-9])", number, own.text)
    return text + own.end if text.strip() else ""


def _value(element: Element | None, name: str) -> str:
    found = None if element is None else element.find(name)
    return "" if found is None else found.get("val", "")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else otherwise
