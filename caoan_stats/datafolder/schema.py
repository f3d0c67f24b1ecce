"""Check and read the files of a data package by their Table Schemas, with frictionless.

Frictionless checks the descriptor and reads every cell; keys are compared here, over all files.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain, islice, zip_longest
from typing import Any

import pandas as pd

from caoan_stats.common import numerals
from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.frames import field_types, make_frame
from caoan_stats.common.imports import without
from caoan_stats.concepts.tables import fields_of
from caoan_stats.datafolder import patterns
from caoan_stats.datafolder.csvfile import CsvFile
from caoan_stats.datafolder.package import DESCRIPTOR, Package, Resource
from caoan_stats.datafolder.schema_errors import Finding, to_data_error

with without("rfc3987_syntax"):  # a grammar of URLs, not needed and slower than all other imports
    import frictionless
    import jsonschema  # noqa: F401 - frictionless imports it late, then with that grammar

_UNUSABLE = (
    frictionless.FrictionlessException,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    re.error,
)  # fmt: skip - what frictionless raises for an invalid schema
ERROR_LIMIT = 10_000  # findings of a file

ReadRow = tuple[Mapping[str, Any], Mapping[str, str]]  # by column: typed value; kind of a finding
KeyValues = tuple[Any, ...]  # values of some columns
Codes = Callable[..., Collection[KeyValues]]  # keys of a table by its name and columns


def check_schema(package: Package, files: Mapping[str, CsvFile]) -> list[DataError]:
    """Return the errors of the files by the schemas of their package.

    Parameters
    ----------
    package
        Descriptor of the data folder.
    files
        Files by resource name. A resource without a file is skipped, as are foreign keys to it.

    Returns
    -------
    list of DataError
        At most one for a cell, and only one for a line with a wrong number of cells.

    Raises
    ------
    InvalidDataError
        The descriptor or a schema is not valid.
    """
    check_descriptor(package)
    found = _find(package, files)
    errors: dict[object, DataError] = {}
    for error in map(to_data_error, chain.from_iterable(found)):
        errors.setdefault((error.file, error.line, error.column), error)
    cut = [each[0].file.name for each in found if len(each) == ERROR_LIMIT]
    return [*errors.values(), *(DataError("many_faults", name) for name in cut)]


def check_descriptor(package: Package) -> None:
    """Raise `InvalidDataError` if a schema of a package is not valid."""
    headers = [
        {"name": each.name, "data": [each.columns], "schema": each.schema}
        for each in package.resources
    ]
    try:
        _check_descriptor(json.dumps({"name": package.name, "resources": headers}))
    except _UNUSABLE as fault:
        details = {"reason": str(fault)}
        raise InvalidDataError([DataError("bad_package", DESCRIPTOR, details=details)]) from None


def typed_tables(package: Package, files: Mapping[str, CsvFile]) -> dict[str, pd.DataFrame]:
    """Return valid files as typed tables.

    Returns
    -------
    dict of DataFrame
        By resource name; index `line`, the line of each row in its file. Numbers are
        `decimal.Decimal` with the digits of the file, whole numbers `int`, an empty number None,
        an empty text "". A column that a file may be without is there, empty.
    """
    return {resource.name: _table(resource, files[resource.name]) for resource in package.resources}


def _table(resource: Resource, file: CsvFile) -> pd.DataFrame:
    lines = pd.Index([record.line for record in file.rows], name="line", dtype="int64")
    rows = [values for values, _ in _read(resource, file)]
    types = {**fields_of(resource.name), **field_types(resource.schema)}
    return make_frame(types, rows).set_index(lines)


def _find(package: Package, files: Mapping[str, CsvFile]) -> list[list[Finding]]:
    """Return the findings of each file."""
    tables = {each.name: list(_read(each, files.get(each.name))) for each in package.resources}

    @cache
    def codes(name: str, *columns: str) -> Collection[KeyValues]:
        return dict.fromkeys(_key(values, columns) for values, _ in tables[name])

    return [
        list(islice(_findings(each, files, tables[each.name], codes), ERROR_LIMIT))
        for each in package.resources
        if each.name in files
    ]


@cache
def _check_descriptor(descriptor: str) -> None:
    """Raise an error with all reasons if a package, whose tables have no rows, is not valid."""
    if not _is_valid(json.loads(descriptor)):
        report = frictionless.Package.from_descriptor(json.loads(descriptor)).validate()
        errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
        raise ValueError("; ".join(dict.fromkeys(error.message for error in errors)))


def _is_valid(descriptor: Any) -> bool:
    """Return whether a package without rows is valid; each distinct schema is checked once."""
    first: dict[str, str] = {}
    for resource in descriptor["resources"]:
        if first.setdefault(json.dumps(resource["schema"]), resource["name"]) != resource["name"]:
            del resource["schema"]
    try:
        declared = frictionless.Package.from_descriptor(descriptor)
        return all(declared.get_resource(name).validate().valid for name in first.values())
    except frictionless.FrictionlessException:
        return False


@cache
def _schema(descriptor: str) -> Any:
    """Return the schema of a JSON descriptor; tables of observations share one."""
    return frictionless.Schema.from_descriptor(json.loads(descriptor))


def _read(resource: Resource, file: CsvFile | None) -> Iterator[ReadRow]:
    """Yield each row; a missing cell is read as empty, a surplus cell is ignored."""
    types = [field["type"] for field in resource.schema["fields"]]
    readers = _schema(json.dumps(resource.schema)).create_cell_readers().items()
    checked = {
        field["name"]
        for field in resource.schema["fields"]
        if "pattern" in field.get("constraints", {})
    }
    mark, records = (file.mark, file.rows) if file else (".", ())
    for record in records:
        cells = [_plain(*pair, mark) for pair in zip(record.cells, types, strict=False)]
        values, wrong = {}, {}
        for (name, read), cell in zip_longest(readers, cells):
            is_long = name in checked and cell is not None and len(cell) > patterns.LENGTH
            values[name], notes = (cell, {"pattern": ""}) if is_long else read(cell)
            if notes:
                wrong[name] = "type" if "type" in notes else next(iter(notes))
        yield values, wrong


def _plain(cell: str, kind: str, mark: str) -> str:
    """Return a cell with a decimal point; text in front makes frictionless reject a number."""
    if not cell or kind not in ("number", "integer"):
        return cell
    number = numerals.parse_plain(cell, mark)
    whole = kind == "integer" and number is not None and not numerals.WHOLE.fullmatch(number)
    return f"text {cell}" if number is None or whole else number


def _findings(
    resource: Resource, files: Mapping[str, CsvFile], rows: Sequence[ReadRow], codes: Codes
) -> Iterator[Finding]:
    """Yield the findings of each row: its number of cells, or else its cells and keys."""
    schema, file = _schema(json.dumps(resource.schema)), files[resource.name]
    unique = [(each.name,) for each in schema.fields if each.constraints.get("unique")]
    keys = [*(("unique", columns) for columns in unique), ("primaryKey", tuple(schema.primary_key))]
    seen: dict[KeyValues, dict[KeyValues, int]] = defaultdict(dict)
    for position, (values, wrong) in enumerate(rows):
        find = partial(Finding, resource, file, position)
        found = [find(kind, (name,)) for name, kind in wrong.items()]
        for kind, columns in keys:
            key, before = _key(values, columns), seen[kind, columns]
            if key in before:
                found.append(find(kind, columns, before[key]))
            if key:
                before[key] = position
        for each in schema.foreign_keys:
            name, columns = each["reference"]["resource"], tuple(each["fields"])
            if (key := _key(values, columns)) and name in files:
                allowed = codes(name, *each["reference"]["fields"])
                if key not in allowed:
                    found.append(find("foreignKey", columns, (files[name].name, key, allowed)))
        blank = "type" not in wrong.values() and not _key(values, values)
        broken = blank or len(file.rows[position].cells) != len(values)
        yield from [find("cells")] if broken else found


def _key(values: Mapping[str, Any], columns: Iterable[str]) -> KeyValues:
    """Return the values of some columns; an empty tuple if all of them are empty."""
    key = tuple(map(values.get, columns))
    return key if any(value is not None for value in key) else ()
