"""The last import taken back on the desk, after a person has seen what that is."""

from collections.abc import Callable
from pathlib import Path

import ipywidgets as widgets

from caoan_stats.common.words import phrase
from caoan_stats.datafolder import package
from caoan_stats.desk.blocks import block, button, tell, telling
from caoan_stats.forms.shown import ShownChange
from caoan_stats.forms.undo import last_changes, undo


class Undoing:
    """The button that takes the last import back, and the question before that."""

    def __init__(self, data: Path, result: widgets.HTML, on_undone: Callable[[], object]) -> None:
        self.data, self.result, self.on_undone = data, result, on_undone
        self.asked: list[ShownChange] = []  # what the question names; empty if none is asked
        self.button, self.yes, self.no = button("undo"), button("undo"), button("cancel")
        self.question = widgets.VBox()
        self.button.on_click(lambda _: self.ask())
        self.yes.on_click(lambda _: self._undo())
        self.no.on_click(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Ask nothing, and let the button be pressed if there is an import to take back."""
        self.asked = []
        self.yes.disabled = self.no.disabled = True  # a button that goes must not keep the focus
        self.question.children = ()
        self.button.disabled = not last_changes(self.data)

    def ask(self) -> None:
        """Show what would be taken back, with a button that does it."""
        self.refresh()
        self.asked = last_changes(self.data)
        if self.asked:
            tell(self.result)
            self.yes.description = phrase("desk.undo_these", count=len(self.asked))
            self.yes.disabled = self.no.disabled = False
            named = block("undo", changes=self.asked)
            self.question.children = (named, widgets.HBox([self.yes, self.no]))

    def _undo(self) -> None:
        if not self.asked:  # a second click
            return
        if self.asked != last_changes(self.data):  # another import since
            self.ask()
            return
        self.yes.disabled, self.asked = True, []
        with telling(self.result):
            changes = undo(package.load_package(self.data))
            tell(self.result, phrase("desk.undone", count=len(changes)), kind="done")
            self.on_undone()
        self.refresh()
