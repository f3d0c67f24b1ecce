"""Fixtures of imports, from `helpers.importing`."""

from helpers.importing import (
    built,
    form,
    import_copy,
    import_csv,
    import_form,
    new_lines,
    refusal,
)

__all__ = [
    "built",
    "form",
    "import_copy",
    "import_csv",
    "import_form",
    "new_lines",
    "refusal",
]
