"""`python -m caoan_stats` is the command `caoan-stats`."""

from caoan_stats.cli import app

app(prog_name="caoan-stats")
