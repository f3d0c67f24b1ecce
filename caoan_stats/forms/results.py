"""Saved results of formulas, which openpyxl does not write."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from io import BytesIO
from xml.sax.saxutils import escape

from openpyxl.utils.datetime import to_excel

_FORMULA = re.compile(  # a cell as openpyxl writes it
    r'<c r="(?P<cell>[A-Z]+[0-9]+)"(?P<style>[^>]*)>(?P<formula><f(?:[^>]*/>|.*?</f>))'
    r"<v(?: ?/>|></v>)</c>",
    re.DOTALL,
)


def with_results(data: bytes, results: Sequence[Mapping[str, object]]) -> bytes:
    """Return an `.xlsx` file of openpyxl with the results of its formulas, by cell, for each sheet.

    A program that reads the file, such as an import, then needs no spreadsheet to calculate them.
    """
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts = {f"xl/worksheets/sheet{n}.xml": cells for n, cells in enumerate(results, 1)}
        for name in old.namelist():
            content = old.read(name)
            if cells := parts.get(name):
                content = _FORMULA.sub(lambda found: _cell(found, cells), content.decode()).encode()
            new.writestr(name, content)
    return target.getvalue()


def _cell(found: re.Match[str], results: Mapping[str, object]) -> str:
    """Return a formula with its result; unchanged if it has none."""
    kind = ""
    match results.get(found["cell"]):
        case None:
            return found[0]
        case bool() as truth:
            kind, text = ' t="b"', str(int(truth))
        case date() | time() | timedelta() as moment:
            text = str(to_excel(moment))  # type: ignore[no-untyped-call]
        case int() | float() as number:
            text = repr(number)
        case words:
            kind, text = ' t="str"', escape(str(words))
    return f'<c r="{found["cell"]}"{found["style"]}{kind}>{found["formula"]}<v>{text}</v></c>'
