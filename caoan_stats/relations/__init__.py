"""The engine: intervals, formulas, and relations that fill and check figures.

It names no indicator: indicators and relations are in the tables that it is given. The one file it
reads is `derived.schema.json`.
"""
