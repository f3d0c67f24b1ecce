"""Fixtures of drafts: a data folder, and the import of a workbook into it."""

from helpers.importing import built, new_lines

__all__ = ["built", "new_lines"]
