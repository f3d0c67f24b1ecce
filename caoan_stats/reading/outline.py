"""The numbering of a report, and the section of each paragraph: `I.B.I.1.1`.

Parts have Roman numbers, then come letters, Roman numbers and numbers, each below the one before
it: `PHẦN THỨ NHẤT`, `B.`, `I.`, `1.`, `1-` or `1.1`. The general assessment that closes part one is
`DGC`.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

_ORDINALS = {"nhất": "I", "hai": "II", "ba": "III", "tư": "IV", "1": "I", "2": "II", "3": "III"}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PART = re.compile(r"(?i)PHẦN\s+(?:THỨ\s+)?(?P<part>nhất|hai|ba|tư|I{1,3}|IV|[1-4])\b[\s.:\-–]*")
_ANNEX = re.compile(r"PHỤ LỤC\b|Phụ lục(?: [IVX0-9]{1,4})?\W*(?:[A-ZĐ]{2,}|$)")
_ASSESSMENT = re.compile(r"(?:[A-Z]\s?[.)]\s*)?ĐÁNH GIÁ CHUNG\b")
_LABELS = (
    ("roman", re.compile(r"(?P<number>[IVX]+)\s?[.\-–)/:]\s*(?=[^\W\d_])")),
    ("letter", re.compile(r"(?P<number>[A-HK-UĐ])\s?[.\-–)/]\s*(?=[^\W\d_])")),
    ("steps", re.compile(r"(?P<number>[0-9]{1,2}(?:[.][0-9]{1,2})+)\s?[.:)]?\s+(?=[^\W\d_])")),
    ("dot", re.compile(r"(?P<number>[0-9]{1,2})\s?[.:]\s*(?=[^\W\d_])")),
    ("dash", re.compile(r"(?P<number>[0-9]{1,2})\s?[-–)/]\s*(?=[^\W\d_])")),
)
DEPTHS = {
    "part": 0,
    "annex": 0,
    "assessment": 1,
    "letter": 1,
    "roman": 2,
    "dot": 3,
    "steps": 4,
    "dash": 4,
}
DEEPEST = 8  # levels above a number that begins a list
SKIPPED = 3  # numbers in a row that a report may leave out
LONGEST = 200  # characters of a heading that are kept


class Level(NamedTuple):
    """A heading above a paragraph."""

    style: str  # key of `DEPTHS`
    number: str
    text: str  # without its number


@dataclass(frozen=True)
class Outline:
    """The headings above a paragraph, the outermost first."""

    levels: tuple[Level, ...] = ()

    @property
    def section(self) -> str:
        """The place in the report, as it is cited."""
        return ".".join(level.number for level in self.levels)

    @property
    def is_annex(self) -> bool:
        """Whether it is below the report, in an annex."""
        return bool(self.levels) and self.levels[0].style == "annex"

    def follow(self, text: str) -> "Outline | None":
        """Return the outline below a paragraph that begins with a number; None for any other."""
        if found := _PART.match(text):
            part = _ORDINALS.get(found["part"].lower(), found["part"].upper())
            return Outline((Level("part", part, text[found.end() :][:LONGEST]),))
        if _ANNEX.match(text):
            return Outline((Level("annex", "PL", text[:LONGEST]),))
        if found := _ASSESSMENT.match(text):
            kept = tuple(level for level in self.levels if level.style == "part")
            return Outline((*kept, Level("assessment", "DGC", text[:LONGEST])))
        for style, pattern in _LABELS:
            if (found := pattern.match(text)) and (
                above := self._above(style, found["number"])
            ) is not None:
                rest = text[found.end() :][:LONGEST]
                number = found["number"].rpartition(".")[2]
                return Outline((*above, Level(style, number, rest)))
        return None

    def extended(self, text: str) -> "Outline":
        """Return the outline with more text of its last heading."""
        if not self.levels:
            return self
        last = self.levels[-1]
        return Outline((*self.levels[:-1], last._replace(text=f"{last.text} {text}"[:LONGEST])))

    def _above(self, style: str, number: str) -> tuple[Level, ...] | None:
        """Return the levels above a number; None if it does not follow from them.

        It follows the deepest number right before it, or else the nearest one: a report may leave
        sections out, up to `SKIPPED`.
        """
        if style == "steps":
            return self._above_steps(number.split("."))
        ranks = [_rank(level.number) if level.style == style else 0 for level in self.levels]
        rank = _rank(number)
        smaller = [known if 0 < rank - known <= SKIPPED + 1 else 0 for known in ranks]
        if any(smaller):
            return self.levels[: len(ranks) - 1 - ranks[::-1].index(max(smaller))]
        is_deeper = bool(self.levels) and DEPTHS[self.levels[-1].style] < DEPTHS[style]
        if rank > (SKIPPED + 1 if is_deeper else 1):
            return None
        if style in ("letter", "roman"):
            depth = DEPTHS[style]
            return tuple(level for level in self.levels if DEPTHS[level.style] < depth)
        return self.levels[:DEEPEST]

    def _above_steps(self, numbers: list[str]) -> tuple[Level, ...] | None:
        """Return the levels above `2.1`, down to the `2.`; None if there is no `2.`."""
        *above, last = numbers
        for place in reversed(range(len(self.levels))):
            if self.levels[place].number == above[-1] and self.levels[place].style in (
                "dot",
                "steps",
            ):
                kept = self.levels[: place + 1]
                below = [each.number for each in self.levels[place + 1 :] if each.style == "steps"]
                is_first = not below and (last == "1" or self.levels[place].style == "dot")
                if is_first or (below and _rank(below[0]) < _rank(last)):
                    return kept
        return None


def _rank(number: str) -> int:
    """Return the place of a number, a letter or a Roman number among those of its kind, from 1."""
    if number.isdigit():
        return int(number)
    return _ROMAN.index(number) + 1 if number in _ROMAN else ord(number[0]) - ord("A") + 1
