"""The data folder that a commune starts with: catalogue, relations and schemas, and no figure."""

import json
import tempfile
from pathlib import Path

from caoan_stats.command.exits import INVALID
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.library import PACKAGE
from caoan_stats.datafolder import package
from caoan_stats.datafolder.package import DESCRIPTOR, Package
from caoan_stats.display.markup import slug
from caoan_stats.publish.site import folder_name

KEPT = ("indicators", "units", "relations")  # the tables that are the same for all communes
README = "README.md"
OURS = "\n## Source and licence"  # where in it begins what is of one commune alone
TITLE = "Số liệu kinh tế - xã hội {name}"


def make_folder(folder: Path, name: str, voice: Speaker) -> int:
    """Make the data folder of a commune, whole or not at all.

    Parameters
    ----------
    folder
        Where it is to be; it is not there yet, or empty.
    name
        What the commune is called, such as `xã Bình An`; as the folder where it is empty.
    voice
        Says what is done, and what to do next.

    Returns
    -------
    int
        The exit code: 0, or 2 where something is there.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        voice.say("not_empty", err=True, folder=folder)
        return INVALID
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        draft = Path(place) / "data"
        _fill(draft, package.load_package(_catalogue()), name or folder_name(folder.absolute()))
        if folder.exists():
            folder.rmdir()
        draft.replace(folder)
    voice.say("begun", folder=folder, title=package.load_package(folder).title)
    return 0


def _catalogue() -> Path:
    """Find the catalogue: in the installed package, or beside the library in a clone."""
    inside = PACKAGE / "catalogue"
    return inside if inside.is_dir() else PACKAGE.parent / "data"


def _fill(folder: Path, known: Package, name: str) -> None:
    """Copy what all communes share, and the heads of all other tables."""
    for resource in known.resources:
        path = folder / resource.path.relative_to(known.folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        if resource.name in KEPT:
            path.write_bytes(resource.path.read_bytes())
        else:
            path.write_text(",".join(resource.columns) + "\n", encoding="utf-8")
    for path in known.folder.glob("*.schema.json"):
        (folder / path.name).write_bytes(path.read_bytes())
    readme = (known.folder / README).read_text(encoding="utf-8")
    (folder / README).write_text(readme.partition(OURS)[0], encoding="utf-8")
    _describe(folder, known, name)


def _describe(folder: Path, known: Package, name: str) -> None:
    """Write the descriptor as it is laid out, with the name and title of the commune."""
    text = (known.folder / DESCRIPTOR).read_text(encoding="utf-8")
    named = {known.name: slug(name) or "commune", known.title: TITLE.format(name=name)}
    for old, new in named.items():
        text = text.replace(_quoted(old), _quoted(new), 1)
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8")


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
