"""A data folder: its descriptor, its CSV files, their validation, and `processed/`.

Knows no pages.
"""
