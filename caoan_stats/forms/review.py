"""A review of a typed file: what a person has to look at, what would change; and the writing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from caoan_stats.common.errors import DataError, InvalidDataError, printable
from caoan_stats.common.files import existing, remove_drafts, write_files
from caoan_stats.common.frames import Row, records
from caoan_stats.common.locks import hold
from caoan_stats.common.words import DEFAULT, phrase, say
from caoan_stats.concepts.facts import FACTS, PCT_CHANGE, PCT_OF_PLAN, VALUE
from caoan_stats.concepts.tables import BOUNDS, TARGETS
from caoan_stats.datafolder.package import RAW, Package
from caoan_stats.datafolder.processed_files import data_digest
from caoan_stats.display.contradictions import (
    AUDIT_KEY,
    earlier_contradictions,
    revision_words,
    unacknowledged,
)
from caoan_stats.display.lexicon import Lexicon, Tables, make_labels, make_lexicon
from caoan_stats.forms import findings, undo
from caoan_stats.forms.answers import REPLACE, RIGHT
from caoan_stats.forms.changes import PreparedImport, acknowledge, places_by_line, prepare_import
from caoan_stats.forms.findings import CONFLICT, QUESTION, READING, REMARK, REVISION, Finding
from caoan_stats.forms.shown import ShownChange, shown_changes
from caoan_stats.forms.typed import Answer, Place
from caoan_stats.relations import derive, jumps

ACCEPT = "--accept"  # where a reason for all findings is typed
READINGS = {  # else by the digits
    PCT_CHANGE: "read_as_rate",
    PCT_OF_PLAN: "read_as_share",
    **dict.fromkeys(BOUNDS, "read_as_plan"),
}
WRITTEN_FIRST = ("sources.csv", "acknowledged.csv")


@dataclass(frozen=True)
class Review:
    """A typed file compared with a data folder."""

    path: Path  # of the file
    described: Package  # the data folder
    language: str  # of the sentences
    findings: Sequence[Finding]  # those to mend or to answer first, by place
    changes: Sequence[ShownChange]  # empty if there are errors
    prepared: PreparedImport
    fingerprint: str  # of the data folder when it was read

    @property
    def open(self) -> list[Finding]:
        """What a person has to mend or to answer before anything is written."""
        return [finding for finding in self.findings if finding.is_open]

    @property
    def is_ready(self) -> bool:
        """Whether the changes can be written."""
        return not self.open

    @property
    def is_workbook(self) -> bool:
        """Whether the file is a workbook that was read, so that a marked copy can be made."""
        return bool(self.prepared.file.sheets)


def review(  # noqa: PLR0913 - three kinds of answers
    path: Path,
    described: Package,
    language: str = DEFAULT,
    *,
    accept: str = "",
    replaces: bool = False,
    answers: Mapping[str, Answer] | None = None,
) -> Review:
    """Compare a workbook or CSV file with a data folder; nothing is written.

    `accept` is a reason that answers all questions and acknowledges all contradictions; with
    `replaces`, the file is right where a row exists with other contents. `answers` are by the token
    of a finding, and count more than those in the file. Faults of the file are findings; raises
    `InvalidDataError` if the data folder is not valid.
    """
    path, fingerprint = existing(path), data_digest(described.folder)
    prepared = prepare_import(path, described, answers or {})
    lexicon = make_labels(prepared.before, language)
    found = [
        *(findings.of_error(error, language) for error in prepared.errors),
        *(findings.of_conflict(change, lexicon) for change in prepared.conflicts),
        *(findings.of_error(each, language, QUESTION) for each in prepared.questions),
    ]
    given = prepared.file.answers
    answered = partial(_answered, given=given, language=language, accept=accept, replaces=replaces)
    found = [answered(each) for each in found]
    asked = {str(each.place) for each in found if each.kind == QUESTION and each.is_open}
    found += [
        answered(each)
        for each in _of_figures(prepared, language)
        if asked.isdisjoint(map(str, each.follows))  # else the answer may resolve it
    ]
    found.sort(key=lambda each: _order(each, prepared.file.sheets))
    if not any(each.is_open for each in found):
        prepared = _acknowledged(prepared, described, found)
        found += [findings.of_error(error, language) for error in prepared.errors]
    changes = (*shown_changes(prepared.drafts, lexicon), *_answers(found, lexicon))
    return Review(
        path,
        described,
        language,
        [*found, *_to_know(prepared, lexicon)],
        () if prepared.errors else changes,
        prepared,
        fingerprint,
    )


def write(ready: Review) -> None:
    """Write the changes of a review that `is_ready`, those without figures first.

    So a process that is killed leaves a valid folder; `undo.undo` takes the changes back. Raises
    `LockedError` if another import writes to the folder, `InvalidDataError` if the folder has
    changed since the review.
    """
    if not ready.is_ready:
        raise ValueError("a finding is open")
    folder = ready.described.folder
    with hold([folder / RAW]):
        remove_drafts(folder)
        if data_digest(folder) != ready.fingerprint:
            raise InvalidDataError([DataError("changed_meanwhile", folder.name)])
        drafts = sorted(ready.prepared.drafts, key=lambda each: each.path.name not in WRITTEN_FIRST)
        if drafts:
            undo.keep(folder, drafts, ready.changes)
        write_files({draft.path: draft.text.encode() for draft in drafts})


def _of_figures(prepared: PreparedImport, language: str) -> Iterator[Finding]:
    """Yield the questions, contradictions and revisions that the data has only with the import."""
    if not prepared.tables:
        return
    tables, derived = prepared.tables, derive.derive(prepared.tables)
    origins = {cell: str(place) for cell, place in places_by_line(prepared.drafts).items()}
    origins[""] = say(language, "finding", "in_data")
    lexicon = make_lexicon(tables, derived, language, origins)
    typed = {
        (entry.cells["indicator"], int(entry.cells["year"])): entry
        for entry in sorted(prepared.touched, key=lambda each: each.table != TARGETS)
        if {"indicator", "year"} <= entry.cells.keys()
    }
    asked = jumps.open_jumps(prepared.before)
    for jump in jumps.open_jumps({**tables, **derived}):
        if jump not in asked:
            yield findings.of_jump(jump, lexicon, typed)
    before = {_key(row) for _, row in _contradictions(prepared.before, prepared.before)}
    for view, row in _contradictions(tables, derived):
        if _key(row) not in before:
            own = lexicon if view is derived else make_lexicon(tables, view, language, origins)
            yield findings.of_contradiction(row, own, typed)
    revised = derive.revisions({**tables, **derived})
    rows = [row for row in revised if (row["indicator"], row["year"]) in typed]
    for words in revision_words(rows, lexicon):
        yield Finding(REVISION, None, lexicon.finding("revised", figure=words))


def _contradictions(tables: Tables, derived: Tables) -> Iterator[tuple[Tables, Row]]:
    """Yield what nobody has acknowledged, also of the pages of older years, with its tables."""
    for row in records(unacknowledged(derived["audit"])):
        yield derived, row
    for view, rows in earlier_contradictions(tables, derived):
        yield from ((view, row) for row in rows if not row["acknowledged"])


def _key(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in AUDIT_KEY)


def _answered(
    finding: Finding, *, given: Mapping[str, Answer], language: str, accept: str, replaces: bool
) -> Finding:
    """Return a finding with the answer that was given to it, or with that to all of its kind."""
    finding = replace(finding, answer=given.get(finding.token))
    if finding.kind in findings.CHOICES and finding.is_open:
        if finding.kind == CONFLICT and replaces:
            return replace(finding, answer=Answer(REPLACE, "", Place(ACCEPT, 1, "reason")))
        if finding.kind != CONFLICT and accept:
            return replace(finding, answer=Answer(RIGHT, accept, Place(ACCEPT, 1, "reason")))
    if finding.lack and given[finding.token].place.sheet:  # typed in a marked copy
        offered = ", ".join(phrase(f"review.{each}") for each in findings.CHOICES[finding.kind])
        details = {"offered": offered, "typed": given[finding.token].choice}
        lack = say(language, "finding", finding.lack, **details)
        return replace(finding, remedy=f"{lack} {finding.remedy}")
    return finding


def _order(finding: Finding, sheets: Sequence[str]) -> tuple[object, ...]:
    """Return what sorts findings by place; those to know come last."""
    is_to_know = finding.kind in (REVISION, READING, REMARK)
    if not (place := finding.place):
        return is_to_know, -1, 0, 0, ""
    position = sheets.index(place.sheet) if place.sheet in sheets else -1
    return is_to_know, position, place.line, len(place.column), place.column


def _acknowledged(
    prepared: PreparedImport, described: Package, found: Iterable[Finding]
) -> PreparedImport:
    """Return the import with the answers that `acknowledged.csv` keeps, or the errors in them."""
    kept = [(each.key, each.answer) for each in found if each.key and each.answer]
    answers = [(key, answer.reason, answer.place) for key, answer in kept]
    try:
        return acknowledge(prepared, described, answers) if answers else prepared
    except InvalidDataError as error:
        return replace(prepared, errors=error.errors)


def _answers(found: Iterable[Finding], lexicon: Lexicon) -> Iterator[ShownChange]:
    """Yield the answers that `acknowledged.csv` gets."""
    for each in found:
        if each.key and each.answer and not each.is_open:
            subject, reason = each.what.rstrip("."), printable(each.answer.reason)
            yield ShownChange(each.place, subject, None, lexicon.say("reason").lower(), "", reason)


def _to_know(prepared: PreparedImport, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield the remarks, and how figures typed with words or in another column were read."""
    for remark in prepared.file.remarks:
        words = lexicon.say(remark.kind, place=remark.place, **remark.details)
        yield Finding(REMARK, remark.place, printable(words))
    for entry in prepared.entries:
        for column, quantity in entry.readings.items():
            read = {
                "fact": column if column in FACTS else VALUE,
                "value": Decimal(quantity.number),
                "qualifier": quantity.qualifier,
            }
            number = lexicon.fact({"indicator": entry.cells["indicator"], **read})
            place = entry.place(column)
            is_in_file = quantity.has_exponent and not place.sheet
            event = READINGS.get(column, "read_digits" if is_in_file else "read_as")
            words = lexicon.say(event, place=place, number=number, written=quantity.number)
            yield Finding(READING, place, printable(words))
