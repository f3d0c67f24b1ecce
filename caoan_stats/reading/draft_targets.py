"""The row of an aim in a draft: the bounds of one fact, or the words of the report."""

from collections.abc import Mapping, Sequence

from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import VALUE
from caoan_stats.concepts.units import unit_of
from caoan_stats.forms.as_typed import text_of
from caoan_stats.forms.drafted import DraftedCell, DraftedRow
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.target_rows import fact_words
from caoan_stats.reading.draft_rows import NUMBER
from caoan_stats.reading.draft_words import Told, doubt_words, place_of, words_of
from caoan_stats.reading.persons import masked
from caoan_stats.reading.statement import Statement

LONGEST_WORDS = 160  # characters of an aim in words
_OPEN = {"lower": ("right", "neither"), "upper": ("left", "neither")}  # `closed` without the bound
_WORDS = {"lower": "above", "upper": "below"}  # keys of what stands before an open bound


def drafted_target(told: Sequence[Told], measure: Measure | None) -> DraftedRow:
    """Return the row for the aims of one fact in a year; several are to be chosen from.

    An unsure one is chosen in the cell of its first bound, or of its words.
    """
    statements = [each.statement for each in told]
    typed = [_texts(each, measure) for each in statements]
    doubts = [words for each in statements if (words := doubt_words(each))]
    if any(each != typed[0] for each in typed):
        doubts.append(phrase("doubt.two_values"))
    first = next(field for field in ("lower", "upper", "note") if field in typed[0])
    cells = {field: DraftedCell(text) for field, text in typed[0].items()}
    if doubts:
        choices = [each[first] for each in typed if first in each]
        choices += [
            text_of(number, measure, each.of)
            for each in statements
            for number in each.others
            if measure and NUMBER.fullmatch(number)
        ]
        cells[first] = DraftedCell(typed[0][first], tuple(dict.fromkeys(choices)))
    fact = statements[0].of or VALUE
    if fact != VALUE and measure:
        cells["of"] = DraftedCell(fact_words()[fact])
    if section := next((each.section for each in statements if each.section), ""):
        cells["section"] = DraftedCell(section)
    quote = words_of(statements, doubts, ())
    places = "\n".join(dict.fromkeys(map(place_of, told)))
    return DraftedRow(cells, "unsure" if doubts else "certain", quote, places)


def _texts(statement: Statement, measure: Measure | None) -> Mapping[str, str]:
    """Return the bounds as a clerk would type them; without bounds, the words."""
    bounds = {"lower": statement.lower, "upper": statement.upper}
    typed = {
        side: _bound(number, side, statement, measure)
        for side, number in bounds.items()
        if number and measure
    }
    return typed or {"note": _short(masked(statement.quote))}


def _bound(number: str, side: str, statement: Statement, measure: Measure) -> str:
    text = text_of(number, measure, statement.of or VALUE)
    if statement.closed not in _OPEN[side]:
        return text
    if unit_of(measure.unit).is_before:  # “trên hạng 5” has two readings
        return f"{'>' if side == 'lower' else '<'} {text}"
    return phrase(f"target_sheet.{_WORDS[side]}", number=text)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1]}…"
