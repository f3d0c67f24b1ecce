"""Fixtures of forks, from `helpers.forking`."""

from helpers.forking import call, folder, server, spawn

__all__ = ["call", "folder", "server", "spawn"]
