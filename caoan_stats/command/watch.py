"""Runs that follow an editor: the pages are made again as data and notebooks change."""

from collections.abc import Iterable
from pathlib import Path

from watchfiles import Change, watch

from caoan_stats.command.exits import KNOWN, Terminated, explain, is_terminated
from caoan_stats.command.run import RunRequest, run_request
from caoan_stats.command.speaker import Speaker
from caoan_stats.datafolder.find import find_project
from caoan_stats.datafolder.processed_files import FOLDER

KINDS = (".csv", ".json", ".ipynb")
QUIET = 200  # milliseconds without a change after which an editor has saved


def watch_and_run(asked: RunRequest, voice: Speaker) -> int:
    """Carry out a request, and again whenever a file changes, until someone interrupts.

    What keeps a run from being made is said, and mended data is taken up. The library is not
    followed: it is loaded already.

    Parameters
    ----------
    asked
        What each run is to do.
    voice
        Says how it goes on.

    Returns
    -------
    int
        The exit code: 0, as an interrupt is the way to end it.

    Raises
    ------
    Terminated
        The process was asked to end.
    """
    folders, due = _folders(asked.places), True
    voice.say("watching", folders=folders)
    try:
        for changes in watch(
            *folders, watch_filter=_is_edited, rust_timeout=QUIET, yield_on_timeout=True
        ):
            if changes:
                voice.say("changed", files=sorted({Path(path).name for _, path in changes}))
            if changes or due:
                _attempt(asked, voice)
            due = False  # changes are heard from before the first run on
    except KeyboardInterrupt:
        if is_terminated():
            raise Terminated from None
        voice.say("watched")
    return 0


def _attempt(asked: RunRequest, voice: Speaker) -> None:
    try:
        run_request(asked, voice)
    except KeyboardInterrupt:
        raise
    except KNOWN as error:
        explain(error, voice)


def _folders(data: Iterable[Path]) -> list[Path]:
    """List the folders that pages are made from."""
    known = {folder: find_project(folder) / "notebooks" for folder in data}
    return [each for each in dict.fromkeys([*known, *known.values()]) if each.is_dir()]


def _is_edited(_: Change, path: str) -> bool:
    """Whether a file is one that people write, not a draft of an editor or one that a run made."""
    place = Path(path)
    hidden = any(part.startswith((".", "~")) for part in place.parts[-2:])
    return place.suffix in KINDS and not hidden and place.parent.name != FOLDER
