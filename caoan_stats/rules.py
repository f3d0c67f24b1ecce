"""What a Table Schema cannot say of the data: each rule looks at one line and the catalogue."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from caoan_stats import formula_rules, numerals
from caoan_stats.csvfile import CsvFile
from caoan_stats.errors import DataError
from caoan_stats.lines import Line, lines
from caoan_stats.package import Package

Entry = Mapping[str, str]
_LIMIT = re.compile(r"[0-9]")
_ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_DAMAGE = re.compile(
    r"[\ufffd\u2028\u2029]|[\x00-\x09\x0b-\x1f\x7f-\x9f]|^#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)"
)


def check(package: Package, files: Mapping[str, CsvFile]) -> list[DataError]:
    """Hold every line against the catalogue of indicators.

    Parameters
    ----------
    package
        The descriptor.
    files
        By resource name; a rule that needs a missing file says nothing.
    """
    catalogue = {line["indicator"]: line.cells for line in lines(files, "indicators")}
    errors: list[DataError] = []
    for name in files:
        for line in lines(files, name):
            errors += _damaged(line)
    for line in lines(files, "indicators"):
        errors += _unknown_table(line, package)
        errors += _half_quantified(line)
    for line in lines(files, "sources"):
        errors += _no_date(line)
    for table in package.observation_tables:
        for line in lines(files, table):
            errors += _wrong_table(line, table, package, catalogue)
            errors += _numbers(line, ("value", "change"), catalogue)
            errors += _no_figure(line)
    for line in lines(files, "targets"):
        errors += _numbers(line, ("lower", "upper"), catalogue) or _bounds(line)
    return errors + formula_rules.check(files)


def _unknown_table(line: Line, package: Package) -> Iterator[DataError]:
    if line["table"] and line["table"] not in package.observation_tables:
        yield line.say("unknown_table", "table", found=line["table"])


def _half_quantified(line: Line) -> Iterator[DataError]:
    if bool(line["unit"]) != bool(line["decimals"]):
        unit, decimals = line["unit"], line["decimals"]
        yield line.say("half_quantified", None, unit=unit, decimals=decimals)


def _no_date(line: Line) -> Iterator[DataError]:
    if _ISO_DATE.fullmatch(line["date"]):
        try:
            date.fromisoformat(f"{line['date']}-01-01"[:10])
        except ValueError:
            yield line.say("wrong_form", "date", found=line["date"], form="2023-12-31")


def _damaged(line: Line) -> Iterator[DataError]:
    for column, cell in line.cells.items():
        if _DAMAGE.search(cell):
            yield line.say("damaged_text", column, found=cell)


def _wrong_table(
    line: Line, table: str, package: Package, catalogue: Mapping[str, Entry]
) -> Iterator[DataError]:
    entry = catalogue.get(line["indicator"])
    if entry and entry["table"] != table and entry["table"] in package.observation_tables:
        right_file = f"{entry['table']}.csv"
        yield line.say("wrong_table", "indicator", found=line["indicator"], right_file=right_file)


def _numbers(
    line: Line, columns: tuple[str, ...], catalogue: Mapping[str, Entry]
) -> list[DataError]:
    """Word each number that is not plain, has too many decimals, or should not be there."""
    entry = catalogue.get(line["indicator"], {})
    limit = int(entry["decimals"]) if _LIMIT.fullmatch(entry.get("decimals", "")) else None
    errors = []
    for column in (column for column in columns if line[column]):
        number = numerals.plain(line[column], line.file.mark)
        if entry and not entry["unit"]:
            found, indicator = line[column], line["indicator"]
            errors.append(line.say("unquantified", column, found=found, indicator=indicator))
        elif number is None or (limit is not None and numerals.decimals(number) > limit):
            kind, details = numerals.explain(line[column], line.file.mark, limit)
            errors.append(line.say(kind, column, indicator=line["indicator"], **details))
    return errors


def _no_figure(line: Line) -> Iterator[DataError]:
    if not line["value"] and not line["change"]:
        yield line.say("no_figure", None)


def _bounds(line: Line) -> list[DataError]:
    if not line["lower"] and not line["upper"] and not line["note"]:
        return [line.say("no_target", None)]
    lower, upper = line.value("lower"), line.value("upper")
    if lower is None or upper is None:
        return []
    if lower > upper:
        return [line.say("lower_above_upper", None, lower=line["lower"], upper=line["upper"])]
    if lower == upper and line["closed"] not in ("", "both"):
        details = {"lower": line["lower"], "closed": line["closed"]}
        return [line.say("empty_interval", "closed", **details)]
    return []
