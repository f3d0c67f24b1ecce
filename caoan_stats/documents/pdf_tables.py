"""Tables of a PDF whose cells have ruled lines around them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from caoan_stats.documents.pdf_layout import Block, Glyph, joined

_NEAR = 3.0  # points between lines that count as one, or as touching
_STRAIGHT = 0.5  # points that a straight line may lean
_RULE_LIMIT = 800  # of a page with tables; a map has more


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: `at` its height or place from the left, from `start` to `end`."""

    is_level: bool
    at: float
    start: float
    end: float

    @classmethod
    def between(cls, a: tuple[float, float], b: tuple[float, float]) -> "Iterator[Rule]":
        """Yield the line between two points if it is level or upright, and not a point."""
        for is_level, along in ((True, 0), (False, 1)):
            low, high = sorted((a[along], b[along]))
            if abs(a[1 - along] - b[1 - along]) <= _STRAIGHT and high - low > _NEAR:
                yield cls(is_level, (a[1 - along] + b[1 - along]) / 2, low, high)

    def touches(self, other: "Rule") -> bool:
        """Whether it meets a line of the other direction."""
        return (
            self.is_level != other.is_level
            and self.start - _NEAR <= other.at <= self.end + _NEAR
            and other.start - _NEAR <= self.at <= other.end + _NEAR
        )


@dataclass(frozen=True, eq=False)
class Grid:
    """The ruled lines of one table."""

    columns: tuple[float, ...]  # edges from left to right
    heights: tuple[float, ...]  # edges from top to bottom
    rules: tuple[Rule, ...]

    def contains(self, glyph: Glyph) -> bool:
        """Whether a glyph stands in the table."""
        x, y = _middle(glyph)
        return self.columns[0] < x < self.columns[-1] and self.heights[-1] < y < self.heights[0]

    def columns_match(self, other: "Grid") -> bool:
        """Whether two tables have the same columns."""
        return len(self.columns) == len(other.columns) and all(
            abs(a - b) < _NEAR for a, b in zip(self.columns, other.columns, strict=True)
        )

    def rows(self, glyphs: Iterable[Glyph]) -> list[Block]:
        """Return the rows; the text of merged cells stands in the first of them."""
        parts: dict[tuple[int, int], list[Glyph]] = {}
        for glyph in glyphs:
            x, y = _middle(glyph)
            row = sum(y < each for each in self.heights) - 1
            column = sum(x > each for each in self.columns) - 1
            parts.setdefault((row, column), []).append(glyph)
        cells: dict[tuple[int, int], list[Glyph]] = {}
        for place, part in parts.items():
            cells.setdefault(self._first(*place), []).extend(part)
        left, right, width = self.columns[0], self.columns[-1], len(self.columns) - 1
        return [
            Block("\t".join(joined(cells.get((row, column), ())) for column in range(width)),
                  left, right, self.heights[row], self)
            for row in range(len(self.heights) - 1)
        ]  # fmt: skip

    def _first(self, row: int, column: int) -> tuple[int, int]:
        """Return the first of the cells that a cell is merged with."""
        while column and not self._has_rule(False, self.columns[column], self._at(row)):
            column -= 1
        middle = (self.columns[column] + self.columns[column + 1]) / 2
        while row and not self._has_rule(True, self.heights[row], middle):
            row -= 1
        return row, column

    def _at(self, row: int) -> float:
        return (self.heights[row] + self.heights[row + 1]) / 2

    def _has_rule(self, is_level: bool, at: float, across: float) -> bool:
        return any(
            rule.is_level == is_level
            and abs(rule.at - at) <= _NEAR
            and rule.start - _NEAR <= across <= rule.end + _NEAR
            for rule in self.rules
        )


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """Return the tables that the ruled lines of a page make; a frame around text is none."""
    merged = _merged(rules)
    if len(merged) > _RULE_LIMIT:
        return []
    found = (_grid(group) for group in _groups(merged))
    return [each for each in found if (len(each.columns) - 1) * (len(each.heights) - 1) > 1
            and len(each.columns) > 2]  # fmt: skip


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return lines with those that continue one another, or lie on one another, as one."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda each: (each.is_level, round(each.at), each.start)):
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.is_level == rule.is_level
            and abs(last.at - rule.at) <= 1
            and rule.start <= last.end + _NEAR
        ):
            merged[-1] = Rule(last.is_level, last.at, last.start, max(last.end, rule.end))
        else:
            merged.append(rule)
    return merged


def _groups(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield the lines that hang together."""
    rest = list(rules)
    while rest:
        group, open_ends = [], [rest.pop()]
        while open_ends:
            rule = open_ends.pop()
            group.append(rule)
            open_ends += [each for each in rest if each.touches(rule)]
            rest = [each for each in rest if not each.touches(rule)]
        yield group


def _grid(rules: Sequence[Rule]) -> Grid:
    columns = _edges(rule.at for rule in rules if not rule.is_level)
    heights = _edges(rule.at for rule in rules if rule.is_level)
    return Grid(tuple(columns), tuple(reversed(heights)), tuple(rules))


def _edges(places: Iterable[float]) -> list[float]:
    """Return places in their order, those near another as one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return edges


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, glyph.bottom + glyph.size / 2
