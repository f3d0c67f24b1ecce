"""The command `import`: what a filled-in file adds to a data folder, shown or written."""

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pandas as pd
import typer

from caoan_stats.command import audit_report
from caoan_stats.command.audit_report import (
    AUDIT_KEY,
    audit_keys,
    earlier_contradictions,
    unacknowledged,
)
from caoan_stats.command.exits import FAILED
from caoan_stats.command.lexicon import Lexicon, Tables, make_labels, make_lexicon
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.errors import DataError, printable
from caoan_stats.common.files import remove_drafts, write_files
from caoan_stats.common.frames import Row, records
from caoan_stats.common.locks import hold
from caoan_stats.concepts.facts import PCT_CHANGE, PCT_OF_PLAN
from caoan_stats.datafolder import package
from caoan_stats.datafolder.package import RAW, Package
from caoan_stats.forms.changes import (
    PreparedImport,
    acknowledge,
    places_by_line,
    prepare_import,
)
from caoan_stats.forms.csv_edit import Draft
from caoan_stats.forms.entries import Entry
from caoan_stats.relations import derive, jumps
from caoan_stats.relations.jumps import Jump

WRITTEN_FIRST = ("sources.csv", "acknowledged.csv")
READINGS = {PCT_CHANGE: "read_as_rate", PCT_OF_PLAN: "read_as_share"}  # else by the digits
OLD, NEW = typer.colors.RED, typer.colors.GREEN  # of lines


@dataclass(frozen=True)
class Options:
    """What an import may do."""

    write: bool  # write to the data folder
    replace: bool  # replace lines with other contents
    accept: str  # reason that answers questions and acknowledges contradictions; empty without one


@dataclass(frozen=True)
class Findings:
    """What an import brings that people have to look at."""

    typed: Sequence[DataError] = ()  # what is to be confirmed before it is written
    jumps: Sequence[Jump] = ()
    broken: Sequence[Row] = ()  # rows of the audit
    earlier: Sequence[Row] = ()  # contradictions of pages of older years, also acknowledged ones

    @property
    def is_open(self) -> bool:
        """Whether people have to answer something."""
        return bool(self.typed or self.rows)

    @property
    def rows(self) -> list[Row]:
        """Those that `acknowledged.csv` keeps, with its columns."""
        return [*(jump.row for jump in self.jumps), *self.broken]


def run_import(path: Path, folder: Path, speaker: Speaker, options: Options) -> int:
    """Show what a workbook or CSV file adds to a data folder, or write it.

    The exit code is 1 if an option is missing with which it could be written. Raises
    `InvalidDataError` with all errors of the file and the folder, and writes nothing; `LockedError`
    if another import writes to the folder.
    """
    with hold([folder / RAW]) if options.write else nullcontext():
        described = package.load_package(folder)
        prepared = prepare_import(path, described)
        findings = _show(prepared, described, speaker)
        if prepared.changed and not options.replace:
            speaker.say("conflicts", err=True, count=prepared.changed)
            return FAILED
        if findings.is_open and not options.accept:
            asked = len(findings.typed) + len(findings.jumps)
            counts = {"questions": asked, "contradictions": len(findings.broken)}
            speaker.say("not_accepted", err=True, **counts)
            return FAILED
        if findings.rows:
            prepared = acknowledge(prepared, described, findings.rows, options.accept)
            _show_lines(prepared.drafts[-1], described, speaker)
        if options.write:
            _write(prepared, folder)
        _report_counts(prepared, speaker, write=options.write)
    return 0


def _write(prepared: PreparedImport, folder: Path) -> None:
    """Write the drafts, those without figures first, so that a killed import leaves valid files."""
    remove_drafts(folder)
    remove_drafts(folder / RAW)
    drafts = sorted(prepared.drafts, key=lambda draft: draft.path.name not in WRITTEN_FIRST)
    write_files({draft.path: draft.text.encode() for draft in drafts})


def _report_counts(prepared: PreparedImport, speaker: Speaker, *, write: bool) -> None:
    touched = prepared.touched
    event = "added" if write else "would_add"
    speaker.say(
        event if touched else "nothing_new" if prepared.entries else "nothing_typed",
        added=len(touched) - prepared.changed,
        changed=prepared.changed,
        files=len(prepared.drafts),
        same=len(prepared.entries) - len(touched),
    )


def _show(prepared: PreparedImport, described: Package, speaker: Speaker) -> Findings:
    """Print remarks, changed lines, questions and the audit; return what is in the way."""
    for remark in prepared.file.remarks:
        speaker.say(remark.kind, err=False, place=str(remark.place), **remark.details)
    lexicon = make_labels(prepared.before, speaker.language)
    for entry in prepared.entries:
        _show_readings(entry, lexicon, speaker)
    for draft in prepared.drafts:
        _show_lines(draft, described, speaker)
    for question in prepared.questions:
        speaker.say("question", question=question.sentence(speaker.language))
    years = {int(entry.cells["year"]) for entry in prepared.touched if "year" in entry.cells}
    if not years:
        return Findings(prepared.questions)
    derived = derive.derive(prepared.tables)
    findings = _find(prepared, derived)
    _report(prepared, derived, findings, years, speaker)
    return findings


def _show_readings(entry: Entry, lexicon: Lexicon, speaker: Speaker) -> None:
    """Print the reading of each figure that was typed with words or in another column."""
    for column, quantity in entry.readings.items():
        read = {"fact": column, "value": Decimal(quantity.number), "qualifier": quantity.qualifier}
        number = lexicon.fact({"indicator": entry.cells["indicator"], **read})
        event = READINGS.get(column, "read_digits" if quantity.has_exponent else "read_as")
        place = str(entry.place(column))
        speaker.say(event, place=place, number=number, written=quantity.number)


def _show_lines(draft: Draft, described: Package, speaker: Speaker) -> None:
    """Print the lines that are added to a file or replaced in it."""
    typer.echo(f"{draft.path.relative_to(described.folder).as_posix()}:")
    if draft.added_columns:
        speaker.say("columns_added", columns=draft.added_columns)
    for change in draft.changes:
        if change.before:
            typer.secho(f"- {printable(change.before)}", fg=OLD)
        typer.secho(f"+ {printable(change.text)}", fg=NEW)


def _find(prepared: PreparedImport, derived: Tables) -> Findings:
    """Return the questions and contradictions that the data does not have without the import."""
    asked = jumps.open_jumps(prepared.before)
    new_jumps = [
        jump for jump in jumps.open_jumps({**prepared.tables, **derived}) if jump not in asked
    ]
    was_earlier = _earlier(prepared.before, prepared.before)
    before = {*map(_key, _contradictions(prepared.before, was_earlier))}
    earlier = _earlier(prepared.tables, derived)
    broken = _contradictions(derived, earlier)
    new = [row for row in broken if _key(row) not in before]
    return Findings(prepared.questions, new_jumps, new, earlier)


def _earlier(tables: Tables, derived: Tables) -> list[Row]:
    return [row for _, rows in earlier_contradictions(tables, derived) for row in rows]


def _contradictions(derived: Tables, earlier: Sequence[Row]) -> list[Row]:
    """Return what nobody has acknowledged, also of the pages of older years."""
    unseen = [row for row in earlier if not row["acknowledged"]]
    return [*records(unacknowledged(derived["audit"])), *unseen]


def _key(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in AUDIT_KEY)


def _report(
    prepared: PreparedImport,
    derived: Tables,
    findings: Findings,
    years: Collection[int],
    speaker: Speaker,
) -> None:
    """Print revisions, questions, and the audit of the years of the file.

    Contradictions that were unacknowledged before are left out; new ones of other years are shown.
    """
    checked = derived["audit"]
    left_out = {*audit_keys(unacknowledged(checked))}
    new = {tuple(row[name] for name in AUDIT_KEY) for row in findings.broken}
    is_shown = [
        key in new or (key[-1] in years and key not in left_out) for key in audit_keys(checked)
    ]
    shown = checked[pd.Series(is_shown, index=checked.index, dtype=bool)]
    acknowledged = prepared.tables["acknowledged"]
    of_years = acknowledged[acknowledged["year"].isin(years)]
    tables = {**prepared.tables, "acknowledged": of_years}
    origins = {line: str(place) for line, place in places_by_line(prepared.drafts).items()}
    lexicon = make_lexicon(tables, derived, speaker.language, origins)
    typed = {(entry.cells.get("indicator"), entry.cells.get("year")) for entry in prepared.touched}
    rows = [
        row
        for row in audit_report.revisions(tables, derived)
        if (row["indicator"], str(row["year"])) in typed
    ]
    audit_report.print_parts(
        lambda layout: (
            *audit_report.revised(rows, lexicon),
            *audit_report.questions(findings.jumps, lexicon),
            *audit_report.contradictions(
                {**tables, **derived}, shown, lexicon, layout, earlier=findings.earlier
            ),
        )
    )
