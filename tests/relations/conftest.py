from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from caoan_stats import Dataset


@pytest.fixture
def audited(write_table: Callable[..., Path], data: Path) -> Callable[..., pd.DataFrame]:
    """Audit the given lines of one table with the given relations.

    A relation is `left,operator,right`, or such a text with its kind and its years; `more` are
    columns at the end of the lines.
    """

    def audit(
        relations: list[str | tuple[str, str, str]],
        table: str,
        *lines: str,
        more: str = "",
        acknowledged: str = "",
        breaks: str = "",
    ) -> pd.DataFrame:
        write_table(table, *lines, more=more)
        whole = [each if isinstance(each, tuple) else (each, "", "") for each in relations]
        rows = "".join(f"{sides},quan hệ,{kind},{years}\n" for sides, kind, years in whole)
        (data / "relations.csv").write_text(
            f"left,operator,right,label_vi,kind,years\n{rows}", encoding="utf-8"
        )
        header = "left,operator,right,year,reason,gap\n"
        (data / "acknowledged.csv").write_text(header + acknowledged, encoding="utf-8")
        (data / "breaks.csv").write_text(f"indicator,year,reason\n{breaks}", encoding="utf-8")
        return Dataset.open(data).audit()

    return audit
