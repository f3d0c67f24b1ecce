"""Notebook cells run in forks of a warm process.

Knows nothing of pages that are made from them.
"""
