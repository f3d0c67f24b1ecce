"""The public edition: which counts are hidden, and what else a reader could work them out from.

Knows no files.
"""
