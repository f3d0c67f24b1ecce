"""The command `caoan-stats`: options, words on the terminal, exit codes.

Everything may be called here, and nothing imports it.
"""
