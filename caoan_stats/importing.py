"""An import: what a filled-in file adds to a data folder, shown, and written if asked for."""

from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

from caoan_stats import package, review
from caoan_stats.drafts import Draft
from caoan_stats.endings import FAILED
from caoan_stats.files import publish_all, sweep
from caoan_stats.locks import hold
from caoan_stats.package import RAW
from caoan_stats.prepared import Prepared, prepare
from caoan_stats.speaker import Speaker

SOURCES = "sources.csv"


def carry_out(path: Path, folder: Path, voice: Speaker, *, write: bool, replace: bool) -> int:
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
        described = package.load(folder)
        prepared = prepare(path, described)
        contradicted = review.tell(prepared, described, voice)
        if prepared.changed and not replace:
            voice.say("conflicts", err=True, count=prepared.changed)
            return FAILED
        if write:
            sweep(folder / RAW)
            publish_all(_in_order(prepared.drafts))
        _conclude(prepared, voice, write=write)
    return FAILED if contradicted else 0


def _in_order(drafts: Iterable[Draft]) -> dict[Path, bytes]:
    """Put sources before what refers to them, so that a killed import leaves valid files."""
    contents = {draft.path: draft.text.encode() for draft in drafts}
    return dict(sorted(contents.items(), key=lambda item: item[0].name != SOURCES))


def _conclude(prepared: Prepared, voice: Speaker, *, write: bool) -> None:
    touched = prepared.touched
    kind = "added" if write else "would_add"
    voice.say(
        kind if touched else "nothing_new" if prepared.entries else "nothing_typed",
        added=len(touched) - prepared.changed,
        changed=prepared.changed,
        files=len(prepared.drafts),
        same=len(prepared.entries) - len(touched),
    )
