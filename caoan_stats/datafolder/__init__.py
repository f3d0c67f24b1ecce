"""A data folder: its descriptor, its CSV files, their validation, and `processed/`.

It imports no code that makes pages.
"""
