"""An import as a person sees it: what was read, what it adds, what is asked and contradicted."""

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd
import typer

from caoan_stats import additions, contradictions, derived, labels
from caoan_stats.drafts import Draft
from caoan_stats.entries import Entry
from caoan_stats.errors import printable
from caoan_stats.messages import Language
from caoan_stats.package import Package
from caoan_stats.prepared import Prepared
from caoan_stats.quantities import Quantity
from caoan_stats.questions import jumps
from caoan_stats.speaker import Speaker

OLD, NEW = typer.colors.RED, typer.colors.GREEN


def tell(prepared: Prepared, described: Package, voice: Speaker) -> bool:
    """Say what is read, added and asked; whether it contradicts itself or what is there."""
    for remark in prepared.file.remarks:
        voice.say(remark.kind, err=False, place=str(remark.place), **remark.details)
    for entry in prepared.entries:
        _say_readings(entry, voice)
    for draft in prepared.drafts:
        _show(draft, described)
    if not prepared.drafts:
        return False
    found = derived.derive(prepared.tables)
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


def _ask(prepared: Prepared, observations: pd.DataFrame, voice: Speaker) -> None:
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


def _audit(prepared: Prepared, found: Mapping[str, pd.DataFrame], voice: Speaker) -> bool:
    """Show what the years of the file contradict that was not contradicted before."""
    years = {int(entry.cells["year"]) for entry in prepared.touched if "year" in entry.cells}
    if not years:
        return False
    before = {*contradictions.keys(contradictions.new(prepared.audit))}
    fresh = {*contradictions.keys(contradictions.new(found["audit"]))} - before
    pairs = zip(contradictions.keys(found["audit"]), found["audit"]["year"], strict=True)
    audit = found["audit"][
        [key in fresh or (year in years and key not in before) for key, year in pairs]
    ]
    tables = dict(prepared.tables)
    known = tables["acknowledged"]
    tables["acknowledged"] = known[known["year"].isin(years)]
    places = {name: str(place) for name, place in additions.places(prepared.drafts).items()}
    contradictions.show(tables, {**found, "audit": audit}, voice.lang, places)
    return bool(fresh)
