"""A folder of exports as a run leaves it, without the pages themselves."""

import json
from collections.abc import Iterable
from pathlib import Path

from caoan_stats.datafolder.processed_files import data_digest
from caoan_stats.publish.jobs import KEY_NAME, page_key


def add_exports(data: Path, years: Iterable[int] = (2023,)) -> None:
    """Write the index of the reports of some years, as made from the data as it is now."""
    (folder := data.parent / "exports").mkdir()
    pages = [
        {"year": year, "notebook": "annual", "title": "Báo cáo", "path": f"{year}/annual.html"}
        for year in years
    ]
    (folder / "index.json").write_text(json.dumps({"pages": pages}), encoding="utf-8")
    key = page_key({"data": data_digest(data)}) if data.is_dir() else ""
    (folder / "index.html").write_text(f'<meta name="{KEY_NAME}" content="{key}">')


def change(data: Path) -> None:
    """Change a figure of the data."""
    path = data / "raw/rice.csv"
    path.write_bytes(path.read_bytes() + b"rice_yield,2024,118,,,bc2023,I.B.1,\n")
