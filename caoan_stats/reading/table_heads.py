"""The head of a table in a document: which rows it has, and what each column states."""

import re
from collections.abc import Sequence

from caoan_stats.concepts.facts import PCT_OF_PLAN, VALUE
from caoan_stats.reading.amounts import NUMBER

LABEL, UNIT, PREVIOUS, PLAN, RATIO, NEXT_PLAN, SKIPPED = (
    "label", "unit", "previous", "plan", "ratio", "next_plan", "",
)  # fmt: skip
CELL = re.compile(rf"[+-]?{NUMBER}\s?%?")  # of a number
NUMBERS = frozenset({VALUE, PLAN, NEXT_PLAN, PREVIOUS})
_NO_LABEL = re.compile(r"(?i)\b(?:stt|tt)\b|ghi chú|[0-9]|%")
_ROW = 2  # numbers in a row that is not a part of the head


def column_kinds(head: Sequence[str], year: int) -> list[str]:
    """Return what each column of a table states, by the words of its head.

    The first column whose words tell nothing has the labels, where none is said to.

    >>> column_kinds(["Chỉ tiêu", "ĐVT", "KH 2024", "TH 2024", "% TH/KH"], 2024)
    ['label', 'unit', 'plan', 'value', 'pct_of_plan']
    """
    kinds = [_kind(cell, year) for cell in head]
    if LABEL not in kinds and NUMBERS & {*kinds}:
        free = (n for n, kind in enumerate(kinds) if not kind and not _NO_LABEL.search(head[n]))
        place = next(free, None)
        kinds = [LABEL if n == place else kind for n, kind in enumerate(kinds)]
    return kinds


def _kind(cell: str, year: int) -> str:  # noqa: PLR0911 - one for each kind
    words = " ".join(cell.split()).casefold()
    is_plan = bool(
        re.search(r"\b(?:kế hoạch|kh|dự toán|dt|chỉ tiêu giao|mục tiêu|nghị quyết)\b", words)
    )
    is_share = bool(re.search(r"%|so (?:với |sánh)|tỷ lệ|/", words))
    years = [int(each) for each in re.findall(r"(?:19|20)[0-9]{2}", words)]
    if re.search(r"\b(?:stt|tt)\b|ghi chú", words):
        return SKIPPED
    if is_share and is_plan:
        return PCT_OF_PLAN
    if is_share and re.search(r"cùng kỳ|năm trước|th/th|%|so sánh", words):
        return RATIO
    if re.search(r"đơn vị|đvt", words):
        return UNIT
    if is_plan and re.search(r"[0-9]|kế hoạch|kh\b|dự toán", words):
        return NEXT_PLAN if year + 1 in years else PLAN
    if re.search(r"chỉ tiêu|nội dung|tên|danh mục", words) and not years:
        return LABEL
    if years and year not in years:
        return PREVIOUS if years[-1] == year - 1 else SKIPPED
    is_value = year in years or re.search(r"thực hiện|kết quả|ước|số liệu|\bth\b", words)
    return VALUE if is_value else SKIPPED


def split_head(rows: Sequence[Sequence[str]], year: int) -> tuple[list[str], int]:
    """Return what each column states by the words of all rows of the head, and their number.

    Words above several columns count for each: “Năm 2024” above “Kế hoạch” and “Thực hiện”.

    >>> split_head([["Chỉ tiêu", "Năm 2024", ""], ["", "Kế hoạch", "Thực hiện"]], 2024)
    (['label', 'plan', 'value'], 2)
    """
    words: list[str] = []
    for place, cells in enumerate(rows):
        if is_row(cells) or (words and not _goes_on(words, cells, year)):
            return column_kinds(words, year), place
        words = _below(words, cells)
    return column_kinds(words, year), len(rows)


def is_row(cells: Sequence[str]) -> bool:
    """Return whether cells are those of a row of numbers."""
    return sum(bool(CELL.fullmatch(cell)) for cell in cells) >= _ROW


def _goes_on(words: Sequence[str], cells: Sequence[str], year: int) -> bool:
    """Return whether the cells below a head are a part of it: no label stands among them."""
    kinds = column_kinds(words, year)
    if LABEL not in kinds or not NUMBERS & {*kinds}:
        return True
    place = kinds.index(LABEL)
    return place < len(cells) and cells[place] in ("", words[place]) and any(cells)


def _below(words: Sequence[str], cells: Sequence[str]) -> list[str]:
    """Return the words of a head with those of its next row; a title above all is left out."""
    if sum(map(bool, words)) <= 1 or len(words) != len(cells):
        return list(cells)
    joined, above = [], ""
    for word, cell in zip(words, cells, strict=True):
        above = word or above
        joined.append(word if not cell or cell == word else f"{above} {cell}")
    return joined
