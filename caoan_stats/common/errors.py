"""What is wrong in the data: one `DataError` a finding, one `InvalidDataError` for all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from caoan_stats.common.messages import MESSAGES, PLACES, SENTENCE, Language

SHOWN = 160


@dataclass(frozen=True)
class DataError:
    """One thing in one data file that a person has to mend.

    Parameters
    ----------
    kind
        Key of `caoan_stats.common.messages.MESSAGES`.
    file
        Name of the file, as the person sees it.
    line
        Line of the file, from 1; None where the whole file is meant.
    column
        Name of the column, in a workbook its letter; None where the whole line is meant.
    details
        What the message of this kind speaks of, by name.
    sheet
        Name of the sheet of a workbook; empty for any other file.

    Examples
    --------
    >>> print(DataError("empty_cell", "rice.csv", 3, "year"))
    rice.csv:3, column year: found an empty cell; expected a value: fill in year
    """

    kind: str
    file: str
    line: int | None = None
    column: str | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    sheet: str = ""

    def place(self, language: Language) -> str:
        """File, line and column, as in `rice.csv:3, cột value`; of a workbook, sheet and cell."""
        kinds = ("sheet", "row", "cell") if self.sheet else ("file", "line", "column")
        depth = 0 if self.line is None else 1 if self.column is None else 2
        return PLACES[kinds[depth]][language].format(
            file=printable(self.file),
            sheet=printable(self.sheet),
            line=self.line,
            column=printable(self.column or ""),
        )

    @property
    def found(self) -> str:
        """What stands there, in English."""
        return self._part("en", 0)

    @property
    def expected(self) -> str:
        """What should stand there, in English."""
        return self._part("en", 1)

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return self._part("en", 2)

    def sentence(self, language: Language) -> str:
        """The whole finding as one sentence in Vietnamese (`vi`) or English (`en`)."""
        found, expected, remedy = (self._part(language, part) for part in range(3))
        place = self.place(language)
        return SENTENCE[language].format(place=place, found=found, expected=expected, remedy=remedy)

    def __str__(self) -> str:
        return self.sentence("en")

    def _part(self, language: Language, part: int) -> str:
        template = MESSAGES[self.kind][language][part]
        details = {"file": self.file, "column": self.column, **self.details}
        return template.format_map({name: _shown(value) for name, value in details.items()})


def printable(text: str) -> str:
    r"""Write a text so that a terminal shows it and does nothing else.

    Examples
    --------
    >>> print(printable("a\nb\x1b[2J"))
    a\u000ab\u001b[2J
    """
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def _shown(value: object) -> object:
    """Make a text fit a line of a terminal: no control characters, no endless text."""
    if not isinstance(value, str):
        return value
    shown = printable(value[: SHOWN + 1])
    return shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"


class InvalidDataError(ValueError):
    """The data folder cannot be used; `errors` holds every finding in it.

    Parameters
    ----------
    errors
        At least one finding; kept in order of file and line. Those of a workbook come in the order
        of its sheets.
    """

    def __init__(self, errors: Iterable[DataError]) -> None:
        self.errors = tuple(
            sorted(errors, key=lambda error: (error.file, 0 if error.sheet else error.line or 0))
        )
        super().__init__("\n".join(str(error) for error in self.errors))

    def __reduce__(self) -> tuple[type["InvalidDataError"], tuple[tuple[DataError, ...]]]:
        """Travel to another process with every finding."""
        return type(self), (self.errors,)


class ClusterError(RuntimeError):
    """A cluster was asked for that cannot be used; `kind` is a key of `phrases.SAID`."""

    def __init__(self, kind: str, address: str) -> None:
        self.kind, self.address = kind, address
        super().__init__(f"{kind}: {address}")
