"""What every room may use: errors and words, files and locks, numerals, the library itself.

Knows none of the rooms.
"""
