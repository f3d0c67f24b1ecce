"""The public edition: which counts are hidden, and what else a reader could work them out from.

It works on tables in memory and reads no files.
"""
