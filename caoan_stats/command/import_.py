"""An import: what a filled-in file adds to a data folder, shown, and written if asked for."""

from collections.abc import Iterable, Mapping
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
from caoan_stats.common.messages import Language
from caoan_stats.datafolder import package
from caoan_stats.datafolder.package import RAW, Package
from caoan_stats.forms import changes
from caoan_stats.forms.changes import PreparedImport, jumps, prepare_import
from caoan_stats.forms.csv_edit import Draft
from caoan_stats.forms.entries import Entry
from caoan_stats.forms.quantities import Quantity
from caoan_stats.relations import derive

SOURCES = "sources.csv"


def run_import(path: Path, folder: Path, voice: Speaker, *, write: bool, replace: bool) -> int:
    """Show what a file adds to a data folder, and write it where that is asked for.

    Parameters
    ----------
    path
        A workbook or a CSV.
    folder
        The data folder.
    voice
        Says what is found.
    write
        Whether to write it.
    replace
        Whether lines that are there with other figures are to be replaced.

    Returns
    -------
    int
        The exit code: 0, or 1 where figures contradict each other or those that are there.

    Raises
    ------
    InvalidDataError
        With all that is wrong in the file; nothing is written.
    LockedError
        Another import is writing there.
    """
    with hold([folder / RAW]) if write else nullcontext():
        described = package.load_package(folder)
        prepared = prepare_import(path, described)
        contradicted = show_import(prepared, described, voice)
        if prepared.changed and not replace:
            voice.say("conflicts", err=True, count=prepared.changed)
            return FAILED
        if write:
            remove_drafts(folder / RAW)
            write_files(_in_order(prepared.drafts))
        _conclude(prepared, voice, write=write)
    return FAILED if contradicted else 0


def _in_order(drafts: Iterable[Draft]) -> dict[Path, bytes]:
    """Put sources before what refers to them, so that a killed import leaves valid files."""
    contents = {draft.path: draft.text.encode() for draft in drafts}
    return dict(sorted(contents.items(), key=lambda item: item[0].name != SOURCES))


def _conclude(prepared: PreparedImport, voice: Speaker, *, write: bool) -> None:
    touched = prepared.touched
    kind = "added" if write else "would_add"
    voice.say(
        kind if touched else "nothing_new" if prepared.entries else "nothing_typed",
        added=len(touched) - prepared.changed,
        changed=prepared.changed,
        files=len(prepared.drafts),
        same=len(prepared.entries) - len(touched),
    )


OLD, NEW = typer.colors.RED, typer.colors.GREEN


def show_import(prepared: PreparedImport, described: Package, voice: Speaker) -> bool:
    """Say what is read, added and asked; whether it contradicts itself or what is there."""
    for remark in prepared.file.remarks:
        voice.say(remark.kind, err=False, place=str(remark.place), **remark.details)
    for entry in prepared.entries:
        _say_readings(entry, voice)
    for draft in prepared.drafts:
        _show(draft, described)
    if not prepared.drafts:
        return False
    found = derive.derive(prepared.tables)
    _ask(prepared, found["observations"], voice)
    return _audit(prepared, found, voice)


def _say_readings(entry: Entry, voice: Speaker) -> None:
    for column, quantity in entry.readings.items():
        if quantity.rounded or quantity.qualifier:
            words = _words(quantity, voice.lang)
            kind = "rounded_out" if quantity.rounded else "read_as"
            voice.say(kind, place=str(entry.place(column)), number=words)


def _words(quantity: Quantity, language: Language) -> str:
    number = labels.number(Decimal(quantity.number), language)
    if language == "en":
        return f"{quantity.qualifier} {number}".strip()
    return labels.qualified(number, quantity.qualifier)


def _show(draft: Draft, described: Package) -> None:
    """Print the lines that come and go."""
    typer.echo(f"{draft.path.relative_to(described.folder).as_posix()}:")
    for change in draft.changes:
        if change.before:
            typer.secho(f"- {printable(change.before)}", fg=OLD)
        typer.secho(f"+ {printable(change.text)}", fg=NEW)


def _ask(prepared: PreparedImport, observations: pd.DataFrame, voice: Speaker) -> None:
    catalogue = prepared.tables["indicators"].set_index("indicator")
    for jump in jumps(prepared.touched, observations):
        cells = jump.entry.cells
        voice.say(
            "jump",
            place=str(jump.entry.place("value")),
            label=catalogue.at[cells["indicator"], f"label_{voice.lang}"],
            value=labels.number(jump.value, voice.lang),
            previous=labels.number(jump.previous, voice.lang),
            times=round(jump.times, 1),
        )


def _audit(prepared: PreparedImport, found: Mapping[str, pd.DataFrame], voice: Speaker) -> bool:
    """Show what the years of the file contradict that was not contradicted before."""
    years = {int(entry.cells["year"]) for entry in prepared.touched if "year" in entry.cells}
    if not years:
        return False
    before = {*audit_report.audit_keys(audit_report.unacknowledged(prepared.audit))}
    fresh = {*audit_report.audit_keys(audit_report.unacknowledged(found["audit"]))} - before
    pairs = zip(audit_report.audit_keys(found["audit"]), found["audit"]["year"], strict=True)
    audit = found["audit"][
        [key in fresh or (year in years and key not in before) for key, year in pairs]
    ]
    tables = dict(prepared.tables)
    known = tables["acknowledged"]
    tables["acknowledged"] = known[known["year"].isin(years)]
    places = {name: str(place) for name, place in changes.places_by_line(prepared.drafts).items()}
    audit_report.print_audit(tables, {**found, "audit": audit}, voice.lang, places)
    return bool(fresh)
