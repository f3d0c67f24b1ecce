"""Sections of a report, as they are cited: `I.B.II.1`."""

import re

MAIN_AIMS = "I.A."  # beginning of the sections that are the results of the main aims
TASKS_OF_FIELDS = "II.III."  # beginning of the sections that are the tasks of each field
_SECTION = re.compile(r"[A-Z0-9]+([.][A-Z0-9]+)*")
_ROMAN = {"I": 1, "V": 5, "X": 10}


def section_order(section: str) -> list[tuple[int, int]]:
    """Return a key that sorts sections as they follow each other in a report; others come first.

    Examples
    --------
    >>> sorted(["I.A.10", "I.B.II.1", "I.A.2", "I.B.I.4"], key=section_order)
    ['I.A.2', 'I.A.10', 'I.B.I.4', 'I.B.II.1']
    """
    first = section.partition(";")[0]
    return [_part_order(part) for part in first.split(".")] if _SECTION.fullmatch(first) else []


def _part_order(part: str) -> tuple[int, int]:
    if part.isdigit():
        return 0, int(part)
    if part and set(part) <= _ROMAN.keys():
        values = [_ROMAN[letter] for letter in part]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return 0, sum(-one if one < two else one for one, two in pairs)
    return 1, ord(part) if len(part) == 1 else 0
