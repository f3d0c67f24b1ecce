"""A year's figures: the workbook that a clerk fills in, and the CSV lines made from it.

It imports no code that makes pages or runs notebooks.
"""
