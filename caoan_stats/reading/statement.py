"""What was read in a report: statements, which become rows, and numbers that were left alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from caoan_stats.documents.document import Line

Certainty = Literal["certain", "unsure"]


@dataclass(frozen=True)
class Statement:
    """What a sentence states of one indicator in one year: the facts of a result, or an aim.

    Numbers are texts with the digits that are stated, as in `18.6E9`; empty where nothing is
    stated. An aim has `of`, the fact that its bounds are of, even where it has no bounds.
    """

    line: Line  # where the quote begins
    indicator: str
    year: int
    value: str = ""
    change: str = ""  # against the year before, in the unit of the indicator; signed
    pct_change: str = ""  # in percent, signed
    pct_of_plan: str = ""
    direction: str = ""  # `up`, `down` or `steady`
    qualifier: str = ""  # of the value
    lower: str = ""
    upper: str = ""
    closed: str = ""  # as in pandas.Interval: `both`, `neither`
    of: str = ""  # a fact, of an aim; empty for a result
    section: str = ""  # as in `I.B.I.1.1`
    certainty: Certainty = "unsure"
    doubt: str = ""  # key of the phrase that says why it is unsure
    others: tuple[str, ...] = ()  # other readings: of the number, or codes of other indicators
    quote: str = ""  # words of the document around the figure, names of persons masked

    def stating(self, facts: Mapping[str, object]) -> "Statement":
        """Return the statement with other values of some fields."""
        return replace(self, **cast("Any", facts))

    @property
    def is_aim(self) -> bool:
        """Whether it is a row of the targets, not of the year's results."""
        return bool(self.of)


@dataclass(frozen=True)
class Unread:
    """A number of the text that was not read, with its sentence."""

    line: Line
    number: str  # as written, with its unit
    section: str
    quote: str


@dataclass(frozen=True)
class Reading:
    """All that was read in one document, for the report of one year."""

    file: str
    year: int
    statements: tuple[Statement, ...]
    unread: tuple[Unread, ...] = field(default=())
