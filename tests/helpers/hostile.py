"""A data folder whose texts are all payloads, or harmless texts of the same shape."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, cycle
from pathlib import Path

from helpers.payloads import PAYLOADS

from caoan_stats.datafolder import package
from caoan_stats.datafolder.package import DESCRIPTOR, Package, Resource

# columns of free text, by kind of table
FREE: Mapping[str, tuple[str, ...]] = {
    "observations": ("section", "note", "words"),
    "targets": ("section", "note"),
    "sources": ("title", "issuer"),
    "indicators": ("label_vi", "label_en", "definition_vi"),
    "units": ("label_vi", "label_en"),
    "unit_words": ("word",),
    "phrases": ("must", "context", "must_not"),
    "relations": ("label_vi",),
    "acknowledged": ("reason",),
    "breaks": ("reason",),
}
BREAK = {"indicator": "pigs", "year": "2023", "reason": "a reason"}  # in place of no break
PARTS, KILLS = 4, 25  # parts of the test of killed runs, and kills in each
# labels of units that the program treats specially
KNOWN = ("%", "thứ hạng")

Row = dict[str, str]
Write = Callable[[str], str]


def kind(resource: Resource) -> str:
    return "observations" if resource.holds_observations else resource.name


def spoil(folder: Path, write: Write = str) -> None:
    """Put a payload into every free text and every free code of a data folder.

    Parameters
    ----------
    folder
        Path of the data folder.
    write
        Returns the text that is written for a payload.
    """
    described, payloads = package.load_package(folder), [*map(write, PAYLOADS.values())]
    tables = {each.name: rows_of(each) for each in described.resources}
    [source] = tables["sources"]
    tables["sources"] = [{**source, "source": payload} for payload in payloads]
    units = dict(zip((row["unit"] for row in tables["units"]), payloads, strict=False))
    columns = [*dict.fromkeys(chain(*FREE.values())), "source"]
    texts = {name: cycle(_from(payloads, 7 * place)) for place, name in enumerate(columns)}
    for resource in described.resources:
        free = FREE[kind(resource)]
        codes = () if resource.name == "sources" else {"source"} & {*resource.columns}
        for row in tables[resource.name]:
            if row.get("label_vi") not in KNOWN:
                row.update({name: next(texts[name]) for name in (*free, *codes)})
            if row.get("unit"):
                row["unit"] = units[row["unit"]]
        write_rows(resource, tables[resource.name])
    _retitle(folder, write(" ".join(PAYLOADS.values()).replace("\n", " ")))


def _from(texts: list[str], start: int) -> list[str]:
    return texts[start:] + texts[:start]


def _retitle(folder: Path, title: str) -> None:
    path = folder / DESCRIPTOR
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, "title": title}), encoding="utf-8")


def rows_of(resource: Resource) -> list[Row]:
    with resource.path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return rows or [BREAK.copy()] * (resource.name == "breaks")


def write_rows(resource: Resource, rows: list[Row]) -> None:
    with resource.path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, resource.columns)
        writer.writeheader()
        writer.writerows(rows)


def texts_of(described: Package) -> Iterator[tuple[str, str]]:
    """Yield the kind of table and the name of each text column without a list of values."""
    for resource in described.resources:
        for field in resource.schema["fields"]:
            if field["type"] == "string" and "enum" not in field.get("constraints", {}):
                yield kind(resource), field["name"]
