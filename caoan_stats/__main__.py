"""`python -m caoan_stats` is the command `caoan-stats`."""

from caoan_stats.cli import main

main()
