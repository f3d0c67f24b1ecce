"""The concepts of the field, one table each: fact, scale, status, qualifier, unit, comparison.

Code that displays, parses or evaluates a concept looks it up in its table. This room imports no
other.
"""
