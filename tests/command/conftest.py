"""Fixtures of imports, from `helpers.importing`."""

from helpers.importing import built, form, import_copy, import_form, new_lines

__all__ = ["built", "form", "import_copy", "import_form", "new_lines"]
