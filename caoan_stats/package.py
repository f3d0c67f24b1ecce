"""The Data Package of a data folder: its descriptor, resources, and the schema of each."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caoan_stats.csvfile import plain
from caoan_stats.errors import DataError, InvalidDataError

DESCRIPTOR = "datapackage.json"
RAW = "raw"
NOT_OBSERVATIONS = ("targets", "sources")

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
    """

    name: str
    path: Path
    schema: Schema

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

    @property
    def observation_tables(self) -> tuple[str, ...]:
        """Names of the tables of observations, in order."""
        return tuple(each.name for each in self.resources if each.holds_observations)


def load(folder: Path) -> Package:
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
        resources = tuple(_resource(folder, each) for each in descriptor["resources"])
        package = Package(folder, str(descriptor["name"]), _title(descriptor), resources)
    except InvalidDataError:
        raise
    except KeyError as error:
        raise _bad(f"{error.args[0]}?") from None
    except (TypeError, ValueError, AttributeError, RuntimeError) as error:
        raise _bad(str(error)) from None
    if lacking := _lacking(package):
        raise _bad("; ".join(lacking))
    return package


def _bad(reason: str) -> InvalidDataError:
    return InvalidDataError([DataError("bad_package", DESCRIPTOR, details={"reason": reason})])


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
        schema = _json(_inside(folder, schema))
    path = _inside(folder, descriptor["path"])
    resource = Resource(str(descriptor["name"]), path, schema)
    if not all(isinstance(name, str) for name in resource.columns):
        raise ValueError(f"{resource.name}: fields")
    return resource


def _title(descriptor: Mapping[str, Any]) -> str:
    title = plain(str(descriptor["title"]))
    if any(unicodedata.category(sign) == "Cc" for sign in title):
        raise ValueError(f"title: {title}")
    return title


def _inside(folder: Path, path: str) -> Path:
    if not (folder / path).resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{path} leaves the data folder")
    return folder / path


def _json(path: Path) -> Any:
    """Read a JSON file, with a byte-order mark or without."""
    details: dict[str, object]
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        json.dumps(content, ensure_ascii=False).encode()  # half a letter is none
        return content
    except FileNotFoundError:
        raise InvalidDataError([DataError("missing_file", path.name)]) from None
    except OSError as error:
        details = {"reason": error.strerror}
        raise InvalidDataError([DataError("unreadable_file", path.name, details=details)]) from None
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise InvalidDataError([DataError("bad_json", path.name, line)]) from None
