"""The command `init`: a new data folder with catalogue, relations and schemas, without figures."""

import json
import tempfile
from functools import partial
from pathlib import Path

from caoan_stats.command.exits import INVALID
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.library import PACKAGE
from caoan_stats.common.words import phrase
from caoan_stats.concepts.tables import REPORT, TABLES
from caoan_stats.datafolder import csvfile, package
from caoan_stats.datafolder.package import DESCRIPTOR, Package, Resource
from caoan_stats.display.markup import slug
from caoan_stats.publish.site import folder_name
from caoan_stats.relations.relation import ASSUMPTION, CONVENTION

INSTALLED = PACKAGE / "catalogue"  # catalogue of an installed package
SHIPPED = PACKAGE.parent / "data"  # data folder of a clone
README = "README.md"
OWN_PART = "\n## Source and licence"  # of the README: the part from here on is about one commune


def make_folder(folder: Path, name: str, speaker: Speaker) -> int:
    """Create the data folder of a commune, and return the exit code: 2 if the folder is not empty.

    `name` is like `xã Bình An`; empty for the name of the folder. On an error, nothing is created.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        speaker.say("not_empty", err=True, folder=folder)
        return INVALID
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        draft = Path(temporary) / "data"
        catalogue = package.load_package(INSTALLED if INSTALLED.is_dir() else SHIPPED)
        _fill(draft, catalogue, name or folder_name(folder.absolute()))
        if folder.exists():
            folder.rmdir()
        draft.replace(folder)
    speaker.say("begun", folder=folder, title=package.load_package(folder).title)
    return 0


def _fill(folder: Path, catalogue: Package, name: str) -> None:
    """Copy the tables that communes share and the schemas; of other tables, only the header."""
    for resource in catalogue.resources:
        path = folder / resource.path.relative_to(catalogue.folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        if resource.name in TABLES and TABLES[resource.name].is_shared:
            path.write_text(_shared_lines(resource), encoding="utf-8")
        else:
            path.write_text(",".join(_header(resource)) + "\n", encoding="utf-8")
    for path in catalogue.folder.glob("*.schema.json"):
        (folder / path.name).write_bytes(path.read_bytes())
    readme = (catalogue.folder / README).read_text(encoding="utf-8")
    (folder / README).write_text(readme.partition(OWN_PART)[0], encoding="utf-8")
    _write_descriptor(folder, catalogue, name)


def _header(resource: Resource) -> list[str]:
    """Return the columns of an empty table; an import adds the optional ones that it needs."""
    key = resource.schema.get("primaryKey", ())
    optional = {*TABLES.get(resource.name, TABLES[REPORT]).optional} - {*key}
    return [name for name in resource.columns if name not in optional]


def _shared_lines(resource: Resource) -> str:
    """Return the text of a shared table without the relations that are of one commune."""
    file = csvfile.read_cells(resource.path, ",".join(resource.columns))
    left_out = {
        line.number
        for line in csvfile.lines({resource.name: file}, resource.name)
        if line["kind"] in (ASSUMPTION, CONVENTION)
    }
    text = resource.path.read_text(encoding="utf-8")
    numbered = enumerate(text.splitlines(keepends=True), 1)
    return "".join(line for number, line in numbered if number not in left_out)


def _write_descriptor(folder: Path, catalogue: Package, name: str) -> None:
    """Copy the descriptor as text, to keep its layout, with name and title of the commune."""
    text = (catalogue.folder / DESCRIPTOR).read_text(encoding="utf-8")
    title = phrase("site.data_title", name=name)
    quoted = partial(json.dumps, ensure_ascii=False)
    for old, new in {catalogue.name: slug(name) or "commune", catalogue.title: title}.items():
        text = text.replace(quoted(old), quoted(new), 1)
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8")
