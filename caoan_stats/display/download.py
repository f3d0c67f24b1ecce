"""Tables as CSV for a spreadsheet with the Vietnamese locale: `;`, decimal comma and BOM."""

import csv
import io
import re
from base64 import b64encode
from decimal import Decimal
from numbers import Real

import pandas as pd

_SIGNS = r"=+\-@＝＋－＠"
# places where a formula begins, also for a spreadsheet that splits cells at commas or tabs
_FORMULA = re.compile(rf'^(?=\s*[{_SIGNS}]|[\t\r\n])|(?<=[,\t\r\n])(?="*[{_SIGNS}])')


def to_csv(table: pd.DataFrame) -> bytes:
    r"""Return a table as CSV in UTF-8 with a byte-order mark, without its index.

    None and NaN become empty, numbers have no grouping, a `Decimal` keeps its final zeros, and text
    that a spreadsheet would execute as a formula gets an apostrophe before it (OWASP, "CSV
    Injection").

    >>> to_csv(pd.DataFrame({"a": ["=1+1", "x"], "b": [Decimal("25.0"), None]})).decode("utf-8-sig")
    "a;b\r\n'=1+1;25,0\r\nx;\r\n"
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(_cell, table.columns))
    writer.writerows(map(_cell, row) for row in table.itertuples(index=False, name=None))
    return buffer.getvalue().encode("utf-8-sig")


def to_link(data: bytes) -> str:
    """Return CSV as a `data:` URL, which contains the file."""
    return f"data:text/csv;charset=utf-8;base64,{b64encode(data).decode()}"


def _cell(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, Decimal):
        return f"{value or abs(value):f}".replace(".", ",")
    if isinstance(value, Real):
        return _cell(Decimal(repr(float(value) or 0.0))).removesuffix(",0")
    return _FORMULA.sub("'", str(value))
