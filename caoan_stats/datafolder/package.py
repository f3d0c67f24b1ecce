"""The Data Package of a data folder: its descriptor, resources, and the schema of each."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from unicodedata import category

from caoan_stats.common import files
from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.datafolder.csvfile import CELL_LIMIT, normalize_text

DESCRIPTOR = "datapackage.json"
RAW = "raw"
NOT_OBSERVATIONS = ("targets", "sources")

RESOURCES = 200  # the most of a package
FIELDS = 100  # the most of a table
LINES = {"Cc", "Zl", "Zp"}  # kinds of signs that are no part of a line of text
LEVELS = 12  # the deepest that a descriptor is nested
# what a schema says of cells; another of its properties could name a file or an address to load
SCHEMA_KEYS = ("fields", "missingValues", "primaryKey", "foreignKeys")
FIELD_KEYS = (
    "name", "title", "description", "type", "format", "example", "constraints", "trueValues",
    "falseValues",
)  # fmt: skip
# where a table can be, and a schema: there a change of it is noticed
_TABLE_PATH = re.compile(rf"({RAW}/)?[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*[.]csv")
_SCHEMA_PATH = re.compile(r"[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*[.]json")

Schema = Mapping[str, Any]

# the fields that the program reads, by table; the descriptor may say more of each
NEEDED: Mapping[str, Mapping[str, str]] = {
    "observations": {
        "indicator": "string", "year": "integer", "value": "number", "change": "number",
        "qualifier": "string", "source": "string", "section": "string", "note": "string",
    },
    "targets": {
        "indicator": "string", "year": "integer", "lower": "number", "upper": "number",
        "closed": "string", "source": "string", "section": "string", "note": "string",
    },
    "sources": {"source": "string", "title": "string", "issuer": "string", "date": "string"},
    "indicators": {
        "indicator": "string", "table": "string", "label_vi": "string", "label_en": "string",
        "unit": "string", "better": "string", "decimals": "integer", "sensitive": "boolean",
    },
    "units": {"unit": "string", "label_vi": "string", "label_en": "string", "exact": "boolean"},
    "relations": {
        "left": "string", "operator": "string", "right": "string", "label_vi": "string",
    },
    "acknowledged": {
        "left": "string", "operator": "string", "right": "string", "year": "integer",
        "reason": "string",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Resource:
    """One CSV file that the package lists.

    Parameters
    ----------
    name
        Its name in the package, which is also that of the table.
    path
        Where the file is.
    schema
        Its Table Schema.
    title
        What it is called in Vietnamese.
    """

    name: str
    path: Path
    schema: Schema
    title: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(field["name"] for field in self.schema["fields"])

    @property
    def holds_observations(self) -> bool:
        """Whether it is a table of observations, one of many in `raw/`."""
        return self.path.parent.name == RAW and self.name not in NOT_OBSERVATIONS


@dataclass(frozen=True)
class Package:
    """What `datapackage.json` declares of a folder."""

    folder: Path
    name: str
    title: str
    resources: tuple[Resource, ...]

    @cached_property
    def observation_tables(self) -> tuple[str, ...]:
        """Names of the tables of observations, in order."""
        return tuple(each.name for each in self.resources if each.holds_observations)


def load_package(folder: Path) -> Package:
    """Read the descriptor of a data folder.

    Parameters
    ----------
    folder
        A folder laid out as the project's `data/`.

    Raises
    ------
    InvalidDataError
        There is no descriptor, or it does not describe what the program reads.
    """
    descriptor = _json(folder / DESCRIPTOR)
    try:
        resources = tuple(_resource(folder, each) for each in _few(descriptor, "resources"))
        package = Package(folder, str(descriptor["name"]), _title(descriptor), resources)
    except InvalidDataError:
        raise
    except KeyError as error:
        raise _bad(f"{error.args[0]}?") from None
    except (TypeError, ValueError, AttributeError, RuntimeError) as error:
        raise _bad(str(error)) from None
    if lacking := _twice(resources) or _lacking(package):
        raise _bad("; ".join(lacking))
    return package


def is_inside(folder: Path, path: Path) -> bool:
    """Whether a path, once all links in it are followed, is in a folder."""
    return path.resolve().is_relative_to(folder.resolve())


def _bad(reason: str, file: str = DESCRIPTOR) -> InvalidDataError:
    return InvalidDataError([DataError("bad_package", file, details={"reason": reason})])


def _few(descriptor: Mapping[str, Any], name: str) -> Sequence[Any]:
    """Give a list of a descriptor, unless it is longer than any data folder needs."""
    limit, known = {"resources": RESOURCES, "fields": FIELDS}[name], descriptor[name]
    if not isinstance(known, list) or len(known) > limit:
        raise ValueError(f"{name}: expected a list of at most {limit}")
    return known


def _twice(resources: Sequence[Resource]) -> list[str]:
    """List the names and the files that the descriptor has more than once."""
    lists = ([each.name for each in resources], [each.path.name for each in resources])
    counts = [pair for names in lists for pair in Counter(names).items()]
    return [f"{name}: listed twice" for name, count in counts if count > 1]


def _lacking(package: Package) -> list[str]:
    """List the resources and fields that the program reads and the descriptor does not have."""
    known = {resource.name: resource for resource in package.resources}
    needed = dict.fromkeys(package.observation_tables, NEEDED["observations"])
    needed |= {name: fields for name, fields in NEEDED.items() if name != "observations"}
    lacking = []
    for name in needed:
        fields = known[name].schema["fields"] if name in known else []
        types = {field.get("name"): field.get("type") for field in fields}
        lacking += [
            f"{name}.{field} ({kind})"
            for field, kind in needed[name].items()
            if types.get(field) != kind
        ]
    return lacking


def _resource(folder: Path, descriptor: Mapping[str, Any]) -> Resource:
    schema = descriptor["schema"]
    if isinstance(schema, str):
        schema = _json(_inside(folder, schema, _SCHEMA_PATH))
    fields = [_only(field, FIELD_KEYS) for field in _few(schema, "fields")]
    schema = {**_only(schema, SCHEMA_KEYS), "fields": fields}
    path = _inside(folder, descriptor["path"], _TABLE_PATH)
    title = _title({"title": descriptor["name"], **descriptor})
    resource = Resource(str(descriptor["name"]), path, schema, title)
    if not all(isinstance(name, str) for name in resource.columns):
        raise ValueError(f"{resource.name}: fields")
    return resource


def _title(descriptor: Mapping[str, Any]) -> str:
    written = str(descriptor["title"])
    title = normalize_text(written[:CELL_LIMIT])
    if len(written) > CELL_LIMIT or any(category(sign) in LINES for sign in title):
        raise ValueError(f"title: {title}")
    return title


def _only(descriptor: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in descriptor.items() if name in names}


def _inside(folder: Path, path: str, form: re.Pattern[str]) -> Path:
    """Give the place of a file in the data folder, and of none elsewhere."""
    place = folder / path
    if not form.fullmatch(path) or not is_inside(folder, place):
        raise ValueError(f"{path} leaves the data folder, or is not where its files are")
    return place


def _json(path: Path) -> Any:
    """Read a JSON file, with a byte-order mark or without."""
    data = files.read_file(path, files.MEGABYTE)
    try:
        content = json.loads(data.decode("utf-8-sig"))
        json.dumps(content, ensure_ascii=False).encode()  # so that no half of a character is in it
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise InvalidDataError([DataError("bad_json", path.name, line)]) from None
    if _is_deep(content):
        raise _bad(f"more than {LEVELS} levels", path.name)
    return content


def _is_deep(content: Any, levels: int = LEVELS) -> bool:
    parts = content.values() if isinstance(content, dict) else content
    known = parts if isinstance(content, dict | list) else ()
    return levels == 0 or any(_is_deep(part, levels - 1) for part in known)
