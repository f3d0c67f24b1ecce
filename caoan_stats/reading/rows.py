"""What was read, as lines of CSV for other programs."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from caoan_stats.reading.persons import masked
from caoan_stats.reading.statement import Reading, Statement

HEADER = (
    "file", "line", "indicator", "year", "value", "change", "pct_change", "pct_of_plan",
    "direction", "qualifier", "lower", "upper", "closed", "of", "section", "certainty", "quote",
)  # fmt: skip
NUMBERS = ("value", "change", "pct_change", "pct_of_plan", "lower", "upper")
_PLAIN = str.maketrans({"e": "E", "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})


def to_csv(readings: Iterable[tuple[str, Reading]]) -> bytes:
    """Return the statements of readings, each with the name of its file as it was given.

    >>> to_csv([]).decode().count(",")
    16
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(_rows(readings))
    return text.getvalue().encode()


def _rows(readings: Iterable[tuple[str, Reading]]) -> Iterator[list[object]]:
    for file, reading in readings:
        for statement in reading.statements:
            own = {"file": file, "line": statement.line.number}
            own["quote"] = " ".join(masked(statement.quote).split())
            yield [own.get(column, _cell(statement, column)) for column in HEADER]


def _cell(statement: Statement, column: str) -> object:
    content = getattr(statement, column, "")
    return content.translate(_PLAIN) if column in NUMBERS else content
