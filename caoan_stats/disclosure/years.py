"""Years of the tables of a data folder, as the choice of hidden figures needs them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor, inf

from caoan_stats.common.frames import Row, records
from caoan_stats.concepts.facts import FACTS, VALUE
from caoan_stats.concepts.units import can_be_negative
from caoan_stats.disclosure.year import Cell, Year
from caoan_stats.relations import derive, filling
from caoan_stats.relations.derive import Tables
from caoan_stats.relations.figures import Figure, Key, Known, Statement, evaluate
from caoan_stats.relations.intervals import Interval, is_infinite
from caoan_stats.relations.relation import Relation, parse_relations, relation_key

NOT_NEGATIVE = Interval(Fraction(0), inf)


def read_years(tables: Tables, below: int) -> tuple[dict[int, Year], dict[Key, frozenset[Key]]]:
    """Return what a reader can know of each year that has figures; years ascend.

    The second result is the figures that are derived from one of another year, with the latter. It
    also has figures that only an older statement gives, with themselves.
    """
    stated, rows = derive.make_statement(tables), records(tables["relations"])
    relations = parse_relations(rows)
    keys = {relation: relation_key(row) for row, relation in zip(rows, relations, strict=True)}
    known = derive.known_figures(tables, stated, relations)
    figures: dict[int, dict[str, Figure]] = defaultdict(dict)
    for (name, number), figure in _compared(stated, known).items():
        figures[number][name] = figure
    audit = {(relation_key(row), row["year"]): row["status"] for row in records(tables["audit"])}
    blank = _blank_cells(tables, stated.catalogue)
    years: dict[int, Year] = {}
    for number in sorted(figures):
        status = {relation: audit.get((key, number), "") for relation, key in keys.items()}
        believed = tuple(each for each in relations if _is_believed(each, status[each], number))
        broken = {
            each: _gap(each, figures[number]) for each in believed if status[each] == "broken"
        }
        years[number] = Year(
            _cells(blank, figures[number], believed, number), believed, broken, below
        )
    return years, _carried(stated, known)


def _carried(stated: Statement, known: Known) -> dict[Key, frozenset[Key]]:
    """Return the figures that comparisons give, with the one of another year they come from.

    Where a newer document has replaced the comparison, a figure comes from itself.
    """
    pairs = {
        frozenset({(code, year), filling.base_key(code, year, row["fact"])})
        for code, year, row in filling.comparisons(stated)
    }
    return {
        key: figure.inputs if {key, *figure.inputs} in pairs else frozenset({key})
        for key, figure in known.items()
        if any(year != key[1] for _, year in figure.inputs)
    }


def _compared(stated: Statement, known: Known) -> Known:
    """Return the figures, each within what a stated comparison with another one leaves of it."""
    found = dict(known)
    for indicator, year, row in filling.comparisons(stated):
        spec, fact = FACTS[row["fact"]], stated.figure(row)
        key, base = (indicator, year), filling.base_key(indicator, year, row["fact"])
        if key in found and base in found:
            used = {
                "next": found[key],
                VALUE: found[key],
                spec.base: found[base],
                row["fact"]: fact,
            }
            for each, text in ((key, spec.value), (base, spec.of_base)):
                with suppress(ArithmeticError):
                    interval = found[each].interval & evaluate(filling.parse(text), used)
                    found[each] = replace(found[each], interval=interval)
    return found


def _is_believed(relation: Relation, status: str, year: int) -> bool:
    """Return whether a reader can use a relation: an assumption where it fills a figure."""
    return relation.applies(year) and (not relation.is_assumption or status == "derived")


def _gap(relation: Relation, figures: Mapping[str, Figure]) -> Fraction:
    """Return by how much the two sides of a broken relation differ, beyond their rounding."""
    left, right = (evaluate(side, figures) for side in (relation.left, relation.right))
    return Fraction(max(0, left.lower - right.upper, right.lower - left.upper))


def _blank_cells(tables: Tables, catalogue: Mapping[str, Row]) -> dict[str, Cell]:
    """Return the cell of each indicator for a year without its figure."""
    labels = {row["unit"]: row["label_vi"] for row in records(tables["units"])}
    return {
        code: Cell(
            is_whole=entry["exact"],
            is_sensitive=entry["sensitive"],
            can_be_negative=can_be_negative(labels.get(entry["unit"], "")),
        )
        for code, entry in catalogue.items()
    }


def _cells(
    blank: Mapping[str, Cell],
    figures: Mapping[str, Figure],
    relations: Sequence[Relation],
    year: int,
) -> dict[str, Cell]:
    """Return a cell for each figure and each name of a relation, in the order of the catalogue."""
    names = {*figures, *(name for each in relations for name in each.names)}
    order = [*(name for name in blank if name in names), *sorted(names - blank.keys())]
    cells = {name: blank.get(name, Cell(is_fixed=True)) for name in order}
    return cells | {name: _with_figure(cells[name], each, year) for name, each in figures.items()}


def _with_figure(cell: Cell, figure: Figure, year: int) -> Cell:
    interval = _whole_interval(figure) if cell.is_whole else figure.interval
    return replace(
        cell,
        interval=interval if cell.can_be_negative else interval & NOT_NEGATIVE,
        inputs=frozenset(name for name, of in figure.inputs if of == year),
        is_fixed=cell.is_fixed or figure.value == 0,
    )


def _whole_interval(figure: Figure) -> Interval:
    """Return the interval of a count in whole numbers; almost 5 may be 4."""
    lower, upper = figure.interval.lower, figure.interval.upper
    if figure.status == "stated" and figure.row["qualifier"] == "almost":
        lower = min(lower, upper - 1)
    ends = [
        end if is_infinite(end) else Fraction(rounding(end))
        for end, rounding in ((lower, ceil), (upper, floor))
    ]
    return Interval(*ends) if ends[0] <= ends[1] else figure.interval
