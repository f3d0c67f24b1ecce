"""The engine: intervals, formulas, and relations that fill and check figures.

It names no indicator: indicators and relations come from the tables passed to it. The only file it
reads is `derived.schema.json`.
"""
