"""How a data folder writes codes of sources and sections; others are asked about."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caoan_stats.common.errors import DataError
from caoan_stats.dataset import Dataset
from caoan_stats.forms.typed import Cell, TypedRow

LATEST = 2  # years after its year, at most, in which a report is issued
DEFAULT_CODE = "bc{year}"  # of a year's report, as `bc2024`
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")


def report_code(ds: Dataset, year: int) -> str:
    """Return the code of a year's report: like that of another year, or else `DEFAULT_CODE`."""
    codes = [str(code) for code in ds.sources.index]
    usual = DEFAULT_CODE.format(year=year)
    if any(_YEAR.sub(str(year), code) == usual for code in codes):
        return usual
    return next((_YEAR.sub(str(year), code) for code in codes[::-1] if _YEAR.search(code)), usual)


def source_questions(row: TypedRow, ds: Dataset, year: int) -> Iterator[DataError]:
    """Yield the questions about a new source: a code with characters that no other has, its date.

    A report is issued in its year or soon after.
    """
    near, typed = report_code(ds, year), row.cells["source"].text
    known = [near, *map(str, ds.sources.index)]
    if typed and typed not in known and _characters(typed) not in map(_characters, known):
        details = {"found": typed, "examples": ", ".join(known[:0:-1][:3]) or near, "near": near}
        yield row.places["source"].error("unlike_codes", **details)
    date = row.cells["date"].text
    issued = _YEAR.search(date)
    is_far = issued and not year <= int(issued[0]) <= year + LATEST
    if is_far and typed not in known[1:]:
        yield row.places["date"].error("far_date", found=date, year=year, last=year + LATEST)


def _characters(code: str) -> frozenset[str]:
    """Return the kinds of characters in a code: `a`, `A` and `0` for letters and digits.

    >>> sorted(_characters("bc2024")), sorted(_characters("Báo 2024"))
    (['0', 'a'], [' ', '0', 'A', 'a', 'á'])
    """
    return frozenset(re.sub("[0-9]", "0", re.sub("[A-Z]", "A", re.sub("[a-z]", "a", code))))


@dataclass(frozen=True)
class Sections:
    """The sections that a data folder names, by how often."""

    counts: Counter[str]
    of_indicators: dict[str, str]  # the last section of each

    @classmethod
    def of(cls, ds: Dataset) -> "Sections":
        """Return the sections of a data folder."""
        stated = ds.tables["observations"]
        stated = stated[stated["section"].fillna("") != ""]
        return cls(
            Counter(stated["section"]),
            dict(zip(stated["indicator"], stated["section"], strict=True)),
        )

    def questions(self, rows: Sequence[TypedRow]) -> Iterator[DataError]:
        """Yield a question about each section that is written like no other, where it is first."""
        asked: set[str] = set()
        for row in rows:
            cell = row.cells.get("section", Cell(None))
            if not self.counts or not cell.text or cell.text in {*asked, *self.counts}:
                continue
            is_number = isinstance(cell.content, float)  # 1.1, which may have been typed as 1.10
            if is_number or not self.is_usual(cell.text):
                asked.add(cell.text)
                near = self._near(cell.text, row.cells.get("indicator", Cell("")).text)
                examples = ", ".join(name for name, _ in self.counts.most_common(3))
                details = {"found": cell.text, "examples": examples, "near": near}
                yield row.places["section"].error("unlike_sections", **details)

    def is_usual(self, section: str) -> bool:
        """Return whether a section begins like another one, and its parts are like those of others.

        Where others are `I.B.1` and `II.A`, `III.2` is usual, and `1.1` and `mục 5` are not.
        """
        parts = [_kinds(name) for name in self.counts]
        kinds = _kinds(section)
        return kinds[0] in {each[0] for each in parts} and {*kinds} <= {
            kind for each in parts for kind in each
        }

    def _near(self, section: str, indicator: str) -> str:
        """Return what a section may have been meant as."""
        words = re.findall(r"\w+", section)
        parts = [word for word in words if len(word) == 1 or word.isdigit() or word.isupper()]
        without_words = ".".join(parts).upper()
        if without_words and self.is_usual(without_words):
            return without_words
        return self.of_indicators.get(indicator) or self.counts.most_common(1)[0][0]


def _kinds(section: str) -> list[str]:
    """Return the kind of each part of a section: `A` for letters, `0` for digits.

    >>> _kinds("I.DGC.2"), _kinds("mục 5")
    (['A', 'A', '0'], ['mục 0'])
    """
    return [re.sub("[0-9]+", "0", re.sub("[A-Z]+", "A", part)) for part in section.split(".")]
