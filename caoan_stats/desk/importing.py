"""The middle steps of the desk: a filled-in workbook is dropped, reviewed and written."""

from collections.abc import Callable, Mapping
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory

import ipywidgets as widgets

from caoan_stats.common.words import phrase
from caoan_stats.datafolder import package
from caoan_stats.desk.answering import Asked, ask
from caoan_stats.desk.blocks import block, button, download, render, status, step, tell, telling
from caoan_stats.forms import review
from caoan_stats.forms.entries import Answer
from caoan_stats.forms.findings import CHOICES, ERROR
from caoan_stats.forms.marked import copy_path, marked_copy
from caoan_stats.forms.review import Review
from caoan_stats.forms.undo import undo

SUFFIXES = ".xlsx,.ods,.xls,.csv"


class Importing:
    """The dropped file with its review, and the widgets of the steps 2 to 4."""

    def __init__(self, data: Path, on_written: Callable[[], object]) -> None:
        self.data, self.on_written = data, on_written
        self.name, self.content = "", b""
        self.review: Review | None = None
        self.asked: list[Asked] = []
        self.upload = widgets.FileUpload(accept=SUFFIXES, description=phrase("desk.choose"))
        self.read, self.result = status(), status()
        self.findings, self.copy, self.changes = widgets.VBox(), widgets.HTML(), widgets.HTML()
        self.write, self.undo = button("write", is_main=True), button("undo")
        self.write.disabled = True
        self.upload.observe(lambda _: self._take(), "value")
        self.write.on_click(lambda _: self._write())
        self.undo.on_click(lambda _: self._undo())
        self.boxes = (
            widgets.VBox([step(2), self.upload, self.read]),
            widgets.VBox([step(3), self.findings, self.copy, self.changes]),
            widgets.VBox([step(4), widgets.HBox([self.write, self.undo]), self.result]),
        )

    def _take(self) -> None:
        """Review the file that was chosen or dropped."""
        if not self.upload.value:
            return
        file, *others = self.upload.value
        self.upload.value = ()  # so that the same name can be chosen again
        self._forget()
        tell(self.result)
        if others:
            tell(self.read, phrase("desk.one_file"), kind="error")
            return
        self.name, self.content = PureWindowsPath(file["name"]).name, bytes(file["content"])
        tell(self.read, phrase("desk.reading", file=self.name))
        with telling(self.read):
            self._review({})
            tell(self.read, phrase("desk.read", file=self.name), kind="done")

    def _review(self, answers: Mapping[str, Answer]) -> Review:
        """Review the file with the answers given so far, and show what is found."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / self.name
            path.write_bytes(self.content)
            found = review.review(path, package.load_package(self.data), answers=answers)
            copy = marked_copy(path, found) if found.open and found.is_workbook else b""
        self.review = found
        self._show_findings(found)
        name, words = copy_path(path).name, phrase("desk.take_copy")
        self.copy.value = download(name, copy, words) if copy else ""
        is_wrong = any(each.kind == ERROR for each in found.findings)
        self.changes.value = "" if is_wrong else render("changes", changes=found.changes)
        self._answered()
        return found

    def _show_findings(self, found: Review) -> None:
        """Show what is wrong or asked, each with its answer, and then what is to be known."""
        asked = [each for each in found.findings if each.kind in (ERROR, *CHOICES)]
        to_know = [each for each in found.findings if each.kind not in (ERROR, *CHOICES)]
        self.asked = [ask(each, self._answered) for each in asked]
        notes = [block("to_know", findings=to_know)] if to_know else []
        self.findings.children = [*(each.box for each in self.asked), *notes]

    def _answered(self) -> None:
        """Let the changes be written once every finding has its answer."""
        is_open = any(each.is_open for each in self.asked)
        self.write.disabled = is_open or not (self.review and self.review.changes)

    def _write(self) -> None:
        with telling(self.result):
            answers = {each.finding.token: each.answer for each in self.asked if each.answer}
            ready = self._review(answers)
            if not ready.is_ready:  # an answer has brought up something else
                tell(self.result, phrase("desk.asked_more"), kind="error")
                return
            review.write(ready)
            count = len(ready.changes)
            tell(self.result, phrase("desk.written", file=self.name, count=count), kind="done")
            self._forget()
            self.on_written()

    def _undo(self) -> None:
        with telling(self.result):
            changes = undo(package.load_package(self.data))
            tell(self.result, phrase("desk.undone", count=len(changes)), kind="done")
            self._forget()
            self.on_written()

    def _forget(self) -> None:
        """Empty the review, which no longer is of the dropped file or of the data."""
        self.review, self.asked = None, []
        self.findings.children, self.copy.value, self.changes.value = (), "", ""
        self.write.disabled = True
