"""Errors of relations and acknowledged contradictions that a Table Schema cannot express."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from caoan_stats.common.errors import DataError
from caoan_stats.common.spelling import nearest
from caoan_stats.common.words import Phrase, languages, say
from caoan_stats.concepts.facts import DIRECTION, FACTS
from caoan_stats.datafolder.csvfile import CsvFile, Line, lines
from caoan_stats.relations import formulas
from caoan_stats.relations.formulas import FormulaError
from caoan_stats.relations.jumps import SIDES
from caoan_stats.relations.relation import (
    EQUAL,
    Relation,
    find_cycle,
    parse_relations,
    parse_years,
    relation_key,
)

CYCLE_LIMIT = 20  # reported cycles of relations
FORMULA_EXAMPLE = "100 * a / (b + c)"
_YEARS = re.compile(r"([0-9]{4})?-([0-9]{4})?|[0-9]{4}|")
COMPARISONS = [*(fact.value for fact in FACTS.values() if fact.value), DIRECTION, *SIDES]

Catalogue = Mapping[str, Mapping[str, str]]  # cells of `indicators.csv` by indicator


def relation_errors(files: Mapping[str, CsvFile], catalogue: Catalogue) -> Iterator[DataError]:
    """Yield the errors of `relations.csv` and `acknowledged.csv`."""
    relations = list(lines(files, "relations"))
    yield from _relation_errors(relations, catalogue)
    if "relations" in files:
        texts = {relation_key(line.cells): _text(line) for line in relations}
        for line in lines(files, "acknowledged"):
            yield from _acknowledged_errors(line, texts, catalogue)


def _relation_errors(relations: Sequence[Line], catalogue: Catalogue) -> Iterator[DataError]:
    """Yield the errors of each relation, and one for each that repeats an earlier line."""
    valid: list[tuple[Line, Relation]] = []
    seen: dict[tuple[str, ...], list[Line]] = {}
    for line in relations:
        errors = [*_formula_errors(line, catalogue), *_year_errors(line)]
        yield from errors
        is_whole = line["left"] and line["right"] and _YEARS.fullmatch(line["years"])
        if not errors and is_whole:  # else the schema reports what is wrong
            valid += [(line, relation) for relation in parse_relations([line.cells])]
        earlier = seen.setdefault(relation_key(line.cells), [])
        if same := next((each for each in earlier if _overlap(each, line)), None):
            place, key = f"{line.file.name}:{same.number}", "left, operator, right, years"
            kind = "duplicate" if same["years"] == line["years"] else "overlapping_years"
            yield line.error(kind, None, found=_text(line), key=key, same=place)
        earlier.append(line)
    yield from islice(_cycles(valid), CYCLE_LIMIT)


def _year_errors(line: Line) -> Iterator[DataError]:
    years = line["years"]
    if _YEARS.fullmatch(years):
        first, last = parse_years(years)
        if first and last and first > last:
            yield line.error("reversed_years", "years", found=years, form=f"{last}-{first}")


def _overlap(one: Line, two: Line) -> bool:
    """Return whether two relations are valid in the same year."""
    spans = [each["years"] for each in (one, two)]
    if not all(_YEARS.fullmatch(span) for span in spans):
        return False  # the schema reports the form
    ends = [(first or 0, last or 9999) for first, last in map(parse_years, spans)]
    return ends[0][0] <= ends[1][1] and ends[1][0] <= ends[0][1]


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

    `texts` is the text of each relation by its key. A stated comparison is a relation too.
    """
    key = relation_key(line.cells)
    compared = {
        relation_key({"left": line["left"], "operator": EQUAL, "right": right})
        for right in COMPARISONS
    }
    if key not in texts and not (key in compared and line["left"] in catalogue):
        near = nearest(_text(line), texts.values())
        advice = Phrase("write", {"near": near}) if near else Phrase("mend_relation")
        yield line.error("unknown_relation", None, found=_text(line), advice=advice)
    if line["reason"] in [say(language, "events", "your_reason") for language in languages()]:
        yield line.error("no_reason", "reason", found=line["reason"])


def _text(line: Line) -> str:
    return f"{line['left']} {line['operator']} {line['right']}"
