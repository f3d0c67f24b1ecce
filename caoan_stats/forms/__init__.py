"""The clerk's year: the workbook handed out and read back, and the CSV lines that come of it.

Knows no pages and no notebooks.
"""
