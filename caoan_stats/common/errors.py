"""Data errors: `DataError` is one finding, `InvalidDataError` all findings of a folder or file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from caoan_stats.common.words import catalogue, say, worded

DETAIL_LIMIT = 160  # characters of a placeholder's value; longer ones are cut


@dataclass(frozen=True)
class DataError:
    """One error in a data file, for a person to correct.

    Parameters
    ----------
    kind
        Key of the section `errors` of a language file.
    file
        Name of the file, as the person sees it.
    line
        Line of the file, from 1; None for an error of the whole file.
    column
        Name of the column, in a workbook its letter; None for an error of the whole line.
    details
        Values of the placeholders of the message.
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

    def place(self, language: str) -> str:
        """Return file, line and column, as in `rice.csv:3, cột value`; in a workbook, the cell."""
        kinds = ("sheet", "row", "cell") if self.sheet else ("file", "line", "column")
        depth = 0 if self.line is None else 1 if self.column is None else 2
        names = {"file": self.file, "sheet": self.sheet, "column": self.column or ""}
        shown = {name: printable(text) for name, text in names.items()}
        return say(language, "place", kinds[depth], line=self.line, **shown)

    @property
    def found(self) -> str:
        """What the place contains, in English."""
        return self.part("en", "found")

    @property
    def expected(self) -> str:
        """What the place should contain, in English."""
        return self.part("en", "expected")

    @property
    def remedy(self) -> str:
        """What corrects the error, in English."""
        return self.part("en", "remedy")

    def sentence(self, language: str) -> str:
        """Return the whole error as one sentence."""
        parts = {name: self.part(language, name) for name in ("found", "expected", "remedy")}
        return say(language, "error", "sentence", place=self.place(language), **parts)

    def __str__(self) -> str:
        return self.sentence("en")

    def part(self, language: str, part: str) -> str:
        """Return `found`, `expected` or `remedy` in a language."""
        template: str = catalogue(language)["errors"][self.kind][part]
        details = {"file": self.file, "column": self.column, **self.details}
        return template.format_map(
            {name: _shown(worded(value, language, "; ")) for name, value in details.items()}
        )


def printable(text: str) -> str:
    r"""Return a text with control characters escaped, for a terminal to show.

    Examples
    --------
    >>> print(printable("a\nb\x1b[2J"))
    a\u000ab\u001b[2J
    """
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def _shown(value: object) -> object:
    """Return a text escaped and cut after `DETAIL_LIMIT` characters; other values unchanged."""
    if not isinstance(value, str):
        return value
    shown = printable(value[: DETAIL_LIMIT + 1])
    return shown if len(shown) <= DETAIL_LIMIT else f"{shown[:DETAIL_LIMIT]}…"


class InvalidDataError(ValueError):
    """A data folder or file cannot be used; `errors` holds every finding in it.

    Parameters
    ----------
    errors
        At least one. They are sorted by file and line; those of a workbook keep their order.
    """

    def __init__(self, errors: Iterable[DataError]) -> None:
        self.errors = tuple(
            sorted(errors, key=lambda error: (error.file, 0 if error.sheet else error.line or 0))
        )
        super().__init__("\n".join(str(error) for error in self.errors))

    def __reduce__(self) -> tuple[type["InvalidDataError"], tuple[tuple[DataError, ...]]]:
        """Pickle with every finding."""
        return type(self), (self.errors,)


class ClusterError(RuntimeError):
    """The Dask cluster cannot be used; `kind` is a key of the section `events`."""

    def __init__(self, kind: str, address: str) -> None:
        self.kind, self.address = kind, address
        super().__init__(f"{kind}: {address}")
