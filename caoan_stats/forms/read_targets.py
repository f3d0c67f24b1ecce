"""The filled-in sheet of next year's targets, as rows of `targets.csv`."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import islice
from math import nan
from typing import NamedTuple

from caoan_stats import labels
from caoan_stats.common.errors import DataError
from caoan_stats.common.spelling import nearest
from caoan_stats.common.words import Phrase
from caoan_stats.concepts.facts import VALUE
from caoan_stats.concepts.tables import LOWER, TARGETS, UPPER
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.dataset import Dataset
from caoan_stats.display.target_words import target_words
from caoan_stats.forms import layout
from caoan_stats.forms.bound_cells import (
    UnclearCellError,
    is_far,
    may_be_fraction,
    read_bounds,
)
from caoan_stats.forms.bounds import Bounds
from caoan_stats.forms.cover import suggest_source
from caoan_stats.forms.drafted import added_letters, is_undecided
from caoan_stats.forms.layout import CHOICE_LETTERS, HEADING_ROW, TARGET_COLUMNS, TARGET_LETTERS
from caoan_stats.forms.prefilled import Prefilled
from caoan_stats.forms.sheet import Sheet
from caoan_stats.forms.sheet_errors import NAMED_LIMIT, divided_number, spoilt_parts
from caoan_stats.forms.target_rows import (
    TargetRow,
    indicator_choices,
    prefill_targets,
    usual_targets,
)
from caoan_stats.forms.typed import Cell, Place, Remark, TypedFile, TypedRow
from caoan_stats.relations.jumps import FACTOR

STATED = (LOWER, UPPER, "note", "section", "base_year")  # a row with one of them states a target
PASSED_ON = ("note", "section", "base_year")  # columns of `targets.csv` that are typed as they are
PLACED = ("label", "of", LOWER, UPPER, *PASSED_ON)
_MARKS = (LOWER, UPPER, "note", "base_year")  # headings that together no other sheet has
_WORDED = re.compile(r"[^0-9.,+-]")


def is_target_sheet(sheet: Sheet) -> bool:
    """Return whether a sheet has the headings of the sheet of targets."""
    headings, texts = layout.target_headings(0), {cell.text for cell in sheet.cells.values()}
    return {headings[field] for field in _MARKS} <= texts


def read_targets(
    sheet: Sheet,
    ds: Dataset,
    year: int,
    sheets: Mapping[str, Sequence[Prefilled]],
    source: TypedRow,
) -> TypedFile:
    """Read the sheet of targets in the workbook for the figures of a year.

    `sheets` has the whole catalogue; `source` is the row of `sources.csv` on the cover, for the
    document that states the targets.
    """
    file = source.places["source"].file
    rows, report = prefill_targets(ds, year, sheets), suggest_source(ds, year)["source"]
    filled = FilledTargets(file, sheet, year, rows, indicator_choices(ds), source, report)
    if errors := tuple(filled.layout_errors()):
        return TypedFile((), errors)
    known = set(ds.indicators.index[ds.indicators["has_figures"]])
    handed_out = known & usual_targets(ds, sheets)
    read = [filled.read(number) for number in sheet.rows() if number > HEADING_ROW]
    return TypedFile(
        tuple(each.row for each in read if each.row),
        tuple(error for each in read for error in each.errors),
        (
            *(remark for each in read for remark in each.remarks),
            *filled.kept(read),
            *filled.deleted(handed_out),
        ),
        questions=tuple(question for each in read for question in each.questions),
    )


class TargetRead(NamedTuple):
    """What was read from one row."""

    row: TypedRow | None = None
    errors: Sequence[DataError] = ()
    remarks: Sequence[Remark] = ()
    questions: Sequence[DataError] = ()
    raw: Mapping[str, str] | None = None  # the target that it repeats or replaces


@dataclass(frozen=True)
class FilledTargets:
    """The filled-in sheet, and what was handed out."""

    file: str  # name of the workbook
    sheet: Sheet
    year: int  # of the figures; the targets are of the next
    rows: Mapping[str, Sequence[TargetRow]]  # of each indicator, before they were filled in
    choices: Mapping[str, str]  # codes of the indicators by the label to choose them by
    source: TypedRow  # row of `sources.csv` for the document that states the targets
    report: str  # code of the document whose targets were handed out

    def layout_errors(self) -> Iterator[DataError]:
        """Yield an error for each difference from the layout of the original sheet."""
        yield from spoilt_parts(self.file, self.sheet, TARGET_LETTERS.values())
        for field, right in layout.target_headings(self.year).items():
            found = _one_line(self._text(HEADING_ROW, field))
            if found != right and not self.sheet.is_large:
                details = {"found": found, "heading": right}
                yield self._place(HEADING_ROW, field).error("other_heading", **details)
        letters = {*TARGET_LETTERS.values(), *CHOICE_LETTERS, *added_letters(self.sheet)}
        stray = (
            (place, cell) for place, cell in self.sheet.cells.items() if place[1] not in letters
        )
        for (row, letter), cell in islice(stray, NAMED_LIMIT):
            details = {"found": cell.text or cell.formula, "last": TARGET_LETTERS["note"]}
            yield DataError("stray_cell", self.file, row, letter, details, self.sheet.name)

    def read(self, number: int) -> TargetRead:
        """Read one row: the target that it states, and the errors in it."""
        typed = {
            column.field: cell.worded if column.field in (LOWER, UPPER) else cell
            for column in TARGET_COLUMNS
            if column.is_typed and (cell := self._cell(number, column.field))
        }
        if not any(field in typed for field in STATED):
            return TargetRead()
        targets, errors = self._targets(number)
        for field, cell in typed.items():
            if cell.content is None:
                errors.append(self._place(number, field).error("no_result", formula=cell.formula))
            elif is_undecided(cell):
                errors.append(self._place(number, field).error("undecided", found=cell.text))
        if errors:
            return TargetRead(errors=errors)
        texts = {field: _one_line(cell.text) for field, cell in typed.items()}
        for target in targets:
            handed = {field: _one_line(text) for field, text in target.cells.items()}
            if target.raw and texts == handed:
                return self._unchanged(number, target)
        return self._changed(number, targets, typed)

    def kept(self, read: Sequence[TargetRead]) -> Iterator[Remark]:
        """Yield a remark for each target of the data that was taken out of the sheet."""
        seen = [each.raw for each in read if each.raw]
        for number in self.sheet.rows() if self._code == self.report else ():
            for target in self.rows.get(self._text(number, "indicator"), ()):
                if target.raw and target.raw not in seen:
                    seen.append(target.raw)
                    details = {"year": self.year + 1, "label": target.row.label}
                    yield Remark("target_kept", self._place(number, "label"), details)

    def deleted(self, handed_out: Set[str]) -> Iterator[Remark]:
        """Yield a remark if indicators that had a row have none any more."""
        by_label = {label.casefold(): code for label, code in self.choices.items()}
        found = {
            self._text(number, "indicator")
            or by_label.get(_one_line(self._text(number, "label")).casefold(), "")
            for number in self.sheet.rows()
        }
        rows = (self.rows[code][0].row for code in self.rows if code in handed_out - found)
        if labels := "; ".join(row.label for row in rows):
            details = {"sheet": self.sheet.name, "labels": labels}
            yield Remark("rows_deleted", self._place(HEADING_ROW, "label"), details)

    @property
    def _code(self) -> str:
        return self.source.cells["source"].text

    def _cell(self, number: int, field: str) -> Cell | None:
        return self.sheet.cells.get((number, TARGET_LETTERS[field]))

    def _text(self, number: int, field: str) -> str:
        return self.sheet.text(number, TARGET_LETTERS[field])

    def _place(self, number: int, field: str) -> Place:
        right = layout.target_headings(self.year)[field]
        return Place(self.file, number, TARGET_LETTERS[field], self.sheet.name, right)

    def _targets(self, number: int) -> tuple[Sequence[TargetRow], list[DataError]]:
        """Return what was handed out for the indicator of a row; and errors in its first cells."""
        code, label = self._text(number, "indicator"), _one_line(self._text(number, "label"))
        place = self._place(number, "label")
        if not code:
            known = {choice.casefold(): code for choice, code in self.choices.items()}
            code = known.get(label.casefold(), "")
            if not label:
                return (), [place.error("empty_cell")]
            if not code:
                near = nearest(label, self.choices)
                advice = Phrase("write", {"near": near}) if near else Phrase("choose_label")
                return (), [place.error("unknown_label", found=label, advice=advice)]
            return self.rows[code], []
        if code not in self.rows:
            near = self.rows[nearest(code, self.rows) or next(iter(self.rows))][0].row.label
            return (), [place.error("unknown_row", found=label or code, near=near)]
        row = self.rows[code][0].row
        return self.rows[code], [
            self._place(number, field).error("changed_cell", found=found, right=right)
            for field, right in (("label", row.label), ("unit", row.unit))
            if (found := _one_line(self._text(number, field))) != _one_line(right)
        ]

    def _unchanged(self, number: int, target: TargetRow) -> TargetRead:
        """Return a target of the data; nothing for another document, which does not state it."""
        if self._code != self.report:
            return TargetRead()
        cells = {column: Cell(text) for column, text in target.raw.items()}
        return TargetRead(TypedRow(TARGETS, cells, self._places(number)), raw=target.raw)

    def _changed(
        self, number: int, targets: Sequence[TargetRow], typed: Mapping[str, Cell]
    ) -> TargetRead:
        """Return the target that was typed."""
        row, place = targets[0].row, partial(self._place, number)
        try:
            bounds = read_bounds(typed, row, self.year + 1)
        except UnclearCellError as error:
            details = {"indicator": row.label, **error.details}
            errors = [place(error.field).error(error.kind, **details)]
            if "section" not in typed:  # what only a row without errors would tell
                errors.append(place("section").error("empty_cell"))
            return TargetRead(errors=errors)
        if bounds.lower and bounds.upper and Decimal(bounds.lower) > Decimal(bounds.upper):
            side = UPPER if UPPER in typed else LOWER
            found = {each: typed.get(each, typed[side]).text for each in (LOWER, UPPER)}
            return TargetRead(errors=[place(side).error("lower_above_upper", **found)])
        old = next((each.raw for each in targets if _fact(each.raw) == bounds.of), {})
        cells = self._cells(row.indicator, bounds, old, typed)
        is_new = any(old.get(column, "") != cell.text for column, cell in cells.items())
        return TargetRead(
            TypedRow(TARGETS, cells, self._places(number)),
            remarks=[*self._formulas(number, typed), *self._readings(number, bounds, row, typed)],
            questions=[*self._questions(number, bounds, targets[0], typed)] if is_new else (),
            raw=old,
        )

    def _cells(
        self, indicator: str, bounds: Bounds, old: Mapping[str, str], typed: Mapping[str, Cell]
    ) -> dict[str, Cell]:
        """Return the cells of a row of `targets.csv`; `old` is the one with its key, if any."""
        texts = {
            "indicator": indicator,
            "year": str(self.year + 1),
            LOWER: bounds.lower,
            UPPER: bounds.upper,
            "closed": bounds.closed or ("both" if old.get("closed") == "both" else ""),
            "of": old["of"] if old.get("of") else "" if bounds.of == VALUE else bounds.of,
            "source": self._code,
        }
        cells = {column: Cell(text) for column, text in texts.items() if text}
        return cells | {column: typed[column] for column in PASSED_ON if column in typed}

    def _places(self, number: int) -> dict[str, Place]:
        """Return the place of each column of `targets.csv`; the first stands for the row."""
        places = {field: self._place(number, field) for field in PLACED}
        return {"indicator": places["label"], **places, "closed": places[LOWER]}

    def _formulas(self, number: int, typed: Mapping[str, Cell]) -> Iterator[Remark]:
        for field, cell in typed.items():
            if cell.formula:
                details = {"formula": cell.formula, "value": cell.text}
                yield Remark("formula_used", self._place(number, field), details)

    def _readings(
        self, number: int, bounds: Bounds, row: Prefilled, typed: Mapping[str, Cell]
    ) -> Iterator[Remark]:
        """Yield a remark on how bounds that were typed with words were read."""
        worded = [side for side in (LOWER, UPPER) if side in typed and _is_worded(typed[side])]
        if worded:
            lower, upper = (Decimal(n) if n else nan for n in (bounds.lower, bounds.upper))
            words = target_words(lower, upper, bounds.closed or "both", bounds.of, row.unit)
            yield Remark("read_target", self._place(number, worded[0]), {"target": words})

    def _questions(
        self, number: int, bounds: Bounds, target: TargetRow, typed: Mapping[str, Cell]
    ) -> Iterator[DataError]:
        """Yield a question if a target is so far from the newest figure as a slip makes it.

        Another is about each number that its format shows divided by 1000.
        """
        for field, cell in typed.items():
            if cell.thousands:
                yield divided_number(self._place(number, field), cell)
        if is_far(bounds, target.latest):
            side = LOWER if bounds.lower else UPPER
            kind = "far_target" if bounds.of == VALUE else "far_plan_share"
            details = {"found": self._text(number, side), "known": target.known, "times": FACTOR}
            yield self._place(number, side).error(kind, **details, unit=target.row.unit)
        elif may_be_fraction(bounds, target.row, target.latest):
            side = LOWER if bounds.lower else UPPER
            near = labels.number(100 * Decimal(bounds.lower or bounds.upper))
            details = {"found": self._text(number, side), "near": near}
            yield self._place(number, side).error("fraction_target", **details)


def _fact(raw: Mapping[str, str]) -> str:
    """Return the fact that a target of the data bounds; empty without a target."""
    return raw.get("of", VALUE) if raw else ""


def _one_line(text: str) -> str:
    return " ".join(normalize_text(text).split())


def _is_worded(cell: Cell) -> bool:
    return isinstance(cell.content, str) and bool(_WORDED.search(cell.text.strip()))
