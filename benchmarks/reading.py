"""Precision and recall of reading, by certainty and form: passages with their right reading.

    python benchmarks/reading.py [FOLDER ...] [--report REPORT.txt] [--misses]

A folder has `NAME.csv` with the passages and their facts, and `NAME-forms.csv` with the forms of
speech of each; without one, the passages of the tests are read. With `--report`, a report of the
year of `--year` is read, and compared with `--data`.
"""

import argparse
import csv
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from caoan_stats.dataset import Dataset
from caoan_stats.documents.document import Document, Line
from caoan_stats.reading.catalogue import Catalogue, make_reader_catalogue
from caoan_stats.reading.report import read_document
from caoan_stats.reading.statement import Statement

PROJECT = Path(__file__).parent.parent
PASSAGES = PROJECT / "tests" / "reading" / "passages"
YEAR = 2024  # of the passages
NUMBERS = ("value", "change", "pct_change", "pct_of_plan", "lower", "upper")
WORDS = ("direction", "qualifier", "closed")

Fact = tuple[str, int, str, str]  # indicator, year, fact, the fact that bounds are of


def passages(folder: Path) -> Iterator[tuple[str, str, list[dict[str, str]], list[str]]]:
    """Yield id, text, right rows and forms of each passage of a folder."""
    for path in sorted(folder.glob("*-forms.csv")):
        forms = {row["id"]: row["forms"].split(";") for row in _rows(path)}
        grouped: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in _rows(path.with_name(path.name.replace("-forms", ""))):
            grouped[row["id"]].append(row)
        for code, rows in grouped.items():
            yield code, rows[0]["passage"], rows, forms.get(code, [])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def document_of(text: str, name: str = "passage.txt") -> Document:
    """Return a text as a document with wrapped lines."""
    lines = tuple(Line(line, number) for number, line in enumerate(text.splitlines(), 1))
    return Document(name, lines, is_wrapped=True)


def facts_of(row: dict[str, str] | Statement) -> dict[Fact, str]:
    """Return the numbers that a row states, by what they are of."""
    get = row.get if isinstance(row, dict) else lambda name: getattr(row, name)
    of = (get("target_of") if isinstance(row, dict) and "target_of" in row else get("of")) or ""
    base = (str(get("indicator")), int(get("year") or 0))
    return {(*base, name, of): str(get(name)) for name in NUMBERS if get(name)}


def same(one: str, other: str) -> bool:
    """Return whether two numbers are equal and state the same digits."""
    first, second = Decimal(one), Decimal(other)
    return first == second


def is_right(statement: Statement, rows: Iterable[dict[str, str]]) -> bool:
    """Return whether all that a statement says is in one right row."""
    stated = facts_of(statement)
    for row in rows:
        right = facts_of(row)
        numbers = all(
            fact in right and same(number, right[fact]) for fact, number in stated.items()
        )
        same_way = not row.get("direction") or statement.direction in ("", row["direction"])
        words = not stated or (same_way and statement.qualifier == (row.get("qualifier") or ""))
        is_of = (statement.indicator, statement.year) == (row["indicator"], int(row["year"] or 0))
        if is_of and numbers and words and row["kind"] != "none":
            return True
    return False


class Score:
    """Counts of one reader over passages."""

    def __init__(self) -> None:
        self.rows: Counter[tuple[str, bool]] = Counter()  # certainty, right
        self.facts: Counter[bool] = Counter()  # found
        self.certain_facts: Counter[bool] = Counter()
        self.alone: Counter[bool] = Counter()  # passages of which nothing is to be read, left alone
        self.forms: dict[str, Counter[bool]] = defaultdict(Counter)
        self.asks = 0  # read as certain though it is to be asked

    def add(
        self, statements: Sequence[Statement], rows: list[dict[str, str]], forms: Sequence[str]
    ) -> list[str]:
        """Count the statements of one passage; return a line for each miss."""
        misses = []
        asked = {(row["indicator"], row["year"]) for row in rows if row["kind"] == "ask"}
        for each in statements:
            right = is_right(each, rows)
            if each.certainty == "certain" and (each.indicator, str(each.year)) in asked:
                self.asks += 1
                misses.append(f"   ASK   {short(each)}")
            self.rows[each.certainty, right] += 1
            if not right:
                misses.append(
                    f"   {'WRONG' if each.certainty == 'certain' else 'wrong'} {short(each)}"
                )
        read: dict[Fact, list[tuple[str, Statement]]] = defaultdict(list)
        for each in statements:
            for fact, number in facts_of(each).items():
                read[fact].append((number, each))
        for row in rows:
            if row["kind"] == "none":
                self.alone[not any(facts_of(each) for each in statements)] += 1
                continue
            for fact, number in facts_of(row).items():
                same_ones = [each for stated, each in read[fact] if same(stated, number)]
                found = bool(same_ones)
                self.facts[found] += 1
                self.certain_facts[any(each.certainty == "certain" for each in same_ones)] += 1
                for form in forms:
                    self.forms[form][found] += 1
                if not found:
                    misses.append(f"   miss  {fact} {number}")
        return misses

    def lines(self) -> Iterator[str]:
        """Yield the lines of a summary."""
        for certainty in ("certain", "unsure"):
            right, wrong = self.rows[certainty, True], self.rows[certainty, False]
            yield f"{certainty:8} rows right {right}/{right + wrong} = {share(right, wrong)}"
        found = share(self.facts[True], self.facts[False])
        yield f"figures found {found} of {sum(self.facts.values())}"
        yield f"figures certain {share(self.certain_facts[True], self.certain_facts[False])}"
        alone = f"left alone {self.alone[True]}/{sum(self.alone.values())}"
        yield f"{alone}; certain but to be asked {self.asks}"
        for form, counts in sorted(self.forms.items()):
            yield f"  {form:22} {share(counts[True], counts[False])} of {sum(counts.values())}"


def share(one: int, other: int) -> str:
    """Return a share in percent."""
    return f"{100 * one / (one + other):.1f} %" if one + other else "-"


def short(each: Statement) -> str:
    """Return a statement in one line."""
    names = (*NUMBERS, *WORDS, "of")
    facts = " ".join(f"{name}={getattr(each, name)}" for name in names if getattr(each, name))
    return f"{each.indicator} {each.year} {facts} [{each.certainty} {each.doubt}] «{each.quote}»"


def read_passages(folder: Path, known: Catalogue, *, misses: bool) -> None:
    """Read the passages of a folder and print what was right."""
    score = Score()
    for code, text, rows, forms in passages(folder):
        found = score.add(read_document(document_of(text), known, YEAR).statements, rows, forms)
        if misses and found:
            print(f"{code} {' '.join(text.split())}", *found, sep="\n")
    print(folder, *score.lines(), sep="\n")


def right_rows(folder: Path, year: int) -> list[dict[str, str]]:
    """Return the rows of a data folder from the report of a year, as those of passages."""
    rows = [row for path in sorted((folder / "raw").glob("*.csv")) for row in _rows(path)]
    stated = [
        row for row in rows if row.get("indicator") and row.get("source", "").endswith(str(year))
    ]
    return [
        row | {"kind": "row", "of": row.get("of") or ("value" if "closed" in row else "")}
        for row in stated
    ]


def read_whole(path: Path, ds: Dataset, known: Catalogue, year: int, *, misses: bool) -> None:
    """Read a whole report and print what was right against the data."""
    begun = time.perf_counter()
    reading = read_document(document_of(path.read_text(encoding="utf-8"), path.name), known, year)
    took = time.perf_counter() - begun
    key = path.with_suffix(".csv")
    rows = (
        [row | {"kind": "row"} for row in _rows(key)]
        if key.exists()
        else right_rows(Path(ds.folder), year)
    )
    score = Score()
    found = score.add(reading.statements, rows, [])
    if misses:
        print(*found, sep="\n")
    print(path, f"{took:.2f} s", *score.lines(), sep="\n")


def main(arguments: Sequence[str]) -> None:
    """Print the scores that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="*", type=Path)
    parser.add_argument("--report", action="append", type=Path, default=[])
    parser.add_argument("--year", type=int, default=YEAR)
    parser.add_argument("--data", type=Path, default=PROJECT / "data")
    parser.add_argument("--misses", action="store_true", help="print what was not read, or wrong")
    given = parser.parse_args(arguments)
    ds = Dataset.open(given.data, public_below=0)
    known = make_reader_catalogue(ds)
    for folder in given.folder or ([] if given.report else [PASSAGES]):
        read_passages(folder, known, misses=given.misses)
    for path in given.report:
        read_whole(path, ds, known, given.year, misses=given.misses)


if __name__ == "__main__":
    main(sys.argv[1:])
