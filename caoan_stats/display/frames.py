"""Any DataFrame as a table of a page: numbers in Vietnamese, a name for each row and column."""

from collections import Counter
from collections.abc import Hashable, Sequence
from datetime import date
from decimal import Decimal
from math import isfinite
from numbers import Integral, Real
from typing import Any

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.words import phrase
from caoan_stats.display.blocks import Block, nothing, scrolling, table
from caoan_stats.display.tables import Table

MANY = 8  # columns that fit beside each other on paper
EXACT = 3  # decimals that are shown as they are
SIGNIFICANT = 4  # digits of the largest number of a column that has more decimals than `EXACT`
YEAR = "year"  # name of a column or an index of years


def show_frame(frame: pd.DataFrame | pd.Series, caption: str) -> Block:
    """Return a frame as a block that is never wider than the page; a sentence for an empty one."""
    if not isinstance(frame, pd.DataFrame | pd.Series):
        raise TypeError(
            f"page.frame: found {type(frame).__name__}; expected a DataFrame: pass "
            "pd.DataFrame(...) or a frame of a Dataset"
        )
    content = frame_table(frame.to_frame() if isinstance(frame, pd.Series) else frame)
    if content.cells.empty:
        return nothing(phrase("frame.empty", caption=caption))
    many = len(content.cells.columns) > MANY
    return scrolling(caption, table(content, caption), many=many)


def frame_table(frame: pd.DataFrame) -> Table:
    """Return a frame as a table; its download has the numbers with all their digits.

    The rows are named by the index; if it is the default one, by the first column, unless that has
    decimals. A column with a label in `.attrs["labels"]` is headed by it.
    """
    if _is_unnamed(frame):
        first = pd.Index(list(frame.iloc[:, 0]), name=frame.columns[0])
        frame = frame.iloc[:, 1:].set_axis(first)
    known = frame.attrs.get("labels", {})
    names = [name for name in frame.index.names if name is not None]
    head = ", ".join(_heading(name, known) for name in names) or phrase("frame.row")
    headings = _distinct([head, *(_heading(name, known) for name in frame.columns)])
    columns = [list(frame.iloc[:, place]) for place in range(len(frame.columns))]
    is_years = [name == YEAR for name in frame.columns]
    row_names = [_row_name(key) for key in frame.index]
    texts = [
        _texts(cells, grouped=not years) for cells, years in zip(columns, is_years, strict=True)
    ]
    shown = {name: cells for name, cells in zip(headings[1:], texts, strict=True) if any(cells)}
    plain = [row_names, *([_plain(cell) for cell in cells] for cells in columns)]
    return Table(
        pd.DataFrame(shown, index=pd.Index(row_names, name=headings[0], dtype="str")),
        pd.DataFrame(dict(zip(headings, plain, strict=True)), dtype="object"),
        main=headings[1] if len(columns) == 1 else "",
    )


def _is_unnamed(frame: pd.DataFrame) -> bool:
    """Return whether the rows have only the default index, and the first column can name them."""
    if len(frame.columns) < 2 or not frame.index.equals(pd.RangeIndex(len(frame))):
        return False
    return not pd.api.types.is_float_dtype(frame.iloc[:, 0])


def _heading(name: Hashable, known: dict[Hashable, str]) -> str:
    """Return the name of a column or of several levels of columns as one text."""
    if name == YEAR:
        return phrase("frame.year")
    parts = name if isinstance(name, tuple) else (known.get(name, name),)
    return ", ".join(str(part) for part in parts if str(part))


def _distinct(names: Sequence[str]) -> list[str]:
    """Return names with a number after each that was there before."""
    seen: Counter[str] = Counter()
    distinct = []
    for name in names:
        seen[name] += 1
        distinct.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return distinct


def _row_name(key: Any) -> str:
    """Return the name of a row; whole numbers, such as years, have no separators."""
    parts = key if isinstance(key, tuple) else (key,)
    return ", ".join(filter(None, (_texts([part], grouped=False)[0] for part in parts)))


def _texts(cells: Sequence[Any], *, grouped: bool) -> list[str]:
    """Return the texts of a column; `grouped` writes 2023 as 2.023."""
    floats = [float(cell) for cell in cells if _is_float(cell) and isfinite(cell)]
    decimals = _decimals(floats)
    return [_text(cell, decimals, grouped=grouped) for cell in cells]


def _text(cell: Any, decimals: int, *, grouped: bool) -> str:
    if _is_missing(cell):
        return ""
    if pd.api.types.is_bool(cell):
        return phrase("frame.yes" if cell else "frame.no")
    if isinstance(cell, Decimal):
        return labels.number(cell)
    if _is_number(cell):
        return _number(cell, 0 if isinstance(cell, Integral) else decimals, grouped=grouped)
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)


def _number(value: Any, decimals: int, *, grouped: bool) -> str:
    if not isfinite(value):
        return "∞" if value > 0 else "−∞"
    rounded = f"{value:.{decimals}f}" if decimals else str(round(value))
    return labels.number(Decimal(rounded)) if grouped or decimals else rounded


def _decimals(numbers: Sequence[float]) -> int:
    """Return the decimals of a column: all if they are few, else those of `SIGNIFICANT` digits."""
    few = range(EXACT + 1)
    exact = (places for places in few if all(round(each, places) == each for each in numbers))
    size = Decimal(max(map(abs, numbers), default=0)).adjusted()
    return next(exact, min(max(0, SIGNIFICANT - 1 - size), labels.MOST_DECIMALS))


def _plain(cell: Any) -> object:
    """Return a cell for the download: a number as it is, anything else as text."""
    is_number = isinstance(cell, Decimal) or _is_number(cell)
    return cell if is_number else _text(cell, 0, grouped=False)


def _is_missing(cell: Any) -> bool:
    return cell is None or (pd.api.types.is_scalar(cell) and bool(pd.isna(cell)))


def _is_number(cell: Any) -> bool:
    return isinstance(cell, Real) and not isinstance(cell, bool)


def _is_float(cell: Any) -> bool:
    return _is_number(cell) and not isinstance(cell, Integral)
