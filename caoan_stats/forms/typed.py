"""What a person has typed: cells with their places, rows of cells, and a whole file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from caoan_stats.common.errors import DataError
from caoan_stats.forms.measure import Measure


@dataclass(frozen=True)
class Place:
    """Position of a cell in a file."""

    file: str  # name without folders
    line: int  # of a CSV file, or row of a sheet, from 1
    column: str  # name of the column; in a workbook its letter
    sheet: str = ""  # empty for a CSV file
    heading: str = ""  # of the column, in messages; empty if it is `column`
    label: str = ""  # of the indicator of the row, in messages; empty to name it by its code

    def __str__(self) -> str:
        before = f"{self.sheet}!{self.column}" if self.sheet else f"{self.file}:"
        return f"{before}{self.line}"

    def error(self, kind: str, **details: object) -> DataError:
        """Return an error of this cell."""
        shown = {"column": self.heading or self.column, **details}
        if self.label:
            shown["indicator"] = self.label
        return DataError(kind, self.file, self.line, self.column, shown, self.sheet)


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty.

    `content` is the typed text, number, date or time, or the saved result of a formula; None if
    a formula has no saved result.
    """

    content: object
    formula: str = ""  # empty for a cell without one
    as_percentage: bool = False  # whether the number format shows 0.9714 as 97.14 %
    is_scaled: bool = True  # whether `content` is stored so; else its percent sign is only text
    shown: str = ""  # what the format shows if it adds words, as in “28,05 tỷ”
    thousands: int = 0  # how often the format divides by 1000 without a word that says so

    @property
    def text(self) -> str:
        """The content as text, on one line."""
        return "" if self.content is None else " ".join(str(self.content).split())

    @property
    def worded(self) -> "Cell":
        """The cell with what its format shows as its content, if that adds words."""
        return replace(self, content=self.shown) if self.shown else self


@dataclass(frozen=True)
class TypedRow:
    """The cells of one typed row that are not empty, by column of its table.

    `places` has every column, also those without a cell; the first place stands for the row.
    `measure` is None for a table without figures, and for an indicator that is unknown or has no
    unit.
    """

    table: str
    cells: Mapping[str, Cell]
    places: Mapping[str, Place]
    measure: Measure | None = None
    questions: tuple[DataError, ...] = ()  # as of its `Entry`

    @property
    def year(self) -> int:
        """The year of the row; 0 if it has none."""
        typed = self.cells.get("year", Cell("")).text
        return int(typed[:4]) if typed.isascii() and typed.isdecimal() else 0


@dataclass(frozen=True)
class Remark:
    """A remark that is not an error; `kind` is a key of the section `events` of a language file."""

    kind: str
    place: Place
    details: Mapping[str, object]


@dataclass(frozen=True)
class Answer:
    """What a person has chosen for a finding in a marked copy of the workbook."""

    choice: str  # a key of the section `review` of `pages.vi.toml`, or an unknown word
    reason: str
    place: Place  # of the reason


@dataclass(frozen=True)
class TypedFile:
    """Content of a filled-in workbook or CSV file."""

    rows: tuple[TypedRow, ...]
    errors: tuple[DataError, ...] = ()  # of the layout; `to_entry` returns those of cells
    remarks: tuple[Remark, ...] = ()  # for the person who imports the file
    sheets: tuple[str, ...] = ()  # names in order; empty for a CSV file
    questions: tuple[DataError, ...] = ()  # that this person answers before anything is written
    answers: Mapping[str, Answer] = field(default_factory=dict)  # by the token of the finding
