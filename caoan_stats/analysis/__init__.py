"""Analysis of the figures of a `Dataset`: what changed, why, and where it leads.

It works for every indicator, from the relations and the catalogue.
"""
