"""Errors that a Table Schema cannot express: each line is checked against the catalogue.

If the schema also finds an error in the same cell, the one found here is reported.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from caoan_stats.common import numerals
from caoan_stats.common.errors import DataError
from caoan_stats.common.spelling import nearest
from caoan_stats.common.words import DEFAULT, Phrase, languages
from caoan_stats.concepts.facts import FACTS, VALUE
from caoan_stats.concepts.scales import SCALES, scale_of
from caoan_stats.concepts.units import can_be_negative, is_large, unit_of
from caoan_stats.datafolder.csvfile import CsvFile, Line, lines
from caoan_stats.datafolder.document_rules import unordered_statements
from caoan_stats.datafolder.package import Package
from caoan_stats.datafolder.relation_rules import relation_errors

LOWEST_PERCENT = -100  # a count cannot fall by more
LARGE = 10**9  # a commune has less than this of anything but đồng
_DIGIT = re.compile(r"[0-9]")
_YEAR = re.compile(r"[0-9]{4}")
_ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_DAMAGE = re.compile(
    r"[\ufffd\u2028\u2029]|[\x00-\x09\x0b-\x1f\x7f-\x9f]|^#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)"
)

Catalogue = Mapping[str, Mapping[str, Any]]  # cells of `indicators.csv` by indicator


def check_rules(package: Package, files: Mapping[str, CsvFile]) -> list[DataError]:
    """Return the errors of files by resource name; a rule that needs a missing file is skipped."""
    catalogue = _catalogue(files)
    errors: list[DataError] = []
    for name in files:
        for line in lines(files, name):
            errors += _damaged_cells(line)
    for line in lines(files, "indicators"):
        errors += _indicator_errors(line, package)
    for line in lines(files, "sources"):
        errors += _date_errors(line)
    for table in package.observation_tables:
        for line in lines(files, table):
            errors += _observation_errors(line, table, package, catalogue)
    for line in lines(files, "targets"):
        errors += _target_errors(line, catalogue)
    errors += _repeated_targets(lines(files, "targets"))
    for line in lines(files, "breaks"):
        errors += _break_errors(line, catalogue)
    errors += unordered_statements(files, package.observation_tables)
    return [*errors, *relation_errors(files, catalogue)]


def _catalogue(files: Mapping[str, CsvFile]) -> Catalogue:
    """Return the catalogue, with scale and labels by language of the units."""
    units = {
        line["unit"]: {
            "unit_labels": {language: line[f"label_{language}"] for language in languages()},
            "scale": line["scale"],
            "exact": line["exact"],
        }
        for line in lines(files, "units")
    }
    return {
        line["indicator"]: {**units.get(line["unit"], {}), **line.cells}
        for line in lines(files, "indicators")
    }


def _damaged_cells(line: Line) -> Iterator[DataError]:
    for column, cell in line.cells.items():
        if _DAMAGE.search(cell):
            yield line.error("damaged_text", column, found=cell)


def _indicator_errors(line: Line, package: Package) -> Iterator[DataError]:
    table, unit, decimals = line["table"], line["unit"], line["decimals"]
    if table and table not in package.observation_tables:
        yield line.error("unknown_table", "table", found=table)
    if bool(unit) != bool(decimals):
        yield line.error("half_quantified", None, unit=unit, decimals=decimals)


def _date_errors(line: Line) -> Iterator[DataError]:
    if _ISO_DATE.fullmatch(line["date"]):
        try:
            date.fromisoformat(f"{line['date']}-01-01"[:10])
        except ValueError:
            yield line.error("wrong_form", "date", found=line["date"], form="2023-12-31")


def _observation_errors(
    line: Line, table: str, package: Package, catalogue: Catalogue
) -> Iterator[DataError]:
    right = catalogue.get(line["indicator"], {}).get("table", table)
    if right != table and right in package.observation_tables:
        found = line["indicator"]
        yield line.error("wrong_table", "indicator", found=found, right_file=f"{right}.csv")
    for column, fact in FACTS.items():
        if fact.is_number:
            yield from _number_errors(line, column, column, catalogue)
    if not any(line[column] for column in FACTS):
        yield line.error("no_figure", None)
    yield from _negative_bases(line, catalogue)


def _negative_bases(line: Line, catalogue: Catalogue) -> Iterator[DataError]:
    """Yield an error for a comparison after which a count, or its plan, would be below 0."""
    unit = catalogue.get(line["indicator"], {}).get("unit_labels")
    if not unit or can_be_negative(unit[DEFAULT]):
        return
    value, change = line.value("value"), line.value("change")
    percent, share = line.value("pct_change"), line.value("pct_of_plan")
    if value is not None and change is not None and value < change:
        yield line.error("negative_base", "change", found=line["change"], unit=unit)
    if percent is not None and percent < LOWEST_PERCENT:
        yield line.error("negative_base", "pct_change", found=line["pct_change"], unit=unit)
    if share is not None and share < 0:
        yield line.error("negative_base", "pct_of_plan", found=line["pct_of_plan"], unit=unit)


def _number_errors(line: Line, column: str, fact: str, catalogue: Catalogue) -> Iterator[DataError]:
    """Yield an error for a number that is not plain, or that its indicator cannot have.

    `fact` is the fact that the number states or bounds.
    """
    indicator, cell = line["indicator"], line[column]
    entry = catalogue.get(indicator, {})
    if not cell:
        return
    digit = "" if FACTS[fact].is_percent else entry.get("decimals", "")
    usual = int(digit) if _DIGIT.fullmatch(digit) else None
    number = numerals.parse_plain(cell, line.file.mark)
    unit = entry.get("unit_labels", {DEFAULT: ""})
    limit = unit_of(unit[DEFAULT]).limit
    has_surplus = number and usual is not None and numerals.count_decimals(number) > usual
    is_exact = entry.get("exact") == "true"
    is_refused = is_exact or len(numerals.possible(cell, limit)) > 1
    if entry and not entry["unit"]:
        yield line.error("unquantified", column, found=cell, indicator=indicator)
    elif number is None or (has_surplus and is_refused):
        kind, details = numerals.explain_number(cell, line.file.mark, usual, limit)
        details |= {"unit": unit} | ({"then": ""} if is_exact else {})
        yield line.error(kind, column, **details)
    elif entry and fact not in SCALES[_scale(entry)].facts:
        details = {"found": cell, "fact": Phrase(f"fact_{fact}"), "indicator": indicator}
        yield line.error("meaningless_fact", column, **details)
    elif "unit_labels" in entry and not FACTS[fact].is_percent:
        yield from _size_errors(line, column, fact, Decimal(number), entry["unit_labels"])


def _size_errors(
    line: Line, column: str, fact: str, number: Decimal, unit: Mapping[str, str]
) -> Iterator[DataError]:
    """Yield an error for a count below 0, and for an exponent that is too large for a commune."""
    if fact == VALUE and number < 0 and not can_be_negative(unit[DEFAULT]):
        yield line.error("negative", column, found=line[column], unit=unit)
    if "e" in line[column].lower() and abs(number) >= LARGE and not is_large(unit[DEFAULT]):
        written_out = f"{number:f}".replace(".", line.file.mark)
        yield line.error("large_number", column, found=line[column], number=written_out, unit=unit)


def _target_errors(line: Line, catalogue: Catalogue) -> Iterator[DataError]:
    fact, base_year = line["of"] or VALUE, line["base_year"]
    entry = catalogue.get(line["indicator"])
    errors: list[DataError] = []
    if fact in FACTS and FACTS[fact].is_number:  # else the schema reports it
        if entry and fact != VALUE and fact not in SCALES[_scale(entry)].facts:
            details = {"found": fact, "fact": Phrase(f"fact_{fact}")}
            details["indicator"] = line["indicator"]
            errors.append(line.error("meaningless_fact", "of", **details))
        for column in ("lower", "upper"):
            errors += [] if errors else _number_errors(line, column, fact, catalogue)
    yield from errors or _bound_errors(line)
    if _YEAR.fullmatch(base_year) and _YEAR.fullmatch(line["year"]) and base_year >= line["year"]:
        yield line.error("late_base_year", "base_year", found=base_year, year=line["year"])


def _bound_errors(line: Line) -> Iterator[DataError]:
    lower, upper, closed = line.value("lower"), line.value("upper"), line["closed"]
    if not line["lower"] and not line["upper"] and not line["note"]:
        yield line.error("no_target", None)
    if lower is None or upper is None:
        return
    if lower > upper:
        yield line.error("lower_above_upper", None, lower=line["lower"], upper=line["upper"])
    if lower == upper and closed not in ("", "both"):
        yield line.error("empty_interval", "closed", lower=line["lower"], closed=closed)


def _repeated_targets(targets: Iterator[Line]) -> Iterator[DataError]:
    """Yield an error for a target that repeats one whose `of` is empty, which means the value."""
    first: dict[tuple[str, ...], Line] = {}
    for line in targets:
        fact = line["of"]
        key = (line["indicator"], line["year"], line["source"], fact or VALUE)
        same = first.setdefault(key, line)
        if same is not line and same["of"] != fact:
            place = f"{line.file.name}:{same.number}"
            key_names = "indicator, year, source, of"
            yield line.error("duplicate", None, found=", ".join(key), key=key_names, same=place)


def _scale(entry: Mapping[str, str]) -> str:
    declared = entry.get("scale", "")
    return scale_of(entry["unit"], declared if declared in SCALES else "")


def _break_errors(line: Line, catalogue: Catalogue) -> Iterator[DataError]:
    code = line["indicator"]
    if code and code != "*" and catalogue and code not in catalogue:
        near = nearest(code, catalogue)
        advice = Phrase("write", {"near": near}) if near else Phrase("mend_code")
        yield line.error(
            "unknown_code", "indicator", found=code, catalogue="indicators.csv", advice=advice
        )
