"""What a Table Schema cannot say of the data: each rule looks at one line and the catalogue."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from caoan_stats.common import numerals
from caoan_stats.common.errors import DataError
from caoan_stats.common.phrases import SAID
from caoan_stats.common.spelling import nearest
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

Entry = Mapping[str, str]


SIDES = ("left", "right")
CIRCLES = 20  # the most that are told at once
FORM = "100 * a / (b + c)"
_LIMIT = re.compile(r"[0-9]")
_ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_DAMAGE = re.compile(
    r"[\ufffd\u2028\u2029]|[\x00-\x09\x0b-\x1f\x7f-\x9f]|^#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)"
)


def check_rules(package: Package, files: Mapping[str, CsvFile]) -> list[DataError]:
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
    return errors + check_formulas(files)


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
        number = numerals.parse_plain(line[column], line.file.mark)
        if entry and not entry["unit"]:
            found, indicator = line[column], line["indicator"]
            errors.append(line.say("unquantified", column, found=found, indicator=indicator))
        elif number is None or (limit is not None and numerals.count_decimals(number) > limit):
            kind, details = numerals.explain_number(line[column], line.file.mark, limit)
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


def check_formulas(files: Mapping[str, CsvFile]) -> list[DataError]:
    """Hold every relation against the catalogue, and every acknowledged one against the relations.

    Parameters
    ----------
    files
        By resource name; a rule that needs a missing file says nothing.
    """
    codes = dict.fromkeys(line["indicator"] for line in lines(files, "indicators"))
    known = list(lines(files, "relations"))
    faults = {line.number: [*_formulas(line), *_unknown_codes(line, codes)] for line in known}
    sound = [
        (line, relation)
        for line in known
        if not faults[line.number] and all(line[column] for column in SIDES)
        for relation in parse_relations([line.cells])
    ]
    errors = [error for line in known for error in faults[line.number]]
    errors += [*_repeated(known), *islice(_circles(sound), CIRCLES)]
    if "relations" in files:
        names = {relation_key(line.cells): _relation_text(line) for line in known}
        for line in lines(files, "acknowledged"):
            errors += [*_unknown_relation(line, names, codes), *_no_reason(line)]
    return errors


def _formulas(line: Line) -> Iterator[DataError]:
    """Refuse each side that is not arithmetic; an empty one is told by the schema."""
    named = False
    for column in SIDES:
        try:
            named |= bool(formulas.parse(line[column]).names)
        except FormulaError as error:
            named = True
            if line[column]:
                yield line.say("bad_formula", column, part=error.part, form=FORM)
    if not named:
        yield line.say("no_indicator", None, found=_relation_text(line))


def _unknown_codes(line: Line, codes: Collection[str]) -> Iterator[DataError]:
    for column in SIDES:
        try:
            names = formulas.parse(line[column]).names
        except FormulaError:
            continue
        used = dict.fromkeys(formulas.indicator_of(name) for name in names)
        unknown = [code for code in used if code not in codes]
        if codes and unknown:
            near = ", ".join(
                f"{code} → {right}" for code in unknown if (right := nearest(code, codes))
            )
            yield line.say(
                "unknown_code",
                column,
                found=", ".join(unknown),
                catalogue="indicators.csv",
                advice_vi=f"sửa {near}" if near else "sửa mã, hoặc thêm nó vào danh mục đó",
                advice_en=f"rename {near}" if near else "mend it, or add it to that catalogue",
            )


def _repeated(known: Sequence[Line]) -> Iterator[DataError]:
    """Report a relation that is there twice, however it is spaced."""
    first: dict[tuple[str, ...], Line] = {}
    for line in known:
        same = first.setdefault(relation_key(line.cells), line)
        if same is not line:
            place = f"{line.file.name}:{same.number}"
            key = "left, operator, right"
            yield line.say("duplicate", None, found=_relation_text(line), key=key, same=place)


def _circles(sound: Sequence[tuple[Line, Relation]]) -> Iterator[DataError]:
    """Report each circle once, at the last of its lines, until none is left."""
    while circle := find_cycle(relation for _, relation in sound):
        round_ = frozenset(circle)
        inside = [line for line, relation in sound if relation.fills in round_]
        yield inside[-1].say(
            "circle",
            "left",
            circle=" → ".join(circle),
            lines=", ".join(f"{line.file.name}:{line.number}" for line in inside),
        )
        sound = [(line, relation) for line, relation in sound if relation.fills not in round_]


def _unknown_relation(
    line: Line, known: Mapping[tuple[str, str, str], str], codes: Collection[str]
) -> Iterator[DataError]:
    key = relation_key(line.cells)
    of_change = relation_key({"left": line["left"], "operator": EQUAL, "right": FORWARDS})
    if key in known or (key == of_change and line["left"] in codes):
        return
    near = nearest(_relation_text(line), known.values())
    yield line.say(
        "unknown_relation",
        None,
        found=_relation_text(line),
        advice_vi=f"viết {near}" if near else "sửa ba cột đầu, hoặc xóa dòng",
        advice_en=f"write {near}" if near else "mend the first three columns, or delete it",
    )


def _no_reason(line: Line) -> Iterator[DataError]:
    """Refuse the words that stand for a reason where `check` advises a line."""
    if line["reason"] in SAID["your_reason"].values():
        yield line.say("no_reason", "reason", found=line["reason"])


def _relation_text(line: Line) -> str:
    return f"{line['left']} {line['operator']} {line['right']}"
