"""Documents in time: which one states a figure last, and which ones a year knows.

Dates are ISO 8601, as precise as they are known: 2023, 2023-12 or 2023-12-31.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from caoan_stats.common.frames import Row
from caoan_stats.concepts.facts import VALUE, numbers

Dates = Mapping[str, str]  # by source
Key = tuple[str, int]  # indicator and year


def dates_of(sources: Iterable[Row]) -> Dates:
    """Return the date of each source."""
    return {row["source"]: row["date"] for row in sources}


def oldest_first(rows: Iterable[Row], dates: Dates) -> list[Row]:
    """Return rows in the order of their documents, then in the given order."""
    return sorted(rows, key=lambda row: dates.get(row["source"], ""))


def judged_targets(targets: Iterable[Row], dates: Dates) -> dict[Key, Row]:
    """Return the target by which each indicator is judged in each year.

    It is the newest that is set for the year alone, else the newest with a base year; of several
    in one document, the target of the value comes first.
    """
    order = {fact: -place for place, fact in enumerate(_by_preference())}

    def rank(row: Row) -> tuple[bool, str, int]:
        return row["base_year"] is None, dates.get(row["source"], ""), order[row["of"] or VALUE]

    return {(row["indicator"], row["year"]): row for row in sorted(targets, key=rank)}


def planned_targets(targets: Iterable[Row], dates: Dates) -> dict[Key, Row]:
    """Return the newest target of the value that is set for each year alone."""
    of_values = [row for row in targets if (row["of"] or VALUE) == VALUE]
    judged = judged_targets(of_values, dates)
    return {key: row for key, row in judged.items() if row["base_year"] is None}


def _by_preference() -> Sequence[str]:
    return [VALUE, *reversed(numbers()[1:])]


def horizon(year: int, facts: Iterable[Row], dates: Dates) -> int | None:
    """Return the year up to whose report documents are known in a year; None for all documents.

    It is that of the first report on the year, or on a later one if the year has no report.
    """
    return min((last for last in _reported(facts, dates).values() if last >= year), default=None)


def known_until(last: int, facts: Iterable[Row], targets: Iterable[Row], dates: Dates) -> set[str]:
    """Return the documents up to the report of a year.

    A report belongs to the year that most of its facts are of (of equally many, the last) or, if
    that is later, to the year that its date sums up: the year before in the first half of a year,
    and for a date without a month. Any other document belongs to the year of its date.
    """
    years = {row["source"]: _year(dates[row["source"]]) for row in targets}
    years |= _reported(facts, dates)
    return {source for source, year in years.items() if year <= last}


def _reported(facts: Iterable[Row], dates: Dates) -> dict[str, int]:
    """Return the year to which each document with facts belongs."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for row in facts:
        counts[row["source"]][row["year"]] += 1
    return {
        source: max(_closed_year(dates[source]), max(years, key=lambda year: (years[year], year)))
        for source, years in counts.items()
    }


def _year(date: str) -> int:
    return int(date[:4])


def _closed_year(date: str) -> int:
    """Return the year that a report of a date sums up: its own in the second half of a year."""
    return _year(date) - (date[5:7] <= "06")
