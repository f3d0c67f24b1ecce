"""What the command says: in words to a person, in one line of JSON an event to a machine."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from caoan_stats.common.errors import InvalidDataError, printable
from caoan_stats.common.messages import Language
from caoan_stats.common.phrases import DECIMAL, SAID
from caoan_stats.publish.jobs import Cause

MOMENTS: Mapping[Language, str] = {"vi": "%H:%M:%S ngày %d/%m/%Y", "en": "%Y-%m-%d %H:%M:%S"}


@dataclass(frozen=True)
class Speaker:
    """Says events, whose names are the keys of `caoan_stats.common.phrases.SAID`.

    Parameters
    ----------
    lang
        The language of the words.
    log
        The file that gets a line of JSON for each event, behind what is there.
    """

    lang: Language
    log: Path | None = None

    def say(self, event: str, *, err: bool = False, **details: Any) -> None:
        """Tell a person and the log of an event."""
        typer.echo(self.words(event, **details), err=err)
        self.record(event, **details)

    def words(self, event: str, **details: Any) -> str:
        """Word an event, with numbers and times as the language writes them."""
        shown = {name: self._shown(value) for name, value in details.items()}
        return printable(SAID[event][self.lang].format_map(shown))

    def record(self, event: str, **details: Any) -> None:
        """Tell the log alone; that it cannot be written ends nothing."""
        if self.log:
            with suppress(OSError):
                self._write(event, details)

    def begin(self, **details: Any) -> None:
        """Tell the log that all begins.

        Raises
        ------
        OSError
            It cannot be written.
        """
        if self.log:
            self._write("started", details)

    def tell(self, error: InvalidDataError) -> None:
        """Say each thing that is wrong in the data, and how many there are."""
        for each in error.errors:
            typer.echo(each.sentence(self.lang), err=True)
            place = {"file": each.file, "line": each.line, "column": each.column}
            said = {"found": each.found, "expected": each.expected, "remedy": each.remedy}
            self.record("data_error", kind=each.kind, **place, **said)
        files = len({each.file for each in error.errors})
        self.say("invalid", err=True, errors=len(error.errors), files=files)

    def _write(self, event: str, details: Mapping[str, Any]) -> None:
        time = datetime.now().astimezone().isoformat(timespec="milliseconds")
        line = json.dumps(
            {"time": time, "event": event, **details}, ensure_ascii=False, default=str
        )
        with Path(str(self.log)).open("ab", buffering=0) as file:  # at once, so lines stay whole
            file.write(f"{line}\n".encode(errors="backslashreplace"))

    def _shown(self, value: object) -> object:
        match value:
            case float():
                return f"{value:.1f}".replace(".", DECIMAL[self.lang])
            case datetime():
                return value.strftime(MOMENTS[self.lang])
            case Cause():
                return value.words(self.lang)
            case list() | tuple():
                return ", ".join(map(str, value))
        return value
