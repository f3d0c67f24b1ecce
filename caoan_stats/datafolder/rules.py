"""Errors that a Table Schema cannot express: each line is checked against indicators and relations.

If the schema also finds an error in the same cell, the one found here is reported.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from caoan_stats.common import numerals
from caoan_stats.common.errors import DataError
from caoan_stats.common.spelling import nearest
from caoan_stats.common.words import Phrase, languages, say
from caoan_stats.datafolder.csvfile import CsvFile, Line, lines
from caoan_stats.datafolder.package import Package
from caoan_stats.relations import formulas
from caoan_stats.relations.figures import FORWARDS
from caoan_stats.relations.formulas import FormulaError
from caoan_stats.relations.relation import (
    EQUAL,
    Relation,
    find_cycle,
    parse_relations,
    relation_key,
)

CYCLE_LIMIT = 20  # reported cycles of relations
FORMULA_EXAMPLE = "100 * a / (b + c)"
_DIGIT = re.compile(r"[0-9]")
_ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_DAMAGE = re.compile(
    r"[\ufffd\u2028\u2029]|[\x00-\x09\x0b-\x1f\x7f-\x9f]|^#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)"
)

Catalogue = Mapping[str, Mapping[str, str]]  # cells of `indicators.csv` by indicator


def check_rules(package: Package, files: Mapping[str, CsvFile]) -> list[DataError]:
    """Return the errors of files by resource name; a rule that needs a missing file is skipped."""
    catalogue = {line["indicator"]: line.cells for line in lines(files, "indicators")}
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
        errors += list(_number_errors(line, ("lower", "upper"), catalogue)) or _bound_errors(line)
    relations = list(lines(files, "relations"))
    errors += _relation_errors(relations, catalogue)
    if "relations" in files:
        texts = {relation_key(line.cells): _text(line) for line in relations}
        for line in lines(files, "acknowledged"):
            errors += _acknowledged_errors(line, texts, catalogue)
    return errors


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
    yield from _number_errors(line, ("value", "change"), catalogue)
    if not line["value"] and not line["change"]:
        yield line.error("no_figure", None)


def _number_errors(line: Line, columns: Sequence[str], catalogue: Catalogue) -> Iterator[DataError]:
    """Yield an error for each number that is not plain, has too many decimals, or has no unit."""
    indicator = line["indicator"]
    entry = catalogue.get(indicator, {})
    limit = int(entry["decimals"]) if _DIGIT.fullmatch(entry.get("decimals", "")) else None
    for column in columns:
        if not (cell := line[column]):
            continue
        number = numerals.parse_plain(cell, line.file.mark)
        if entry and not entry["unit"]:
            yield line.error("unquantified", column, found=cell, indicator=indicator)
        elif number is None or (limit is not None and numerals.count_decimals(number) > limit):
            kind, details = numerals.explain_number(cell, line.file.mark, limit)
            yield line.error(kind, column, indicator=indicator, **details)


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


def _relation_errors(relations: Sequence[Line], catalogue: Catalogue) -> Iterator[DataError]:
    """Yield the errors of each relation, and one for each that repeats an earlier line."""
    valid: list[tuple[Line, Relation]] = []
    first: dict[tuple[str, ...], Line] = {}
    for line in relations:
        errors = list(_formula_errors(line, catalogue))
        yield from errors
        if not errors and line["left"] and line["right"]:
            valid += [(line, relation) for relation in parse_relations([line.cells])]
        same = first.setdefault(relation_key(line.cells), line)
        if same is not line:
            place, key = f"{line.file.name}:{same.number}", "left, operator, right"
            yield line.error("duplicate", None, found=_text(line), key=key, same=place)
    yield from islice(_cycles(valid), CYCLE_LIMIT)


def _formula_errors(line: Line, catalogue: Catalogue) -> Iterator[DataError]:
    """Yield an error for each side that is not arithmetic or has a code that is not an indicator.

    The schema reports an empty side.
    """
    has_name = False
    for column in ("left", "right"):
        try:
            names = formulas.parse(line[column]).names
        except FormulaError as error:
            has_name = True  # a side that cannot be parsed may have one
            if line[column]:
                yield line.error("bad_formula", column, part=error.part, form=FORMULA_EXAMPLE)
            continue
        has_name |= bool(names)
        codes = dict.fromkeys(map(formulas.indicator_of, names))
        if catalogue and (unknown := [code for code in codes if code not in catalogue]):
            renamed = {code: nearest(code, catalogue) for code in unknown}
            near = ", ".join(f"{code} → {right}" for code, right in renamed.items() if right)
            advice = Phrase("rename", {"near": near}) if near else Phrase("mend_reference")
            details = {"found": ", ".join(unknown), "catalogue": "indicators.csv"}
            yield line.error("unknown_code", column, **details, advice=advice)
    if not has_name:
        yield line.error("no_indicator", None, found=_text(line))


def _cycles(relations: Sequence[tuple[Line, Relation]]) -> Iterator[DataError]:
    """Yield one error for each cycle, at the last of its lines."""
    while cycle := find_cycle(relation for _, relation in relations):
        codes = frozenset(cycle)
        inside = [line for line, relation in relations if relation.fills in codes]
        places = ", ".join(f"{line.file.name}:{line.number}" for line in inside)
        yield inside[-1].error("circle", "left", circle=" → ".join(cycle), lines=places)
        relations = [pair for pair in relations if pair[1].fills not in codes]


def _acknowledged_errors(
    line: Line, texts: Mapping[tuple[str, str, str], str], catalogue: Catalogue
) -> Iterator[DataError]:
    """Yield an error for an unknown relation, and for a reason that is the placeholder of `check`.

    `texts` is the text of each relation by its key. A stated change is a relation too.
    """
    key = relation_key(line.cells)
    change = relation_key({"left": line["left"], "operator": EQUAL, "right": FORWARDS})
    if key not in texts and not (key == change and line["left"] in catalogue):
        near = nearest(_text(line), texts.values())
        advice = Phrase("write", {"near": near}) if near else Phrase("mend_relation")
        yield line.error("unknown_relation", None, found=_text(line), advice=advice)
    if line["reason"] in [say(language, "events", "your_reason") for language in languages()]:
        yield line.error("no_reason", "reason", found=line["reason"])


def _text(line: Line) -> str:
    return f"{line['left']} {line['operator']} {line['right']}"
