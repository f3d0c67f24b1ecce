"""The middle steps of the desk: a filled-in workbook is dropped, reviewed and written."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory

import ipywidgets as widgets

from caoan_stats.common.words import phrase
from caoan_stats.datafolder import package
from caoan_stats.desk.answering import Asked, ask, place_words
from caoan_stats.desk.blocks import block, button, download, render, status, step, tell, telling
from caoan_stats.desk.undoing import Undoing
from caoan_stats.forms import review
from caoan_stats.forms.findings import CHOICES, ERROR, Finding
from caoan_stats.forms.marked import copy_path, marked_copy
from caoan_stats.forms.review import Review
from caoan_stats.forms.typed import Answer

SUFFIXES = ".xlsx,.ods,.xls,.csv"
PAUSE = 0.5  # seconds without a key before a reason is read
NAMED = 5  # open findings that are named beside the button


class Importing:
    """The dropped file with its review, and the widgets of the steps 2 to 4."""

    def __init__(self, data: Path, on_written: Callable[[], object]) -> None:
        self.data, self.on_written = data, on_written
        self.name, self.content = "", b""
        self.review: Review | None = None
        self.asked: list[Asked] = []
        self.answers: dict[str, Answer] = {}  # by token, of every file dropped so far
        self.pending: asyncio.TimerHandle | None = None
        self.upload = widgets.FileUpload(accept=SUFFIXES, description=phrase("desk.choose"))
        self.read, self.waits, self.result = status(), widgets.HTML(), status()
        self.findings, self.copy, self.changes = widgets.VBox(), widgets.HTML(), widgets.HTML()
        self.write = button("write", is_main=True)
        self.write.disabled = True
        self.undoing = Undoing(data, self.result, self._undone)
        self.upload.observe(lambda _: self._take(), "value")
        self.write.on_click(lambda _: self._write())
        buttons = widgets.HBox([self.write, self.undoing.button])
        self.boxes = (
            widgets.VBox([step(2), self.upload, self.read]),
            widgets.VBox([step(3), self.findings, self.copy, self.changes]),
            widgets.VBox([step(4), self.waits, buttons, self.undoing.question, self.result]),
        )

    def _take(self) -> None:
        """Review the file that was chosen or dropped."""
        if not self.upload.value:
            return
        file, *others = self.upload.value
        self.upload.value = ()  # so that the same name can be chosen again
        self._forget()
        self.undoing.refresh()
        tell(self.result)
        if others:
            tell(self.read, phrase("desk.one_file"), kind="error")
            return
        self.name, self.content = PureWindowsPath(file["name"]).name, bytes(file["content"])
        tell(self.read, phrase("desk.reading", file=self.name))
        with telling(self.read, elsewhere=True):
            found = self._review({})
            own = {each.token: each.answer for each in found.findings if not each.is_open}
            self.answers |= {token: answer for token, answer in own.items() if token and answer}
            if any(each.token in self.answers for each in found.open):  # given for an earlier file
                found = self._review(self.answers)
            self._show(found)
            file = found.prepared.file
            is_read = bool(file.sheets or file.rows)
            words = phrase("desk.read" if is_read else "desk.not_read", file=self.name)
            tell(self.read, words, kind="done" if is_read else "error")

    def _review(self, answers: Mapping[str, Answer]) -> Review:
        """Review the file with the answers given so far."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / self.name
            path.write_bytes(self.content)
            found = review.review(path, package.load_package(self.data), answers=answers)
            copy = marked_copy(path, found) if found.open and found.is_workbook else b""
        name, words = copy_path(path).name, phrase("desk.take_copy")
        self.copy.value = download(name, copy, words) if copy else ""
        return found

    def _show(self, found: Review) -> None:
        """Show what is wrong or asked, each with its answer, and what would change."""
        self.review = found
        self._show_findings(found)
        changes = render("changes", changes=found.changes, words=place_words)
        self.changes.value = changes if found.is_ready else ""
        self._say_what_waits()

    def _show_findings(self, found: Review) -> None:
        """Show the findings; one that is shown already keeps its widgets, and so the focus."""
        asked = [each for each in found.findings if each.kind in (ERROR, *CHOICES)]
        to_know = [each for each in found.findings if each.kind not in (ERROR, *CHOICES)]
        shown = {_identity(each.finding): each for each in self.asked}
        self.asked = [shown.get(_identity(each)) or ask(each, self._answered) for each in asked]
        notes = [block("to_know", findings=to_know)] if to_know else []
        self.findings.children = [*(each.box for each in self.asked), *notes]

    def _say_what_waits(self) -> None:
        """Say what is still to be mended or answered; without that, the changes can be written."""
        waits = [each.waits_for for each in self.asked if each.is_open]
        self.write.disabled = bool(waits) or not (self.review and self.review.changes)
        which = "; ".join([*waits[:NAMED], *(["…"] if len(waits) > NAMED else [])])
        words = [phrase("desk.waits", count=len(waits), which=which)] if waits else []
        tell(self.waits, *words)

    def _answered(self) -> None:
        """Keep the answers, and review the file again when nobody types for a moment."""
        given = {each.finding.token: each.answer for each in self.asked}
        self.answers |= {token: answer for token, answer in given.items() if answer}
        self.changes.value = self.copy.value = ""
        self._say_what_waits()
        self._stop_waiting()
        try:
            self.pending = asyncio.get_running_loop().call_later(PAUSE, self._review_again)
        except RuntimeError:  # there is no page
            self._review_again()

    def _stop_waiting(self) -> None:
        if self.pending:
            self.pending.cancel()
            self.pending = None

    def _review_again(self) -> None:
        """Show the review with the answers on the page, or of the data as it is now."""
        with telling(self.read, elsewhere=True):
            self._show(self._review(self.answers))

    def _write(self) -> None:
        if self.write.disabled:  # a second click
            return
        self.write.disabled = True
        self._stop_waiting()
        with telling(self.result):
            ready = self._review(self.answers)
            if not (ready.is_ready and ready.changes):  # an answer has brought up something else
                self._show(ready)
                tell(self.result, phrase("desk.asked_more"), kind="error")
                return
            review.write(ready)
            count = len(ready.changes)
            tell(self.result, phrase("desk.written", file=self.name, count=count), kind="done")
            self._forget()
            self.undoing.refresh()
            self.on_written()
        self._say_what_waits()

    def _undone(self) -> None:
        """Show what a file that waits would change now."""
        if self.review:
            self._review_again()
        self.on_written()

    def _forget(self) -> None:
        """Empty the review, which no longer is of the dropped file or of the data."""
        self._stop_waiting()
        self.review, self.asked = None, []
        self.findings.children, self.copy.value, self.changes.value = (), "", ""
        tell(self.read)
        self._say_what_waits()


def _identity(finding: Finding) -> str:
    """Return what two reviews have in common of a finding: its name, or what it says."""
    return finding.token or repr(finding)
