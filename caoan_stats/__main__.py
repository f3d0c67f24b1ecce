"""Run the command `caoan-stats` by `python -m caoan_stats`."""

from caoan_stats.command.cli import main

main()
