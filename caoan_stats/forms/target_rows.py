"""Next year's targets before they are filled in: rows of the indicators that usually have one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import nan

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import VALUE, numbers
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.concepts.units import unit_of
from caoan_stats.dataset import Dataset
from caoan_stats.display.target_words import target_words
from caoan_stats.forms.cover import suggest_source
from caoan_stats.forms.drafted import DraftedRow
from caoan_stats.forms.prefilled import Prefilled


@dataclass(frozen=True)
class TargetRow:
    """Content of the row of one indicator before it is filled in."""

    row: Prefilled  # of the indicator
    latest: Decimal | None = None  # the newest figure
    known: str = ""  # the same in words, with its year
    also: str = ""  # targets that other documents state, in words
    cells: Mapping[str, str] = field(default_factory=dict)  # typed ones, of a target in the data
    raw: Mapping[str, str] = field(default_factory=dict)  # the same target, as in `targets.csv`
    drafted: DraftedRow | None = None  # what a program has read in the report


def fact_words() -> dict[str, str]:
    """Return the words to choose for each fact that a target can bound, by its code."""
    return {fact: phrase(f"target_sheet.of_{fact}") for fact in numbers()}


def indicator_choices(ds: Dataset) -> dict[str, str]:
    """Return the code of each indicator by its label, with the title of its table if it has to."""
    entries = records(ds.indicators)
    labelled = [entry["label"] for entry in entries]
    choices = {}
    for entry in entries:
        label = entry["label"]
        if labelled.count(label) > 1:
            table = ds.titles[entry["table"]]
            label = phrase("target_sheet.choice", label=label, table=table)
        choices[label] = entry["indicator"]
    return choices


def prefill_targets(
    ds: Dataset, year: int, sheets: Mapping[str, Sequence[Prefilled]]
) -> dict[str, list[TargetRow]]:
    """Return the rows of each indicator, for the targets that a year's report sets for the next.

    There is one for each target that the data has from this report, or else an empty one. `sheets`
    are the sheets of figures.
    """
    following = [target for target in records(ds.tables["targets"]) if target["year"] == year + 1]
    card = {row["indicator"]: row for row in records(ds.scorecard(year + 1, list(sheets)))}
    report = suggest_source(ds, year)["source"]
    rows = {}
    for row in (row for listed in sheets.values() for row in listed):
        targets = [target for target in following if target["indicator"] == row.indicator]
        own = [target for target in targets if target["source"] == report]
        others = [target for target in targets if target["source"] != report]
        empty = _with_latest(TargetRow(row, also=_also(others, row.unit)), card, year)
        rows[row.indicator] = [
            replace(empty, cells=_typed(target, row.unit), raw=_raw(target)) for target in own
        ] or [empty]
    return rows


def with_drafted(targets: Sequence[TargetRow], drafted: Sequence[DraftedRow]) -> list[TargetRow]:
    """Return the rows of an indicator with those read in the report: of a fact, one in its place.

    A target of the data keeps its words where none were read.
    """
    return [*_with_drafted(targets, list(drafted))]


def _with_drafted(targets: Sequence[TargetRow], drafted: list[DraftedRow]) -> Iterator[TargetRow]:
    for target in targets:
        of = target.cells.get("of", "")
        same = [row for row in drafted if not target.cells or _of(row) == of]
        for row in same[:1]:
            drafted = [each for each in drafted if each is not row]
        kept = {"note": target.cells["note"]} if same and "note" in target.cells else {}
        yield replace(target, cells=kept, drafted=same[0]) if same else target
    yield from (replace(targets[0], cells={}, raw={}, drafted=row) for row in drafted)


def _of(row: DraftedRow) -> str:
    return str(row.cells["of"].content) if "of" in row.cells else ""


def usual_targets(ds: Dataset, sheets: Mapping[str, Sequence[Prefilled]]) -> set[str]:
    """Return the indicators that had a target in any year.

    Where the data has no targets yet, they are those of which one side is better.
    """
    stated = {str(code) for code in ds.tables["targets"]["indicator"]}
    rows = (row for listed in sheets.values() for row in listed)
    return stated or {row.indicator for row in rows if row.better}


def _also(targets: Sequence[Row], unit: str) -> str:
    return " ".join(
        phrase("target_sheet.also", source=target["source"], target=_in_words(target, unit))
        for target in targets
    )


def _with_latest(target: TargetRow, card: Mapping[str, Row], year: int) -> TargetRow:
    """Return a row with the figure of a year, or else that of the year before."""
    row, next_row = target.row, card.get(target.row.indicator)
    latest, qualifier = row.previous, row.qualifier
    if next_row and next_row["previous_shown"] is not None:
        latest = next_row["previous_shown"]
        qualifier = QUALIFIERS[next_row["previous_qualifier"]].word
    else:
        year -= 1
    if latest is None:
        return target
    figure = f"{qualifier} {labels.number(latest)}".strip()
    known = phrase("target_sheet.known_in", figure=figure, year=year)
    return replace(target, latest=latest, known=known)


def _in_words(target: Row, unit: str) -> str:
    bounds = (nan if target[bound] is None else target[bound] for bound in ("lower", "upper"))
    lower, upper = bounds
    words = target_words(lower, upper, target["closed"] or "both", target["of"], unit)
    return words or str(target["note"])


def _typed(target: Row, unit: str) -> dict[str, str]:
    """Return the typed cells of a target, without empty ones."""
    of, closed = target["of"] or VALUE, target["closed"] or "both"
    cells = {
        "of": "" if of == VALUE else fact_words()[of],
        "lower": _bound(target["lower"], "above" if closed in ("right", "neither") else "", unit),
        "upper": _bound(target["upper"], "below" if closed in ("left", "neither") else "", unit),
        "note": target["note"],
        "section": target["section"],
        "base_year": str(target["base_year"] or ""),
    }
    return {column: text for column, text in cells.items() if text}


def _bound(number: Decimal | None, key: str, unit: str) -> str:
    """Return a bound as a person types it; `key` is the key of the words of an open one."""
    if number is None:
        return ""
    is_long = int(number.as_tuple().exponent) > 0  # its last digits are not stated
    typed = labels.number(number) if is_long else f"{number:f}".replace(".", ",")
    if not key:
        return typed
    if unit_of(unit).is_before:  # “trên hạng 5” has two readings
        return f"{'>' if key == 'above' else '<'} {typed}"
    return phrase(f"target_sheet.{key}", number=typed)


def _raw(target: Row) -> dict[str, str]:
    """Return the cells of a target without empty ones, with decimal points."""
    return {column: str(content) for column, content in target.items() if content not in (None, "")}
