"""The command `import`: what a filled-in file adds to a data folder, shown or written."""

from collections.abc import Mapping
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path

import pandas as pd
import typer

from caoan_stats import labels
from caoan_stats.command import audit_report
from caoan_stats.command.exits import FAILED
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.errors import printable
from caoan_stats.common.files import remove_drafts, write_files
from caoan_stats.common.locks import hold
from caoan_stats.common.words import DEFAULT
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.datafolder import package
from caoan_stats.datafolder.package import RAW, Package
from caoan_stats.forms import changes
from caoan_stats.forms.changes import PreparedImport, jumps, prepare_import
from caoan_stats.forms.csv_edit import Draft
from caoan_stats.forms.entries import Entry
from caoan_stats.relations import derive

SOURCES = "sources.csv"
OLD, NEW = typer.colors.RED, typer.colors.GREEN  # of lines


def run_import(path: Path, folder: Path, speaker: Speaker, *, write: bool, replace: bool) -> int:
    """Show what a workbook or CSV file adds to a data folder; with `write`, write it.

    Lines with other contents are replaced only with `replace`. The exit code is 1 if one is not
    replaced, or if there is a new contradiction. Raises `InvalidDataError` with all errors of the
    file and the folder, and writes nothing; `LockedError` if another import writes to the folder.
    """
    with hold([folder / RAW]) if write else nullcontext():
        described = package.load_package(folder)
        prepared = prepare_import(path, described)
        has_contradiction = _show(prepared, described, speaker)
        if prepared.changed and not replace:
            speaker.say("conflicts", err=True, count=prepared.changed)
            return FAILED
        if write:
            remove_drafts(folder / RAW)
            # sources before what refers to them, so that a killed import leaves valid files
            drafts = sorted(prepared.drafts, key=lambda draft: draft.path.name != SOURCES)
            write_files({draft.path: draft.text.encode() for draft in drafts})
        _report_counts(prepared, speaker, write=write)
    return FAILED if has_contradiction else 0


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


def _show(prepared: PreparedImport, described: Package, speaker: Speaker) -> bool:
    """Print remarks, changed lines, questions and the audit; return the result of `_audit`."""
    for remark in prepared.file.remarks:
        speaker.say(remark.kind, err=False, place=str(remark.place), **remark.details)
    for entry in prepared.entries:
        _show_readings(entry, speaker)
    for draft in prepared.drafts:
        _show_lines(draft, described)
    if not prepared.drafts:
        return False
    derived = derive.derive(prepared.tables)
    _ask(prepared, derived["observations"], speaker)
    return _audit(prepared, derived, speaker)


def _show_readings(entry: Entry, speaker: Speaker) -> None:
    """Print the reading of each number that was typed with a word."""
    for column, quantity in entry.readings.items():
        if quantity.rounded or quantity.qualifier:
            number = labels.number(Decimal(quantity.number), speaker.language)
            if code := quantity.qualifier:  # its word is Vietnamese
                word = QUALIFIERS[code].word if speaker.language == DEFAULT else code
                number = f"{word} {number}"
            event = "rounded_out" if quantity.rounded else "read_as"
            speaker.say(event, place=str(entry.place(column)), number=number)


def _show_lines(draft: Draft, described: Package) -> None:
    """Print the lines that are added to a file or replaced in it."""
    typer.echo(f"{draft.path.relative_to(described.folder).as_posix()}:")
    for change in draft.changes:
        if change.before:
            typer.secho(f"- {printable(change.before)}", fg=OLD)
        typer.secho(f"+ {printable(change.text)}", fg=NEW)


def _ask(prepared: PreparedImport, observations: pd.DataFrame, speaker: Speaker) -> None:
    """Print a question for each figure that is far from that of the year before."""
    indicators = prepared.tables["indicators"]
    names = audit_report.labels_by_code(indicators, "indicator", speaker.language)
    for jump in jumps(prepared.touched, observations):
        speaker.say(
            "jump",
            place=str(jump.entry.place("value")),
            label=names[jump.entry.cells["indicator"]],
            value=labels.number(jump.value, speaker.language),
            previous=labels.number(jump.previous, speaker.language),
            times=round(jump.times, 1),
        )


def _audit(prepared: PreparedImport, derived: Mapping[str, pd.DataFrame], speaker: Speaker) -> bool:
    """Print the audit of the years of the file, and return whether it has a new contradiction.

    Contradictions that were unacknowledged before are left out; new ones of other years are shown.
    """
    years = {int(entry.cells["year"]) for entry in prepared.touched if "year" in entry.cells}
    if not years:
        return False
    audit = derived["audit"]
    before = {*audit_report.audit_keys(audit_report.unacknowledged(prepared.audit))}
    new = {*audit_report.audit_keys(audit_report.unacknowledged(audit))} - before
    keys = zip(audit_report.audit_keys(audit), audit["year"], strict=True)
    shown = audit[[key in new or (year in years and key not in before) for key, year in keys]]
    acknowledged = prepared.tables["acknowledged"]
    of_years = acknowledged[acknowledged["year"].isin(years)]
    tables = {**prepared.tables, "acknowledged": of_years}
    origins = {line: str(place) for line, place in changes.places_by_line(prepared.drafts).items()}
    audit_report.print_audit(tables, {**derived, "audit": shown}, speaker.language, origins)
    return bool(new)
