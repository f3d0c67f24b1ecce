"""What was read in a report, as the draft of its year's workbook."""

from collections.abc import Iterator, Mapping, Sequence

from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.dataset import Dataset
from caoan_stats.forms.drafted import Draft, DraftedRow, Listed
from caoan_stats.forms.measure import Measure, measures
from caoan_stats.reading.draft_rows import drafted_row
from caoan_stats.reading.draft_targets import drafted_target
from caoan_stats.reading.draft_words import Told, place, place_of, reading_words
from caoan_stats.reading.persons import masked
from caoan_stats.reading.statement import Reading


def make_draft(
    readings: Sequence[Reading], ds: Dataset, year: int, source: Mapping[str, str]
) -> Draft:
    """Return the draft of a year's workbook: of a report, or of its parts.

    `source` are the fields of the cover that are known, by name. Statements for which the form has
    no cell stand in the list, with the numbers that were not read.
    """
    catalogue = {row["indicator"]: row for row in records(ds.indicators)}
    of_code = measures(ds)
    told = [
        Told(each, reading.file)
        for reading in readings
        for each in reading.statements
        if each.indicator in catalogue
    ]
    rows: dict[str, DraftedRow] = {}
    targets: dict[str, tuple[DraftedRow, ...]] = {}
    listed: list[Listed] = []
    for code, entry in catalogue.items():
        own = [each for each in told if each.statement.indicator == code]
        placed = [each for each in own if not _is_aim_of(each, year + 1)]
        if placed:
            row, left = drafted_row(placed, of_code[code], year, catalogue)
            rows |= {code: row} if row else {}
            listed += [_without_place(each, entry, of_code[code], year) for each in left]
        if aims := _aims(own, year + 1, of_code[code]):
            targets[code] = tuple(aims)
    return Draft(
        {**_suggested(told, rows, catalogue), **rows},
        targets,
        (*listed, *_unread(readings)),
        source,
        tuple(reading.file for reading in readings),
    )


def _is_aim_of(told: Told, year: int) -> bool:
    return told.statement.is_aim and told.statement.year == year


def _aims(told: Sequence[Told], year: int, measure: Measure | None) -> list[DraftedRow]:
    """Return the rows for the aims of a year: of each fact one."""
    aims = [each for each in told if _is_aim_of(each, year)]
    facts = dict.fromkeys(each.statement.of for each in aims)
    return [
        drafted_target([each for each in aims if each.statement.of == fact], measure)
        for fact in facts
    ]


def _without_place(told: Told, entry: Row, measure: Measure | None, year: int) -> Listed:
    """Return the row of the list for a statement that the form of a year has no cell for."""
    statement = told.statement
    details = {"label": entry["label"], "year": statement.year, "of": year}
    return Listed(
        reading_words(statement, measure),
        masked(statement.quote),
        statement.section,
        place(statement.line, told.file),
        phrase("draft.no_place", **details),
    )


def _unread(readings: Sequence[Reading]) -> Iterator[Listed]:
    for reading in readings:
        for each in reading.unread:
            where = place(each.line, reading.file)
            reason = phrase("draft.not_read")
            yield Listed(masked(each.number), masked(each.quote), each.section, where, reason)


def _suggested(
    told: Sequence[Told], rows: Mapping[str, DraftedRow], catalogue: Mapping[str, Row]
) -> dict[str, DraftedRow]:
    """Return a row without figures for each indicator whose figure may stand in another row."""
    found = {}
    for each in told:
        for code in each.statement.others:
            if code in catalogue and code not in rows:
                label = catalogue[each.statement.indicator]["label"]
                words = phrase("draft.of_other", label=label)
                quote = f"{words}\n{masked(each.statement.quote)}"
                found[code] = DraftedRow({}, "unsure", quote, place_of(each))
    return found
