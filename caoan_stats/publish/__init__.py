"""Notebooks become pages: planned, executed side by side, exported, indexed.

Knows nothing of terminals and exit codes.
"""
