"""A smaller data folder, for tests that read and write the workbook of a whole folder."""

import csv
import json
import re
import shutil
from pathlib import Path


def trim(data: Path, target: Path, tables: set[str] | None) -> Path:
    """Copy a data folder; with `tables`, only these tables of figures and what speaks of them."""
    shutil.copytree(data, target, ignore=shutil.ignore_patterns("processed"))
    if tables is None:
        return target
    with (data / "indicators.csv").open(encoding="utf-8", newline="") as file:
        others = {row["indicator"] for row in csv.DictReader(file) if row["table"] not in tables}
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    kept = [one for one in package["resources"] if _stays(one, tables)]
    for resource in package["resources"]:
        if resource not in kept:
            (target / resource["path"]).unlink()
    text = json.dumps(package | {"resources": kept}, ensure_ascii=False, indent=2)
    (target / "datapackage.json").write_text(text, encoding="utf-8")
    for name in ("indicators", "relations", "acknowledged", "breaks", "phrases", "raw/targets"):
        _leave_out(target / f"{name}.csv", others)
    return target


def _stays(resource: dict, tables: set[str]) -> bool:
    return resource["name"] in tables or "observations" not in str(resource["schema"])


def _leave_out(path: Path, others: set[str]) -> None:
    """Leave out the lines that name one of these indicators."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines[1:] if others.isdisjoint(re.findall(r"\w+", line))]
    path.write_text("".join([lines[0], *kept]), encoding="utf-8")
