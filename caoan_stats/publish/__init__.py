"""Notebooks become pages: planned, executed in parallel, exported, indexed.

It neither prints nor sets exit codes.
"""
