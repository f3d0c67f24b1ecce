"""Kernels that run notebook cells in forks of a process with all imports done.

They do not import `caoan_stats.publish`.
"""
