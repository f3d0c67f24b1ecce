"""A year's figures: the workbook, what a person has to look at in it, and the CSV lines it makes.

It imports no code that makes pages or runs notebooks.
"""
