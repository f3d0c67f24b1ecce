"""A table as the CSV file that a spreadsheet in Vietnam opens: `;` and decimal comma, with BOM."""

import csv
import io
import re
from base64 import b64encode
from decimal import Decimal
from numbers import Real

import pandas as pd

_SIGNS = r"=+\-@＝＋－＠"
# where a formula would begin, also for a spreadsheet that parts cells by commas or tabs
_FORMULA = re.compile(rf'^(?=\s*[{_SIGNS}]|[\t\r\n])|(?<=[,\t\r\n])(?="*[{_SIGNS}])')


def to_csv(table: pd.DataFrame) -> bytes:
    r"""Write a table for a spreadsheet.

    Parameters
    ----------
    table
        Cells are text, numbers or NaN; the index is left out.

    Returns
    -------
    bytes
        UTF-8 with a byte-order mark. Numbers are not grouped. What a spreadsheet would take for a
        formula has an apostrophe before it, as OWASP advises against CSV injection.

    Examples
    --------
    >>> to_csv(pd.DataFrame({"a": ["=1+1", "x"], "b": [-15.7, float("nan")]})).decode("utf-8-sig")
    "a;b\r\n'=1+1;-15,7\r\nx;\r\n"
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(_cell, table.columns))
    writer.writerows(map(_cell, row) for row in table.itertuples(index=False, name=None))
    return buffer.getvalue().encode("utf-8-sig")


def to_link(data: bytes) -> str:
    """Give a file as a link that holds it.

    Examples
    --------
    >>> to_link(b"a")
    'data:text/csv;charset=utf-8;base64,YQ=='
    """
    return f"data:text/csv;charset=utf-8;base64,{b64encode(data).decode()}"


def _cell(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, Real):
        return f"{Decimal(repr(float(value) or 0.0)):f}".removesuffix(".0").replace(".", ",")
    return _FORMULA.sub("'", str(value))
