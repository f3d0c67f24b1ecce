"""A data folder: its descriptor, its CSV files, their validation, and `processed/`.

It imports nothing that makes pages.
"""
