"""The Data Package of a data folder: its descriptor, resources, and the schema of each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from caoan_stats.errors import DataError, InvalidDataError

DESCRIPTOR = "datapackage.json"
RAW = "raw"
NOT_OBSERVATIONS = ("targets", "sources")

Schema = Mapping[str, Any]


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
        There is no descriptor, or it is no Data Package of files in this folder.
    """
    try:
        descriptor = _json(folder / DESCRIPTOR)
        resources = tuple(_resource(folder, each) for each in descriptor["resources"])
        return Package(folder, descriptor["name"], descriptor["title"], resources)
    except FileNotFoundError as error:
        name = Path(str(error.filename)).name
        raise InvalidDataError([DataError("missing_file", name)]) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        details = {"reason": f"{type(error).__name__}: {error}"}
        raise InvalidDataError([DataError("bad_package", DESCRIPTOR, details=details)]) from None


def frame(schema: Schema, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Make a table of cells that were read in the types of a schema.

    Returns
    -------
    DataFrame
        Texts as `str` ("" for an empty one), booleans as `bool`; numbers and whole numbers as the
        Python objects they are, None for an empty one.
    """
    dtypes = {"string": "str", "boolean": "bool"}
    columns = {
        field["name"]: pd.Series(
            [row[field["name"]] for row in rows], dtype=dtypes.get(field["type"], "object")
        )
        for field in schema["fields"]
    }
    table = pd.DataFrame(columns)
    texts = [field["name"] for field in schema["fields"] if field["type"] == "string"]
    return table.fillna(dict.fromkeys(texts, ""))


def _resource(folder: Path, descriptor: Mapping[str, Any]) -> Resource:
    schema = descriptor["schema"]
    if isinstance(schema, str):
        schema = _json(_inside(folder, schema))
    return Resource(descriptor["name"], _inside(folder, descriptor["path"]), schema)


def _inside(folder: Path, path: str) -> Path:
    if not (folder / path).resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{path} leaves the data folder")
    return folder / path


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
