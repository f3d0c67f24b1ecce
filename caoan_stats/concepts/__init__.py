"""The concepts of the field, one table each: status, outlook, qualifier, unit.

Code that shows, reads or judges one looks it up in its table. This room imports no other.
"""
