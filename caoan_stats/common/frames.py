"""Data frames with columns in the types of a Table Schema, and their rows as dicts."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

Row = Mapping[str, Any]
Years = Mapping[int, Row]
_DTYPES = {"string": "str", "boolean": "bool"}


class Shared(dict[str, Any]):
    """A mapping among the attributes of a frame that is not to be changed.

    pandas makes a deep copy of all attributes for each column that is taken out of a frame.
    """

    def __deepcopy__(self, memo: object) -> "Shared":
        """Return the mapping itself."""
        return self


def make_frame(types: Mapping[str, str], rows: Sequence[Row]) -> pd.DataFrame:
    """Return a frame with the columns of `types`, which has the Table Schema type of each.

    The cells of `rows` have these types; an empty cell is None or missing. In the frame, strings
    are `str`, "" for an empty cell; booleans are `bool`; other types are Python objects or None.
    """
    columns = {}
    for name, kind in types.items():
        empty = "" if kind == "string" else None
        cells = [empty if row.get(name) is None else row[name] for row in rows]
        columns[name] = pd.Index(cells, dtype=_DTYPES.get(kind, "object"))
    return pd.DataFrame(columns)


def field_types(schema: Mapping[str, Any]) -> dict[str, str]:
    """Return the type of each field of a Table Schema, by name."""
    return {field["name"]: field["type"] for field in schema["fields"]}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dicts, with the index if it has a name.

    >>> records(pd.DataFrame({"value": [300]}, index=pd.Index(["pigs"], name="indicator")))
    [{'indicator': 'pigs', 'value': 300}]
    """
    names, rows = [str(name) for name in frame], frame.to_numpy(dtype=object).tolist()
    if frame.index.name:
        names = [str(frame.index.name), *names]
        rows = [[name, *row] for name, row in zip(frame.index.tolist(), rows, strict=True)]
    return [dict(zip(names, row, strict=True)) for row in rows]


def records_by_year(frame: pd.DataFrame) -> Years:
    """Return the rows of a frame as dicts, by year, which is its index."""
    return dict(zip(frame.index.tolist(), records(frame), strict=True))
