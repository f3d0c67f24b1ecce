"""The command `import`: what a filled-in file adds to a data folder, shown or written."""

from dataclasses import dataclass, replace
from pathlib import Path

import typer

from caoan_stats.command.exits import FAILED, INVALID
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.errors import InvalidDataError
from caoan_stats.common.files import write_file
from caoan_stats.common.words import say
from caoan_stats.datafolder import package
from caoan_stats.forms.findings import CHOICES, CONFLICT, CONTRADICTION, QUESTION, REVISION
from caoan_stats.forms.marked import copy_path, is_untouched, marked_copy
from caoan_stats.forms.review import Review, review, write
from caoan_stats.forms.shown import ShownChange
from caoan_stats.forms.undo import undo

OLD, NEW = typer.colors.RED, typer.colors.GREEN  # of lines


@dataclass(frozen=True)
class Options:
    """What an import may do."""

    write: bool  # write to the data folder
    replace: bool  # replace rows with other contents
    accept: str  # reason that answers questions and acknowledges contradictions; empty without one


def run_import(path: Path, folder: Path, speaker: Speaker, options: Options) -> int:
    """Show what a workbook or CSV file adds to a data folder, or write it.

    The exit code is 2 with errors in the file, and 1 if something in it is not answered; nothing is
    written then. Raises `InvalidDataError` with the errors of the folder, `LockedError` if another
    import writes to it.
    """
    described = package.load_package(folder)
    found = review(
        path, described, speaker.language, accept=options.accept, replaces=options.replace
    )
    errors = found.prepared.errors
    if errors:
        speaker.report_errors(InvalidDataError(errors))
        if all(error.kind == "undecided" for error in errors):
            _show_open(found, speaker)
    else:
        _show(found, speaker)
        _refuse(found, speaker)
    if not found.is_ready:
        _write_copy(found, speaker)
        return INVALID if errors else FAILED
    if options.write:
        write(found)
    _report_counts(found, speaker, write=options.write)
    _remove_copy(path, speaker)
    return 0


def run_undo(folder: Path, speaker: Speaker) -> int:
    """Take the last import back, and show what it had changed."""
    for change in undo(package.load_package(folder)):
        _show_change(replace(change, before=change.after, after=change.before))
    speaker.say("undone")
    return 0


def _write_copy(found: Review, speaker: Speaker) -> None:
    """Write the marked copy beside a workbook, unless somebody has typed in an older one."""
    copy = copy_path(found.path)
    if not found.is_workbook:
        return
    if copy.exists() and copy != found.path and not is_untouched(copy):
        speaker.say("copy_kept", err=True, file=copy)
        return
    try:
        write_file(copy, marked_copy(found.path, found), like=found.path)
    except OSError as error:
        speaker.say("copy_not_written", err=True, file=copy, reason=error.strerror)
    else:
        speaker.say("copy_written", err=True, file=copy)


def _remove_copy(path: Path, speaker: Speaker) -> None:
    """Delete the marked copy of an earlier import, unless it is the file or has been typed in."""
    copy = copy_path(path)
    if copy != path and is_untouched(copy):
        copy.unlink()
        speaker.say("copy_removed", file=copy)


def _show(found: Review, speaker: Speaker) -> None:
    """Print readings and remarks, then changes, revisions and what is asked."""
    for finding in found.findings:
        if finding.kind not in (*CHOICES, REVISION):
            typer.echo(finding.what)
    for change in found.changes:
        _show_change(change)
    for finding in found.findings:
        if finding.kind == REVISION:
            typer.echo(finding.what)
    _show_open(found, speaker)


def _show_open(found: Review, speaker: Speaker) -> None:
    """Print what is asked; of a draft with undecided cells, what its other cells ask."""
    for finding in found.open:
        if finding.kind in CHOICES:
            kind = say(speaker.language, "finding", f"kind_{finding.kind}")
            place = f"{finding.place}: " if finding.place else ""
            words = f"{place}{finding.what} {finding.why} {finding.remedy}"
            speaker.say("finding", kind=kind, finding=words)


def _show_change(change: ShownChange) -> None:
    colour = OLD if not change.after else None if change.before else NEW
    typer.secho(str(change), fg=colour)


def _refuse(found: Review, speaker: Speaker) -> None:
    """Say why nothing can be written, if something is open."""
    kinds = [finding.kind for finding in found.open]
    if conflicts := kinds.count(CONFLICT):
        speaker.say("conflicts", err=True, count=conflicts)
    counts = {"questions": kinds.count(QUESTION), "contradictions": kinds.count(CONTRADICTION)}
    if any(counts.values()):
        event = "not_answered" if found.is_workbook else "not_accepted"
        speaker.say(event, err=True, **counts)


def _report_counts(found: Review, speaker: Speaker, *, write: bool) -> None:
    prepared = found.prepared
    touched = prepared.touched
    event = "added" if write else "would_add"
    speaker.say(
        event if touched else "nothing_new" if prepared.entries else "nothing_typed",
        added=len(touched) - prepared.changed,
        changed=prepared.changed,
        files=len(prepared.drafts),
        same=len(prepared.entries) - len(touched),
    )
