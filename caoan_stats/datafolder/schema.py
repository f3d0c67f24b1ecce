"""Table Schema over the files of a package: frictionless checks them and reads their types."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import pandas as pd

from caoan_stats.common import numerals
from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.frames import make_frame
from caoan_stats.common.imports import without
from caoan_stats.datafolder import schema_errors
from caoan_stats.datafolder.csvfile import CsvFile
from caoan_stats.datafolder.package import DESCRIPTOR, Package, Resource

with without("rfc3987_syntax"):  # a grammar of addresses, which takes longer than all the rest
    import frictionless
    import jsonschema  # noqa: F401 - frictionless would do it later

_UNUSABLE = (
    frictionless.FrictionlessException,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    re.error,
)  # fmt: skip - what a schema can make of frictionless
ERROR_LIMIT = 10_000  # of one file, as frictionless counts them


def check_schema(package: Package, files: Mapping[str, CsvFile]) -> list[DataError]:
    """Hold the files against the schema that the package declares.

    Parameters
    ----------
    package
        The descriptor.
    files
        By resource name; a resource without a file counts as empty, and nothing is looked up in it.

    Returns
    -------
    list of DataError
        At most one for a cell, and one for a line whose number of cells is wrong.

    Raises
    ------
    InvalidDataError
        The schema itself is not valid.
    """
    report = _validate(package, files)
    resources = {resource.name: resource for resource in package.resources}
    found = [
        schema_errors.Finding(error, resources[task.name], files)
        for task in report.tasks
        for error in task.errors
    ]
    broken_lines = {(each.file.name, each.row.line) for each in found if each.breaks_line}
    errors: dict[tuple[Any, ...], DataError] = {}
    for each in found:
        if each.breaks_line or (each.file.name, each.row.line) not in broken_lines:
            for error in schema_errors.to_data_errors(each):
                errors.setdefault((error.file, error.line, error.column), error)
    return [*errors.values(), *_untold(report, files)]


def _untold(report: Any, files: Mapping[str, CsvFile]) -> Iterator[DataError]:
    """Say of which files not every fault was looked for."""
    for task in report.tasks:
        if len(task.errors) >= ERROR_LIMIT:
            yield DataError("many_faults", files[task.name].name)


def _validate(package: Package, files: Mapping[str, CsvFile]) -> Any:
    """Let frictionless judge the files; a find that is of no row is one of the schema."""
    try:
        report = _declare(package, files).validate(limit_errors=ERROR_LIMIT)
    except _UNUSABLE as error:
        raise _bad_schema(str(error)) from None
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    reasons = dict.fromkeys(each.message for each in errors if not hasattr(each, "row_number"))
    if reasons:
        raise _bad_schema("; ".join(reasons))
    return report


def _bad_schema(reason: str) -> InvalidDataError:
    return InvalidDataError([DataError("bad_package", DESCRIPTOR, details={"reason": reason})])


def typed_tables(package: Package, files: Mapping[str, CsvFile]) -> dict[str, pd.DataFrame]:
    """Read valid files as typed tables.

    Returns
    -------
    dict of DataFrame
        By resource name; index `line`, the place of each row in its file. Numbers are
        `decimal.Decimal` with the decimals of the file, whole numbers `int`, an empty number None,
        an empty text "".
    """
    return {resource.name: _table(resource, files[resource.name]) for resource in package.resources}


def _table(resource: Resource, file: CsvFile) -> pd.DataFrame:
    readers = _readers(json.dumps(resource.schema))
    rows = [
        {name: read(cell)[0] for (name, read), cell in zip(readers.items(), cells, strict=True)}
        for cells in _cells(resource, file)
    ]
    lines = pd.Index([row.line for row in file.rows], name="line", dtype="int64")
    return make_frame(resource.schema, rows).set_index(lines)


@cache
def _readers(schema: str) -> Mapping[str, Callable[[str], tuple[object, object]]]:
    """Give what reads a cell of each field; tables of observations share one schema."""
    fields = frictionless.Schema.from_descriptor(json.loads(schema)).fields
    return {field.name: field.create_cell_reader() for field in fields}


def _declare(package: Package, files: Mapping[str, CsvFile]) -> frictionless.Package:
    resources = [
        {
            "name": resource.name,
            "data": [list(resource.columns), *_cells(resource, files.get(resource.name))],
            "schema": resource.schema,
        }
        for resource in package.resources
    ]
    declared = frictionless.Package.from_descriptor({"name": package.name, "resources": resources})
    for each in declared.resources:  # the first row is the header, whatever the width of the others
        each.detector = frictionless.Detector(sample_size=1)
    return declared


def _cells(resource: Resource, file: CsvFile | None) -> Iterator[list[str]]:
    """Cells with a decimal point; a number that is not plainly one is marked as text."""
    types = [field["type"] for field in resource.schema["fields"]]
    if file is None:
        return
    for row in file.rows:
        pairs = zip(row.cells, types, strict=False)
        known = [_typed(cell, kind, file.mark) for cell, kind in pairs]
        yield known + list(row.cells[len(types) :][:1])  # one too many says as much as a million


def _typed(cell: str, kind: str, mark: str) -> str:
    if not cell or kind not in ("number", "integer"):
        return cell
    number = numerals.parse_plain(cell, mark)
    whole = kind == "integer" and number is not None and not numerals.WHOLE.fullmatch(number)
    return f"text {cell}" if number is None or whole else number
