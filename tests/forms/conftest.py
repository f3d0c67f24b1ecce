"""Fixtures of imports and of workbooks, from `helpers`."""

from helpers.importing import (
    built,
    form,
    import_copy,
    import_csv,
    import_form,
    new_lines,
    refusal,
)
from helpers.spreadsheets import spoil

__all__ = [
    "built",
    "form",
    "import_copy",
    "import_csv",
    "import_form",
    "new_lines",
    "refusal",
    "spoil",
]
