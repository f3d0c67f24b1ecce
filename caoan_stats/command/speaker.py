"""Events of the command: printed as a sentence, and logged as a line of JSON."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from caoan_stats.common.errors import InvalidDataError, printable
from caoan_stats.common.words import catalogue, say
from caoan_stats.publish.jobs import Cause


@dataclass(frozen=True)
class Speaker:
    """Prints and logs events. Their names are keys of the section `events` of a language file."""

    language: str  # of the sentences
    log: Path | None = None  # file to which a line of JSON is appended for each event
    option: str = ""  # ` --data xa-b` as it was given, for the next command that it advises

    def say(self, event: str, *, err: bool = False, **details: Any) -> None:
        """Print an event, to standard error if `err`, and log it."""
        typer.echo(self.words(event, **details), err=err)
        self.record(event, **details)

    def words(self, event: str, **details: Any) -> str:
        """Return the sentence of an event, with numbers and times in the format of the language."""
        formatted = {name: self._formatted(value) for name, value in details.items()}
        formatted["data"] = self.option
        return printable(say(self.language, "events", event, **formatted))

    def record(self, event: str, **details: Any) -> None:
        """Log an event without printing it; an error in writing the log is ignored."""
        with suppress(OSError):
            self.append(event, **details)

    def append(self, event: str, **details: Any) -> None:
        """Log an event without printing it; raise an `OSError` if the log cannot be written."""
        if not self.log:
            return
        time = datetime.now().astimezone().isoformat(timespec="milliseconds")
        content = {"time": time, "event": event, **details}
        line = json.dumps(content, ensure_ascii=False, default=str)
        with self.log.open("ab", buffering=0) as file:  # one write per line, so lines do not mix
            try:
                file.write(f"{line}\n".encode(errors="backslashreplace"))
            except OSError as error:  # a full disk
                error.filename = str(self.log)
                raise

    def report_errors(self, error: InvalidDataError) -> None:
        """Print and log each data error, and their number."""
        parts = ("kind", "file", "line", "column", "found", "expected", "remedy")
        for finding in error.errors:
            typer.echo(finding.sentence(self.language), err=True)
            self.record("data_error", **{part: getattr(finding, part) for part in parts})
        files = len({finding.file for finding in error.errors})
        self.say("invalid", err=True, errors=len(error.errors), files=files)

    def _formatted(self, value: object) -> object:
        formats = catalogue(self.language)["format"]
        match value:
            case float():
                return f"{value:.1f}".replace(".", formats["decimal"])
            case datetime():
                return value.strftime(formats["moment"])
            case Cause():
                return value.words(self.language)
            case list() | tuple():
                return ", ".join(map(str, value))
        return value
