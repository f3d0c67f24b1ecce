"""The command `caoan-stats`: options, terminal output, exit codes.

It may import every other room; no room imports it.
"""
