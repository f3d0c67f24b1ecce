"""`python -m caoan_stats` is the command `caoan-stats`."""

from caoan_stats.command.cli import main

main()
