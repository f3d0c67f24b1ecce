"""The command `caoan-stats`: options, words on the terminal, exit codes.

May import every other room; no room imports it.
"""
