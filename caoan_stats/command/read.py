"""The command `read`: the figures of a report, as a draft of its year's workbook and as CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from caoan_stats.command.exits import INVALID
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.files import write_file
from caoan_stats.dataset import Dataset
from caoan_stats.documents.document import Document
from caoan_stats.documents.opening import open_document
from caoan_stats.forms.conventions import report_code
from caoan_stats.forms.drafted import Draft
from caoan_stats.forms.workbook import write_workbook
from caoan_stats.reading.alike import Pattern, patterns
from caoan_stats.reading.catalogue import Catalogue, make_reader_catalogue
from caoan_stats.reading.draft import make_draft
from caoan_stats.reading.head import Head, commune_in, is_same_commune, suggest
from caoan_stats.reading.report import read_document
from caoan_stats.reading.rows import to_csv
from caoan_stats.reading.statement import Reading

NAMED = 3  # files that are named at once
HEAD_FIELDS = ("title", "issuer", "date")  # of the cover, which the head of a report tells


@dataclass(frozen=True)
class Options:
    """What to read, and what for."""

    files: Sequence[Path]
    year: int | None = None  # of the report; by its head if it is not given
    source: str = ""  # code of the document; a given one says that it is the one to read
    csv: Path | None = None  # file for the statements as CSV
    like: Path | None = None  # an earlier report, whose sentences are the pattern


def run_read(folder: Path, speaker: Speaker, options: Options) -> int:
    """Read the parts of a report into `<year>.xlsx`, and return the exit code.

    It is 2 if the report is not clearly one of the year and of the commune of the data folder, or
    if the workbook exists; with `csv`, an existing workbook is left as it is. Raises
    `InvalidDataError` with the errors of the documents or of the data folder.
    """
    documents = _open(options.files)
    heads = [suggest(document) for document in documents]
    year = _year(documents, heads, options, speaker)
    if year is None:
        return INVALID
    path = Path(f"{year}.xlsx")
    if path.exists() and not options.csv:
        speaker.say("form_exists", err=True, file=path)
        return INVALID
    ds = Dataset.open(folder, public_below=0)
    if not _is_own(documents, heads, ds, year, options, speaker):
        return INVALID
    known = make_reader_catalogue(ds)
    learned = _learned(options.like, known, year)
    readings = [read_document(document, known, year, learned) for document in documents]
    _tell(documents, readings, speaker)
    if options.csv:
        named = [*zip(map(str, options.files), readings, strict=True)]
        write_file(options.csv, to_csv(named))
        rows = sum(len(reading.statements) for reading in readings)
        speaker.say("statements_written", rows=rows, file=options.csv)
    if path.exists():
        speaker.say("draft_kept", file=path, csv=options.csv)
        return 0
    draft = make_draft(readings, ds, year, _source(heads, ds, year, options.source))
    _write(path, ds, year, draft, speaker)
    return 0


def _open(files: Sequence[Path]) -> list[Document]:
    """Return the documents; raise `InvalidDataError` with the errors of all."""
    documents: list[Document] = []
    errors: list[DataError] = []
    for file in files:
        try:
            documents.append(open_document(file))
        except InvalidDataError as error:
            errors += error.errors
    if errors:
        raise InvalidDataError(errors)
    return documents


def _learned(like: Path | None, known: Catalogue, year: int) -> tuple[Pattern, ...]:
    """Return the patterns of an earlier report; that of the year before, if its head is unclear."""
    if not like:
        return ()
    [document] = _open([like])
    return patterns(document, known, suggest(document).year or year - 1)


def _year(
    documents: Sequence[Document], heads: Sequence[Head], options: Options, speaker: Speaker
) -> int | None:
    """Return the year of the report; None, after saying why, if it is not clear."""
    named = [*zip(documents, heads, strict=True)]
    parts = [(document, head) for document, head in named if head.part]
    for document, head in parts:
        speaker.say("part_of_year", err=True, file=document.file, found=head.part)
    if parts:
        return None
    of_heads = {head.year for head in heads if head.year}
    year = options.year or (of_heads.pop() if len(of_heads) == 1 else None)
    files = _typed(options.files)
    if year is None:
        known = sorted({year for head in heads for year in head.years})
        found = [head.title for head in heads if head.title] or ["…"]
        details = {"found": found, "files": files, "year": known[0] if known else "…"}
        speaker.say("no_report_year", err=True, file=documents[0].file, **details)
        return None
    others = [(document, head) for document, head in named if year not in (head.years or (year,))]
    for document, head in others:
        details = {"found": head.years[0], "year": year, "files": files}
        speaker.say("other_report_year", err=True, file=document.file, **details)
    return None if others else year


def _is_own(  # noqa: PLR0913, PLR0917 - what the document is compared with
    documents: Sequence[Document],
    heads: Sequence[Head],
    ds: Dataset,
    year: int,
    options: Options,
    speaker: Speaker,
) -> bool:
    """Return whether documents are of the commune of a data folder, or said to be the ones to read.

    Where one of them names no commune, or the folder is of none, nothing contradicts it.
    """
    issuers = [*map(str, ds.sources["issuer"]), ds.title]
    commune = next(filter(None, map(commune_in, reversed(issuers))), "")
    for document, head in zip(documents, heads, strict=True):
        if options.source or not commune or is_same_commune(head.commune, commune):
            continue
        details = {"found": head.commune, "commune": commune, "year": year}
        code, files = report_code(ds, year), _typed(options.files)
        speaker.say(
            "report_of_other_commune", err=True, file=document.file, source=code, files=files,
            **details,
        )  # fmt: skip
        return False
    return True


def _typed(files: Sequence[Path]) -> str:
    """Return files as they are typed in a command."""
    return " ".join(f'"{file}"' if " " in str(file) else str(file) for file in files)


def _source(heads: Sequence[Head], ds: Dataset, year: int, code: str) -> dict[str, str]:
    """Return what is known of the source: its row, or else what the heads tell."""
    code = code or report_code(ds, year)
    if code in ds.sources.index:
        row = ds.sources.loc[code]
        return {"source": code, **{field: str(row[field]) for field in HEAD_FIELDS}}
    told = {
        field: next((text for head in heads if (text := getattr(head, field))), "")
        for field in HEAD_FIELDS
    }
    return {"source": code, **{field: text for field, text in told.items() if text}}


def _tell(documents: Sequence[Document], readings: Sequence[Reading], speaker: Speaker) -> None:
    """Say what is to be known of the documents, and how much was read in them."""
    for document in documents:
        for remark in document.remarks:
            speaker.say("read_remark", err=True, remark=remark.sentence(speaker.language))
    statements = [each for reading in readings for each in reading.statements]
    certain = sum(each.certainty == "certain" for each in statements)
    names = [document.file for document in documents]
    speaker.say(
        "report_read",
        files=[*names[:NAMED], *("…" for _ in names[NAMED:][:1])],
        figures=len(statements),
        certain=certain,
        unsure=len(statements) - certain,
        unread=sum(len(reading.unread) for reading in readings),
    )


def _write(path: Path, ds: Dataset, year: int, draft: Draft, speaker: Speaker) -> None:
    write_file(path, write_workbook(ds, year, option=speaker.option, draft=draft))
    speaker.say("draft_written", file=path)
