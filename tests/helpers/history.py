"""An invented history of an invented commune, 2019 to 2024, as a data folder.

It is in `tests/history/`, and has, beside the reports `bc2019` to `bc2024`:

- five-year targets, of `nq2020`, for 2025 from 2020;
- a revised plan: `qd2023` sets the revenue and the new jobs of 2023 anew;
- a restatement: `bc2024` states 30 poor households for 2023, `bc2023` stated 28;
- a figure that is stated twice alike: `culture_family_rate` of 2021, which is no revision;
- a break: poor and near-poor households of 2022, with a stated change across it;
- one contradiction that is meant: in 2021 about 98,000 poultry are not about 91,000 chickens and
  about 4,700 ducks.
"""

import csv
import json
import shutil
from pathlib import Path

from helpers.project import HEADER, PROJECT

HISTORY = PROJECT / "tests/history"
CATALOGUE = (
    "datapackage.json", "observations.schema.json", "indicators.csv", "units.csv", "unit_words.csv",
    "phrases.csv", "relations.csv",
)  # fmt: skip
TITLE = "Số liệu kinh tế - xã hội xã Minh Họa"


def make_history(folder: Path, until: int = 2024) -> Path:
    """Write the data folder as it was once the report of a year had been typed, and return it."""
    (folder / "raw").mkdir(parents=True)
    for name in CATALOGUE:
        shutil.copy(PROJECT / "data" / name, folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package.update(name="minh-hoa", title=TITLE)
    _write(folder / "datapackage.json", [json.dumps(package, ensure_ascii=False, indent=2)])
    _write(folder / "acknowledged.csv", _lines(PROJECT / "data/acknowledged.csv")[:1])
    _write(folder / "breaks.csv", _kept(HISTORY / "breaks.csv", "year", _years(until)))
    known = _sources(until)
    for path in _raw_paths(package):
        written = HISTORY / path
        lines = _kept(written, "source", known) if written.exists() else HEADER.splitlines()
        _write(folder / path, lines)
    return folder


def _raw_paths(package: dict) -> list[str]:
    paths = [resource["path"] for resource in package["resources"]]
    return [path for path in paths if path.startswith("raw/")]


def _sources(until: int) -> set[str]:
    """Return the documents that are dated no later than the report of a year."""
    rows = csv.DictReader(_lines(HISTORY / "raw/sources.csv"))
    dates = {row["source"]: row["date"] for row in rows}
    return {source for source, date in dates.items() if date <= dates[f"bc{until}"]}


def _years(until: int) -> set[str]:
    return {str(year) for year in range(2019, until + 1)}


def _kept(path: Path, column: str, cells: set[str]) -> list[str]:
    """Return the header of a CSV, and the lines that have one of some cells in a column."""
    header, *lines = _lines(path)
    separator = ";" if ";" in header else ","
    place = header.split(separator).index(column)
    rows = csv.reader(lines, delimiter=separator)
    return [header, *(line for line, row in zip(lines, rows, strict=True) if row[place] in cells)]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
