"""What every room may use: errors and words, files and locks, numerals, the library itself.

It imports no other room.
"""
