"""Tables and their rows: a frame in the types of a schema, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

Row = Mapping[str, Any]
_DTYPES = {"string": "str", "boolean": "bool"}
Years = Mapping[int, Row]


def make_frame(schema: Mapping[str, Any], rows: Sequence[Row]) -> pd.DataFrame:
    """Make a table of cells that were read in the types of a schema.

    Returns
    -------
    DataFrame
        Texts as `str` ("" for an empty one), booleans as `bool`; numbers and whole numbers as the
        Python objects they are, None for an empty one.
    """
    columns = {}
    for name, kind in ((field["name"], field["type"]) for field in schema["fields"]):
        empty = "" if kind == "string" else None
        cells = [empty if row[name] is None else row[name] for row in rows]
        columns[name] = pd.Index(cells, dtype=_DTYPES.get(kind, "object"))
    return pd.DataFrame(columns)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows of a table, each by name of column.

    Examples
    --------
    >>> records(pd.DataFrame({"year": [2023], "value": [1.5]}))
    [{'year': 2023, 'value': 1.5}]
    """
    names = [str(name) for name in frame]
    return [dict(zip(names, row, strict=True)) for row in frame.to_numpy(dtype=object).tolist()]


def records_by_year(frame: pd.DataFrame) -> Years:
    """Give the rows of a table that has its years as index.

    Examples
    --------
    >>> records_by_year(pd.DataFrame({"value": [1.5]}, index=[2023]))
    {2023: {'value': 1.5}}
    """
    return dict(zip(frame.index.tolist(), records(frame), strict=True))
