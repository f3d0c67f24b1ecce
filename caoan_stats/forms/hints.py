"""What each cell of a workbook tells before it is filled in, and which contents it accepts."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats import labels
from caoan_stats.common.words import phrase
from caoan_stats.concepts import qualifiers
from caoan_stats.concepts.comparisons import DIRECTIONS
from caoan_stats.concepts.units import can_be_negative, unit_of
from caoan_stats.forms.layout import NUMBER_FIELDS, RESTATED
from caoan_stats.forms.prefilled import Prefilled

PROMPT_LIMIT = 250  # characters; Excel allows 255
NUMBER_LIMIT = 10**15
NUMBER: Final = "decimal"  # kinds of data validations in Excel
LIST: Final = "list"


class Hint(NamedTuple):
    """A prompt that is shown beside a cell, and the contents that the cell accepts."""

    prompt: str
    kind: Literal["decimal", "list"] | None = None  # None: anything
    choices: str = ""  # of a list: words, or the range that has them
    least: int = -NUMBER_LIMIT  # of numbers; others are questioned, not refused
    is_strict: bool = True  # whether nothing but a choice of the list is accepted


def put_hints(sheet: Worksheet, hints: Iterable[tuple[str, Hint]]) -> None:
    """Give cells or ranges of a sheet their hints; equal ones become one data validation."""
    rules: dict[Hint, DataValidation] = {}
    for address, hint in hints:
        if hint not in rules:
            rules[hint] = _validation(hint)
            sheet.add_data_validation(rules[hint])
        rules[hint].add(address)


def choice(words: Sequence[str], prompt: str) -> Hint:
    """Return the hint of a cell whose word is chosen from a few."""
    return Hint(prompt, LIST, ",".join(words))


def figure_hint(field: str, row: Prefilled, year: int) -> Hint:
    """Return the hint of a cell on a sheet of figures, in the column of a field."""
    match field:
        case "value":
            least = -NUMBER_LIMIT if can_be_negative(row.unit) else 0
            return Hint(_value_prompt(row, year), NUMBER, least=least)
        case "qualifier":
            return choice(qualifiers.words(), phrase("sheet.qualifier_about"))
        case "direction":
            words = [words[0] for words in DIRECTIONS.values()]
            return choice(words, phrase("sheet.direction_about"))
        case "section":
            key = "section_before" if row.section else "section_example"
            return Hint(phrase(f"sheet.{key}", section=row.section))
    about = phrase(f"sheet.{_key(field, row)}", **_details(row, year))
    return Hint(about, NUMBER) if field in NUMBER_FIELDS else Hint(about)


def _key(field: str, row: Prefilled) -> str:
    """Return the key of the prompt of a cell that depends on the unit, or on nothing."""
    if field == RESTATED and not row.figure:
        return "restated_new"
    is_move = field == "change" and unit_of(row.unit).is_before
    return "move_about" if is_move else f"{field}_about"


def _details(row: Prefilled, year: int) -> dict[str, object]:
    unit = labels.change_unit(row.unit)
    return {"before": year - 1, "unit": unit, "figure": row.figure}


def _value_prompt(row: Prefilled, year: int) -> str:
    """Return unit and example of a figure, then last year's figure and its section."""
    details = {**_details(row, year), "unit": row.unit, "section": row.section}
    key = "value_derived" if row.is_derived or not row.section else "value_before"
    before = [phrase(f"sheet.{key}", **details)] if row.figure else []
    about = phrase("sheet.value_about", year=year, unit=row.unit, example=row.example)
    return " ".join((about, *before))


def _validation(hint: Hint) -> DataValidation:
    rule = DataValidation(
        hint.kind, allow_blank=True, showInputMessage=True, prompt=_short(hint.prompt)
    )
    if hint.kind == NUMBER:
        rule.operator, rule.errorStyle = "between", "warning"
        rule.formula1, rule.formula2 = str(hint.least), str(NUMBER_LIMIT)
        rule.errorTitle, rule.error = phrase("sheet.not_a_number"), phrase("sheet.keep_words")
    elif hint.kind == LIST:
        is_range = "$" in hint.choices
        rule.formula1 = hint.choices if is_range else f'"{hint.choices}"'
        rule.showErrorMessage = hint.is_strict
        rule.errorTitle = phrase("sheet.choose")
        rule.error = phrase("sheet.one_of", words=_short(hint.choices))
    return rule


def _short(words: str) -> str:
    return words if len(words) <= PROMPT_LIMIT else f"{words[: PROMPT_LIMIT - 1]}…"
