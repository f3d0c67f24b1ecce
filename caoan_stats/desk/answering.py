"""A finding of a dropped workbook on the desk, and the answer that a person gives to it there."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import ipywidgets as widgets

from caoan_stats.common.words import DEFAULT, phrase, say
from caoan_stats.desk.blocks import block
from caoan_stats.forms.answers import RIGHT
from caoan_stats.forms.findings import CHOICES, CONFLICT, Finding
from caoan_stats.forms.typed import Answer, Place


@dataclass(frozen=True)
class Asked:
    """A finding with the widgets that answer it."""

    finding: Finding
    box: widgets.Widget
    choice: widgets.Widget | None = None  # a checkbox, or the choice between two figures
    reason: widgets.Text | None = None  # if the answer is kept with one

    @property
    def answer(self) -> Answer | None:
        """What a person has chosen, which may be nothing yet; None if there is no choice."""
        if self.choice is None:
            return None
        choice = RIGHT if self.choice.value is True else self.choice.value or ""
        reason = " ".join(self.reason.value.split()) if self.reason else ""
        return Answer(choice, reason, Place(phrase("desk.title"), 1, "reason"))

    @property
    def is_open(self) -> bool:
        """Whether a person still has to answer or to mend something."""
        return replace(self.finding, answer=self.answer).is_open

    @property
    def waits_for(self) -> str:
        """Where an answer is still to be given, and what of it."""
        title = _title(self.finding)
        is_chosen = self.answer and self.answer.choice
        return phrase("desk.lacks_reason", title=title) if is_chosen else title


def ask(finding: Finding, on_change: Callable[[], object]) -> Asked:
    """Return a finding with the widgets for its answer, which is that of its workbook at first.

    `on_change` is called after each change of the answer.
    """
    shown = show_finding(finding)
    if finding.kind not in CHOICES:
        return Asked(finding, shown)
    given = finding.answer.choice if finding.answer else None
    choice = _conflict(given) if finding.kind == CONFLICT else _question(finding, given)
    parts = [shown, choice]
    reason = None
    if finding.key is not None:
        typed = finding.answer.reason if finding.answer else ""
        reason = widgets.Text(typed, description=phrase("desk.reason"), continuous_update=True)
        parts.append(reason)
    for each in parts[1:]:
        each.observe(lambda _: on_change(), "value")
    box = widgets.VBox(parts)
    box.add_class("desk-asked")
    return Asked(finding, box, choice, reason)


def show_finding(finding: Finding) -> widgets.HTML:
    """Return a finding as a block: where, what, why, and what to write instead."""
    parts = {"what": finding.what, "why": finding.why, "remedy": finding.remedy}
    return block("finding", kind=finding.kind, title=_title(finding), **parts)


def _title(finding: Finding) -> str:
    kind = say(DEFAULT, "finding", f"kind_{finding.kind}")
    return phrase("desk.at", kind=kind, place=place_words(finding.place)) if finding.place else kind


def place_words(place: Place) -> str:
    """Return a place as the desk names it everywhere."""
    if not place.sheet:
        return str(place)
    return phrase("desk.cell", sheet=place.sheet, cell=f"{place.column}{place.line}")


def _question(finding: Finding, given: str | None) -> widgets.Checkbox:
    place = finding.place
    words = phrase("desk.right_at", place=place_words(place)) if place else phrase("desk.right")
    return widgets.Checkbox(given == RIGHT, description=words, indent=False)


def _conflict(given: str | None) -> widgets.RadioButtons:
    options = [(phrase(f"desk.{choice}"), choice) for choice in CHOICES[CONFLICT]]
    value = given if given in CHOICES[CONFLICT] else None
    return widgets.RadioButtons(options=options, value=value)
