"""Fixtures of imports, from `helpers.importing`."""

from helpers.importing import built, form, import_csv, import_form, refusal, shipped_build

__all__ = ["built", "form", "import_csv", "import_form", "refusal", "shipped_build"]
