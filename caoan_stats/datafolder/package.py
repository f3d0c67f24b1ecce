"""The Data Package of a data folder: descriptor, resources, and the schema of each."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from unicodedata import category

from caoan_stats.common import files
from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.concepts.tables import REPORT, TABLES
from caoan_stats.datafolder import patterns
from caoan_stats.datafolder.csvfile import CELL_LIMIT, normalize_text

DESCRIPTOR = "datapackage.json"
RAW = "raw"

LENGTH_LIMITS = {"resources": 200, "fields": 100}  # of the lists in a descriptor
LEVEL_LIMIT = 12  # levels of nesting in a descriptor
CONTROLS = {"Cc", "Zl", "Zp"}  # Unicode categories that a title must not have
# properties of a schema that are read; others could name a file or an address to load
SCHEMA_KEYS = ("fields", "fieldsMatch", "missingValues", "primaryKey", "foreignKeys")
FIELD_KEYS = (
    "name", "title", "description", "type", "format", "example", "constraints", "trueValues",
    "falseValues",
)  # fmt: skip
# allowed paths of tables and schemas; a change of files elsewhere would go unnoticed
_TABLE_PATH = re.compile(rf"({RAW}/)?[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*[.]csv")
_SCHEMA_PATH = re.compile(r"[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*[.]json")

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Resource:
    """A CSV file of the package."""

    name: str
    path: Path
    schema: Schema  # reduced to `SCHEMA_KEYS` and `FIELD_KEYS`
    title: str  # in Vietnamese

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(field["name"] for field in self.schema["fields"])

    @property
    def required(self) -> tuple[str, ...] | None:
        """Columns that a file must have; None for all, in the order of the schema."""
        if "superset" not in self.schema.get("fieldsMatch", ()):
            return None
        fields = self.schema["fields"]
        return tuple(each["name"] for each in fields if each.get("constraints", {}).get("required"))

    def fits(self, columns: tuple[str, ...]) -> bool:
        """Return whether a file can have these columns."""
        if self.required is None:
            return columns == self.columns
        is_known = {*self.required} <= {*columns} <= {*self.columns}
        return is_known and len({*columns}) == len(columns)

    def narrowed(self, columns: tuple[str, ...]) -> "Resource":
        """Return the resource with a schema of only the columns that its file has."""
        fields = {field["name"]: field for field in self.schema["fields"]}
        key = [name for name in self.schema.get("primaryKey", ()) if name in columns]
        narrow = {"fields": [fields[name] for name in columns], "primaryKey": key}
        return replace(self, schema={**self.schema, **narrow})

    @property
    def holds_observations(self) -> bool:
        """Whether it is a table of the report: one of the observation tables in `raw/`."""
        return self.path.parent.name == RAW and self.name not in TABLES


@dataclass(frozen=True)
class Package:
    """The content of the `datapackage.json` of a data folder."""

    folder: Path
    name: str
    title: str
    resources: tuple[Resource, ...]

    @cached_property
    def observation_tables(self) -> tuple[str, ...]:
        """Names of the tables of the report, in the order of the descriptor."""
        return tuple(self.titles)

    @property
    def titles(self) -> dict[str, str]:
        """Vietnamese titles of the tables of observations by name, in the order of the report."""
        return {each.name: each.title for each in self.resources if each.holds_observations}


def load_package(folder: Path) -> Package:
    """Return what the descriptor of a data folder declares.

    Raises `InvalidDataError` if it is missing, or lacks tables or fields that the program reads.
    """
    descriptor = _json(folder / DESCRIPTOR)
    try:
        resources = tuple(_resource(folder, each) for each in _list(descriptor, "resources"))
        package = Package(folder, str(descriptor["name"]), _title(descriptor), resources)
    except InvalidDataError:
        raise
    except KeyError as error:
        raise _bad(f"{error.args[0]}?") from None
    except (TypeError, ValueError, AttributeError, RuntimeError) as error:
        raise _bad(str(error)) from None
    if problems := _repeated(resources) or _missing(package):
        raise _bad("; ".join(problems))
    return package


def is_inside(folder: Path, path: Path) -> bool:
    """Return whether a path is inside a folder once all links are followed."""
    return path.resolve().is_relative_to(folder.resolve())


def _bad(reason: str, file: str = DESCRIPTOR) -> InvalidDataError:
    return InvalidDataError([DataError("bad_package", file, details={"reason": reason})])


def _list(descriptor: Mapping[str, Any], name: str) -> Sequence[Any]:
    """Return a list of a descriptor; raise ValueError if it is too long."""
    limit, items = LENGTH_LIMITS[name], descriptor[name]
    if not isinstance(items, list) or len(items) > limit:
        raise ValueError(f"{name}: expected a list of at most {limit}")
    return items


def _repeated(resources: Sequence[Resource]) -> list[str]:
    """Return names and files that the descriptor lists more than once."""
    lists = ([each.name for each in resources], [each.path.name for each in resources])
    counts = [pair for names in lists for pair in Counter(names).items()]
    return [f"{name}: listed twice" for name, count in counts if count > 1]


def _missing(package: Package) -> list[str]:
    """Return the fields that the program reads and the descriptor does not declare."""
    declared = {
        (resource.name, field.get("name")): field.get("type")
        for resource in package.resources
        for field in resource.schema["fields"]
    }
    names = {resource.name for resource in package.resources}
    needed = {
        name: table.fields
        for name, table in TABLES.items()
        if name != REPORT and (name in names or not table.is_optional)
    }
    needed = dict.fromkeys(package.observation_tables, TABLES[REPORT].fields) | needed
    return [
        f"{name}.{field} ({kind})"
        for name, fields in needed.items()
        for field, kind in fields.items()
        if declared.get((name, field)) != kind
    ]


def _resource(folder: Path, descriptor: Mapping[str, Any]) -> Resource:
    schema = descriptor["schema"]
    if isinstance(schema, str):
        schema = _json(_inside(folder, schema, _SCHEMA_PATH))
    fields = [_only(field, FIELD_KEYS) for field in _list(schema, "fields")]
    schema = {**_only(schema, SCHEMA_KEYS), "fields": fields}
    path = _inside(folder, descriptor["path"], _TABLE_PATH)
    title = _title({"title": descriptor["name"], **descriptor})
    for field in fields:
        pattern = field.get("constraints", {}).get("pattern", "")
        if isinstance(pattern, str) and not patterns.is_quick(pattern):
            raise ValueError(f"{field.get('name')}: pattern {pattern}: {{1,20}} in place of + or *")
    resource = Resource(str(descriptor["name"]), path, schema, title)
    if not all(isinstance(name, str) for name in resource.columns):
        raise ValueError(f"{resource.name}: fields")
    return resource


def _title(descriptor: Mapping[str, Any]) -> str:
    written = str(descriptor["title"])
    title = normalize_text(written[:CELL_LIMIT])
    if len(written) > CELL_LIMIT or any(category(sign) in CONTROLS for sign in title):
        raise ValueError(f"title: {title}")
    return title


def _only(descriptor: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in descriptor.items() if name in names}


def _inside(folder: Path, path: str, form: re.Pattern[str]) -> Path:
    """Return the path of a file; raise ValueError if it is outside the data folder."""
    file = files.existing(folder / path)
    if not form.fullmatch(path) or not is_inside(folder, file):
        raise ValueError(f"{path} leaves the data folder, or is not where its files are")
    return file


def _json(path: Path) -> Any:
    """Return the content of a JSON file, with or without a byte-order mark."""
    data = files.read_file(path, files.MEGABYTE)
    try:
        content = json.loads(data.decode("utf-8-sig"))
        json.dumps(content, ensure_ascii=False).encode()  # refuses lone surrogates
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise InvalidDataError([DataError("bad_json", path.name, line)]) from None
    if _is_deep(content):
        raise _bad(f"more than {LEVEL_LIMIT} levels", path.name)
    return content


def _is_deep(content: Any, levels: int = LEVEL_LIMIT) -> bool:
    parts = content.values() if isinstance(content, dict) else content
    nested = parts if isinstance(content, dict | list) else ()
    return levels == 0 or any(_is_deep(part, levels - 1) for part in nested)
