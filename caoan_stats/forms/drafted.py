"""What a program has typed into a workbook before a person sees it, from a report that it read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from caoan_stats.common.words import phrase
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.forms.layout import HEADING_ROW
from caoan_stats.forms.sheet import Sheet
from caoan_stats.forms.typed import Cell

Certainty = Literal["certain", "unsure", "unread"]
MARK = "?"  # before a reading that a person has to choose or to correct: no import takes it
DRAFT_LETTERS: Mapping[str, str] = {"certainty": "P", "quote": "Q", "place": "R"}
CHOICE_LETTERS = ("T", "U", "V", "W", "X", "Y")  # hidden: readings to choose from
ADDED_LETTERS = (*DRAFT_LETTERS.values(), "S", *CHOICE_LETTERS)
ROW_LIMIT = 1_500  # numbers on the last sheet; more are told by their count


@dataclass(frozen=True)
class DraftedCell:
    """Content of a cell; with `choices`, one that a person has to choose from them."""

    content: object
    choices: tuple[str, ...] = ()

    @property
    def shown(self) -> object:
        """What the cell contains: a choice that is not yet made begins with `MARK`."""
        return f"{MARK} {self.content}" if self.choices else self.content


@dataclass(frozen=True)
class DraftedRow:
    """Cells of a row by field, and where the report states them."""

    cells: Mapping[str, DraftedCell] = field(default_factory=dict)
    certainty: Certainty = "certain"
    quote: str = ""
    place: str = ""


@dataclass(frozen=True)
class Listed:
    """A number of the report that stands in no row: a row of the last sheet."""

    number: str  # as written, with its unit
    quote: str
    section: str
    place: str
    reason: str


@dataclass(frozen=True)
class Draft:
    """All that was read for the workbook of a year."""

    rows: Mapping[str, DraftedRow]  # by indicator
    targets: Mapping[str, tuple[DraftedRow, ...]]  # of next year, by indicator
    listed: tuple[Listed, ...] = ()
    source: Mapping[str, str] = field(default_factory=dict)  # fields of the cover
    files: tuple[str, ...] = ()

    @property
    def indicators(self) -> frozenset[str]:
        """Codes of the indicators of which something was read."""
        return frozenset(self.rows) | frozenset(self.targets)


def is_undecided(cell: Cell) -> bool:
    """Return whether a cell still has the mark of a reading that nobody has chosen.

    >>> is_undecided(Cell("? 17852 triệu")), is_undecided(Cell("17852 triệu"))
    (True, False)
    """
    return isinstance(cell.content, str) and cell.text.startswith(MARK)


def added_letters(sheet: Sheet) -> tuple[str, ...]:
    """Return the letters of the columns that a draft adds to a sheet; none in any other sheet."""
    heading = normalize_text(sheet.text(HEADING_ROW, DRAFT_LETTERS["certainty"]))
    return ADDED_LETTERS if heading == phrase("draft.certainty") else ()


def list_name() -> str:
    """Return the name of the last sheet of a draft."""
    return phrase("draft.sheet")
