"""The public edition: which counts are hidden, and which other figures would disclose them.

It works on tables in memory and reads no files.
"""
