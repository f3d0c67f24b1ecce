"""The engine: intervals, formulas, and relations that fill and check figures.

Knows no files, no languages and no indicator.
"""
