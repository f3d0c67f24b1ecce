"""Tables and their rows: a frame in the types of a schema, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

Row = Mapping[str, Any]


def frame(schema: Mapping[str, Any], rows: Sequence[Row]) -> pd.DataFrame:
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


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows of a table, each by name of column.

    Examples
    --------
    >>> records(pd.DataFrame({"year": [2023], "value": [1.5]}))
    [{'year': 2023, 'value': 1.5}]
    """
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
