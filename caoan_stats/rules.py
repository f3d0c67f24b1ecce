"""What a Table Schema cannot say of the data: each rule looks at one line and the catalogue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from caoan_stats import numerals
from caoan_stats.csvfile import CsvFile
from caoan_stats.errors import DataError
from caoan_stats.package import Package

Entry = Mapping[str, str]


def check(package: Package, files: Mapping[str, CsvFile]) -> list[DataError]:
    """Hold every line against the catalogue of indicators.

    Parameters
    ----------
    package
        The descriptor.
    files
        By resource name; a rule that needs a missing file says nothing.
    """
    catalogue = {line["indicator"]: line.cells for line in _lines(files, "indicators")}
    errors: list[DataError] = []
    for line in _lines(files, "indicators"):
        errors += _unknown_table(line, package)
        errors += _half_quantified(line)
    for table in package.observation_tables:
        for line in _lines(files, table):
            errors += _wrong_table(line, table, catalogue)
            errors += _numbers(line, ("value", "change"), catalogue)
            errors += _no_figure(line)
    for line in _lines(files, "targets"):
        errors += _numbers(line, ("lower", "upper"), catalogue)
        errors += _bounds(line)
    return errors


@dataclass(frozen=True)
class _Line:
    """A line with the right number of cells, each under the name of its column."""

    file: CsvFile
    number: int
    cells: Entry

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def value(self, column: str) -> Decimal | None:
        number = numerals.plain(self[column], self.file.mark)
        return None if number is None else Decimal(number)

    def say(self, kind: str, column: str | None, **details: object) -> DataError:
        return DataError(kind, self.file.name, self.number, column, details)


def _lines(files: Mapping[str, CsvFile], name: str) -> Iterator[_Line]:
    if file := files.get(name):
        columns = file.header.cells
        for row in file.rows:
            if len(row.cells) == len(columns):
                yield _Line(file, row.line, dict(zip(columns, row.cells, strict=True)))


def _unknown_table(line: _Line, package: Package) -> Iterator[DataError]:
    if line["table"] and line["table"] not in package.observation_tables:
        yield line.say("unknown_table", "table", found=line["table"])


def _half_quantified(line: _Line) -> Iterator[DataError]:
    if bool(line["unit"]) != bool(line["decimals"]):
        unit, decimals = line["unit"], line["decimals"]
        yield line.say("half_quantified", None, unit=unit, decimals=decimals)


def _wrong_table(line: _Line, table: str, catalogue: Mapping[str, Entry]) -> Iterator[DataError]:
    entry = catalogue.get(line["indicator"])
    if entry and entry["table"] != table:
        right_file = f"{entry['table']}.csv"
        yield line.say("wrong_table", "indicator", found=line["indicator"], right_file=right_file)


def _numbers(
    line: _Line, columns: tuple[str, ...], catalogue: Mapping[str, Entry]
) -> Iterator[DataError]:
    entry = catalogue.get(line["indicator"])
    if entry is None:
        return
    for column in columns:
        number = numerals.plain(line[column], line.file.mark)
        if number is None:
            continue
        indicator, limit = line["indicator"], entry["decimals"]
        if not entry["unit"]:
            yield line.say("unquantified", column, found=line[column], indicator=indicator)
        elif limit.isdecimal() and numerals.decimals(number) > int(limit):
            kind, details = numerals.explain(line[column], line.file.mark, int(limit))
            yield line.say(kind, column, indicator=indicator, **details)


def _no_figure(line: _Line) -> Iterator[DataError]:
    if not line["value"] and not line["change"]:
        yield line.say("no_figure", None)


def _bounds(line: _Line) -> Iterator[DataError]:
    if not line["lower"] and not line["upper"] and not line["note"]:
        yield line.say("no_target", None)
    lower, upper = line.value("lower"), line.value("upper")
    if lower is None or upper is None:
        return
    if lower > upper:
        yield line.say("lower_above_upper", None, lower=line["lower"], upper=line["upper"])
    elif lower == upper and line["closed"] not in ("", "both"):
        yield line.say("empty_interval", "closed", lower=lower, closed=line["closed"])
