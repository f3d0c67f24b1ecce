"""Errors of documents that state something differently, while their dates do not order them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from caoan_stats.common.errors import DataError
from caoan_stats.concepts.facts import FACTS, VALUE, WORDS
from caoan_stats.datafolder.csvfile import CsvFile, Line, lines

BOUNDS = ("lower", "upper", "closed")  # of a target, which are stated together
DEFAULTS = {"closed": "both"}  # what an empty cell of them stands for

Statements = Mapping[tuple[str, ...], dict[tuple[object, ...], Line]]


def unordered_statements(
    files: Mapping[str, CsvFile], observation_tables: Iterable[str]
) -> Iterator[DataError]:
    """Yield an error for each line that another document contradicts at the same time.

    Words of two documents do not exclude each other.
    """
    dates = {line["source"]: line["date"] for line in lines(files, "sources")}
    for table in observation_tables:
        for fact in FACTS:
            if fact != WORDS:
                yield from _unordered(lines(files, table), dates, (fact,))
    yield from _unordered(lines(files, "targets"), dates, BOUNDS)


def _unordered(
    rows: Iterable[Line], dates: Mapping[str, str], columns: Sequence[str]
) -> Iterator[DataError]:
    """Yield the errors of one table; two dates have no order if one begins with the other."""
    at: Statements = defaultdict(dict)  # by figure and date: the first line of each content
    within: Statements = defaultdict(dict)  # the same by figure and each beginning of the date
    for line in rows:
        date, content = dates.get(line["source"], ""), _content(line, columns)
        if not date or not any(line[column] for column in columns):
            continue  # the schema reports a missing date and an unknown source
        figure = (line["indicator"], line["year"], line["of"] or VALUE, line["base_year"])
        beginnings = [date[:end] for end in (4, 7) if end < len(date)]
        near = [*(at[*figure, each] for each in beginnings), within[*figure, date]]
        if other := _other(near, content, line["source"]):
            one, two = (f"{each['source']} ({dates[each['source']]})" for each in (other, line))
            place = f"{other.file.name}:{other.number}"
            yield line.error("unordered_documents", "source", other=place, one=one, two=two)
        at[*figure, date].setdefault(content, line)
        for each in (*beginnings, date):
            within[*figure, each].setdefault(content, line)


def _other(
    near: Iterable[Mapping[tuple[object, ...], Line]], content: tuple[object, ...], source: str
) -> Line | None:
    """Return a line of another source with another content; of two contents, one is another."""
    found = (pair for statements in near for pair in islice(statements.items(), 2))
    return next(
        (line for each, line in found if each != content and line["source"] != source), None
    )


def _content(line: Line, columns: Iterable[str]) -> tuple[object, ...]:
    numbers = {column: line.value(column) for column in columns}
    return tuple(
        line[column] or DEFAULTS.get(column) if number is None else number
        for column, number in numbers.items()
    )
