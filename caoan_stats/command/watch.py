"""The command `run --watch`: a run after every change of data or notebooks."""

from collections.abc import Iterable
from pathlib import Path

from watchfiles import Change, watch

from caoan_stats.command.exits import EXPECTED, Terminated, is_terminated, report_error
from caoan_stats.command.run import RunRequest, run_request
from caoan_stats.command.speaker import Speaker
from caoan_stats.datafolder.find import find_project
from caoan_stats.datafolder.processed_files import PROCESSED

SUFFIXES = (".csv", ".json", ".ipynb")
SETTLE_TIME = 200  # milliseconds without a change that end a batch of changes


def watch_and_run(request: RunRequest, speaker: Speaker) -> int:
    """Run, and run again after every change of a file, until an interrupt.

    Expected errors are reported and do not end it; SIGTERM raises `Terminated`. A change of the
    library has no effect, as it is already imported.
    """
    folders = _watched_folders(request.exports)
    speaker.say("watching", folders=folders)
    batches = watch(
        *folders, watch_filter=_is_edited, rust_timeout=SETTLE_TIME, yield_on_timeout=True
    )
    try:
        for number, changes in enumerate(batches):  # starts before the first run, to miss no change
            if changes:
                speaker.say("changed", files=sorted({Path(path).name for _, path in changes}))
            if changes or number == 0:
                _run(request, speaker)
    except KeyboardInterrupt:
        if is_terminated():
            raise Terminated from None
        speaker.say("watched")
    return 0


def _run(request: RunRequest, speaker: Speaker) -> None:
    """Run once, and report an expected error other than an interrupt."""
    try:
        run_request(request, speaker)
    except KeyboardInterrupt:
        raise
    except EXPECTED as error:
        report_error(error, speaker)


def _watched_folders(data: Iterable[Path]) -> list[Path]:
    """Return the data folders and their folders of notebooks, those that exist."""
    notebooks = {folder: find_project(folder) / "notebooks" for folder in data}
    folders = dict.fromkeys([*notebooks, *notebooks.values()])
    return [folder for folder in folders if folder.is_dir()]


def _is_edited(_: Change, path: str) -> bool:
    """Return whether the file is one that people edit, not a draft and not of `processed/`."""
    file = Path(path)
    is_hidden = any(part.startswith((".", "~")) for part in file.parts[-2:])
    return file.suffix in SUFFIXES and not is_hidden and file.parent.name != PROCESSED
