"""The clerk's year: the workbook handed out and read back, and the CSV lines that come of it.

Imports nothing that makes pages or runs notebooks.
"""
